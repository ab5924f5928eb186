// LoadShedder: whether new orders are let in, judged by how long those before them have to wait,
// never by a count written by hand. After kInterval in which nobody waited less than kTarget there
// is too much to do; from then on only as many may wait as were lately decided in kTarget, and who
// comes beyond that is turned away at once. A burst alone is let in. It ends when for kCalm nobody
// had to be turned away. (The rule of entry is CoDel's, RFC 8289; the bound is Little's law.) The
// shard executor reports; any thread asks. Starts calm after a crash.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace onsale::shard {

class LoadShedder {
  public:
    static constexpr std::int64_t kTargetUs = 50'000;
    static constexpr std::int64_t kIntervalUs = 200'000;
    static constexpr std::int64_t kCalmUs = 1'000'000;

    // The shard executor is about to decide; the first in the queue entered at this time.
    void decides_first(std::int64_t entered_us, std::int64_t now_us);
    // It has decided so many.
    void decided(std::size_t count, std::int64_t now_us);

    // Whether to turn away whoever comes now, with so many waiting.
    [[nodiscard]] bool sheds(std::size_t waiting, std::int64_t now_us);
    [[nodiscard]] bool overloaded() const { return overloaded_.load(std::memory_order_relaxed); }

  private:
    std::atomic<bool> overloaded_ = false;
    std::atomic<std::size_t> waiting_max_ = 0;
    std::atomic<std::int64_t> shed_us_ = 0;  // when somebody was last turned away
    static constexpr std::int64_t kNever = -1;
    std::int64_t long_since_us_ = kNever;    // since when nobody waited less than the target
    std::int64_t counted_since_us_ = 0;
    std::size_t counted_ = 0;
};

}  // namespace onsale::shard
