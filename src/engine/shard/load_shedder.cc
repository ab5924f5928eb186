#include "shard/internal/load_shedder.h"

#include <algorithm>

namespace onsale::shard {

void LoadShedder::decides_first(std::int64_t entered_us, std::int64_t now_us) {
    if (now_us - entered_us < kTargetUs) {
        long_since_us_ = kNever;
    } else if (long_since_us_ == kNever) {
        long_since_us_ = now_us;
    } else if (now_us - long_since_us_ >= kIntervalUs && !overloaded()) {
        shed_us_ = now_us;
        overloaded_ = true;
    }
    if (overloaded() && now_us - shed_us_.load(std::memory_order_relaxed) >= kCalmUs)
        overloaded_ = false;
}

// What was decided in the last interval tells what can be decided in the next: under overload there
// is always something to do.
void LoadShedder::decided(std::size_t count, std::int64_t now_us) {
    counted_ += count;
    const std::int64_t elapsed_us = now_us - counted_since_us_;
    if (elapsed_us < kIntervalUs) return;
    const auto in_target =
        static_cast<std::int64_t>(counted_) * kTargetUs / std::max<std::int64_t>(elapsed_us, 1);
    waiting_max_ = static_cast<std::size_t>(std::max<std::int64_t>(in_target, 1));
    counted_ = 0;
    counted_since_us_ = now_us;
}

bool LoadShedder::sheds(std::size_t waiting, std::int64_t now_us) {
    if (!overloaded() || waiting < waiting_max_.load(std::memory_order_relaxed)) return false;
    shed_us_.store(now_us, std::memory_order_relaxed);
    return true;
}

}  // namespace onsale::shard
