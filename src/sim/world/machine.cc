#include "world/machine.h"

#include <utility>

#include "base/check.h"
#include "base/prng.h"

namespace onsale::world {
namespace {

constexpr std::int64_t kPauseMaxUs = 400;
std::uint64_t next_process =
    1;  // unique over all worlds of this program, so that a strike names one process

class SimulatedEntropy : public env::Entropy {
  public:
    explicit SimulatedEntropy(std::uint64_t seed) : random_(seed) {}
    void fill(std::span<std::byte> out) override {
        for (auto& byte : out) byte = static_cast<std::byte>(random_.next() & 0xff);
    }

  private:
    base::Prng random_;
};

class SimulatedClock : public env::Clock {
  public:
    SimulatedClock(const Scheduler& scheduler, const base::Duration& wall_offset)
        : scheduler_(scheduler), wall_offset_(wall_offset) {}
    [[nodiscard]] base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(kBeginningMs + scheduler_.now_us() / 1000) +
               wall_offset_;
    }
    [[nodiscard]] std::int64_t monotonic_us() const override { return scheduler_.now_us(); }

  private:
    const Scheduler& scheduler_;
    const base::Duration& wall_offset_;
};

}  // namespace

// What processes of one machine share: the disk as its system shows it, with the locks and the
// shared memory of SQLite.
class Machine::Kernel {
  public:
    explicit Kernel(Machine& machine)
        : clock(machine.scheduler_, machine.wall_offset_),
          entropy(machine.seed_ * 1000003 + machine.starts_ + 500'000),
          files(machine.disk_.open_for(machine.power_)),
          vfs(std::make_unique<sql::FileVfs>(machine.name_, *files, clock, entropy)) {}

    SimulatedClock clock;
    SimulatedEntropy entropy;
    std::unique_ptr<env::Files> files;
    std::unique_ptr<sql::FileVfs> vfs;
};

class Machine::Process : public env::Environment {
  public:
    Process(Machine& machine, std::uint64_t id)
        : machine_(machine), id_(id), entropy_(machine.seed_ * 1000003 + machine.starts_) {}

    env::Clock& clock() override { return machine_.kernel_->clock; }
    env::Entropy& entropy() override { return entropy_; }
    env::Files& files() override { return *machine_.kernel_->files; }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions options) override {
        return machine_.scheduler_.make_executor(id_, std::move(options.name), kPauseMaxUs);
    }
    void die(env::FatalCause, std::string_view reason) override { machine_.died(id_, reason); }
    [[nodiscard]] std::string sqlite_vfs() const override { return machine_.name_; }

  private:
    Machine& machine_;
    std::uint64_t id_;
    SimulatedEntropy entropy_;
};

Machine::Machine(std::string name, Scheduler& scheduler, std::uint64_t seed)
    : name_(std::move(name)), scheduler_(scheduler), disk_(seed ^ 0xd15c), seed_(seed) {}
Machine::~Machine() = default;

// The disk goes with the process that is in charge; one that came back from the cold has no more
// power over it than to fall silent.
void Machine::died(std::uint64_t process, std::string_view reason) {
    if (process != process_) {
        old_died_ = reason;
        return scheduler_.kill(process);
    }
    died_ = reason;
    disk_.kill(power_);
}

env::Environment& Machine::start() {
    ONSALE_CHECK(environment_ == nullptr && old_ == nullptr);
    process_ = next_process++;
    power_ = process_;
    ++starts_;
    died_.clear();
    kernel_ = std::make_unique<Kernel>(*this);
    environment_ = std::make_unique<Process>(*this, process_);
    return *environment_;
}

env::Environment& Machine::start_beside() {
    ONSALE_CHECK(environment_ != nullptr && old_ == nullptr);
    scheduler_.freeze(process_, true);
    disk_.break_locks();
    old_ = std::move(environment_);
    old_process_ = std::exchange(process_, next_process++);
    old_died_.clear();
    ++starts_;
    environment_ = std::make_unique<Process>(*this, process_);
    return *environment_;
}

void Machine::kill() {
    disk_.kill(power_);
    kernel_->vfs->kill();
    scheduler_.kill(process_);
    if (old_ != nullptr) scheduler_.kill(old_process_);
}

void Machine::end_old() {
    old_.reset();
}

void Machine::end() {
    old_.reset();
    environment_.reset();
    kernel_.reset();
}

}  // namespace onsale::world
