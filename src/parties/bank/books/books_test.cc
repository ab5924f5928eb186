#include "bank/books/callbacks.h"
#include "bank/books/limits.h"
#include "bank/books/testing.h"

namespace onsale::books {
namespace {

using testing::BooksTest;
using testing::must;

Bill bill_of(const std::string& reference, std::int64_t amount, base::Timestamp expires) {
    return {.reference = reference,
            .order = "77",
            .title = "Two tickets",
            .amount = amount,
            .expires_at = expires};
}

TEST_F(BooksTest, grant_sets_money_aside_and_a_deduction_takes_it) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 600);
    ASSERT_TRUE(granted);
    EXPECT_EQ(state_of(customer).available, 400);
    EXPECT_EQ(state_of(customer).held, 600);
    const Payment paid = deduct_once("P1", granted->number, "7", 500);
    EXPECT_EQ(paid.state, PaymentState::captured);
    EXPECT_EQ(state_of(customer).available, 500);  // the rest is free again
    EXPECT_EQ(state_of(customer).held, 0);
    expect_sound();
}

TEST_F(BooksTest, grant_of_more_than_is_available_is_refused) {
    const auto customer = customer_with(100);
    EXPECT_EQ(grant_to(customer, "7", 101).error(), Refusal::insufficient);
    ASSERT_TRUE(grant_to(customer, "7", 60));
    EXPECT_EQ(grant_to(customer, "8", 60).error(), Refusal::insufficient);
    expect_sound();
}

TEST_F(BooksTest, grants_are_bounded_for_each_customer) {
    const auto customer = customer_with(1000);
    for (std::size_t i = 0; i < kOpenAuthorisationsMax; ++i)
        ASSERT_TRUE(grant_to(customer, "7", 1));
    EXPECT_EQ(grant_to(customer, "7", 1).error(), Refusal::too_many);
}

TEST_F(BooksTest, an_authorisation_is_for_one_order_one_use_and_its_amount) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 600);
    EXPECT_EQ(deduct_once("P1", granted->number, "8", 600).reason, Reason::other_order);
    EXPECT_EQ(deduct_once("P3", granted->number + 1, "7", 600).reason,
              Reason::authorisation_unknown);
    EXPECT_EQ(deduct_once("P4", granted->number, "7", 600).state, PaymentState::captured);
    EXPECT_EQ(deduct_once("P5", granted->number, "7", 600).reason, Reason::authorisation_used);
    EXPECT_EQ(state_of(customer).available, 400);
    expect_sound();
}

TEST_F(BooksTest, a_deduction_that_fails_for_good_releases_what_was_set_aside) {
    const auto customer = customer_with(1000);
    const auto first = grant_to(customer, "7", 600);
    EXPECT_EQ(deduct_once("P1", first->number, "7", 601).reason, Reason::over_authorised);
    EXPECT_EQ(state_of(customer).available, 1000);
    EXPECT_EQ(deduct_once("P1", first->number, "7", 600).reason, Reason::over_authorised);
    EXPECT_EQ(deduct_once("P2", first->number, "7", 600).reason, Reason::closed);
    const auto second = grant_to(customer, "7", 600);
    Deduction poor{.reference = "P3", .authorisation = second->number, .order = "7"};
    poor.amount = 600;
    poor.refuse = true;
    EXPECT_EQ(must(deduct(*connection_, poor, asked())).reason, Reason::insufficient);
    EXPECT_EQ(state_of(customer).held, 0);
    const auto third = grant_to(customer, "7", 600);
    EXPECT_EQ(deduct_once("P4", third->number, "8", 600).reason, Reason::other_order);
    EXPECT_EQ(state_of(customer).held, 600);  // it was not this one's
    expect_sound();
}

TEST_F(BooksTest, an_authorisation_of_another_merchant_is_unknown) {
    const auto other = must(put_merchant(*connection_, "other", "http://127.0.0.1:9"));
    const auto granted = grant_to(customer_with(1000), "7", 600);
    Deduction wanted{.reference = "P1", .authorisation = granted->number, .order = "7"};
    wanted.amount = 600;
    const auto payment = must(deduct(*connection_, wanted, {.merchant = other, .now = now_}));
    EXPECT_EQ(payment.reason, Reason::authorisation_unknown);
    expect_sound();
}

