// Scheduler: virtual time and all executors of a simulated world on one thread. Among the executors
// that have something to do, the seed chooses who goes next; when nobody has, time jumps to the
// next timer. The same seed gives the same world, bit for bit.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.h"
#include "env/executor.h"

namespace onsale::world {

class Scheduler {
  public:
    explicit Scheduler(std::uint64_t seed);
    ~Scheduler();

    // An executor of the process `process`; it dies with it. After each task it rests for up to
    // `pause_us_max` microseconds, as a thread does that is not scheduled at once.
    std::unique_ptr<env::Executor> make_executor(std::uint64_t process, std::string name,
                                                 std::int64_t pause_us_max);
    // Drops everything that waits on executors of the process, and all that would be posted later.
    void kill(std::uint64_t process);
    // A frozen process runs nothing, and notices nothing, until it is thawed.
    void freeze(std::uint64_t process, bool frozen);
    // Executors of this name, of any process, rest for so long.
    void hold_up(const std::string& name, base::Duration duration);

    // Runs one task; advances time if it must. False when there is nothing left to do.
    bool step();
    [[nodiscard]] std::int64_t now_us() const { return now_us_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    // Jumps ahead; what has become due runs in the next steps.
    void skip(base::Duration duration);

  private:
    class Lane;
    class Handle;
    [[nodiscard]] Lane* choose();

    base::Prng random_;
    std::int64_t now_us_ = 0;
    std::uint64_t steps_ = 0;
    std::uint64_t next_order_ = 0;
    std::vector<std::shared_ptr<Lane>> lanes_;
    const Lane* running_ = nullptr;  // whose task runs now
};

}  // namespace onsale::world
