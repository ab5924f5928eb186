// ShardClock: the time of the shards. It starts at the wall clock and goes on by the monotonic one,
// so it never jumps; it follows the wall clock slowly (1 ms per 100 ms), and not at all when the
// two differ by more than 2 s: that is an alarm for people, not for holds. INVARIANT: now() never
// goes back, not even across a restart (floor: the last batch's time).
#pragma once

#include <cstdint>

#include "base/time.h"
#include "env/clock.h"

namespace onsale::shard {

class ShardClock {
  public:
    explicit ShardClock(env::Clock& clock);

    void raise_floor(base::Timestamp floor);
    [[nodiscard]] base::Timestamp now();
    // To be called every 100 ms; true while the wall clock is too far away to be followed.
    bool follow_wall_clock();

  private:
    [[nodiscard]] base::Timestamp unfloored() const;

    env::Clock& clock_;
    base::Timestamp anchor_;
    std::int64_t anchor_monotonic_us_;
    base::Timestamp floor_;
};

}  // namespace onsale::shard
