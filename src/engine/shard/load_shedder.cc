#include "shard/internal/load_shedder.h"

#include <algorithm>

#include "base/strong.h"

namespace onsale::shard {

LoadShedder::Slot& LoadShedder::slot(domain::CampaignId campaign) {
    return waiting_[base::mix_bits(campaign.value()) % kSlots];
}

bool LoadShedder::sheds(domain::CampaignId campaign, std::size_t waiting, std::int64_t now_us) {
    if (!overloaded()) return false;
    if (now_us - shed_us_.load(std::memory_order_relaxed) >= kCalmUs) {
        overloaded_ = false;
        return false;
    }
    const std::size_t room = waiting_max_.load(std::memory_order_relaxed);
    if (waiting < room) return false;
    const std::size_t sharing = std::max(campaigns_.load(std::memory_order_relaxed), 1U);
    if (slot(campaign).load(std::memory_order_relaxed) < room / sharing) return false;
    shed_us_.store(now_us, std::memory_order_relaxed);
    return true;
}

void LoadShedder::entered(domain::CampaignId campaign) {
    if (slot(campaign).fetch_add(1, std::memory_order_relaxed) == 0)
        campaigns_.fetch_add(1, std::memory_order_relaxed);
}

void LoadShedder::leaves(domain::CampaignId campaign) {
    if (slot(campaign).fetch_sub(1, std::memory_order_relaxed) == 1)
        campaigns_.fetch_sub(1, std::memory_order_relaxed);
}

void LoadShedder::decides_first(std::int64_t entered_us, std::int64_t now_us) {
    if (counted_since_us_ == kNever) counted_since_us_ = now_us;
    if (now_us - entered_us < kTargetUs) {
        long_since_us_ = kNever;
    } else if (long_since_us_ == kNever) {
        long_since_us_ = now_us;
    } else if (now_us - long_since_us_ >= kIntervalUs && !overloaded()) {
        shed_us_ = now_us;
        overloaded_ = true;
    }
}

// What was decided in the last interval tells what can be decided in the next. Counted only while
// there was always something to do.
void LoadShedder::decided(std::size_t count, std::int64_t now_us) {
    if (counted_since_us_ == kNever) return;
    counted_ += count;
    const std::int64_t elapsed_us = now_us - counted_since_us_;
    if (elapsed_us < kIntervalUs) return;
    const auto in_target = static_cast<std::int64_t>(counted_) * kTargetUs / elapsed_us;
    waiting_max_ = std::max(static_cast<std::size_t>(in_target), kWaitingMin);
    counted_ = 0;
    counted_since_us_ = now_us;
}

void LoadShedder::nobody_waits() {
    long_since_us_ = kNever;
    counted_since_us_ = kNever;
    counted_ = 0;
}

}  // namespace onsale::shard
