// A sale with everything that money does, fact by fact, so that a test can change one of them: an
// order that is paid and refunded, one that is charged twice, and money that is nobody's.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "audit/audit_fixture.h"

namespace onsale::audit {

class MoneyFixture : public AuditFixture {
  public:
    struct Timed {
        std::int64_t at_ms = 0;
        domain::Fact fact;
    };
    using Facts = std::vector<Timed>;

    static constexpr domain::OrderId kFirst{1 << 8};
    static constexpr domain::OrderId kSecond{2 << 8};
    static constexpr auto kPaymentOfFirst = domain::make_payment_id(kFirst, 0);
    static constexpr auto kRefundOfFirst = domain::make_refund_id(kFirst, 0);
    static constexpr auto kRefundOfSecond = domain::make_refund_id(kSecond, 0);

    // The `index`th fact of a kind, to be changed.
    template <class Fact>
    Fact& fact(std::size_t index = 0) {
        for (Timed& timed : facts) {
            auto* found = std::get_if<Fact>(&timed.fact);
            if (found != nullptr && index-- == 0) return *found;
        }
        ONSALE_CHECK(false);
    }
    template <class Fact>
    void drop(std::size_t index = 0) {
        const auto is_wanted = [&](const Timed& timed) {
            return std::holds_alternative<Fact>(timed.fact) && index-- == 0;
        };
        facts.erase(std::ranges::find_if(facts, is_wanted));
    }
    void append(std::int64_t at_ms, domain::Fact what) {
        facts.push_back({at_ms, std::move(what)});
    }

    // Writes the facts, a batch for each, and the rows that belong to them as they were.
    void write() {
        for (const Timed& timed : facts) {
            last_ = batch({timed.fact}, timed.at_ms);
            store(last_);
        }
        for (const std::string& change : changes) execute("projections.sqlite", change);
        const auto connection = database("projections.sqlite");
        auto row = connection->prepare("INSERT OR REPLACE INTO follow_cursors VALUES (0, ?1, ?2)");
        ASSERT_TRUE(row);
        ASSERT_TRUE(
            row->bind(1, static_cast<std::int64_t>(last_.sequence)).bind_blob(2, last_.hash).run());
    }
    Report report() { return audit(); }
    using AuditFixture::at;
    using AuditFixture::broken;

    // The ordinals of a line without codes.
    static base::BoundedVector<std::uint64_t, domain::kLinesPerOrderMax> plain() {
        base::BoundedVector<std::uint64_t, domain::kLinesPerOrderMax> ordinals;
        ordinals.push_back(0);
        return ordinals;
    }
    static base::Money fen(std::int64_t minor) { return {minor, base::Currency::cny}; }

    Facts facts;
    std::vector<std::string> changes;  // of rows

  protected:
    void SetUp() override {
        AuditFixture::SetUp();
        store(epoch_batch(1, 0));
        domain::Session offered = session();
        offered.organiser = domain::OrganiserId(5);
        offered.refunds = {true, base::Duration::hours(1), 1000, true, 0};
        append(0, domain::SessionSetUp{std::make_shared<const domain::Session>(offered)});
        make_orders();
        make_refunds();
        make_stray();
        write_rows();
    }

