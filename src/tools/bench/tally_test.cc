#include "bench/tally.h"

#include <gtest/gtest.h>

namespace onsale::bench {
namespace {

TEST(Tally, keeps_accepted_repeated_refused_and_failed_apart) {
    Tally tally;
    tally.answered(verdict_of(201), "A", 10);
    tally.answered(verdict_of(200), "A", 10);
    tally.answered(verdict_of(409), "sold_out", 20);
    tally.answered(verdict_of(409), "sold_out", 20);
    tally.answered(verdict_of(503), "busy", 10);
    tally.answered(verdict_of(500), "internal", 10);
    tally.answered(verdict_of_read(304), "", 10);
    tally.lost();
    EXPECT_EQ(tally.accepted(), 1U);
    EXPECT_EQ(tally.repeated(), 1U);
    EXPECT_EQ(tally.refused(), 3U);
    EXPECT_EQ(tally.failures(), 2U);
    ASSERT_EQ(tally.refusals().size(), 2U);
    EXPECT_EQ(tally.refusals()[0].second, 2U);
    EXPECT_EQ(tally.reads(), 1U);
    EXPECT_TRUE(tally.issued().empty());
    EXPECT_EQ(tally.latency().count(), 7U);
    EXPECT_EQ(tally.accepted_latency().count(), 1U);
    EXPECT_EQ(tally.refused_latency().max(), 20U);
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
