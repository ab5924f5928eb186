// For tests: a box office and, fact by fact, the rows of it, with who buys and pays. The offer is
// that of the box office's own tests, with refunds until 100 s of its clock.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "boxoffice/testing/offer.h"
#include "orders/projection.h"
#include "records/testing/scratch.h"
#include "refunds/inbox.h"
#include "refunds/projection.h"
#include "refunds/reader.h"

namespace onsale::refunds {

using boxoffice::testing::at;
using domain::OrderId;
using domain::PersonId;

inline constexpr domain::BankId kBank(1);
inline constexpr std::uint64_t kIncarnation = 77;

// A box office and, fact by fact, the rows of it.
class Twin {
  public:
    Twin(records::Scratch& scratch, const std::string& file, domain::Session session)
        : store_(scratch.open(file)), lists_(scratch.open(file, sql::Access::read_only)) {
        for (auto* projection : all())
            ONSALE_CHECK(sql::migrate(store_->connection(), projection->component(),
                                      projection->migrations())
                             .has_value());
        take({domain::EpochStarted{1, kIncarnation}});
        run(boxoffice::testing::set_up(session), 0);
    }

    domain::Outcome run(const domain::Command& command, std::int64_t now_ms) {
        office_.decide(command, at(now_ms), decision_);
        take(decision_.facts);
        return decision_.outcome;
    }
    // Facts that were taken before, in another cut.
    void take(std::vector<domain::Fact> facts) {
        for (const auto& fact : facts) {
            office_.apply(fact);
            facts_.push_back(fact);
        }
        project(std::move(facts));
    }
    void project(std::vector<domain::Fact> facts) {
        follow::CommittedBatch batch;
        batch.sequence = ++sequence_;
        batch.facts = std::move(facts);
        waiting_.push_back(std::make_shared<const follow::CommittedBatch>(std::move(batch)));
    }
    // Makes rows of what has happened since.
    void catch_up() {
        auto transaction = sql::Transaction::begin(store_->connection());
        ONSALE_CHECK(transaction.has_value());
        const auto projections = all();
        const auto done = follow::project(store_->connection(), projections, waiting_);
        ONSALE_CHECK(done.has_value());
        ONSALE_CHECK(transaction->commit().has_value());
        waiting_.clear();
    }

    // Empties the rows and makes them again from all facts as one batch.
    void rebuild() {
        for (const std::string table :
             {"orders_orders", "orders_lines", "orders_sessions", "payments_payment",
              "refunds_refund", "refunds_notice", "payments_days"})
            ONSALE_CHECK(store_->connection().execute("DELETE FROM " + table).has_value());
        project(facts_);
    }

    [[nodiscard]] records::Store& lists() {
        catch_up();
        return *lists_;
    }
    [[nodiscard]] const boxoffice::BoxOffice& office() const { return office_; }
    [[nodiscard]] MoneyReader reader() {
        catch_up();
        return MoneyReader(*lists_);
    }

  private:
    std::vector<follow::Projection*> all() { return {&orders_, &money_}; }

