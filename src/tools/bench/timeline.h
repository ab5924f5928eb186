// Timeline: how a run went, second by second and in finer slices: what was answered when, and how
// long requests took that were due then. Bounded: what comes after kSecondsMax falls into the last
// second. Belongs to the generator's one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/histogram.h"
#include "bench/tally.h"

namespace onsale::bench {

class Timeline {
  public:
    static constexpr std::int64_t kSliceUs = 100'000;
    static constexpr std::int64_t kSecondUs = 1'000'000;
    static constexpr std::size_t kSecondsMax = 600;

    // What was answered within a slice.
    struct Slice {
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
        std::uint64_t other = 0;  // repeated, read, failed
        bool operator==(const Slice&) const = default;
    };

    // Times count from the start of the run.
    void add(Verdict verdict, std::int64_t due_us, std::int64_t answered_us);
    [[nodiscard]] const std::vector<Slice>& slices() const { return slices_; }
    // Latencies by the second in which the request was due.
    [[nodiscard]] const std::vector<Histogram>& seconds() const { return seconds_; }

  private:
    std::vector<Slice> slices_;
    std::vector<Histogram> seconds_;
};

}  // namespace onsale::bench
