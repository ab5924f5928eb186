#include "trial/search.h"

#include <gtest/gtest.h>

namespace onsale::trial {
namespace {

// The peak that is found of a server that holds up to `capacity`, and in how many steps.
struct Found {
    std::uint64_t peak = 0;
    std::uint32_t steps = 0;
};

Found search(std::uint64_t first, std::uint64_t capacity, std::uint32_t steps_max) {
    PeakSearch search(first, steps_max);
    Found found;
    while (const auto rate = search.next()) {
        ++found.steps;
        search.record(*rate <= capacity);
    }
    found.peak = search.peak();
    return found;
}

TEST(PeakSearch, comes_within_a_twentieth_below_the_capacity) {
    for (std::uint64_t capacity = 1000; capacity < 1'000'000; capacity = capacity * 5 / 4 + 17) {
        const Found found = search(10'000, capacity, 30);
        EXPECT_LE(found.peak, capacity);
        EXPECT_GE(found.peak + found.peak / 20 + 100, capacity) << capacity;
    }
}

TEST(PeakSearch, ends_after_its_steps) {
    const Found found = search(1, ~std::uint64_t{0}, 7);
    EXPECT_EQ(found.steps, 7U);
    EXPECT_EQ(found.peak, 64U);
}

TEST(PeakSearch, finds_nothing_where_nothing_is_held) {
    const Found found = search(8000, 0, 30);
    EXPECT_EQ(found.peak, 0U);
    EXPECT_LT(found.steps, 20U);
}

}  // namespace
}  // namespace onsale::trial