    boxoffice::BoxOffice office_{domain::ShardId(0)};
    boxoffice::Decision decision_;
    std::vector<domain::Fact> facts_;
    orders::OrdersProjection orders_;
    MoneyProjection money_;
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<records::Store> lists_;
    std::uint64_t sequence_ = 0;
    std::vector<follow::SharedBatch> waiting_;
};

inline domain::Session offer() {
    auto session = boxoffice::testing::offer(10, 30);
    session.orders_per_person = 0;
    session.tickets_per_person = 0;
    session.refunds = {true, base::Duration::seconds(100), 1000, true, 10'000};
    session.late_payment = domain::LatePayment::same_or_better;
    return session;
}

inline domain::ReportPayment captured(domain::PaymentId payment, base::Money amount) {
    domain::ReportPayment report;
    report.payment = payment;
    report.incarnation = kIncarnation;
    report.bank = kBank;
    report.amount = amount;
    report.transaction = "T" + std::to_string(payment.value());
    return report;
}

// Who has paid for one ticket.
struct Bought {
    OrderId order;
    domain::PaymentId payment;
};
inline OrderId reserve(Twin& twin, std::uint64_t person, std::int64_t now_ms,
                       std::uint64_t tier = 12) {
    domain::PlaceOrder place{PersonId(person), domain::CampaignId(1002), {}, 0, 0};
    place.lines.push_back({domain::TierId(tier), 1});
    return twin.run(place, now_ms).order.id;
}
inline domain::StartPayment cashier(std::uint64_t person, OrderId order) {
    domain::StartPayment start;
    start.person = PersonId(person);
    start.order = order;
    start.bank = kBank;
    return start;
}
inline Bought buy(Twin& twin, std::uint64_t person, std::int64_t now_ms, std::uint64_t tier = 12) {
    const OrderId order = reserve(twin, person, now_ms, tier);
    const auto payment = twin.run(cashier(person, order), now_ms).payment;
    twin.run(captured(payment->id, payment->amount), now_ms);
    return {order, payment->id};
}

class Money : public ::testing::Test {
  protected:
    template <class Result, class Ask>
    auto wait(Ask&& ask) {
        auto result = scratch_.wait<Result>(std::forward<Ask>(ask));
        ONSALE_CHECK(result.has_value());
        return *result;
    }
    PaymentPart payments(Twin& twin, PaymentQuery query = {}) {
        auto reader = twin.reader();
        return wait<MoneyReader::Payments>(
            [&](auto reply) { reader.payments(query, scratch_.home(), reply); });
    }
    RefundPart refunds(Twin& twin, RefundQuery query = {}) {
        auto reader = twin.reader();
        return wait<MoneyReader::Refunds>(
            [&](auto reply) { reader.refunds(query, scratch_.home(), reply); });
    }
    SessionRefunds figures(Twin& twin) {
        auto reader = twin.reader();
        return wait<MoneyReader::Figures>(
            [&](auto reply) { reader.figures(domain::SessionId(7), scratch_.home(), reply); });
    }
    // Payments and refunds by their ids, as the rows have them.
    struct Rows {
        std::map<std::uint64_t, PaymentRow> payments;
        std::map<std::uint64_t, RefundRow> refunds;
        bool operator==(const Rows&) const = default;
    };
    Rows rows(Twin& twin) {
        Rows out;
        PaymentQuery all_payments;
        all_payments.max = 10'000;
        for (const auto& row : payments(twin, all_payments).payments)
            out.payments[row.payment.id.value()] = row;
        RefundQuery all_refunds;
        all_refunds.max = 10'000;
        for (const auto& row : refunds(twin, all_refunds).refunds)
            out.refunds[row.refund.id.value()] = row;
        return out;
    }
    // All days of each bank and way together. Without what failed or was closed: a bank may take
    // money after it, and the day stays as it was.
    using Totals = std::map<std::pair<std::uint64_t, domain::PayWay>, PaymentDay>;
    Totals totals(Twin& twin) {
        auto reader = twin.reader();
        const auto days =
            wait<MoneyReader::Days>([&](auto reply) { reader.days(0, scratch_.home(), reply); });
        Totals out;
        for (const auto& day : days) {
            PaymentDay& total = out[{day.bank.value(), day.way}];
            total.started += day.started;
            total.captured += day.captured;
            total.amount.minor += day.amount.minor;
            total.refunds += day.refunds;
            total.refunded.minor += day.refunded.minor;
        }
        return out;
    }
    // The same out of rows that are known to be right.
    static Totals totals(const Rows& rows) {
        Totals out;
        for (const auto& [id, row] : rows.payments) {
            const auto& payment = row.payment;
            PaymentDay& total = out[{payment.bank.value(), payment.way}];
            ++total.started;
            total.captured += payment.state == domain::PaymentState::captured ? 1U : 0U;
            total.amount.minor += payment.captured.minor;
        }
        for (const auto& [id, row] : rows.refunds) {
            const auto& refund = row.refund;
            const bool by_bank = refund.state == domain::RefundState::completed &&
                                 refund.second_settler == PersonId();
            if (!by_bank) continue;
            const auto way = rows.payments.at(refund.payment.value()).payment.way;
            PaymentDay& total = out[{refund.bank.value(), way}];
            ++total.refunds;
            total.refunded.minor += refund.amount.minor;
        }
        return out;
    }
    // The same out of the box office's memory.
    static Rows memory(const Twin& twin, std::uint64_t orders, base::Timestamp now) {
        Rows out;
        for (std::uint64_t number = 1; number <= orders; ++number) {
            const OrderId id = domain::make_order_id(domain::ShardId(0), number);
            const auto order = twin.office().find_order(id, now);
            const auto money = twin.office().money_of(id);
            if (!order || !money) continue;
            for (auto payment : money->payments) {
                payment.token = 0;
                out.payments[payment.id.value()] = {payment, order->session, order->person};
            }
            for (const auto& refund : money->refunds)
                out.refunds[refund.id.value()] = {refund, order->session, order->person};
        }
        return out;
    }

    records::Scratch scratch_{::testing::TempDir()};
};

}  // namespace onsale::refunds
