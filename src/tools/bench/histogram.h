// Histogram: how often each length of time occurred, in buckets that grow with the value, so that a
// microsecond and a minute are both kept to 1/64 of themselves. Log-linear, as in HdrHistogram
// (Tene): each power of two is cut into 64 equal parts. Adding costs a few instructions and no
// memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace onsale::bench {

class Histogram {
  public:
    // How often values up to `last`, and above the bucket before, occurred.
    struct Bucket {
        std::uint64_t last = 0;
        std::uint64_t count = 0;
        bool operator==(const Bucket&) const = default;
    };

    void add(std::uint64_t value) { add(value, 1); }
    void add(std::uint64_t value, std::uint64_t times);
    // As if everything that was added to the other one had been added to this one.
    void merge(const Histogram& other);
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] std::uint64_t max() const { return max_; }
    // The smallest kept value that `permyriad` of 10,000 do not exceed; never above max(). 0 when
    // nothing was added.
    [[nodiscard]] std::uint64_t percentile(std::uint64_t permyriad) const;
    // Those in which something is, ascending. Adding every `last` so often gives the same
    // histogram, but for the maximum.
    [[nodiscard]] std::vector<Bucket> buckets() const;

  private:
    static constexpr std::size_t kPartBits = 6;
    static constexpr std::size_t kParts = std::size_t{1} << kPartBits;
    static constexpr std::size_t kBuckets = (64 - kPartBits + 1) * kParts;
    [[nodiscard]] static std::size_t bucket_of(std::uint64_t value);
    [[nodiscard]] static std::uint64_t last_of(
        std::size_t bucket);  // the largest value that falls into it

    std::array<std::uint64_t, kBuckets> buckets_{};
    std::uint64_t count_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace onsale::bench
