#include "refunds/reader.h"

#include <string>
#include <utility>

#include "records/rows.h"

namespace onsale::refunds {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::time_from_row;
using records::to_row;
using sql::SqlResult;

base::Money money_of(std::int64_t minor, std::int64_t currency) {
    return {minor, static_cast<base::Currency>(currency)};
}

#define ONSALE_PAYMENT_COLUMNS                                                        \
    "payment_id, session, person, bank, way, state, amount, currency, captured, "     \
    "captured_currency, used, reason, parked, tries, incarnation, bank_transaction, " \
    "started_at_ms, changed_at_ms"

PaymentRow payment_of(const sql::Statement& row) {
    PaymentRow out;
    domain::Payment& payment = out.payment;
    payment.id = id_from_row<domain::PaymentId>(row.integer(0));
    out.session = id_from_row<domain::SessionId>(row.integer(1));
    out.person = id_from_row<domain::PersonId>(row.integer(2));
    payment.bank = id_from_row<domain::BankId>(row.integer(3));
    payment.way = static_cast<domain::PayWay>(row.integer(4));
    payment.state = static_cast<domain::PaymentState>(row.integer(5));
    payment.amount = money_of(row.integer(6), row.integer(7));
    payment.captured = money_of(row.integer(8), row.integer(9));
    payment.use = static_cast<domain::MoneyUse>(row.integer(10));
    payment.reason = static_cast<domain::PaymentReason>(row.integer(11));
    payment.parked = row.integer(12) != 0;
    payment.tries = static_cast<std::uint32_t>(row.integer(13));
    payment.incarnation = records::number_from_row(row.integer(14));
    payment.transaction = row.text(15);
    payment.started_at = time_from_row(row.integer(16));
    payment.changed_at = time_from_row(row.integer(17));
    return out;
}

#define ONSALE_REFUND_COLUMNS                                                                \
    "refund_id, payment_id, session, person, bank, cause, reason, state, amount, currency, " \
    "fee, reviews_needed, first_reviewer, second_reviewer, parked, tries, incarnation, "     \
    "bank_transaction, requested_at_ms, changed_at_ms, refused, round, first_settler, "      \
    "second_settler"

RefundRow refund_of(const sql::Statement& row) {
    RefundRow out;
    domain::Refund& refund = out.refund;
    refund.id = id_from_row<domain::RefundId>(row.integer(0));
    refund.payment = id_from_row<domain::PaymentId>(row.integer(1));
    out.session = id_from_row<domain::SessionId>(row.integer(2));
    out.person = id_from_row<domain::PersonId>(row.integer(3));
    refund.bank = id_from_row<domain::BankId>(row.integer(4));
    refund.cause = static_cast<domain::RefundCause>(row.integer(5));
    refund.reason = static_cast<domain::RefundReason>(row.integer(6));
    refund.state = static_cast<domain::RefundState>(row.integer(7));
    refund.amount = money_of(row.integer(8), row.integer(9));
    refund.fee = money_of(row.integer(10), row.integer(9));
    refund.reviews_needed = static_cast<std::uint8_t>(row.integer(11));
    refund.first_reviewer = id_from_row<domain::PersonId>(row.integer(12));
    refund.second_reviewer = id_from_row<domain::PersonId>(row.integer(13));
    refund.parked = row.integer(14) != 0;
    refund.tries = static_cast<std::uint32_t>(row.integer(15));
    refund.incarnation = records::number_from_row(row.integer(16));
    refund.transaction = row.text(17);
    refund.requested_at = time_from_row(row.integer(18));
    refund.changed_at = time_from_row(row.integer(19));
    refund.refused = row.integer(20) != 0;
    refund.given_before = row.integer(20) == kGivenBefore;
    refund.round = static_cast<std::uint32_t>(row.integer(21));
    refund.first_settler = id_from_row<domain::PersonId>(row.integer(22));
    refund.second_settler = id_from_row<domain::PersonId>(row.integer(23));
    return out;
}

// The conditions that a query has, in few texts, since statements are cached by theirs.
class Conditions {
  public:
    void add(std::string_view text, std::optional<std::int64_t> value) {
        if (!value) return;
        text_ += text_.empty() ? " WHERE " : " AND ";
        text_ += text;
        values_.push_back(*value);
    }
    [[nodiscard]] SqlResult<sql::Statement> prepare(sql::Connection& connection,
                                                    std::string_view select,
                                                    std::string_view order) const {
        ONSALE_TRY_ASSIGN(
            statement, connection.prepare(std::string(select) + text_ + " " + std::string(order)));
        int place = 0;
        for (const auto value : values_) statement.bind(++place, value);
        return statement;
    }

