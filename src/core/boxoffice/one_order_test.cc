// One order that is paid for, and what becomes of its money, case by case.
#include <gtest/gtest.h>

#include "boxoffice/testing/offer.h"

namespace onsale::boxoffice {
namespace {

using domain::OrderState;
using domain::OutcomeKind;
using domain::RefundState;
using testing::Counter;

// One order of person 1 for tickets at 80, and what a bank says about it.
class OneOrder : public ::testing::Test {
  protected:
    OneOrder() {
        auto session = testing::offer(5, 5);
        session.refunds = {true, base::Duration(), 0, true, 0};
        session.late_payment = domain::LatePayment::same;
        counter_.run(testing::set_up(session), 0);
        domain::PlaceOrder wish{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
        wish.lines.push_back({domain::TierId(12), 1});
        order_ = counter_.run(wish, 2000).order.id;
    }

    domain::Payment start(std::uint64_t bank, std::int64_t now) {
        const auto& outcome = counter_.run(
            domain::StartPayment{domain::PersonId(1), order_, domain::BankId(bank)}, now);
        EXPECT_NE(outcome.payment, nullptr);
        return *outcome.payment;
    }
    const domain::Outcome& capture(const domain::Payment& payment, std::int64_t now) {
        domain::ReportPayment word{payment.id, payment.incarnation, payment.bank};
        word.amount = payment.amount;
        word.transaction = "T1";
        return counter_.run(word, now);
    }

    Counter counter_;
    domain::OrderId order_;
};

TEST_F(OneOrder, that_was_hidden_is_shown_again_when_late_money_revives_it) {
    const auto payment = start(1, 2010);
    counter_.run(domain::CancelOrder{domain::PersonId(1), order_}, 2020);
    counter_.run(domain::HideOrder{domain::PersonId(1), order_}, 2030);
    EXPECT_TRUE(
        counter_.box_office.orders_of(domain::PersonId(1), domain::OrderId(), 5, testing::at(2030))
            .empty());
    EXPECT_EQ(capture(payment, 2040).order.state, OrderState::completed);
    EXPECT_EQ(
        counter_.box_office.orders_of(domain::PersonId(1), domain::OrderId(), 5, testing::at(2040))
            .size(),
        1U);
}

TEST_F(OneOrder, is_not_given_back_by_its_own_person) {
    capture(start(1, 2010), 2020);
    const auto& asked = counter_.run(
        domain::RequestRefund{domain::PersonId(1), order_, domain::RefundReason::other}, 2030);
    ASSERT_NE(asked.refund, nullptr);
    const domain::RefundId refund = asked.refund->id;
    EXPECT_EQ(counter_.run(domain::ReviewRefund{refund, domain::PersonId(1), true}, 2040).refusal,
              domain::Refusal::refund_same_reviewer);
    EXPECT_EQ(
        counter_.run(domain::ReviewRefund{refund, domain::PersonId(8), true}, 2050).refund->state,
        RefundState::approved);
}

TEST_F(OneOrder, has_a_new_bill_when_its_buyer_comes_back_to_a_bank) {
    const auto first = start(1, 2010);
    EXPECT_EQ(start(1, 2020).id, first.id);
    const auto second = start(2, 2030);
    const auto third = start(1, 2040);
    EXPECT_NE(third.id, first.id);
    EXPECT_NE(third.id, second.id);
}

TEST_F(OneOrder, tells_of_its_own_refund_whatever_else_goes_back) {
    const auto first = start(1, 2010);
    const auto second = start(2, 2020);
    capture(first, 2030);
    const domain::RequestRefund wish{domain::PersonId(1), order_, domain::RefundReason::other};
    const domain::RefundId own = counter_.run(wish, 2040).refund->id;
    capture(second, 2050);  // paid twice
    const auto& again = counter_.run(wish, 2060);
    EXPECT_EQ(again.kind, OutcomeKind::repeated);
    EXPECT_EQ(again.refund->id, own);
}

// A refund that the bank refuses for good.
class Refused : public OneOrder {
  protected:
    Refused() {
        capture(start(1, 2010), 2020);
        const auto& asked = counter_.run(
            domain::RequestRefund{domain::PersonId(1), order_, domain::RefundReason::other}, 2030);
        id_ = asked.refund->id;
        counter_.run(domain::ReviewRefund{id_, domain::PersonId(8), true}, 2040);
        counter_.run(domain::TryRefund{id_}, 2050);
        word(false, 0, 2060);
    }
    const domain::Outcome& word(bool completed, std::uint32_t round, std::int64_t now) {
        return counter_.run(domain::ReportRefund{id_, 0, domain::BankId(1), completed, "B1", round},
                            now);
    }
    const domain::Outcome& resume(std::int64_t now) {
        return counter_.run(domain::ResumeRefund{id_, domain::PersonId(8)}, now);
    }
    const domain::Outcome& settle(std::uint64_t by, std::int64_t now) {
        return counter_.run(domain::SettleRefund{id_, domain::PersonId(by)}, now);
    }
    domain::RefundId id_;
};

TEST_F(Refused, goes_on_under_a_new_name) {
    EXPECT_EQ(resume(2070).refund->round, 1U);
    EXPECT_EQ(counter_.run(domain::TryRefund{id_}, 2080).kind, OutcomeKind::accepted);
    // The old name's refusal again says nothing about the new one.
    EXPECT_EQ(word(false, 0, 2090).kind, OutcomeKind::repeated);
    const auto& done = word(true, 1, 2100);
    EXPECT_EQ(done.refund->state, RefundState::completed);
    EXPECT_EQ(done.order.state, OrderState::refunded);
}

TEST_F(Refused, keeps_its_name_when_the_bank_only_was_silent) {
    resume(2070);
    counter_.run(domain::ParkRefund{id_}, 2080);
    EXPECT_EQ(resume(2090).refund->round, 1U);
}

TEST_F(Refused, is_not_known_by_a_name_it_never_had) {
    EXPECT_EQ(word(true, 1, 2070).refusal, domain::Refusal::refund_unknown);
}

TEST_F(Refused, is_settled_otherwise_by_two_people_who_are_not_the_buyer) {
    EXPECT_EQ(settle(1, 2070).refusal, domain::Refusal::refund_same_reviewer);
    EXPECT_EQ(settle(8, 2080).refund->state, RefundState::approved);
    EXPECT_EQ(settle(8, 2090).refusal, domain::Refusal::refund_same_reviewer);
    const auto& done = settle(9, 2100);
    EXPECT_EQ(done.refund->state, RefundState::completed);
    EXPECT_EQ(done.order.state, OrderState::refunded);
    EXPECT_EQ(settle(9, 2110).kind, OutcomeKind::repeated);
    // What the bank still says changes nothing.
    EXPECT_EQ(word(false, 0, 2120).kind, OutcomeKind::repeated);
    EXPECT_TRUE(counter_.box_office.open_refunds().empty());
}

TEST_F(Refused, is_not_settled_while_the_bank_may_still_pay) {
    settle(8, 2070);
    resume(2080);
    EXPECT_EQ(settle(9, 2090).refusal, domain::Refusal::refund_not_refused);
    word(false, 1, 2100);
    // The word from before the new round does not count any more.
    EXPECT_EQ(settle(9, 2110).refund->state, RefundState::approved);
}

}  // namespace
}  // namespace onsale::boxoffice
