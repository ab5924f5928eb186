#include "refunds/projection.h"

#include <gtest/gtest.h>

#include "refunds/testing/twin.h"

namespace onsale::refunds {
namespace {

TEST_F(Money, a_refund_goes_through_its_rows) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto bought = buy(twin, 8, 2000);
    const auto asked = twin.run(
        domain::RequestRefund{PersonId(8), bought.order, domain::RefundReason::schedule}, 3000);
    ASSERT_NE(asked.refund, nullptr);
    auto listed = refunds(twin, {}).refunds;
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].refund, *asked.refund);
    EXPECT_EQ(listed[0].refund.amount.minor, 7200);
    EXPECT_EQ(listed[0].refund.fee.minor, 800);
    EXPECT_EQ(listed[0].person, PersonId(8));
    EXPECT_EQ(listed[0].session, domain::SessionId(7));
    twin.run(domain::ReviewRefund{asked.refund->id, PersonId(100), true}, 4000);
    twin.run(domain::ReportRefund{asked.refund->id, kIncarnation, kBank, true, "B1"}, 5500);
    const auto done = figures(twin);
    EXPECT_EQ(done.paid_orders, 1U);
    EXPECT_EQ(done.requested, 1U);
    EXPECT_EQ(done.approved, 1U);
    EXPECT_EQ(done.completed, 1U);
    EXPECT_EQ(done.completion_ms, 2500U);
    EXPECT_EQ(done.amount.minor, 7200);
    EXPECT_EQ(done.fee.minor, 800);
    listed = refunds(twin, {}).refunds;
    EXPECT_EQ(listed[0].refund.state, domain::RefundState::completed);
    EXPECT_EQ(listed[0].refund.transaction, "B1");
    EXPECT_EQ(listed[0].refund.first_reviewer, PersonId(100));
}

TEST_F(Money, what_happens_is_counted_on_its_day) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto start = [&] { return twin.run(cashier(8, reserve(twin, 8, 2000)), 2000).payment; };
    auto given_up = captured(start()->id, {});
    given_up.word = domain::BankWord::failed;
    twin.run(given_up, 2010);
    auto closed = captured(start()->id, {});
    closed.word = domain::BankWord::closed;
    twin.run(closed, 2020);
    const auto bought = buy(twin, 8, 2030);
    const auto refund =
        twin.run(domain::RequestRefund{PersonId(8), bought.order, {}}, 3000).refund->id;
    twin.run(domain::ReviewRefund{refund, PersonId(100), true}, 4000);
    constexpr std::int64_t kDay = 86'400'000;
    const std::int64_t next = kDay + 5000;
    twin.run(domain::ReportRefund{refund, kIncarnation, kBank, true, "B1"}, next);
    const auto first = day_of(at(2000));
    auto reader = twin.reader();
    const auto days =
        wait<MoneyReader::Days>([&](auto reply) { reader.days(first, scratch_.home(), reply); });
    const base::Money none{0, base::Currency::cny};
    const base::Money paid{8000, base::Currency::cny};
    const base::Money back{7200, base::Currency::cny};
    const auto way = domain::PayWay::cashier;
    EXPECT_EQ(days, (std::vector<PaymentDay>{{first, kBank, way, 3, 1, 1, 1, paid, 0, none},
                                             {first + 1, kBank, way, 0, 0, 0, 0, none, 1, back}}));
    EXPECT_EQ(wait<MoneyReader::Days>([&](auto reply) {
                  reader.days(first + 1, scratch_.home(), reply);
              }).size(),
              1U);
}

TEST_F(Money, a_person_is_told_once_and_marks_what_was_read) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto bought = buy(twin, 8, 2000);
    const auto refund =
        twin.run(domain::RequestRefund{PersonId(8), bought.order, {}}, 3000).refund->id;
    twin.run(domain::ReviewRefund{refund, PersonId(100), true}, 4000);
    const domain::ReportRefund done{refund, kIncarnation, kBank, true, "B1"};
    twin.run(done, 5000);
    twin.run(domain::ReportRefund{refund, kIncarnation, kBank, false, ""}, 6000);
    twin.run(done, 7000);
    const auto records = scratch_.open("read.sqlite");
    ASSERT_TRUE(Inbox::migrate(*records));
    Inbox inbox(*records, twin.lists());
    const auto list = [&](const Inbox::Query& query) {
        return wait<Inbox::Listed>([&](auto reply) { inbox.list(query, scratch_.home(), reply); });
    };
    const auto mark = [&](std::uint64_t person, NoticeId notice) {
        return wait<Inbox::Marked>(
            [&](auto reply) { inbox.mark_read(PersonId(person), notice, scratch_.home(), reply); });
    };
    auto page = list({PersonId(8), {}, 1});
    ASSERT_EQ(page.notices.size(), 1U);
    EXPECT_EQ(page.unread, 2U);
    EXPECT_EQ(page.notices[0].kind, NoticeKind::refund_completed);
    EXPECT_EQ(page.notices[0].at, at(5000));
    EXPECT_EQ(page.notices[0].amount.minor, 7200);
    EXPECT_FALSE(mark(9, page.notices[0].id));
    EXPECT_TRUE(mark(8, page.notices[0].id));
    EXPECT_TRUE(mark(8, page.notices[0].id));
    EXPECT_TRUE(list({PersonId(8), {}, 1}).notices[0].read);
    page = list({PersonId(8), page.next, 1});
    EXPECT_EQ(page.unread, 1U);
    EXPECT_EQ(page.notices[0].kind, NoticeKind::refund_approved);
    EXPECT_FALSE(page.notices[0].read);
    EXPECT_FALSE(page.next);
    EXPECT_TRUE(list({PersonId(9), {}, 1}).notices.empty());
}

