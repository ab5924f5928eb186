#include "notices/notice.h"

#include <gtest/gtest.h>

namespace onsale::notices {
namespace {

using domain::OrderId;
using domain::RefundCause;
using domain::RefundId;
using domain::RefundState;

const base::Timestamp kAt = base::Timestamp::from_unix_ms(1000);
const RefundId kRefund = domain::make_refund_id(OrderId(256), 0);

std::optional<NoticeKind> kind_of(const domain::Fact& fact) {
    const auto subject = subject_of(fact);
    if (!subject) return std::nullopt;
    EXPECT_EQ(subject->order, OrderId(256));
    EXPECT_EQ(subject->at, kAt);
    return subject->kind;
}

domain::Fact requested(RefundCause cause, RefundState state = RefundState::approved) {
    domain::Refund refund;
    refund.id = kRefund;
    refund.cause = cause;
    refund.state = state;
    refund.requested_at = kAt;
    return domain::RefundRequested{refund};
}

domain::Fact reviewed(bool approved, RefundState state) {
    return domain::RefundReviewed{kRefund, domain::PersonId(9), approved, state, kAt};
}

TEST(Notice, an_order_is_told_once_when_it_is_completed) {
    domain::OrderMoved moved{OrderId(256), domain::OrderState::completed, kAt, {}};
    EXPECT_EQ(kind_of(moved), std::nullopt);  // completed again
    moved.first_ordinals.push_back(0);
    EXPECT_EQ(kind_of(moved), NoticeKind::order_completed);
    moved.to = domain::OrderState::paid;
    EXPECT_EQ(kind_of(moved), std::nullopt);
}

TEST(Notice, a_refund_is_told_by_its_cause) {
    EXPECT_EQ(kind_of(requested(RefundCause::buyer, RefundState::requested)),
              NoticeKind::refund_requested);
    EXPECT_EQ(kind_of(requested(RefundCause::buyer)), NoticeKind::refund_approved);
    EXPECT_EQ(kind_of(requested(RefundCause::replaced)), NoticeKind::refund_approved);
    EXPECT_EQ(kind_of(requested(RefundCause::session_cancelled)), NoticeKind::session_cancelled);
    for (const auto cause : {RefundCause::late, RefundCause::duplicate, RefundCause::mismatch})
        EXPECT_EQ(kind_of(requested(cause)), NoticeKind::money_returned);
}

TEST(Notice, the_last_review_is_told) {
    EXPECT_EQ(kind_of(reviewed(true, RefundState::requested)), std::nullopt);
    EXPECT_EQ(kind_of(reviewed(true, RefundState::approved)), NoticeKind::refund_approved);
    EXPECT_EQ(kind_of(reviewed(false, RefundState::rejected)), NoticeKind::refund_rejected);
}

TEST(Notice, money_that_is_back_is_told_whoever_says_so) {
    EXPECT_EQ(kind_of(domain::RefundCompleted{kRefund, "T", kAt}), NoticeKind::refund_completed);
    EXPECT_EQ(kind_of(domain::RefundSettled{kRefund, domain::PersonId(9), false, kAt}),
              std::nullopt);
    EXPECT_EQ(kind_of(domain::RefundSettled{kRefund, domain::PersonId(9), true, kAt}),
              NoticeKind::refund_completed);
}

TEST(Notice, most_facts_are_not_news) {
    EXPECT_EQ(kind_of(domain::OrderPlaced{}), std::nullopt);
    EXPECT_EQ(kind_of(domain::OrderCancelled{OrderId(256), kAt}), std::nullopt);
    EXPECT_EQ(kind_of(domain::RefundTried{kRefund, kAt}), std::nullopt);
    EXPECT_EQ(kind_of(domain::OrderRefunded{OrderId(256), kAt}), NoticeKind::session_cancelled);
}

TEST(Notice, is_named_by_its_fact) {
    EXPECT_EQ(to_string(NoticeKey{domain::ShardId(3), 18'446'744'073'709'551'615U, 12, 4}),
              "3-18446744073709551615-12-4");
}

}  // namespace
}  // namespace onsale::notices
