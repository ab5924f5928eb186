#include "bench/timeline.h"

#include <gtest/gtest.h>

namespace onsale::bench {
namespace {

TEST(Timeline, counts_answers_when_they_came_and_latencies_when_they_were_due) {
    Timeline timeline;
    timeline.add(Verdict::accepted, 999'000, 1'250'000);
    timeline.add(Verdict::refused, 1'000'000, 1'299'999);
    timeline.add(Verdict::read, 0, 10);
    ASSERT_EQ(timeline.slices().size(), 13U);
    EXPECT_EQ(timeline.slices()[12], (Timeline::Slice{1, 1, 0}));
    EXPECT_EQ(timeline.slices()[0], (Timeline::Slice{0, 0, 1}));
    ASSERT_EQ(timeline.seconds().size(), 2U);
    EXPECT_EQ(timeline.seconds()[0].max(), 251'000U);
    EXPECT_EQ(timeline.seconds()[1].max(), 299'999U);
}

TEST(Timeline, what_comes_too_late_falls_into_the_last_second) {
    Timeline timeline;
    timeline.add(Verdict::accepted, 700 * Timeline::kSecondUs, 701 * Timeline::kSecondUs);
    EXPECT_EQ(timeline.seconds().size(), Timeline::kSecondsMax);
    EXPECT_EQ(timeline.seconds().back().count(), 1U);
    EXPECT_EQ(timeline.slices().back().accepted, 1U);
}

}  // namespace
}  // namespace onsale::bench
