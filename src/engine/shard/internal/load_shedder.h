// LoadShedder: whether new orders are let in, judged by how long those before them have to wait to
// be decided, never by a count written by hand. After kInterval in which nobody waited less than
// kTarget there is too much to do; from then on only as many may wait as were lately decided in
// kTarget, and who comes beyond that is turned away at once. Campaigns share that room evenly, so a
// rush on one turns nobody away from another that asks for less than its share. A burst alone is
// let in. It ends when for kCalm nobody had to be turned away. (The rule of entry is CoDel's, RFC
// 8289; the bound is Little's law.) Starts calm after a crash.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "domain/ids.h"

namespace onsale::shard {

class LoadShedder {
  public:
    static constexpr std::int64_t kTargetUs = 50'000;
    static constexpr std::int64_t kIntervalUs = 200'000;
    static constexpr std::int64_t kCalmUs = 1'000'000;
    // A machine that stood still has decided nothing, and yet can do something.
    static constexpr std::size_t kWaitingMin = 32;

    // Any thread. Whether to turn away whoever comes now for this campaign, with so many waiting.
    [[nodiscard]] bool sheds(domain::CampaignId campaign, std::size_t waiting, std::int64_t now_us);
    void entered(domain::CampaignId campaign);
    [[nodiscard]] bool overloaded() const { return overloaded_.load(std::memory_order_relaxed); }

    // The shard executor: it is about to decide, and the first in the queue entered at this time …
    void decides_first(std::int64_t entered_us, std::int64_t now_us);
    void leaves(domain::CampaignId campaign);  // … an order of the queue is being decided …
    void decided(std::size_t count, std::int64_t now_us);  // … so many were …
    void nobody_waits();                                   // … and none is left.

  private:
    static constexpr std::int64_t kNever = -1;
    static constexpr std::size_t kSlots = 256;  // campaigns that share one share their room
    using Slot = std::atomic<std::uint32_t>;
    [[nodiscard]] Slot& slot(domain::CampaignId campaign);

    std::atomic<bool> overloaded_ = false;
    std::atomic<std::size_t> waiting_max_ = kWaitingMin;
    std::atomic<std::int64_t> shed_us_ = 0;     // when somebody was last turned away
    std::array<Slot, kSlots> waiting_{};        // orders, by campaign
    std::atomic<std::uint32_t> campaigns_ = 0;  // that have one waiting
    std::int64_t long_since_us_ = kNever;       // since when nobody waited less than the target
    std::int64_t counted_since_us_ = kNever;    // nothing is counted while nobody waits
    std::size_t counted_ = 0;
};

}  // namespace onsale::shard