  private:
    std::string text_;
    std::vector<std::int64_t> values_;
};

template <class Value>
std::optional<std::int64_t> number_of(const std::optional<Value>& value) {
    if (!value) return std::nullopt;
    return static_cast<std::int64_t>(*value);
}
template <class Tag>
std::optional<std::int64_t> number_of(const std::optional<base::Strong<Tag, std::uint64_t>>& id) {
    if (!id) return std::nullopt;
    return to_row(*id);
}

// Fills `rows` up to `max` with those that may be seen; the last id looked at, when there may be
// more.
template <class Row, class Id>
struct Gathering {
    std::vector<Row>& rows;
    const MaySee& may_see;
    std::size_t max;
    std::size_t examined_max;

    SqlResult<std::optional<Id>> run(sql::Statement& statement,
                                     Row (*row_of)(const sql::Statement&)) {
        std::optional<Id> last;
        for (std::size_t examined = 0;; ++examined) {
            ONSALE_TRY_ASSIGN(there, statement.step());
            if (!there) return std::optional<Id>{};
            if (rows.size() == max || examined == examined_max) break;
            Row row = row_of(statement);
            last = id_from_row<Id>(statement.integer(0));
            if (!may_see || may_see(row.session)) rows.push_back(std::move(row));
        }
        statement.reset();
        return last;
    }
};

SqlResult<PaymentPart> payments_of(sql::Connection& connection, const PaymentQuery& query) {
    Conditions conditions;
    conditions.add("state = ?", number_of(query.state));
    conditions.add("parked = ?", number_of(query.parked));
    if (query.order) {
        const std::int64_t first = to_row(domain::make_payment_id(*query.order, 0));
        conditions.add("payment_id >= ?", first);
        conditions.add("payment_id < ?", first + (std::int64_t{1} << domain::kTicketIndexBits));
    }
    conditions.add(
        "(started_at_ms, payment_id) < (SELECT started_at_ms, payment_id FROM payments_payment "
        "WHERE payment_id = ?)",
        number_of(query.before));
    ONSALE_TRY_ASSIGN(
        row,
        conditions.prepare(connection, "SELECT " ONSALE_PAYMENT_COLUMNS " FROM payments_payment",
                           "ORDER BY started_at_ms DESC, payment_id DESC"));
    PaymentPart part;
    Gathering<PaymentRow, domain::PaymentId> gathering{part.payments, query.may_see, query.max,
                                                       query.examined_max};
    ONSALE_TRY_ASSIGN(next, gathering.run(row, payment_of));
    part.next = next;
    return part;
}

SqlResult<RefundPart> refunds_of(sql::Connection& connection, const RefundQuery& query) {
    Conditions conditions;
    conditions.add("state = ?", number_of(query.state));
    conditions.add("parked = ?", number_of(query.parked));
    conditions.add("session = ?", number_of(query.session));
    conditions.add("person = ?", number_of(query.person));
    conditions.add(
        "(requested_at_ms, refund_id) < (SELECT requested_at_ms, refund_id FROM refunds_refund "
        "WHERE refund_id = ?)",
        number_of(query.before));
    ONSALE_TRY_ASSIGN(
        row, conditions.prepare(connection, "SELECT " ONSALE_REFUND_COLUMNS " FROM refunds_refund",
                                "ORDER BY requested_at_ms DESC, refund_id DESC"));
    RefundPart part;
    Gathering<RefundRow, domain::RefundId> gathering{part.refunds, query.may_see, query.max,
                                                     query.examined_max};
    ONSALE_TRY_ASSIGN(next, gathering.run(row, refund_of));
    part.next = next;
    return part;
}

// Refunds of a session that are alike, taken together.
struct Alike {
    domain::RefundCause cause;
    domain::RefundState state;
    bool parked;
    std::uint64_t count;
    std::int64_t amount;
    std::int64_t fee;
    std::uint64_t took_ms;
};

void add(SessionRefunds& figures, const Alike& alike) {
    const bool done = alike.state == domain::RefundState::completed;
    if (alike.cause == domain::RefundCause::session_cancelled) {
        figures.owed += alike.count;
        if (done) figures.owed_done += alike.count;
        if (alike.parked) figures.owed_parked += alike.count;
        return;
    }
    const bool wanted =
        alike.cause == domain::RefundCause::buyer || alike.cause == domain::RefundCause::replaced;
    if (!wanted) return;
    figures.requested += alike.count;
    if (alike.parked) figures.parked += alike.count;
    switch (alike.state) {
        case domain::RefundState::requested:
            figures.waiting += alike.count;
            break;
        case domain::RefundState::approved:
            figures.approved += alike.count;
            break;
        case domain::RefundState::completed:
            figures.approved += alike.count;
            figures.completed += alike.count;
            figures.completion_ms += alike.took_ms;
            figures.amount.minor += alike.amount;
            figures.fee.minor += alike.fee;
            break;
        case domain::RefundState::rejected:
            figures.rejected += alike.count;
            break;
        case domain::RefundState::cancelled:
            figures.cancelled += alike.count;
            break;
    }
}

// A session has one currency.
SqlResult<void> count_paid(sql::Connection& connection, domain::SessionId session,
                           SessionRefunds& figures) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT count(*), coalesce(max(currency), 1) FROM "
                                              "payments_payment WHERE session = ? AND used = ?"));
    row.bind(1, to_row(session)).bind(2, static_cast<std::int64_t>(domain::MoneyUse::order));
    ONSALE_TRY(row.step());
    figures.paid_orders = records::number_from_row(row.integer(0));
    figures.amount = money_of(0, row.integer(1));
    figures.fee = figures.amount;
    row.reset();
    return {};
}

