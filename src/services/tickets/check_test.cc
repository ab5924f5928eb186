#include "tickets/check.h"

#include <gtest/gtest.h>

#include "tickets/limits.h"

namespace onsale::tickets {
namespace {

using base::Duration;
using base::Timestamp;
using domain::OrderState;

class Judge : public testing::Test {
  protected:
    Judge() {
        order_.id = domain::OrderId(256);
        order_.session = domain::SessionId(1);
        order_.state = OrderState::completed;
        order_.lines.push_back({domain::TierId(11), 1, {}, 0});
        order_.lines.push_back({domain::TierId(12), 2, {}, 0});
        code_.facts = {
            domain::make_ticket_id(order_.id, 2), order_.session, domain::TierId(12), 1, {}};
    }
    [[nodiscard]] CheckResult judged() const {
        return judge(code_, order_, std::make_shared<const catalog::SessionEntry>(entry_));
    }

    domain::Order order_;
    catalog::SessionEntry entry_;
    SignedCode code_;
};

TEST_F(Judge, a_ticket_of_a_completed_order_is_valid) {
    EXPECT_EQ(judged().standing, Standing::valid);
    EXPECT_EQ(judged().reason, VoidReason::none);
    EXPECT_EQ(judged().code, code_);
}

TEST_F(Judge, the_state_of_the_order_decides_why_it_is_void) {
    const std::vector<std::pair<OrderState, VoidReason>> table = {
        {OrderState::refunding, VoidReason::refunding},
        {OrderState::refunded, VoidReason::refunded},
        {OrderState::reserved, VoidReason::not_completed},
        {OrderState::paid, VoidReason::not_completed},
        {OrderState::failed, VoidReason::not_completed},
        {OrderState::cancelled, VoidReason::not_completed},
        {OrderState::expired, VoidReason::not_completed}};
    for (const auto& [state, reason] : table) {
        order_.state = state;
        EXPECT_EQ(judged().standing, Standing::voided);
        EXPECT_EQ(judged().reason, reason) << to_string(reason);
    }
}

TEST_F(Judge, a_cancelled_session_says_so_before_its_refunds_do) {
    entry_.status.cancelled = true;
    for (const auto state : {OrderState::completed, OrderState::refunding, OrderState::refunded}) {
        order_.state = state;
        EXPECT_EQ(judged().reason, VoidReason::session_cancelled);
    }
}

TEST_F(Judge, another_tier_place_or_version_is_another_ticket) {
    code_.facts.tier = domain::TierId(11);
    EXPECT_EQ(judged().reason, VoidReason::reissued);
    code_.facts.tier = domain::TierId(12);
    code_.facts.version = 2;
    EXPECT_EQ(judged().reason, VoidReason::reissued);
    code_.facts.version = 1;
    code_.facts.ticket = domain::make_ticket_id(order_.id, 3);
    EXPECT_EQ(judged().reason, VoidReason::reissued);
}

TEST_F(Judge, an_order_that_is_not_there_or_of_another_session_is_unknown) {
    EXPECT_EQ(judge(code_, {}, nullptr).reason, VoidReason::order_unknown);
    code_.facts.session = domain::SessionId(2);
    EXPECT_EQ(judged().reason, VoidReason::order_unknown);
}

TEST(CheckThrottle, lets_a_burst_pass_and_then_one_a_second) {
    CheckThrottle throttle;
    const auto now = Timestamp::from_unix_ms(1'000'000);
    for (std::int64_t i = 0; i < kChecksAtOnce; ++i) {
        EXPECT_EQ(throttle.ask("192.0.2.1", now), Duration{}) << i;
    }
    EXPECT_EQ(throttle.ask("192.0.2.1", now), kCheckEvery);
    EXPECT_EQ(throttle.ask("192.0.2.2", now), Duration{});
    EXPECT_EQ(throttle.ask("192.0.2.1", now + kCheckEvery), Duration{});
    EXPECT_EQ(throttle.ask("192.0.2.1", now + kCheckEvery), kCheckEvery);
}

TEST(CheckThrottle, counts_a_network_of_ipv6_as_one) {
    CheckThrottle throttle;
    const auto now = Timestamp::from_unix_ms(1'000'000);
    for (std::int64_t i = 0; i < kChecksAtOnce; ++i) {
        const auto address = "2001:db8:1:2:" + std::to_string(i) + "::1";
        EXPECT_EQ(throttle.ask(address, now), Duration{});
    }
    EXPECT_NE(throttle.ask("2001:db8:1:2:ffff::1", now), Duration{});
    EXPECT_EQ(throttle.ask("2001:db8:1:3:ffff::1", now), Duration{});
}

TEST(CheckThrottle, is_bounded) {
    CheckThrottle throttle;
    for (std::size_t i = 0; i < kCheckersMax + 10; ++i) {
        (void)throttle.ask("host-" + std::to_string(i), Timestamp::from_unix_ms(1));
    }
    EXPECT_LE(throttle.size(), kCheckersMax);
}

}  // namespace
}  // namespace onsale::tickets