TEST_F(BooksTest, a_reference_has_one_fate) {
    const auto customer = customer_with(1000);
    const auto first = grant_to(customer, "7", 300);
    const Payment paid = deduct_once("P1", first->number, "7", 300);
    const Payment again = deduct_once("P1", first->number, "7", 300);
    EXPECT_EQ(again.state, PaymentState::captured);
    EXPECT_EQ(again.transaction, paid.transaction);
    const auto second = grant_to(customer, "8", 300);
    EXPECT_EQ(deduct_once("P2", second->number, "7", 300).reason, Reason::other_order);
    EXPECT_EQ(deduct_once("P2", second->number, "8", 300).reason, Reason::other_order);
    EXPECT_EQ(state_of(customer).held, 300);
    expect_sound();
}

TEST_F(BooksTest, expired_money_is_given_back_when_looked_at_and_by_the_timer) {
    const auto customer = customer_with(1000);
    const auto first = grant_to(customer, "7", 300);
    ASSERT_TRUE(grant_to(customer, "8", 200));
    now_ = now_ + base::Duration::minutes(30);
    EXPECT_EQ(deduct_once("P1", first->number, "7", 300).reason, Reason::authorisation_expired);
    EXPECT_EQ(state_of(customer).available, 800);
    EXPECT_EQ(must(release_expired(*connection_, now_)), 1U);
    EXPECT_EQ(state_of(customer).available, 1000);
    EXPECT_EQ(must(release_expired(*connection_, now_)), 0U);
    expect_sound();
}

TEST_F(BooksTest, a_revoked_authorisation_gives_back_and_takes_nothing) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 300);
    EXPECT_EQ(must(revoke(*connection_, customer + 1, granted->number, now_)).error(),
              Refusal::unknown);
    ASSERT_TRUE(must(revoke(*connection_, customer, granted->number, now_)));
    EXPECT_TRUE(must(revoke(*connection_, customer, granted->number, now_)));
    EXPECT_EQ(state_of(customer).available, 1000);
    EXPECT_EQ(deduct_once("P1", granted->number, "7", 300).state, PaymentState::failed);
    expect_sound();
}

TEST_F(BooksTest, closing_is_final) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 300);
    EXPECT_EQ(must(close_payment(*connection_, "P1", granted->number, asked())).state,
              PaymentState::closed);
    EXPECT_EQ(state_of(customer).available, 1000);
    EXPECT_EQ(deduct_once("P1", granted->number, "7", 300).reason, Reason::closed);
    const auto second = grant_to(customer, "8", 300);
    ASSERT_EQ(deduct_once("P2", second->number, "8", 300).state, PaymentState::captured);
    EXPECT_EQ(must(close_payment(*connection_, "P2", second->number, asked())).state,
              PaymentState::captured);
    expect_sound();
}

TEST_F(BooksTest, a_bill_is_paid_once_and_told) {
    const auto customer = customer_with(1000);
    const Bill bill = bill_of("P1", 700, now_ + base::Duration::minutes(5));
    EXPECT_EQ(must(open_bill(*connection_, bill, asked()))->state, PaymentState::open);
    ASSERT_TRUE(must(pay_bill(*connection_, bill, customer, asked())));
    ASSERT_TRUE(must(pay_bill(*connection_, bill, customer, asked())));  // again: as it was
    EXPECT_EQ(state_of(customer).available, 300);
    const auto other = customer_with(1000);
    EXPECT_EQ(must(pay_bill(*connection_, bill, other, asked())).error(), Refusal::not_open);
    const auto events = must(due_events(*connection_, now_, 10));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].status, "captured");
    EXPECT_EQ(events[0].amount, 700);
    expect_sound();
}

TEST_F(BooksTest, a_bill_that_is_late_closed_or_changed_is_not_paid) {
    const auto customer = customer_with(1000);
    const Bill late = bill_of("P1", 700, now_);
    EXPECT_EQ(must(pay_bill(*connection_, late, customer, asked())).error(), Refusal::expired);
    ASSERT_EQ(must(close_payment(*connection_, "P2", {}, asked())).state, PaymentState::closed);
    const base::Timestamp later = now_ + base::Duration::minutes(5);
    EXPECT_EQ(must(pay_bill(*connection_, bill_of("P2", 700, later), customer, asked())).error(),
              Refusal::not_open);
    ASSERT_TRUE(must(open_bill(*connection_, bill_of("P3", 700, later), asked())));
    EXPECT_EQ(must(pay_bill(*connection_, bill_of("P3", 1, later), customer, asked())).error(),
              Refusal::not_open);
    EXPECT_EQ(must(pay_bill(*connection_, bill_of("P4", 1001, later), customer, asked())).error(),
              Refusal::insufficient);
    EXPECT_EQ(state_of(customer).available, 1000);
    EXPECT_TRUE(must(due_events(*connection_, now_, 10)).empty());
    expect_sound();
}

