#include "accounts/internal/throttle.h"

#include <gtest/gtest.h>

#include <string>

namespace onsale::accounts {
namespace {

using base::Duration;
using base::Timestamp;

class ThrottleTest : public testing::Test {
  protected:
    // Fails so many times, waiting as long as it is told to, and returns the last wait.
    Duration fail(const std::string& name, const std::string& address, std::int64_t times) {
        Duration wait;
        for (std::int64_t i = 0; i < times; ++i) {
            wait = throttle_.begin(name, address, now_);
            now_ = now_ + wait;
            if (wait == Duration()) continue;
            EXPECT_EQ(throttle_.begin(name, address, now_), Duration());
        }
        return wait;
    }
    Throttle throttle_{crypto::Key{std::byte{1}}};
    Timestamp now_ = Timestamp::from_unix_ms(1'790'000'000'000);
};

TEST_F(ThrottleTest, leaves_some_attempts_free_and_then_doubles_the_wait) {
    EXPECT_EQ(fail("anna", "192.0.2.1", kPairRule.free), Duration());
    EXPECT_EQ(fail("anna", "192.0.2.1", 1), Duration::seconds(1));
    EXPECT_EQ(fail("anna", "192.0.2.1", 1), Duration::seconds(2));
    EXPECT_EQ(fail("anna", "192.0.2.1", 1), Duration::seconds(4));
    EXPECT_EQ(fail("anna", "192.0.2.1", 12), kPairRule.longest);
    EXPECT_EQ(fail("bert", "192.0.2.1", 1), Duration());
}

TEST_F(ThrottleTest, refuses_a_moment_too_early_and_counts_nothing_then) {
    (void)fail("anna", "192.0.2.1", kPairRule.free);
    now_ = now_ + Duration::milliseconds(999);
    EXPECT_EQ(throttle_.begin("anna", "192.0.2.1", now_), Duration::milliseconds(1));
    EXPECT_EQ(throttle_.begin("anna", "192.0.2.1", now_), Duration::milliseconds(1));
    now_ = now_ + Duration::milliseconds(1);
    EXPECT_EQ(throttle_.begin("anna", "192.0.2.1", now_), Duration());
}

TEST_F(ThrottleTest, forgets_after_a_quiet_time) {
    (void)fail("anna", "192.0.2.1", kPairRule.free + 3);
    now_ = now_ + kPairRule.quiet;
    EXPECT_EQ(fail("anna", "192.0.2.1", kPairRule.free), Duration());
}

TEST_F(ThrottleTest, lets_a_right_password_start_afresh) {
    for (int round = 0; round < 50; ++round) {
        ASSERT_EQ(throttle_.begin("anna", "192.0.2.1", now_), Duration());
        throttle_.succeeded("anna", "192.0.2.1");
    }
}

TEST_F(ThrottleTest, holds_many_names_from_one_address_back) {
    for (std::int64_t i = 0; i < kAddressRule.free; ++i) {
        ASSERT_EQ(throttle_.begin("name" + std::to_string(i), "192.0.2.1", now_), Duration());
    }
    EXPECT_EQ(throttle_.begin("another", "192.0.2.1", now_), kAddressRule.first);
    EXPECT_EQ(throttle_.begin("another", "192.0.2.2", now_), Duration());
}

TEST_F(ThrottleTest, does_not_lock_out_who_logged_in_there_before) {
    ASSERT_EQ(throttle_.begin("anna", "198.51.100.7", now_), Duration());
    throttle_.succeeded("anna", "198.51.100.7");
    for (std::int64_t i = 0; i < kNameRule.free; ++i) {
        (void)throttle_.begin("anna", "192.0.2." + std::to_string(i), now_);
    }
    EXPECT_EQ(throttle_.begin("anna", "203.0.113.1", now_), kNameRule.first);
    EXPECT_EQ(throttle_.begin("anna", "198.51.100.7", now_), Duration());
    // Neither does somebody else behind the same address.
    for (std::int64_t i = 0; i < kAddressRule.free; ++i) {
        (void)throttle_.begin("name" + std::to_string(i), "198.51.100.7", now_);
    }
    EXPECT_GT(throttle_.begin("bert", "198.51.100.7", now_), Duration());
    EXPECT_EQ(throttle_.begin("anna", "198.51.100.7", now_), Duration());
}

TEST_F(ThrottleTest, takes_a_withdrawn_attempt_back) {
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(throttle_.begin("anna", "192.0.2.1", now_), Duration());
        throttle_.withdrawn("anna", "192.0.2.1");
    }
}

TEST_F(ThrottleTest, bounds_codes_and_questions_by_address) {
    for (std::int64_t i = 0; i < kCodesRule.free; ++i) {
        ASSERT_EQ(throttle_.ask_code("192.0.2.1", now_), Duration());
    }
    EXPECT_EQ(throttle_.ask_code("192.0.2.1", now_), kCodesRule.first);
    for (std::int64_t i = 0; i < kQuestionsRule.free; ++i) {
        ASSERT_EQ(throttle_.ask_name("192.0.2.1", now_), Duration());
    }
    EXPECT_EQ(throttle_.ask_name("192.0.2.1", now_), kQuestionsRule.first);
    for (std::int64_t i = 0; i < kRegistrationsRule.free; ++i) {
        ASSERT_EQ(throttle_.ask_registration("192.0.2.1", now_), Duration());
    }
    EXPECT_EQ(throttle_.ask_registration("192.0.2.1", now_), kRegistrationsRule.first);
}

TEST(Counters, are_bounded_and_forget_the_oldest) {
    Counters counters(kPairRule, 2);
    const auto now = Timestamp::from_unix_ms(0);
    for (std::int64_t i = 0; i < kPairRule.free; ++i) counters.add(1, now);
    counters.add(2, now);
    EXPECT_GT(counters.wait(1, now), Duration());
    counters.add(3, now);
    EXPECT_EQ(counters.size(), 2U);
    EXPECT_EQ(counters.wait(1, now), Duration());
    EXPECT_TRUE(counters.holds(2));
}

TEST(Networks, of_ipv6_are_their_first_half) {
    EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2:");
    EXPECT_EQ(network_of("2001:db8:1:2:9::"), "2001:db8:1:2:");
    EXPECT_EQ(network_of("2001:db8::1"), "2001:db8:");
    EXPECT_EQ(network_of("::1"), "");
}

}  // namespace
}  // namespace onsale::accounts
