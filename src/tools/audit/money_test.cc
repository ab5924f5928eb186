// Clauses about money, each with a damage that breaks it.
#include "audit/money_damages.h"

namespace onsale::audit {
namespace {

class MoneyTable : public MoneyFixture, public ::testing::WithParamInterface<MoneyDamage> {};

TEST_P(MoneyTable, names_the_damage) {
    GetParam().apply(*this);
    write();
    const Report report = this->report();
    const std::string clauses = " " + broken(report) + " ";
    EXPECT_NE(clauses.find(std::string(" ") + GetParam().clause + " "), std::string::npos)
        << GetParam().what << ": " << to_text(report);
}

INSTANTIATE_TEST_SUITE_P(Damages, MoneyTable, ::testing::ValuesIn(kMoneyDamages));

TEST_F(MoneyFixture, is_clean_as_it_stands_and_looks_at_every_clause_about_money) {
    write();
    const Report report = this->report();
    EXPECT_EQ(broken(report), "") << to_text(report);
    for (const Clause clause : {Clause::m1, Clause::m2, Clause::m3, Clause::m4, Clause::m5,
                                Clause::m6, Clause::s5, Clause::s6})
        EXPECT_GT(report.of(clause).checked, 0U) << to_string(clause);
}

// A late payment that is accepted, and one that is not as good as what was paid for.
TEST_F(MoneyFixture, an_order_lives_again_with_what_was_paid_for) {
    facts.resize(3);  // the session and two orders
    const auto id = domain::make_payment_id(kSecond, 0);
    domain::Payment payment;
    payment.id = id;
    payment.bank = domain::BankId(1);
    payment.amount = fen(1000);
    payment.started_at = at(20);
    domain::OrderLines lines;
    lines.push_back({domain::TierId(22), 1, fen(1000), 0});
    append(20, domain::OrderCancelled{kFirst, at(20)});
    append(20, domain::PaymentStarted{payment});
    append(21, domain::OrderCancelled{kSecond, at(21)});
    append(22, domain::PaymentCaptured{id, fen(1000), "T1", domain::MoneyUse::order, at(22)});
    append(22, domain::LatePaymentAccepted{kSecond, domain::SessionId(100), lines, false, at(22)});
    append(22, domain::OrderMoved{kSecond, domain::OrderState::completed, at(22), plain()});
    changes = {
        "CREATE TABLE follow_cursors (shard INTEGER PRIMARY KEY, sequence INTEGER, hash "
        "BLOB)"};
    const Facts good = facts;
    write();
    EXPECT_EQ(broken(report()), "") << to_text(report());

    forget_journal();
    facts = good;
    changes.clear();
    fact<domain::LatePaymentAccepted>().lines[0].tier = domain::TierId(21);
    store(epoch_batch(1, 0));
    write();
    EXPECT_NE(broken(report()).find("T8"), std::string::npos) << to_text(report());
}

}  // namespace
}  // namespace onsale::audit