TEST_F(BooksTest, what_was_under_way_goes_again_after_a_restart) {
    const Bill bill = bill_of("P1", 700, now_ + base::Duration::minutes(5));
    ASSERT_TRUE(must(pay_bill(*connection_, bill, customer_with(1000), asked())));
    const auto first = must(due_events(*connection_, now_, 10));
    ASSERT_EQ(first.size(), 1U);
    Mark leased;
    leased.next_at = now_ + base::Duration::minutes(10);
    must(mark_event(*connection_, first[0].number, leased));
    EXPECT_TRUE(must(due_events(*connection_, now_, 10)).empty());
    must(wake_events(*connection_, now_));
    EXPECT_EQ(must(due_events(*connection_, now_, 10)).size(), 1U);
    leased.state = CallbackState::acknowledged;
    must(mark_event(*connection_, first[0].number, leased));
    must(wake_events(*connection_, now_));
    EXPECT_TRUE(must(due_events(*connection_, now_, 10)).empty());
}

TEST_F(BooksTest, giving_up_at_the_cashier_fails_the_payment) {
    const auto customer = customer_with(1000);
    const Bill bill = bill_of("P1", 700, now_ + base::Duration::minutes(5));
    EXPECT_EQ(must(abandon_bill(*connection_, bill, asked()))->state, PaymentState::failed);
    EXPECT_EQ(must(pay_bill(*connection_, bill, customer, asked())).error(), Refusal::not_open);
    const auto events = must(due_events(*connection_, now_, 10));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].status, "failed");
}

TEST_F(BooksTest, refunds_are_bounded_by_what_was_captured) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 1000);
    const Payment paid = deduct_once("P1", granted->number, "7", 1000);
    EXPECT_EQ(refund_once("R1", "P1", 400).state, RefundState::completed);
    EXPECT_EQ(refund_once("R1", "P1", 400).state, RefundState::completed);  // once only
    EXPECT_EQ(state_of(customer).available, 400);
    EXPECT_EQ(refund_once("R2", "P1", 601).reason, RefundReason::over_captured);
    EXPECT_EQ(refund_once("R3", "P9", 1).reason, RefundReason::unknown);
    NewRefund rest{.refund = "U4"};
    rest.transaction = paid.transaction;
    rest.amount = 600;
    EXPECT_EQ(must(refund(*connection_, rest, asked())).state, RefundState::completed);
    EXPECT_EQ(state_of(customer).available, 1000);
    EXPECT_EQ(refund_once("R5", "P1", 1).reason, RefundReason::over_captured);
    expect_sound();
}

TEST_F(BooksTest, nothing_goes_back_to_a_merchant_who_does_not_know_what_has) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 1000);
    ASSERT_EQ(deduct_once("P1", granted->number, "7", 1000).state, PaymentState::captured);
    const auto refund_of_400 = [this](const char* name, std::int64_t before) {
        NewRefund wanted{.refund = name, .reference = "P1"};
        wanted.amount = 400;
        wanted.refunded_before = before;
        return must(refund(*connection_, wanted, asked()));
    };
    EXPECT_EQ(refund_of_400("R1", 0).state, RefundState::completed);
    EXPECT_EQ(refund_of_400("R1", 0).state, RefundState::completed);  // the same again
    EXPECT_EQ(refund_of_400("R2", 0).reason, RefundReason::refunded_before);
    EXPECT_EQ(refund_of_400("R3", 400).state, RefundState::completed);
    EXPECT_EQ(state_of(customer).available, 800);
    expect_sound();
}

