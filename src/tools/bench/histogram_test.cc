#include "bench/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/prng.h"

namespace onsale::bench {
namespace {

TEST(Histogram, is_exact_for_small_values) {
    Histogram histogram;
    for (std::uint64_t i = 1; i <= 50; ++i) histogram.add(i);
    EXPECT_EQ(histogram.percentile(5000), 25U);
    EXPECT_EQ(histogram.percentile(9900), 50U);
    EXPECT_EQ(histogram.percentile(1), 1U);
    EXPECT_EQ(histogram.max(), 50U);
}

TEST(Histogram, is_within_a_64th_for_every_size) {
    for (std::uint64_t value = 1; value < (std::uint64_t{1} << 62); value = value * 3 + 1) {
        Histogram histogram;
        histogram.add(value);
        histogram.add(std::uint64_t{1} << 63);
        const std::uint64_t kept = histogram.percentile(5000);
        EXPECT_GE(kept, value);
        EXPECT_LE(kept - value, value / 64) << value;
    }
}

TEST(Histogram, never_exceeds_the_maximum) {
    Histogram histogram;
    histogram.add(1'000'003);
    EXPECT_EQ(histogram.percentile(9999), 1'000'003U);
}

TEST(Histogram, keeps_the_tail_apart) {
    Histogram histogram;
    for (int i = 0; i < 999; ++i) histogram.add(100);
    histogram.add(90'000);
    EXPECT_LE(histogram.percentile(9900), 101U);
    EXPECT_LE(histogram.percentile(9990), 101U);
    EXPECT_EQ(histogram.percentile(9991), 90'000U);
}

// Lengths of every size: as many between 1 and 2 as between a second and two.
std::vector<std::uint64_t> random_lengths(std::uint64_t seed, std::size_t count) {
    base::Prng random(seed);
    std::vector<std::uint64_t> lengths(count);
    for (auto& length : lengths) length = random.next() >> (1 + random.below(63));
    return lengths;
}

Histogram of(const std::vector<std::uint64_t>& values) {
    Histogram histogram;
    for (const auto value : values) histogram.add(value);
    return histogram;
}

TEST(Histogram, agrees_with_a_sorted_list_to_a_64th) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        auto values = random_lengths(seed, 1 + seed * 7);
        const Histogram histogram = of(values);
        std::ranges::sort(values);
        for (const std::uint64_t permyriad : {1U, 1000U, 5000U, 9000U, 9900U, 9990U, 10000U}) {
            const std::size_t rank =
                std::max<std::size_t>(1, (values.size() * permyriad + 9999) / 10000);
            const std::uint64_t exact = values[rank - 1];
            const std::uint64_t kept = histogram.percentile(permyriad);
            ASSERT_GE(kept, exact) << "seed " << seed;
            ASSERT_LE(kept - exact, exact / 64) << "seed " << seed << " at " << permyriad;
        }
    }
}

TEST(Histogram, merged_is_as_if_all_had_been_added_to_one) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        auto values = random_lengths(seed, 300);
        const auto others = random_lengths(seed + 1000, 200 + seed);
        Histogram merged = of(values);
        merged.merge(of(others));
        values.insert(values.end(), others.begin(), others.end());
        const Histogram whole = of(values);
        ASSERT_EQ(merged.buckets(), whole.buckets()) << "seed " << seed;
        ASSERT_EQ(merged.count(), whole.count());
        ASSERT_EQ(merged.max(), whole.max());
    }
}

TEST(Histogram, can_be_made_again_from_its_buckets) {
    const Histogram histogram = of(random_lengths(7, 5000));
    Histogram again;
    for (const auto& [last, count] : histogram.buckets()) again.add(last, count);
    EXPECT_EQ(again.buckets(), histogram.buckets());
    EXPECT_EQ(again.count(), 5000U);
}

TEST(Histogram, is_zero_when_nothing_was_added) {
    const Histogram histogram;
    EXPECT_EQ(histogram.percentile(5000), 0U);
    EXPECT_EQ(histogram.count(), 0U);
}

TEST(Histogram, takes_the_largest_value_there_is) {
    Histogram histogram;
    histogram.add(~std::uint64_t{0});
    EXPECT_EQ(histogram.percentile(10000), ~std::uint64_t{0});
}

}  // namespace
}  // namespace onsale::bench