TEST_F(Money, the_same_person_does_not_review_twice) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto bought = buy(twin, 8, 2000, 13);
    const auto refund =
        twin.run(domain::RequestRefund{PersonId(8), bought.order, {}}, 3000).refund->id;
    twin.run(domain::ReviewRefund{refund, PersonId(100), true}, 3000);
    EXPECT_EQ(figures(twin).waiting, 1U);
    EXPECT_EQ(twin.run(domain::ReviewRefund{refund, PersonId(100), true}, 3000).refusal,
              domain::Refusal::refund_same_reviewer);
    twin.run(domain::ReviewRefund{refund, PersonId(101), true}, 3000);
    EXPECT_EQ(figures(twin).approved, 1U);
    EXPECT_EQ(refunds(twin, {}).refunds[0].refund.second_reviewer, PersonId(101));
}

TEST_F(Money, the_deadline_is_exact_to_the_second) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto early = buy(twin, 8, 2000);
    const auto exact = buy(twin, 8, 2000);
    const auto late = buy(twin, 8, 2000);
    const auto ask = [&](OrderId order, std::int64_t now_ms) {
        return twin.run(domain::RequestRefund{PersonId(8), order, {}}, now_ms);
    };
    EXPECT_EQ(ask(early.order, 99'000).kind, domain::OutcomeKind::accepted);
    EXPECT_EQ(ask(exact.order, 100'000).kind, domain::OutcomeKind::accepted);
    const auto refused = ask(late.order, 101'000);
    EXPECT_EQ(refused.refusal, domain::Refusal::refund_too_late);
    EXPECT_EQ(refused.explanation.at, at(100'000));
}

TEST_F(Money, a_cancelled_session_is_counted_by_itself) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto first = buy(twin, 8, 2000);
    buy(twin, 9, 2000);
    twin.run(domain::CancelSession{domain::SessionId(7)}, 3000);
    twin.run(domain::EndCancelled{10}, 3000);
    EXPECT_EQ(figures(twin).owed, 2U);
    EXPECT_EQ(figures(twin).owed_done, 0U);
    const auto refund = twin.office().money_of(first.order)->refunds[0].id;
    twin.run(domain::ParkRefund{refund}, 4000);
    EXPECT_EQ(figures(twin).owed_parked, 1U);
    twin.run(domain::ReportRefund{refund, kIncarnation, kBank, true, "B1"}, 4000);
    EXPECT_EQ(figures(twin).owed_done, 1U);
    EXPECT_EQ(figures(twin).owed_parked, 0U);
    EXPECT_EQ(figures(twin).requested, 0U);
}

TEST_F(Money, lists_are_read_in_parts_newest_first) {
    Twin twin(scratch_, "rows.sqlite", offer());
    const auto first = buy(twin, 8, 2000);
    const auto second = buy(twin, 9, 2000);
    const auto third = reserve(twin, 9, 2100);
    const auto open = twin.run(cashier(9, third), 2100).payment->id;
    PaymentQuery query;
    query.max = 2;
    const auto newest = payments(twin, query);
    ASSERT_EQ(newest.payments.size(), 2U);
    EXPECT_EQ(newest.payments[0].payment.id, open);
    EXPECT_EQ(newest.payments[1].payment.id, second.payment);
    query.before = newest.next;
    const auto rest = payments(twin, query);
    ASSERT_EQ(rest.payments.size(), 1U);
    EXPECT_EQ(rest.payments[0].payment.id, first.payment);
    EXPECT_FALSE(rest.next);
    PaymentQuery of_order;
    of_order.order = second.order;
    EXPECT_EQ(payments(twin, of_order).payments.size(), 1U);
    PaymentQuery of_state;
    of_state.state = domain::PaymentState::open;
    EXPECT_EQ(payments(twin, of_state).payments.size(), 1U);
    twin.run(domain::ParkPayment{open, domain::PaymentReason::bank_silent}, 2200);
    PaymentQuery parked;
    parked.parked = true;
    EXPECT_EQ(payments(twin, parked).payments.size(), 1U);
    PaymentQuery unseen;
    unseen.may_see = [](domain::SessionId) { return false; };
    EXPECT_TRUE(payments(twin, unseen).payments.empty());
    unseen.examined_max = 2;
    EXPECT_EQ(payments(twin, unseen).next, second.payment);
}

TEST_F(Money, a_fact_about_money_that_is_not_there_is_not_digested) {
    auto store = scratch_.open("empty.sqlite");
    MoneyProjection projection;
    ASSERT_TRUE(sql::migrate(store->connection(), projection.component(), projection.migrations()));
    const follow::CommittedBatch batch;
    EXPECT_FALSE(projection.apply(store->connection(), batch,
                                  domain::RefundParked{domain::RefundId(32), at(1)}, 0));
    EXPECT_FALSE(projection.apply(store->connection(), batch,
                                  domain::PaymentResumed{domain::PaymentId(32), {}, at(1)}, 0));
}

}  // namespace
}  // namespace onsale::refunds