TEST_F(BooksTest, an_accepted_refund_is_settled_or_declined_later) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 1000);
    ASSERT_EQ(deduct_once("P1", granted->number, "7", 1000).state, PaymentState::captured);
    for (const bool declined : {false, true}) {
        NewRefund later{.refund = declined ? "R2" : "R1", .reference = "P1"};
        later.amount = 500;
        later.settle_at = now_ + base::Duration::seconds(10);
        later.declined = declined;
        EXPECT_EQ(must(refund(*connection_, later, asked())).state, RefundState::accepted);
    }
    EXPECT_EQ(refund_once("R3", "P1", 1).reason, RefundReason::over_captured);
    expect_sound();
    EXPECT_EQ(must(settle_refunds(*connection_, now_)), 0U);
    now_ = now_ + base::Duration::seconds(10);
    EXPECT_EQ(must(settle_refunds(*connection_, now_)), 2U);
    EXPECT_EQ(must(find_refund(*connection_, "R1", asked())).state, RefundState::completed);
    EXPECT_EQ(must(find_refund(*connection_, "R2", asked())).reason, RefundReason::declined);
    EXPECT_EQ(state_of(customer).available, 500);
    EXPECT_EQ(refund_once("R4", "P1", 500).state, RefundState::completed);
    expect_sound();
}

TEST_F(BooksTest, money_for_a_deleted_customer_goes_to_suspense) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 1000);
    ASSERT_EQ(deduct_once("P1", granted->number, "7", 1000).state, PaymentState::captured);
    ASSERT_TRUE(must(delete_customer(*connection_, customer, act())));
    EXPECT_EQ(refund_once("R1", "P1", 1000).state, RefundState::completed);
    EXPECT_EQ(must(check_books(*connection_)).suspense, 1000);
    expect_sound();
}

TEST_F(BooksTest, an_account_with_money_is_not_deleted_and_its_name_is_free_after) {
    const auto customer = customer_with(10);
    EXPECT_EQ(must(delete_customer(*connection_, customer, act())).error(), Refusal::balance_left);
    ASSERT_TRUE(cash(customer, TransactionKind::withdrawal, 10));
    EXPECT_EQ(cash(customer, TransactionKind::withdrawal, 1).error(), Refusal::insufficient);
    const std::string name = state_of(customer).name;
    EXPECT_EQ(must(add_customer(*connection_, {name, "hash"}, act())).error(), Refusal::name_taken);
    ASSERT_TRUE(must(delete_customer(*connection_, customer, act())));
    EXPECT_TRUE(must(add_customer(*connection_, {name, "hash"}, act())));
    EXPECT_EQ(must(list_operations(*connection_, 0, 1))[0].what, "add_customer");
}

TEST_F(BooksTest, a_disabled_customer_grants_and_pays_nothing) {
    const auto customer = customer_with(1000);
    CustomerChange change;
    change.disabled = true;
    ASSERT_TRUE(must(change_customer(*connection_, customer, change, act())));
    EXPECT_EQ(grant_to(customer, "7", 1).error(), Refusal::disabled);
    const Bill bill = bill_of("P1", 1, now_ + base::Duration::minutes(5));
    EXPECT_EQ(must(pay_bill(*connection_, bill, customer, asked())).error(), Refusal::disabled);
}

TEST_F(BooksTest, cash_with_the_same_key_moves_once) {
    const auto customer = customer_with(0);
    Cash deposit{.customer = customer, .amount = 500, .note = "desk", .key = "k"};
    ASSERT_TRUE(must(move_cash(*connection_, deposit, act())));
    EXPECT_EQ(must(move_cash(*connection_, deposit, act()))->available, 500);
    deposit.amount = 501;
    EXPECT_EQ(must(move_cash(*connection_, deposit, act())).error(), Refusal::key_reused);
    EXPECT_EQ(state_of(customer).available, 500);
    expect_sound();
}

TEST_F(BooksTest, a_statement_adds_up_to_the_balance) {
    const auto customer = customer_with(1000);
    const auto granted = grant_to(customer, "7", 600);
    ASSERT_EQ(deduct_once("P1", granted->number, "7", 500).state, PaymentState::captured);
    ASSERT_EQ(refund_once("R1", "P1", 200).state, RefundState::completed);
    const auto lines = must(statement(*connection_, {.customer = customer}));
    ASSERT_EQ(lines.size(), 4U);
    std::int64_t available = 0;
    std::int64_t held = 0;
    for (const auto& line : lines) {
        available += line.amount;
        held += line.held;
    }
    EXPECT_EQ(available, state_of(customer).available);
    EXPECT_EQ(held, 0);
    EXPECT_EQ(lines.front().balance, 700);
    StatementFilter of_merchant{.customer = customer};
    of_merchant.merchant = merchant_;
    EXPECT_EQ(must(statement(*connection_, of_merchant)).size(), 2U);
}

