#include "world/machine.h"

#include <utility>

#include "base/check.h"

namespace onsale::world {
namespace {

constexpr std::int64_t kPauseMaxUs = 400;
std::uint64_t next_process =
    1;  // unique over all worlds of this program, so that a strike names one process

}  // namespace

class Machine::Process : public env::Environment {
  public:
    Process(Machine& machine, std::uint64_t id)
        : machine_(machine),
          id_(id),
          clock_(machine),
          entropy_(machine.seed_ * 1000003 + machine.starts_),
          files_(machine.disk_.open_for(id)),
          vfs_(std::make_unique<sql::FileVfs>(machine.name_, *files_, clock_, entropy_)) {}

    env::Clock& clock() override { return clock_; }
    env::Entropy& entropy() override { return entropy_; }
    env::Files& files() override { return *files_; }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions) override {
        return machine_.scheduler_.make_executor(id_, kPauseMaxUs);
    }
    void die(env::FatalCause, std::string_view reason) override {
        machine_.died_ = reason;
        machine_.disk_.kill(id_);
    }
    [[nodiscard]] std::string sqlite_vfs() const override { return machine_.name_; }

    void kill() { vfs_->kill(); }

  private:
    class SimulatedClock : public env::Clock {
      public:
        explicit SimulatedClock(Machine& machine) : machine_(machine) {}
        [[nodiscard]] base::Timestamp wall_now() const override {
            return base::Timestamp::from_unix_ms(kBeginningMs +
                                                 machine_.scheduler_.now_us() / 1000) +
                   machine_.wall_offset_;
        }
        [[nodiscard]] std::int64_t monotonic_us() const override {
            return machine_.scheduler_.now_us();
        }

      private:
        Machine& machine_;
    };
    class SimulatedEntropy : public env::Entropy {
      public:
        explicit SimulatedEntropy(std::uint64_t seed) : random_(seed) {}
        void fill(std::span<std::byte> out) override {
            for (auto& byte : out) byte = static_cast<std::byte>(random_.next() & 0xff);
        }

      private:
        base::Prng random_;
    };

    Machine& machine_;
    std::uint64_t id_;
    SimulatedClock clock_;
    SimulatedEntropy entropy_;
    std::unique_ptr<env::Files> files_;
    std::unique_ptr<sql::FileVfs> vfs_;
};

Machine::Machine(std::string name, Scheduler& scheduler, std::uint64_t seed)
    : name_(std::move(name)), scheduler_(scheduler), disk_(seed ^ 0xd15c), seed_(seed) {}
Machine::~Machine() = default;

env::Environment& Machine::start() {
    ONSALE_CHECK(environment_ == nullptr);
    process_ = next_process++;
    ++starts_;
    died_.clear();
    environment_ = std::make_unique<Process>(*this, process_);
    return *environment_;
}

void Machine::kill() {
    disk_.kill(process_);
    environment_->kill();
    scheduler_.kill(process_);
}

void Machine::end() {
    environment_.reset();
}

}  // namespace onsale::world
