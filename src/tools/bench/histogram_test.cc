#include "bench/histogram.h"

#include <gtest/gtest.h>

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
