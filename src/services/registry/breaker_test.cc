#include "registry/internal/breaker.h"

#include <gtest/gtest.h>

namespace onsale::registry {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

void fail(Breaker& breaker, std::int64_t now) {
    breaker.failed(breaker.begin(now), now);
}
void succeed(Breaker& breaker, std::int64_t now) {
    breaker.succeeded(breaker.begin(now));
}
Breaker opened() {
    Breaker breaker;
    for (int i = 0; i < 5; ++i) fail(breaker, 0);
    return breaker;
}

TEST(Breaker, opens_after_five_failures_in_a_row) {
    Breaker breaker;
    for (int i = 0; i < 4; ++i) fail(breaker, 0);
    succeed(breaker, 0);
    for (int i = 0; i < 4; ++i) fail(breaker, 0);
    EXPECT_TRUE(breaker.allows(0));
    fail(breaker, 0);
    EXPECT_FALSE(breaker.allows(0));
    EXPECT_EQ(breaker.state(0), BreakerState::open);
}

TEST(Breaker, opens_when_half_of_the_last_twenty_failed) {
    Breaker breaker;
    for (int i = 0; i < 9; ++i) {
        succeed(breaker, 0);
        fail(breaker, 0);
    }
    succeed(breaker, 0);
    EXPECT_EQ(breaker.state(0), BreakerState::closed) << "19 calls, 9 failed";
    fail(breaker, 0);
    EXPECT_EQ(breaker.state(0), BreakerState::open) << "20 calls, 10 failed";
}

TEST(Breaker, forgets_what_is_older_than_the_last_twenty) {
    Breaker breaker;
    for (int i = 0; i < 9; ++i) {
        succeed(breaker, 0);
        fail(breaker, 0);
    }
    for (int i = 0; i < 20; ++i) succeed(breaker, 0);
    for (int i = 0; i < 4; ++i) fail(breaker, 0);
    EXPECT_EQ(breaker.state(0), BreakerState::closed);
}

TEST(Breaker, lets_one_probe_through_and_closes_when_it_is_answered) {
    Breaker breaker = opened();
    EXPECT_FALSE(breaker.allows(2 * kSecond - 1));
    EXPECT_EQ(breaker.state(2 * kSecond), BreakerState::half_open);
    ASSERT_TRUE(breaker.allows(2 * kSecond));
    const std::uint64_t probe = breaker.begin(2 * kSecond);
    EXPECT_FALSE(breaker.allows(2 * kSecond)) << "one at a time";
    breaker.succeeded(probe);
    EXPECT_EQ(breaker.state(2 * kSecond), BreakerState::closed);
    for (int i = 0; i < 4; ++i) fail(breaker, 3 * kSecond);
    EXPECT_TRUE(breaker.allows(3 * kSecond)) << "former failures are forgotten";
}

TEST(Breaker, doubles_its_pause_up_to_thirty_seconds) {
    Breaker breaker = opened();
    std::int64_t now = 0;
    std::int64_t pause = 2 * kSecond;
    for (const std::int64_t next : {4, 8, 16, 30, 30}) {
        now += pause;
        ASSERT_TRUE(breaker.allows(now));
        fail(breaker, now);
        pause = next * kSecond;
        EXPECT_FALSE(breaker.allows(now + pause - 1));
    }
    succeed(breaker, now + pause);
    for (int i = 0; i < 5; ++i) fail(breaker, now + pause);
    EXPECT_TRUE(breaker.allows(now + pause + 2 * kSecond)) << "the first pause again";
}

TEST(Breaker, ignores_answers_to_calls_from_before_its_change) {
    Breaker breaker;
    const std::uint64_t slow = breaker.begin(0);
    for (int i = 0; i < 5; ++i) fail(breaker, 0);
    breaker.succeeded(slow);
    EXPECT_EQ(breaker.state(0), BreakerState::open);
    const std::uint64_t probe = breaker.begin(2 * kSecond);
    breaker.failed(slow, 2 * kSecond);
    EXPECT_EQ(breaker.state(2 * kSecond), BreakerState::half_open);
    breaker.succeeded(probe);
    EXPECT_EQ(breaker.state(2 * kSecond), BreakerState::closed);
    for (int i = 0; i < 5; ++i) breaker.failed(slow, 2 * kSecond);
    EXPECT_EQ(breaker.state(2 * kSecond), BreakerState::closed);
}

}  // namespace
}  // namespace onsale::registry
