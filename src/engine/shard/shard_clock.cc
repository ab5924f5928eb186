#include <algorithm>

#include "shard/internal/shard_clock.h"

namespace onsale::shard {
namespace {

constexpr auto kTrusted = base::Duration::seconds(2);
constexpr auto kStep = base::Duration::milliseconds(1);

}  // namespace

ShardClock::ShardClock(env::Clock& clock)
    : clock_(clock),
      anchor_(clock.wall_now()),
      anchor_monotonic_us_(clock.monotonic_us()),
      floor_(anchor_) {}

// A wall clock that was set back while the process was down must not stop the time of the shards:
// they go on from their last batch.
void ShardClock::raise_floor(base::Timestamp floor) {
    if (floor > unfloored()) {
        anchor_ = floor;
        anchor_monotonic_us_ = clock_.monotonic_us();
    }
    floor_ = std::max(floor_, floor);
}

base::Timestamp ShardClock::unfloored() const {
    return anchor_ +
           base::Duration::milliseconds((clock_.monotonic_us() - anchor_monotonic_us_) / 1000);
}

base::Timestamp ShardClock::now() {
    floor_ = std::max(floor_, unfloored());
    return floor_;
}

bool ShardClock::follow_wall_clock() {
    const base::Duration ahead = clock_.wall_now() - unfloored();
    if (ahead > kTrusted || ahead < base::Duration{} - kTrusted) return true;
    if (ahead > kStep) anchor_ = anchor_ + kStep;
    if (ahead < base::Duration{} - kStep) anchor_ = anchor_ - kStep;
    return false;
}

}  // namespace onsale::shard
