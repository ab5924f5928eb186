#include "webhooks/hook.h"

#include <gtest/gtest.h>

namespace onsale::webhooks {
namespace {

TEST(Hook, only_addresses_of_the_public_internet_by_https) {
    for (const char* url : {"https://example.com/in", "https://example.com:8443",
                            "https://1.1.1.1/x", "https://[2606:4700::1111]/x"})
        EXPECT_EQ(check_url(url, false), std::nullopt) << url;
    EXPECT_EQ(check_url("http://example.com/in", false), UrlProblem::not_https);
    EXPECT_EQ(check_url("ftp://example.com/in", true), UrlProblem::not_https);
    for (const char* url : {"https://127.0.0.1/x", "https://10.0.0.1", "https://[::1]:80/x",
                            "https://169.254.169.254/latest", "https://192.168.1.1?x"})
        EXPECT_EQ(check_url(url, false), UrlProblem::private_address) << url;
    for (const char* url : {"", "https://", "https:///x", "https://user@example.com/",
                            "https://a b/", "https://example.com/\n", "https://[::1"})
        EXPECT_NE(check_url(url, false), std::nullopt) << url;
    EXPECT_EQ(check_url("http://127.0.0.1:9/x", true), std::nullopt);
    EXPECT_NE(check_url("https://a/" + std::string(kUrlCharactersMax, 'x'), true), std::nullopt);
}

TEST(Hook, pauses_double_up_to_ten_minutes_and_are_not_all_the_same) {
    EXPECT_EQ(pause_after(1, 0), base::Duration::milliseconds(500));
    EXPECT_EQ(pause_after(1, 500), base::Duration::milliseconds(1000));
    EXPECT_EQ(pause_after(4, 4000), base::Duration::seconds(8));
    EXPECT_EQ(pause_after(100, 300'000), kPauseMax);
    for (std::uint64_t random = 0; random < 5000; random += 7) {
        EXPECT_GE(pause_after(3, random), base::Duration::seconds(2));
        EXPECT_LE(pause_after(3, random), base::Duration::seconds(4));
    }
}

// The expected value was made with another program:
// printf '1600000000.[]' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
TEST(Hook, a_signature_that_others_can_check) {
    EXPECT_EQ(signature_of("0123456789abcdef0123456789abcdef",
                           base::Timestamp::from_unix_ms(1'600'000'000'999), "[]"),
              "t=1600000000,v1=2b49b164ea445ee462c89d5bdda9a88561c64f6084c9ca1e9cb1804fa7231af2");
}

TEST(Hook, events_have_one_name_each) {
    EventSet all;
    for (const auto kind : kEventKinds) {
        EXPECT_EQ(parse_event(to_string(kind)), kind);
        EXPECT_FALSE(all.holds(kind));
        all.add(kind);
        EXPECT_TRUE(all.holds(kind));
    }
    EXPECT_EQ(parse_event("order.vanished"), std::nullopt);
}

TEST(Hook, an_order_is_told_as_it_goes_on_and_not_completed_twice) {
    using domain::OrderState;
    const domain::OrderId order(256);
    const auto told = [&](OrderState to, bool with_ordinals) {
        domain::OrderMoved moved{order, to, {}, {}};
        if (with_ordinals) moved.first_ordinals.push_back(0);
        return event_of(moved);
    };
    EXPECT_EQ(told(OrderState::paid, false), EventKind::order_paid);
    EXPECT_EQ(told(OrderState::completed, true), EventKind::order_completed);
    EXPECT_EQ(told(OrderState::failed, false), EventKind::order_failed);
    EXPECT_EQ(told(OrderState::refunding, false), EventKind::order_refunding);
    EXPECT_EQ(told(OrderState::refunded, false), EventKind::order_refunded);
    EXPECT_EQ(told(OrderState::completed, false), std::nullopt);
    EXPECT_EQ(event_of(domain::LatePaymentAccepted{order, {}, {}, false, {}}),
              EventKind::order_paid);
}

TEST(Hook, money_is_told_when_it_is_certain) {
    const domain::RefundId refund(256 << 5);
    const domain::PersonId person(9);
    using domain::RefundState;
    const auto reviewed = [&](RefundState state) {
        return event_of(domain::RefundReviewed{refund, person, true, state, {}});
    };
    EXPECT_EQ(reviewed(RefundState::requested), std::nullopt);  // a second one is needed
    EXPECT_EQ(reviewed(RefundState::approved), EventKind::refund_approved);
    EXPECT_EQ(reviewed(RefundState::rejected), EventKind::refund_rejected);
    EXPECT_EQ(event_of(domain::RefundCancelled{refund, {}}), EventKind::refund_cancelled);
    EXPECT_EQ(event_of(domain::RefundSettled{refund, person, false, {}}), std::nullopt);
    EXPECT_EQ(event_of(domain::RefundSettled{refund, person, true, {}}),
              EventKind::refund_completed);
    EXPECT_EQ(event_of(domain::PaymentStarted{}), std::nullopt);
    EXPECT_EQ(event_of(domain::PaymentEnded{}), EventKind::payment_failed);
}

}  // namespace
}  // namespace onsale::webhooks