SqlResult<SessionRefunds> figures_of(sql::Connection& connection, domain::SessionId session) {
    SessionRefunds figures;
    ONSALE_TRY(count_paid(connection, session, figures));
    ONSALE_TRY_ASSIGN(
        row, connection.prepare(
                 "SELECT cause, state, parked, count(*), sum(amount), sum(fee), "
                 "sum(changed_at_ms - requested_at_ms) FROM refunds_refund WHERE session = ? "
                 "GROUP BY 1, 2, 3"));
    row.bind(1, to_row(session));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return figures;
        add(figures, {static_cast<domain::RefundCause>(row.integer(0)),
                      static_cast<domain::RefundState>(row.integer(1)), row.integer(2) != 0,
                      records::number_from_row(row.integer(3)), row.integer(4), row.integer(5),
                      records::number_from_row(row.integer(6))});
    }
}

SqlResult<std::vector<PaymentDay>> days_from(sql::Connection& connection, std::int64_t from) {
    ONSALE_TRY_ASSIGN(
        row,
        connection.prepare("SELECT day, bank, way, currency, started, captured, failed, closed, "
                           "amount, refunds, refunded FROM payments_days WHERE day >= ? ORDER "
                           "BY day, bank, way, currency"));
    row.bind(1, from);
    std::vector<PaymentDay> days;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return days;
        PaymentDay day;
        day.day = row.integer(0);
        day.bank = id_from_row<domain::BankId>(row.integer(1));
        day.way = static_cast<domain::PayWay>(row.integer(2));
        day.started = records::number_from_row(row.integer(4));
        day.captured = records::number_from_row(row.integer(5));
        day.failed = records::number_from_row(row.integer(6));
        day.closed = records::number_from_row(row.integer(7));
        day.amount = money_of(row.integer(8), row.integer(3));
        day.refunds = row.integer(9);
        day.refunded = money_of(row.integer(10), row.integer(3));
        days.push_back(day);
    }
}

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

}  // namespace

SqlResult<std::optional<PaymentRow>> find_payment(sql::Connection& connection,
                                                  domain::PaymentId payment) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT " ONSALE_PAYMENT_COLUMNS
                                              " FROM payments_payment WHERE payment_id = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(payment)).step());
    if (!there) return std::optional<PaymentRow>{};
    auto found = payment_of(row);
    row.reset();
    return std::optional(std::move(found));
}

SqlResult<std::optional<RefundRow>> find_refund(sql::Connection& connection,
                                                domain::RefundId refund) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT " ONSALE_REFUND_COLUMNS
                                              " FROM refunds_refund WHERE refund_id = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(refund)).step());
    if (!there) return std::optional<RefundRow>{};
    auto found = refund_of(row);
    row.reset();
    return std::optional(std::move(found));
}

void MoneyReader::payments(PaymentQuery query, env::Executor& home,
                           base::UniqueFunction<void(Payments)> reply) {
    lists_.ask<Payments>(
        home,
        [query = std::move(query)](sql::Connection& connection) {
            return told(payments_of(connection, query));
        },
        std::move(reply), Unexpected{records::store_busy()});
}

void MoneyReader::refunds(RefundQuery query, env::Executor& home,
                          base::UniqueFunction<void(Refunds)> reply) {
    lists_.ask<Refunds>(
        home,
        [query = std::move(query)](sql::Connection& connection) {
            return told(refunds_of(connection, query));
        },
        std::move(reply), Unexpected{records::store_busy()});
}

void MoneyReader::figures(domain::SessionId session, env::Executor& home,
                          base::UniqueFunction<void(Figures)> reply) {
    lists_.ask<Figures>(
        home,
        [session](sql::Connection& connection) { return told(figures_of(connection, session)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void MoneyReader::days(std::int64_t from, env::Executor& home,
                       base::UniqueFunction<void(Days)> reply) {
    lists_.ask<Days>(
        home, [from](sql::Connection& connection) { return told(days_from(connection, from)); },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::refunds