TEST_F(BooksTest, the_day_file_has_what_was_taken_and_given_back) {
    const auto granted = grant_to(customer_with(1000), "7,8", 600);
    ASSERT_EQ(deduct_once("P1", granted->number, "7,8", 600).state, PaymentState::captured);
    ASSERT_EQ(refund_once("R1", "P1", 200).state, RefundState::completed);
    const auto day = parse_day(spell_day(now_));
    ASSERT_TRUE(day);
    const std::string at = base::to_rfc3339(now_);
    EXPECT_EQ(
        must(day_file(*connection_, merchant_, *day)),
        "kind,reference,transaction,order,amount,currency,at\npayment,P1,T3,\"7,8\",600,CNY," + at +
            "\nrefund,R1,T4,\"7,8\",200,CNY," + at + "\ntotal,2,600,200\n");
    EXPECT_EQ(must(day_file(*connection_, merchant_, *day + base::Duration::days(1))),
              "kind,reference,transaction,order,amount,currency,at\ntotal,0,0,0\n");
}

TEST_F(BooksTest, statistics_match_the_transactions) {
    const auto granted = grant_to(customer_with(1000), "7", 600);
    ASSERT_EQ(deduct_once("P1", granted->number, "7", 600).state, PaymentState::captured);
    now_ = now_ + base::Duration::days(1);
    ASSERT_EQ(refund_once("R1", "P1", 200).state, RefundState::completed);
    const auto sums =
        must(statistics(*connection_, base::Timestamp(), now_ + base::Duration::days(1)));
    ASSERT_EQ(sums.size(), 4U);
    EXPECT_EQ(sums[0].kind, TransactionKind::deposit);
    EXPECT_EQ(sums[0].merchant, "");
    EXPECT_EQ(sums[2].kind, TransactionKind::deduction);
    EXPECT_EQ(sums[2].amount, 600);
    EXPECT_EQ(sums[3].day, spell_day(now_));
    EXPECT_EQ(must(transactions(*connection_, {})).size(), 4U);
    TransactionFilter refunds;
    refunds.kind = TransactionKind::refund;
    refunds.merchant = "onsale";
    EXPECT_EQ(must(transactions(*connection_, refunds)).size(), 1U);
}

TEST_F(BooksTest, a_consent_ends_by_revoking_and_by_time) {
    const auto customer = customer_with(0);
    NewConsent wanted{.customer = customer, .merchant = merchant_, .token_hash = "h", .now = now_};
    const auto consent = must(add_consent(*connection_, wanted));
    ASSERT_TRUE(consent);
    EXPECT_TRUE(must(live_consent(*connection_, merchant_, "h", now_)));
    EXPECT_FALSE(must(live_consent(*connection_, merchant_ + 1, "h", now_)));
    EXPECT_FALSE(must(live_consent(*connection_, merchant_, "h", now_ + kConsentLifetime)));
    ASSERT_TRUE(must(revoke_consent(*connection_, customer, consent->number)));
    EXPECT_FALSE(must(live_consent(*connection_, merchant_, "h", now_)));
}

TEST_F(BooksTest, the_check_finds_what_was_changed_behind_its_back) {
    const auto granted = grant_to(customer_with(1000), "7", 600);
    ASSERT_EQ(deduct_once("P1", granted->number, "7", 600).state, PaymentState::captured);
    expect_sound();
    must(connection_->execute("UPDATE bank_accounts SET balance = balance + 1 WHERE kind = 3"));
    EXPECT_EQ(must(check_books(*connection_)).broken.size(), 3U);
}

TEST_F(BooksTest, no_statement_can_bring_a_balance_below_zero) {
    customer_with(1000);
    EXPECT_FALSE(connection_->execute("UPDATE bank_accounts SET balance = -1 WHERE kind = 1"));
}

TEST(Callbacks, waiting_doubles_to_ten_minutes) {
    EXPECT_EQ(callback_wait(1, 0), base::Duration::seconds(1));
    EXPECT_EQ(callback_wait(3, 0), base::Duration::seconds(4));
    EXPECT_EQ(callback_wait(60, 0), base::Duration::minutes(10));
    EXPECT_LT(callback_wait(1, 12345), base::Duration::milliseconds(1250));
}

TEST(Csv, cells_are_quoted_and_never_formulas) {
    EXPECT_EQ(csv_cell("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
    EXPECT_EQ(csv_cell(""), "");
}

}  // namespace
}  // namespace onsale::books
