// The clauses about money as a table: a row is a damage, and the clause that must name it.
#pragma once

#include <ostream>

#include "audit/money_fixture.h"

namespace onsale::audit {

struct MoneyDamage {
    const char* clause;
    const char* what;
    void (*apply)(MoneyFixture&);
};
inline void PrintTo(const MoneyDamage& damage, std::ostream* out) {
    *out << damage.clause << " " << damage.what;
}

inline const MoneyDamage kMoneyDamages[] = {
    {"M1", "a side of an entry with another amount",
     [](MoneyFixture& sale) {
         sale.changes.emplace_back("UPDATE ledger_entries SET amount = 1101 WHERE side = 0");
     }},
    {"M1", "a balance without its entry",
     [](MoneyFixture& sale) {
         sale.changes.emplace_back("UPDATE ledger_balances SET debit = debit + 1 WHERE kind = 1");
     }},
    {"M2", "a payment of another amount than the order's",
     [](MoneyFixture& sale) { sale.fact<domain::PaymentStarted>().payment.amount.minor = 999; }},
    {"M2", "a refund of more than was taken",
     [](MoneyFixture& sale) { sale.fact<domain::RefundRequested>(1).refund.amount.minor = 901; }},
    {"M2", "a refund that somebody settles after the bank has paid it",
     [](MoneyFixture& sale) {
         sale.append(50, domain::RefundSettled{MoneyFixture::kRefundOfFirst, domain::PersonId(90),
                                               true, MoneyFixture::at(50)});
     }},
    {"M3", "a second charge that nobody gives back",
     [](MoneyFixture& sale) {
         sale.drop<domain::RefundRequested>();
         sale.drop<domain::RefundTried>();
         sale.drop<domain::RefundCompleted>();
     }},
    {"M3", "money of nobody that waits for ever",
     [](MoneyFixture& sale) {
         sale.drop<domain::StrayTried>();
         sale.drop<domain::StrayReturned>();
         sale.append(8 * kDay, domain::OrderHidden{MoneyFixture::kFirst});
     }},
    {"M3", "a refund for the wrong cause",
     [](MoneyFixture& sale) {
         sale.fact<domain::RefundRequested>().refund.cause = domain::RefundCause::late;
     }},
    {"M4", "an order that is completed without its money",
     [](MoneyFixture& sale) { sale.drop<domain::PaymentCaptured>(1); }},
    {"M4", "an order that failed, and its money was taken",
     [](MoneyFixture& sale) {
         auto& moved = sale.fact<domain::OrderMoved>(3);
         moved.to = domain::OrderState::failed;
         moved.first_ordinals = {};
     }},
    {"M4", "another amount that counts for the order",
     [](MoneyFixture& sale) { sale.fact<domain::PaymentCaptured>(1).amount.minor = 999; }},
    {"M5", "a transaction that counts twice",
     [](MoneyFixture& sale) { sale.fact<domain::PaymentCaptured>(1).transaction = "T1"; }},
    {"M5", "two charges that both pay for the order",
     [](MoneyFixture& sale) {
         sale.fact<domain::PaymentCaptured>(2).use = domain::MoneyUse::order;
     }},
    {"M6", "a fee that is not the terms'",
     [](MoneyFixture& sale) {
         auto& refund = sale.fact<domain::RefundRequested>(1).refund;
         refund.amount.minor = 901;
         refund.fee.minor = 99;
     }},
    {"M6", "a row of what an organiser is owed",
     [](MoneyFixture& sale) {
         sale.changes.emplace_back("UPDATE ledger_payables SET refunded = 0");
     }},
    {"M6", "an account that is not as the facts made it",
     [](MoneyFixture& sale) {
         sale.changes.emplace_back("UPDATE ledger_balances SET number = 6 WHERE kind = 3");
     }},
    {"S1", "an order that is refunded at once",
     [](MoneyFixture& sale) {
         sale.fact<domain::OrderMoved>(4).to = domain::OrderState::refunded;
     }},
    {"S1", "a refund that is completed while it is reviewed",
     [](MoneyFixture& sale) { sale.drop<domain::RefundReviewed>(); }},
    {"S5", "a deduction that nobody tried",
     [](MoneyFixture& sale) { sale.drop<domain::PaymentStepTried>(); }},
    {"S5", "a refund that nobody tried",
     [](MoneyFixture& sale) { sale.drop<domain::RefundTried>(1); }},
    {"S5", "a step after the end",
     [](MoneyFixture& sale) {
         sale.append(
             50, domain::PaymentStepTried{MoneyFixture::kPaymentOfFirst, domain::PaymentStep::close,
                                          MoneyFixture::at(50)});
     }},
    {"S6", "an order that is refunded while the bank has its money",
     [](MoneyFixture& sale) { sale.drop<domain::RefundCompleted>(1); }},
    {"S6", "an order that is being refunded without a refund",
     [](MoneyFixture& sale) { sale.drop<domain::RefundRequested>(1); }},
    {"T1", "tickets of a tier that is not there",
     [](MoneyFixture& sale) {
         sale.fact<domain::OrderPlaced>().order.lines[0].tier = domain::TierId(99);
     }},
    {"S4", "money of nobody with another number",
     [](MoneyFixture& sale) {
         sale.fact<domain::StrayReceived>().stray.id = domain::StrayId(2);
         sale.fact<domain::StrayTried>().stray = domain::StrayId(2);
         sale.fact<domain::StrayReturned>().stray = domain::StrayId(2);
     }},
};

}  // namespace onsale::audit
