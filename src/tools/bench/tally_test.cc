#include "bench/tally.h"

#include <gtest/gtest.h>

namespace onsale::bench {
namespace {

TEST(Tally, keeps_accepted_repeated_refused_and_failed_apart) {
    Tally tally(false);
    tally.answered(1, 201, {"A", "accepted", 256}, 10);
    tally.answered(1, 200, {"A", "repeated", 256}, 10);
    tally.answered(2, 409, {"sold_out", "", 0}, 10);
    tally.answered(3, 409, {"sold_out", "", 0}, 10);
    tally.answered(4, 503, {"busy", "", 0}, 10);
    tally.answered(5, 500, {"internal", "", 0}, 10);
    tally.failed();
    EXPECT_EQ(tally.accepted(), 1U);
    EXPECT_EQ(tally.repeated(), 1U);
    EXPECT_EQ(tally.refused(), 3U);
    EXPECT_EQ(tally.failures(), 2U);
    ASSERT_EQ(tally.refusals().size(), 2U);
    EXPECT_EQ(tally.refusals()[0].second, 2U);
    EXPECT_TRUE(tally.issued().empty());
}

TEST(SharedCode, names_two_persons_with_one_code) {
    EXPECT_EQ(shared_code({{"A", 1}, {"B", 2}, {"A", 1}}), "");
    EXPECT_EQ(shared_code({{"A", 1}, {"B", 2}, {"A", 3}}), "persons 1 and 3 got the same code");
}

TEST(SharedCode, names_a_person_with_two_codes) {
    EXPECT_EQ(shared_code({{"A", 1}, {"B", 1}}), "person 1 got two codes");
}

TEST(DifferentCodes, wants_as_many_answers_as_were_sent) {
    EXPECT_EQ(different_codes({{"A", 1}, {"A", 1}}, 2), "");
    EXPECT_NE(different_codes({{"A", 1}}, 2), "");
    EXPECT_NE(different_codes({{"A", 1}, {"B", 1}}, 2), "");
}

}  // namespace
}  // namespace onsale::bench
