#include "bench/histogram.h"

#include <algorithm>
#include <bit>

namespace onsale::bench {

std::size_t Histogram::bucket_of(std::uint64_t value) {
    if (value < kParts) return static_cast<std::size_t>(value);
    const auto shift = static_cast<std::size_t>(std::bit_width(value)) - 1 - kPartBits;
    return (shift + 1) * kParts + static_cast<std::size_t>((value >> shift) - kParts);
}

std::uint64_t Histogram::last_of(std::size_t bucket) {
    if (bucket < kParts) return bucket;
    const std::size_t shift = bucket / kParts - 1;
    const std::uint64_t first = (kParts + bucket % kParts) << shift;
    return first + ((std::uint64_t{1} << shift) - 1);
}

void Histogram::add(std::uint64_t value, std::uint64_t times) {
    if (times == 0) return;
    buckets_[bucket_of(value)] += times;
    count_ += times;
    max_ = std::max(max_, value);
}

void Histogram::merge(const Histogram& other) {
    for (std::size_t i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
    std::vector<Bucket> filled;
    for (std::size_t i = 0; i < kBuckets; ++i) {
        if (buckets_[i] != 0) filled.push_back({last_of(i), buckets_[i]});
    }
    return filled;
}

std::uint64_t Histogram::percentile(std::uint64_t permyriad) const {
    if (count_ == 0) return 0;
    // Rounded up: the 50th percentile of three values is the second.
    const std::uint64_t rank = std::max<std::uint64_t>(1, (count_ * permyriad + 9999) / 10000);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
        seen += buckets_[i];
        if (seen >= rank) return std::min(last_of(i), max_);
    }
    return max_;
}

}  // namespace onsale::bench
