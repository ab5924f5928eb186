// The faults of a sale: processes, disks, clocks, the network, followers, owners, backups.
#include <utility>

#include "base/check.h"
#include "rush/fault.h"
#include "rush/internal/bank_faults.h"

namespace onsale::rush {
namespace {

base::Duration up_to_ms(base::Prng& random, std::uint64_t least, std::uint64_t most) {
    return base::Duration::milliseconds(
        static_cast<std::int64_t>(least + random.below(most - least + 1)));
}

class Kill : public Fault {
    bool inject(Stage& stage) override { return stage.restart(false); }
};

class PowerCut : public Fault {
    bool inject(Stage& stage) override { return stage.restart(true); }
};

// The power goes inside one of the next operations on files with `part` in their path.
template <const char* Part, std::uint64_t Most>
class Strike : public Fault {
    bool inject(Stage& stage) override {
        stage.machine().disk().strike_at(1 + stage.random().below(Most), Part);
        return true;
    }
};

constexpr char kAnyFile[] = "";
constexpr char kJournalFile[] = "journal.sqlite";
constexpr char kProjections[] = "projections.sqlite";
constexpr char kSnapshots[] = "/snapshots";

// The next commit is done, and its writer hears that it failed.
class LostCommit : public Fault {
    bool inject(Stage& stage) override {
        stage.machine().disk().deny_next_sync(kJournalFile);
        return true;
    }
};

class DiskFull : public Fault {
    bool inject(Stage& stage) override {
        auto& disk = stage.machine().disk();
        auto& random = stage.random();
        disk.limit_space(disk.bytes() + (random.chance(1, 2) ? 0 : random.below(20'000)));
        for (auto* workload : stage.workloads()) workload->hurry();
        if (!stage.pass(up_to_ms(random, 500, 4500))) return false;
        disk.limit_space(~std::uint64_t{0});
        return true;
    }
};

// The next commit ends the program. On a full disk there is none, and orders wait for syncs to work
// again.
class FailedSync : public Fault {
    bool inject(Stage& stage) override {
        stage.machine().disk().refuse_sync(true);
        if (!stage.pass(base::Duration::seconds(10))) return false;
        stage.machine().disk().allow_syncs();
        return true;
    }
};

class ClockStep : public Fault {
    bool inject(Stage& stage) override {
        const auto by = static_cast<std::int64_t>(stage.random().below(7200)) - 3600;
        stage.machine().move_wall_clock(base::Duration::seconds(by));
        return true;
    }
};

class NetworkStorm : public Fault {
    bool inject(Stage& stage) override {
        stage.network().set_weather(Weather::storm);
        for (auto* workload : stage.workloads()) {
            if (stage.random().chance(1, 2)) workload->hurry();
        }
        if (!stage.pass(up_to_ms(stage.random(), 1000, 8000))) return false;
        stage.network().set_weather(Weather::changeable);
        return true;
    }
};

class SlowWriter : public Fault {
    bool inject(Stage& stage) override {
        const char* name = stage.random().chance(1, 2) ? "commit" : "shard";
        stage.scheduler().hold_up(name, up_to_ms(stage.random(), 50, 1500));
        for (auto* workload : stage.workloads()) workload->hurry();
        return true;
    }
};

class SlowFollower : public Fault {
    bool inject(Stage& stage) override {
        stage.scheduler().hold_up("projector", up_to_ms(stage.random(), 1000, 20'000));
        return true;
    }
};

// Another owner takes the place of one that does not know that it was asleep.
class FrozenOwner : public Fault {
    bool inject(Stage& stage) override {
        for (auto* workload : stage.workloads()) {
            if (stage.random().chance(1, 2)) workload->hurry();
        }
        // Anywhere in the way of what was just asked for.
        return stage.run(stage.random().below(60)) && stage.replace_owner() &&
               stage.run(100 + stage.random().below(1500)) && stage.thaw_old_owner();
    }
};

class Restore : public Fault {
    bool inject(Stage& stage) override {
        const auto backup = stage.back_up();
        if (backup == nullptr) return stage.failure().empty();
        return stage.run(stage.random().below(2000)) && stage.restore(*backup);
    }
};

template <class Kind>
std::unique_ptr<Fault> make() {
    return std::make_unique<Kind>();
}

constexpr FaultEntry kFaults[] = {
    {"clock_step", make<ClockStep>},
    {"disk_full", make<DiskFull>},
    {"dying_follower", make<Strike<kProjections, 40>>},
    {"failed_sync", make<FailedSync>},
    {"frozen_owner", make<FrozenOwner>},
    {"kill", make<Kill>},
    {"lost_commit", make<LostCommit>},
    {"network_storm", make<NetworkStorm>},
    {"power_cut", make<PowerCut>},
    {"restore", make<Restore>},
    {"slow_follower", make<SlowFollower>},
    {"slow_writer", make<SlowWriter>},
    {"snapshot_cut", make<Strike<kSnapshots, 12>>},
    {"strike", make<Strike<kAnyFile, 120>>},
    {"torn_commit", make<Strike<kJournalFile, 12>>},
};

}  // namespace

const std::vector<std::string_view>& fault_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const auto& entry : kFaults) all.push_back(entry.name);
        for (const auto& entry : bank_faults()) all.push_back(entry.name);
        return all;
    }();
    return names;
}

std::unique_ptr<Fault> make_fault(std::string_view name) {
    for (const auto& entry : kFaults) {
        if (entry.name == name) return entry.make();
    }
    for (const auto& entry : bank_faults()) {
        if (entry.name == name) return entry.make();
    }
    ONSALE_CHECK(false);
}

}  // namespace onsale::rush
