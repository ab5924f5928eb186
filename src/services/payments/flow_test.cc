#include "payments/internal/flow.h"

#include <gtest/gtest.h>

#include "payments/limits.h"

namespace onsale::payments {
namespace {

using base::Duration;
using base::Timestamp;
using domain::PaymentReason;

const Timestamp kNow = Timestamp::from_unix_ms(1'795'000'000'000);

Flow by_token(std::uint32_t tries = 0) {
    domain::Payment payment;
    payment.id = domain::PaymentId(8192);
    payment.way = domain::PayWay::token;
    payment.tries = tries;
    return make_flow(payment, {});
}
Flow at_cashier() {
    domain::Payment payment;
    payment.id = domain::PaymentId(8192);
    return make_flow(payment, kNow + Duration::minutes(10));
}
Flow refund() {
    domain::Refund made;
    made.id = domain::RefundId(8192);
    return make_flow(made, 1);
}
BankAnswer says(BankStatus status, const std::string& transaction = {}) {
    return {status, {}, transaction, PaymentReason::none};
}

TEST(Flow, what_may_have_been_tried_is_asked_about_first) {
    EXPECT_EQ(by_token(0).ask, Ask::deduct);
    EXPECT_EQ(by_token(1).ask, Ask::query);
    EXPECT_EQ(refund().ask, Ask::refund);
    EXPECT_EQ(at_cashier().ask, Ask::query);
}

TEST(Flow, after_silence_the_bank_is_asked_what_it_did) {
    base::Prng prng(1);
    Flow flow = by_token();
    EXPECT_EQ(after_silence(flow, Silence::counts, kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(flow.ask, Ask::query);
    EXPECT_EQ(after_answer(flow, says(BankStatus::unknown), kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(flow.ask, Ask::deduct);
    Flow back = refund();
    EXPECT_EQ(after_silence(back, Silence::counts, kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(back.ask, Ask::query_refund);
    EXPECT_EQ(after_answer(back, says(BankStatus::unknown), kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(back.ask, Ask::refund);
}

TEST(Flow, is_parked_after_so_many_tries_with_longer_and_longer_pauses) {
    base::Prng prng(2);
    Flow flow = by_token();
    Duration before;
    for (std::uint32_t i = 1; i < kTriesMax; ++i) {
        const Next next = after_silence(flow, Silence::counts, kNow, prng);
        ASSERT_EQ(next.kind, NextKind::sleep);
        EXPECT_GT(next.pause, before);
        before = next.pause;
    }
    const Next last = after_silence(flow, Silence::counts, kNow, prng);
    EXPECT_EQ(last.kind, NextKind::park);
    EXPECT_EQ(last.reason, PaymentReason::bank_silent);
}

TEST(Flow, silence_of_a_bank_that_is_away_is_no_try) {
    base::Prng prng(7);
    Flow flow = by_token();
    for (int i = 0; i < 50; ++i)
        ASSERT_EQ(after_silence(flow, Silence::away, kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(flow.tries, 0U);
    EXPECT_EQ(flow.ask, Ask::query);
}

TEST(Flow, the_ladder_ends_at_the_deadline_with_a_closure) {
    base::Prng prng(3);
    Flow flow = at_cashier();
    Timestamp now = kNow;
    int questions = 0;
    while (flow.ask == Ask::query) {
        ++questions;
        now = now + after_answer(flow, says(BankStatus::open), now, prng).pause;
        ASSERT_LT(questions, 30);
        ASSERT_LE(now, flow.deadline);
    }
    EXPECT_EQ(flow.ask, Ask::close);
    EXPECT_GT(questions, 5);
    EXPECT_EQ(after_answer(flow, says(BankStatus::closed), now, prng).kind, NextKind::tell);
}

TEST(Flow, silence_at_the_cashier_does_not_park) {
    base::Prng prng(4);
    Flow flow = at_cashier();
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(after_silence(flow, Silence::counts, kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(flow.tries, 0U);
}

TEST(Flow, an_accepted_refund_is_asked_for_later_without_counting) {
    base::Prng prng(5);
    Flow flow = refund();
    for (int i = 0; i < 50; ++i) {
        const Next next = after_answer(flow, says(BankStatus::accepted), kNow, prng);
        ASSERT_EQ(next.kind, NextKind::sleep);
        EXPECT_GE(next.pause, Duration::seconds(3));
        EXPECT_LE(next.pause, kRetryMax + kRetryMax);
    }
    EXPECT_EQ(flow.tries, 0U);
    // A question names no transaction, the refund itself does.
    EXPECT_EQ(after_answer(flow, says(BankStatus::completed), kNow, prng).kind, NextKind::sleep);
    EXPECT_EQ(flow.ask, Ask::refund);
    EXPECT_EQ(after_answer(flow, says(BankStatus::completed, "T1"), kNow, prng).kind,
              NextKind::tell);
}

TEST(Flow, what_is_not_wanted_any_more_is_closed) {
    base::Prng prng(6);
    Flow flow = by_token();
    EXPECT_EQ(after_unwanted(flow, prng).kind, NextKind::sleep);
    EXPECT_EQ(flow.ask, Ask::close);
    Flow cashier = at_cashier();
    cashier.ask = Ask::close;
    cashier.unneeded = true;
    EXPECT_EQ(after_unwanted(cashier, prng).kind, NextKind::sleep);
    EXPECT_EQ(cashier.ask, Ask::query);
    EXPECT_FALSE(cashier.seen) << "its deadline is looked up again";
}

}  // namespace
}  // namespace onsale::payments