  private:
    static domain::Payment payment(domain::PaymentId id, std::uint64_t bank, domain::PayWay way) {
        domain::Payment payment;
        payment.id = id;
        payment.bank = domain::BankId(bank);
        payment.way = way;
        payment.state = way == domain::PayWay::token ? domain::PaymentState::authorised
                                                     : domain::PaymentState::open;
        payment.amount = fen(1000);
        payment.started_at = at(20);
        payment.changed_at = at(20);
        return payment;
    }
    void make_orders() {
        using domain::OrderState;
        const auto again = domain::make_payment_id(kSecond, 1);
        const auto second = domain::make_payment_id(kSecond, 0);
        append(10, domain::OrderPlaced{paid_order(1, 7, 1, 10)});
        append(10, domain::OrderPlaced{paid_order(2, 8, 1, 10)});
        append(20, domain::PaymentStarted{payment(kPaymentOfFirst, 1, domain::PayWay::token)});
        append(20, domain::OrderMoved{kFirst, OrderState::paid, at(20), {}});
        append(20, domain::PaymentStarted{payment(second, 1, domain::PayWay::cashier)});
        append(20, domain::PaymentStarted{payment(again, 2, domain::PayWay::cashier)});
        append(21, domain::PaymentStepTried{kPaymentOfFirst, domain::PaymentStep::deduct, at(21)});
        append(22, captured(kPaymentOfFirst, "T1", domain::MoneyUse::order, 22));
        append(22, domain::OrderMoved{kFirst, OrderState::completed, at(22), plain()});
        append(24, captured(second, "T2", domain::MoneyUse::order, 24));
        append(24, domain::OrderMoved{kSecond, OrderState::paid, at(24), {}});
        append(24, domain::OrderMoved{kSecond, OrderState::completed, at(24), plain()});
        append(25, captured(again, "T3", domain::MoneyUse::duplicate, 25));
    }
    static domain::PaymentCaptured captured(domain::PaymentId id, const char* transaction,
                                            domain::MoneyUse use, std::int64_t at_ms) {
        return {id, fen(1000), transaction, use, at(at_ms)};
    }
    static domain::Refund refund(domain::RefundId id, domain::PaymentId of, std::uint64_t bank,
                                 std::int64_t at_ms) {
        domain::Refund refund;
        refund.id = id;
        refund.payment = of;
        refund.bank = domain::BankId(bank);
        refund.cause = domain::RefundCause::duplicate;
        refund.state = domain::RefundState::approved;
        refund.amount = fen(1000);
        refund.fee = fen(0);
        refund.requested_at = at(at_ms);
        refund.changed_at = at(at_ms);
        return refund;
    }
    void make_refunds() {
        const auto again = domain::make_payment_id(kSecond, 1);
        append(25, domain::RefundRequested{refund(kRefundOfSecond, again, 2, 25)});
        append(26, domain::RefundTried{kRefundOfSecond, at(26)});
        append(27, domain::RefundCompleted{kRefundOfSecond, "B2", at(27)});
        domain::Refund asked = refund(kRefundOfFirst, kPaymentOfFirst, 1, 30);
        asked.cause = domain::RefundCause::buyer;
        asked.state = domain::RefundState::requested;
        asked.amount = fen(900);
        asked.fee = fen(100);
        asked.reviews_needed = 1;
        append(30, domain::RefundRequested{asked});
        append(30, domain::OrderMoved{kFirst, domain::OrderState::refunding, at(30), {}});
        append(31, domain::RefundReviewed{kRefundOfFirst, domain::PersonId(90), true,
                                          domain::RefundState::approved, at(31)});
        append(32, domain::RefundTried{kRefundOfFirst, at(32)});
        append(33, domain::RefundCompleted{kRefundOfFirst, "B1", at(33)});
        append(33, domain::OrderMoved{kFirst, domain::OrderState::refunded, at(33), {}});
    }
    void make_stray() {
        domain::Stray stray;
        stray.id = domain::StrayId(1);
        stray.bank = domain::BankId(1);
        stray.amount = fen(55);
        stray.transaction = "T9";
        stray.received_at = at(40);
        stray.changed_at = at(40);
        append(40, domain::StrayReceived{stray});
        append(41, domain::StrayTried{stray.id, at(41)});
        append(42, domain::StrayReturned{stray.id, at(42)});
    }
    // What is left of it all, as one entry.
    void write_rows() {
        changes.push_back(R"sql(
            CREATE TABLE follow_cursors (shard INTEGER PRIMARY KEY, sequence INTEGER, hash BLOB);
            CREATE TABLE ledger_entries (at_ms, shard, sequence, fact, side, kind, number, amount, currency);
            CREATE TABLE ledger_balances (kind, number, currency, debit, credit);
            CREATE TABLE ledger_payables (organiser, session, currency, orders, sold, refunded, fees);
            INSERT INTO ledger_entries VALUES (1, 0, 9, 0, 0, 1, 1, 1100, 1), (1, 0, 9, 0, 1, 3, 5, -1000, 1),
                (1, 0, 9, 0, 2, 5, 0, -100, 1);
            INSERT INTO ledger_balances VALUES (1, 1, 1, 2055, 955), (1, 2, 1, 1000, 1000), (3, 5, 1, 1000, 2000), (5, 0, 1, 0, 100);
            INSERT INTO ledger_payables VALUES (5, 100, 1, 2, 2000, 900, 100);
        )sql");
    }

    journal::Batch last_;
};

}  // namespace onsale::audit
