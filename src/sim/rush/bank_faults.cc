// The faults of a sale that have to do with banks and the way to them.
#include <utility>

#include "banks/bank.h"
#include "base/check.h"
#include "rush/internal/bank_faults.h"

namespace onsale::rush {
namespace {

base::Duration up_to_ms(base::Prng& random, std::uint64_t least, std::uint64_t most) {
    return base::Duration::milliseconds(
        static_cast<std::int64_t>(least + random.below(most - least + 1)));
}

// One bank, or both, is ill for a while; the sale goes on, and so may its other faults.
template <banks::Faults (*Make)(base::Prng&), std::uint64_t MostMs>
class IllBank : public Fault {
    bool inject(Stage& stage) override {
        if (stage.banks().empty()) return stage.fail("a fault of banks in a sale without banks");
        auto& random = stage.random();
        const banks::Faults faults = Make(random);
        const std::uint64_t ill = random.below(stage.banks().size() + 1);  // beyond the last: all
        for (std::size_t i = 0; i < stage.banks().size(); ++i) {
            if (ill != i && ill != stage.banks().size()) continue;
            banks::Bank& bank = *stage.banks()[i];
            bank.set_faults(faults);
            bank.heal_after(up_to_ms(random, 500, MostMs));
        }
        for (auto* workload : stage.workloads()) {
            if (random.chance(1, 4)) workload->hurry();
        }
        return true;
    }
};

std::uint64_t some(base::Prng& random) {
    return 20 + random.below(80);
}

banks::Faults down(base::Prng&) {
    return {.down = true};
}
banks::Faults lost_calls(base::Prng& random) {
    return {.lost_calls = some(random)};
}
banks::Faults late_calls(base::Prng& random) {
    return {.late_calls = some(random)};
}
banks::Faults lost_answers(base::Prng& random) {
    return {.lost_answers = some(random)};
}
banks::Faults nonsense(base::Prng& random) {
    return {.nonsense = some(random)};
}
banks::Faults refusals(base::Prng& random) {
    return {.refusals = some(random)};
}
banks::Faults wrong_amounts(base::Prng& random) {
    return {.wrong_amounts = some(random), .late_money = 50};
}
banks::Faults late_money(base::Prng& random) {
    return {.late_money = some(random), .silent = random.chance(1, 2)};
}
banks::Faults later_refunds(base::Prng& random) {
    return {.later_refunds = some(random)};
}
banks::Faults refused_refunds(base::Prng& random) {
    return {.refused_refunds = some(random)};
}
banks::Faults lost_events(base::Prng& random) {
    return {.lost_events = some(random)};
}
banks::Faults repeated_events(base::Prng& random) {
    return {.told_again = some(random)};
}
banks::Faults silent(base::Prng&) {
    return {.silent = true};
}
banks::Faults strangers(base::Prng& random) {
    return {.strangers = 1 + random.below(3)};
}

class Restart : public Fault {
    bool inject(Stage& stage) override {
        if (stage.banks().empty()) return stage.fail("a fault of banks in a sale without banks");
        stage.banks()[stage.random().below(stage.banks().size())]->restart();
        return true;
    }
};

// What the agent or one of its calls does next is held up, while everything else goes on.
class SlowAgent : public Fault {
    bool inject(Stage& stage) override {
        constexpr const char* kNames[] = {"payments", "bank-1-0", "bank-1-1", "bank-2-0"};
        auto& random = stage.random();
        const char* name = kNames[random.below(std::size(kNames))];
        stage.scheduler().hold_up(name, up_to_ms(random, 100, 20'000));
        return true;
    }
};

template <class Kind>
std::unique_ptr<Fault> make() {
    return std::make_unique<Kind>();
}

constexpr FaultEntry kFaults[] = {
    {"bank_down", make<IllBank<down, 30'000>>},
    {"bank_restart", make<Restart>},
    {"late_calls", make<IllBank<late_calls, 20'000>>},
    {"late_money", make<IllBank<late_money, 60'000>>},
    {"later_refunds", make<IllBank<later_refunds, 40'000>>},
    {"lost_answers", make<IllBank<lost_answers, 20'000>>},
    {"lost_calls", make<IllBank<lost_calls, 20'000>>},
    {"lost_events", make<IllBank<lost_events, 40'000>>},
    {"nonsense", make<IllBank<nonsense, 15'000>>},
    {"refusals", make<IllBank<refusals, 15'000>>},
    {"refused_refunds", make<IllBank<refused_refunds, 30'000>>},
    {"repeated_events", make<IllBank<repeated_events, 30'000>>},
    {"silent_bank", make<IllBank<silent, 90'000>>},
    {"slow_agent", make<SlowAgent>},
    {"strangers", make<IllBank<strangers, 1000>>},
    {"wrong_amounts", make<IllBank<wrong_amounts, 15'000>>},
};

}  // namespace

std::span<const FaultEntry> bank_faults() {
    return kFaults;
}

}  // namespace onsale::rush
