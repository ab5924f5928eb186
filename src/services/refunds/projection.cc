#include "refunds/projection.h"

#include <array>
#include <string>

#include "orders/reader.h"
#include "records/rows.h"
#include "refunds/inbox.h"
#include "refunds/reader.h"

namespace onsale::refunds {
namespace {

using records::to_row;
using sql::SqlResult;

// The payments and refunds of an order are neighbours by their ids, so orders need no index.
constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE payments_payment (
        payment_id INTEGER PRIMARY KEY,      -- order << 5 | index
        session INTEGER NOT NULL,
        person INTEGER NOT NULL,
        bank INTEGER NOT NULL,
        way INTEGER NOT NULL,
        state INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        captured INTEGER NOT NULL,
        captured_currency INTEGER NOT NULL,
        used INTEGER NOT NULL,               -- what captured money is for
        reason INTEGER NOT NULL,
        parked INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        incarnation INTEGER NOT NULL,
        bank_transaction TEXT NOT NULL,
        started_at_ms INTEGER NOT NULL,
        changed_at_ms INTEGER NOT NULL
    );
    CREATE INDEX payments_payment_by_time ON payments_payment (started_at_ms);
    CREATE INDEX payments_payment_by_state ON payments_payment (state, started_at_ms);
    CREATE INDEX payments_payment_by_session ON payments_payment (session, used);
    CREATE INDEX payments_payment_parked ON payments_payment (started_at_ms) WHERE parked = 1;
    CREATE TABLE refunds_refund (
        refund_id INTEGER PRIMARY KEY,       -- order << 5 | index
        payment_id INTEGER NOT NULL,
        session INTEGER NOT NULL,
        person INTEGER NOT NULL,
        bank INTEGER NOT NULL,
        cause INTEGER NOT NULL,
        reason INTEGER NOT NULL,
        state INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        fee INTEGER NOT NULL,
        reviews_needed INTEGER NOT NULL,
        first_reviewer INTEGER NOT NULL,     -- 0: nobody
        second_reviewer INTEGER NOT NULL,
        parked INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        incarnation INTEGER NOT NULL,
        bank_transaction TEXT NOT NULL,
        requested_at_ms INTEGER NOT NULL,
        changed_at_ms INTEGER NOT NULL
    );
    CREATE INDEX refunds_refund_by_time ON refunds_refund (requested_at_ms);
    CREATE INDEX refunds_refund_by_state ON refunds_refund (state, requested_at_ms);
    CREATE INDEX refunds_refund_by_session ON refunds_refund (session, requested_at_ms);
    CREATE INDEX refunds_refund_by_person ON refunds_refund (person, requested_at_ms);
    CREATE INDEX refunds_refund_parked ON refunds_refund (requested_at_ms) WHERE parked = 1;
    CREATE TABLE refunds_notice (            -- what a person is told
        notice_id INTEGER PRIMARY KEY,       -- refund << 2 | kind
        person INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        refund_id INTEGER NOT NULL,
        at_ms INTEGER NOT NULL
    );
    CREATE INDEX refunds_notice_by_person ON refunds_notice (person, at_ms);
)sql"},
                                    sql::Migration{2, R"sql(
    -- refused: by the bank's final word, 2: since it has given the money before; round: how many of its names are used up; settlers: who
    -- says that the buyer got the money in another way (0: nobody)
    ALTER TABLE refunds_refund ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE refunds_refund ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE refunds_refund ADD COLUMN first_settler INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE refunds_refund ADD COLUMN second_settler INTEGER NOT NULL DEFAULT 0;
)sql"},
                                    sql::Migration{3, R"sql(
    CREATE TABLE payments_days (             -- what happened on a day (UTC), by bank and way
        day INTEGER NOT NULL,                -- since 1970
        bank INTEGER NOT NULL,
        way INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        started INTEGER NOT NULL,
        captured INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        closed INTEGER NOT NULL,
        amount INTEGER NOT NULL,             -- captured
        refunds INTEGER NOT NULL,            -- that the bank has made, less those it took back
        refunded INTEGER NOT NULL,
        PRIMARY KEY (day, bank, way, currency)
    ) WITHOUT ROWID;
    INSERT INTO payments_days
    SELECT day, bank, way, money, sum(started), sum(captured), sum(failed), sum(closed), sum(amount),
           sum(refunds), sum(refunded)
    FROM (SELECT started_at_ms / 86400000 AS day, bank, way, currency AS money, 1 AS started,
                 0 AS captured, 0 AS failed, 0 AS closed, 0 AS amount, 0 AS refunds, 0 AS refunded
          FROM payments_payment
          UNION ALL
          SELECT changed_at_ms / 86400000, bank, way, iif(state = 3, captured_currency, currency), 0,
                 state = 3, state = 4, state = 5, iif(state = 3, captured, 0), 0, 0
          FROM payments_payment WHERE state >= 3
          UNION ALL
          SELECT r.changed_at_ms / 86400000, r.bank, p.way, r.currency, 0, 0, 0, 0, 0, 1, r.amount
          FROM refunds_refund r JOIN payments_payment p USING (payment_id)
          WHERE r.state = 3 AND r.second_settler = 0)
    GROUP BY day, bank, way, money;
)sql"}};

constexpr std::array<std::string_view, 4> kTables = {"payments_payment", "refunds_refund",
                                                     "refunds_notice", "payments_days"};

constexpr std::string_view kAddToDay =
    " ON CONFLICT DO UPDATE SET started = started + excluded.started, captured = captured + "
    "excluded.captured, failed = failed + excluded.failed, closed = closed + excluded.closed, "
    "amount = amount + excluded.amount, refunds = refunds + excluded.refunds, refunded = refunded "
    "+ excluded.refunded";

sql::SqlError not_there(std::string_view what, std::uint64_t id) {
    return {sql::ErrorCode::corrupt,
            std::string(what) + " " + std::to_string(id) + " is not there"};
}

template <class Enum>
std::int64_t number_of(Enum value) {
    return static_cast<std::int64_t>(value);
}

// The facts of this variant that are about money become rows; all others are nobody's here.
class ToRows {
  public:
    explicit ToRows(sql::Connection& connection) : connection_(connection) {}

    template <class Fact>
    SqlResult<void> operator()(const Fact&) {
        return {};
    }

    SqlResult<void> operator()(const domain::PaymentStarted& fact) {
        const domain::Payment& payment = fact.payment;
        const domain::OrderId id = domain::order_of(payment.id);
        ONSALE_TRY_ASSIGN(order, orders::find_order(connection_, id));
        if (!order) return base::Unexpected{not_there("order", id.value())};
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("INSERT INTO payments_payment VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                                     "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"));
        row.bind(1, to_row(payment.id)).bind(2, to_row(order->session));
        row.bind(3, to_row(order->person)).bind(4, to_row(payment.bank));
        row.bind(5, number_of(payment.way)).bind(6, number_of(payment.state));
        row.bind(7, payment.amount.minor).bind(8, number_of(payment.amount.currency));
        row.bind(9, payment.captured.minor).bind(10, number_of(payment.captured.currency));
        row.bind(11, number_of(payment.use)).bind(12, number_of(payment.reason));
        row.bind(13, std::int64_t{payment.parked}).bind(14, std::int64_t{payment.tries});
        row.bind(15, to_row(payment.incarnation)).bind(16, payment.transaction);
        row.bind(17, to_row(payment.started_at)).bind(18, to_row(payment.changed_at));
        ONSALE_TRY(row.run());
        return count(payment.id, payment.started_at, {.started = 1});
    }

    SqlResult<void> operator()(const domain::PaymentStepTried& fact) {
        ONSALE_TRY_ASSIGN(row, connection_.prepare("UPDATE payments_payment SET tries = tries + 1, "
                                                   "changed_at_ms = ?2 WHERE payment_id = ?1"));
        row.bind(1, to_row(fact.payment)).bind(2, to_row(fact.at));
        return change(row, fact.payment);
    }

    SqlResult<void> operator()(const domain::PaymentCaptured& fact) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("UPDATE payments_payment SET state = ?2, captured = ?3, "
                                     "captured_currency = ?4, bank_transaction = ?5, used = ?6, "
                                     "parked = 0, reason = ?7, changed_at_ms = ?8 "
                                     "WHERE payment_id = ?1"));
        row.bind(1, to_row(fact.payment)).bind(2, number_of(domain::PaymentState::captured));
        row.bind(3, fact.amount.minor).bind(4, number_of(fact.amount.currency));
        row.bind(5, fact.transaction).bind(6, number_of(fact.use));
        row.bind(7, number_of(domain::PaymentReason::none)).bind(8, to_row(fact.at));
        ONSALE_TRY(change(row, fact.payment));
        return count(fact.payment, fact.at, {.captured = 1, .amount = fact.amount.minor});
    }

    SqlResult<void> operator()(const domain::PaymentEnded& fact) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("UPDATE payments_payment SET state = ?2, reason = ?3, "
                                     "parked = 0, changed_at_ms = ?4 WHERE payment_id = ?1"));
        row.bind(1, to_row(fact.payment)).bind(2, number_of(fact.state));
        row.bind(3, number_of(fact.reason)).bind(4, to_row(fact.at));
        ONSALE_TRY(change(row, fact.payment));
        const bool failed = fact.state == domain::PaymentState::failed;
        return count(fact.payment, fact.at, {.failed = failed, .closed = !failed});
    }

    SqlResult<void> operator()(const domain::PaymentParked& fact) {
        ONSALE_TRY_ASSIGN(row,
                          connection_.prepare("UPDATE payments_payment SET parked = 1, reason = "
                                              "?2, changed_at_ms = ?3 WHERE payment_id = ?1"));
        row.bind(1, to_row(fact.payment)).bind(2, number_of(fact.reason));
        row.bind(3, to_row(fact.at));
        return change(row, fact.payment);
    }

    SqlResult<void> operator()(const domain::PaymentResumed& fact) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("UPDATE payments_payment SET parked = 0, tries = 0, reason = "
                                     "?2, changed_at_ms = ?3 WHERE payment_id = ?1"));
        row.bind(1, to_row(fact.payment)).bind(2, number_of(domain::PaymentReason::none));
        row.bind(3, to_row(fact.at));
        return change(row, fact.payment);
    }

    SqlResult<void> operator()(const domain::RefundRequested& fact) {
        const domain::Refund& refund = fact.refund;
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare(
                     "INSERT INTO refunds_refund SELECT ?1, ?2, session, person, ?3, ?4, ?5, ?6, "
                     "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, 0, 0, 0, 0 "
                     "FROM payments_payment WHERE payment_id = ?2"));
        row.bind(1, to_row(refund.id)).bind(2, to_row(refund.payment));
        row.bind(3, to_row(refund.bank)).bind(4, number_of(refund.cause));
        row.bind(5, number_of(refund.reason)).bind(6, number_of(refund.state));
        row.bind(7, refund.amount.minor).bind(8, number_of(refund.amount.currency));
        row.bind(9, refund.fee.minor).bind(10, std::int64_t{refund.reviews_needed});
        row.bind(11, to_row(refund.first_reviewer)).bind(12, to_row(refund.second_reviewer));
        row.bind(13, std::int64_t{refund.parked}).bind(14, std::int64_t{refund.tries});
        row.bind(15, to_row(refund.incarnation)).bind(16, refund.transaction);
        row.bind(17, to_row(refund.requested_at)).bind(18, to_row(refund.changed_at));
        ONSALE_TRY(change(row, refund.payment));
        if (refund.cause != domain::RefundCause::session_cancelled) return {};
        return tell(refund.id, NoticeKind::refund_approved, refund.requested_at);
    }

    SqlResult<void> operator()(const domain::RefundReviewed& fact) {
        ONSALE_TRY_ASSIGN(
            row,
            connection_.prepare("UPDATE refunds_refund SET second_reviewer = iif(first_reviewer = "
                                "0, second_reviewer, ?2), first_reviewer = iif(first_reviewer = "
                                "0, ?2, first_reviewer), state = ?3, changed_at_ms = ?4 "
                                "WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, to_row(fact.by));
        row.bind(3, number_of(fact.state)).bind(4, to_row(fact.at));
        ONSALE_TRY(change(row, fact.refund));
        if (fact.state == domain::RefundState::approved)
            return tell(fact.refund, NoticeKind::refund_approved, fact.at);
        if (fact.state == domain::RefundState::rejected)
            return tell(fact.refund, NoticeKind::refund_rejected, fact.at);
        return {};
    }

    SqlResult<void> operator()(const domain::RefundCancelled& fact) {
        ONSALE_TRY_ASSIGN(row,
                          connection_.prepare("UPDATE refunds_refund SET state = ?2, changed_at_ms "
                                              "= ?3 WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, number_of(domain::RefundState::cancelled));
        row.bind(3, to_row(fact.at));
        return change(row, fact.refund);
    }

    SqlResult<void> operator()(const domain::RefundTried& fact) {
        ONSALE_TRY_ASSIGN(row, connection_.prepare("UPDATE refunds_refund SET tries = tries + 1, "
                                                   "changed_at_ms = ?2 WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, to_row(fact.at));
        return change(row, fact.refund);
    }

    SqlResult<void> operator()(const domain::RefundCompleted& fact) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("UPDATE refunds_refund SET state = ?2, bank_transaction = ?3, "
                                     "parked = 0, changed_at_ms = ?4, refused = 0, "
                                     "first_settler = 0 WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, number_of(domain::RefundState::completed));
        row.bind(3, fact.transaction).bind(4, to_row(fact.at));
        ONSALE_TRY(change(row, fact.refund));
        ONSALE_TRY(count_refund(fact.refund, fact.at, 1));
        return tell(fact.refund, NoticeKind::refund_completed, fact.at);
    }

    SqlResult<void> operator()(const domain::RefundReopened& fact) {
        ONSALE_TRY(count_refund(fact.refund, fact.at, -1));
        ONSALE_TRY_ASSIGN(row, connection_.prepare("UPDATE refunds_refund SET state = ?2, parked = "
                                                   "1, refused = ?4, changed_at_ms = ?3 "
                                                   "WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, number_of(domain::RefundState::approved));
        row.bind(3, to_row(fact.at)).bind(4, std::int64_t{fact.refused});
        return change(row, fact.refund);
    }

    SqlResult<void> operator()(const domain::RefundParked& fact) {
        ONSALE_TRY_ASSIGN(row,
                          connection_.prepare("UPDATE refunds_refund SET parked = 1, changed_at_ms "
                                              "= ?2, refused = max(refused, ?3) "
                                              "WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, to_row(fact.at));
        row.bind(3, fact.given_before ? kGivenBefore : std::int64_t{fact.refused});
        return change(row, fact.refund);
    }

    SqlResult<void> operator()(const domain::RefundResumed& fact) {
        ONSALE_TRY_ASSIGN(row, connection_.prepare("UPDATE refunds_refund SET parked = 0, tries = "
                                                   "0, round = round + (refused > 0), refused = 0, "
                                                   "first_settler = 0, changed_at_ms = ?2 "
                                                   "WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, to_row(fact.at));
        return change(row, fact.refund);
    }

    SqlResult<void> operator()(const domain::RefundSettled& fact) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("UPDATE refunds_refund SET second_settler = iif(?4, ?2, 0), "
                                     "first_settler = iif(?4, first_settler, ?2), parked = iif(?4, "
                                     "0, parked), state = iif(?4, ?5, state), changed_at_ms = ?3 "
                                     "WHERE refund_id = ?1"));
        row.bind(1, to_row(fact.refund)).bind(2, to_row(fact.by)).bind(3, to_row(fact.at));
        row.bind(4, std::int64_t{fact.completed});
        row.bind(5, number_of(domain::RefundState::completed));
        ONSALE_TRY(change(row, fact.refund));
        if (!fact.completed) return {};
        return tell(fact.refund, NoticeKind::refund_completed, fact.at);
    }

  private:
    struct Counts {
        std::int64_t started = 0;
        std::int64_t captured = 0;
        std::int64_t failed = 0;
        std::int64_t closed = 0;
        std::int64_t amount = 0;
    };
    SqlResult<void> count(domain::PaymentId payment, base::Timestamp at, const Counts& counts) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("INSERT INTO payments_days SELECT ?2, bank, way, iif(?4, "
                                     "captured_currency, currency), ?3, ?4, ?5, ?6, ?7, 0, 0 FROM "
                                     "payments_payment WHERE payment_id = ?1" +
                                     std::string(kAddToDay)));
        row.bind(1, to_row(payment)).bind(2, day_of(at)).bind(3, counts.started);
        row.bind(4, counts.captured).bind(5, counts.failed).bind(6, counts.closed);
        return row.bind(7, counts.amount).run();
    }
    SqlResult<void> count_refund(domain::RefundId refund, base::Timestamp at, std::int64_t count) {
        ONSALE_TRY_ASSIGN(
            row, connection_.prepare("INSERT INTO payments_days SELECT ?2, r.bank, p.way, "
                                     "r.currency, 0, 0, 0, 0, 0, ?3, ?3 * r.amount FROM "
                                     "refunds_refund r JOIN payments_payment p USING (payment_id) "
                                     "WHERE refund_id = ?1" +
                                     std::string(kAddToDay)));
        return row.bind(1, to_row(refund)).bind(2, day_of(at)).bind(3, count).run();
    }

    // Each is told once, also when a bank takes its word back and gives it again.
    SqlResult<void> tell(domain::RefundId refund, NoticeKind kind, base::Timestamp at) {
        ONSALE_TRY_ASSIGN(row, connection_.prepare(
                                   "INSERT INTO refunds_notice SELECT ?1, person, ?2, ?3, ?4 FROM "
                                   "refunds_refund WHERE refund_id = ?3 ON CONFLICT DO NOTHING"));
        row.bind(1, to_row(refund.value() << kNoticeKindBits | static_cast<std::uint64_t>(kind)));
        row.bind(2, number_of(kind)).bind(3, to_row(refund)).bind(4, to_row(at));
        return row.run();
    }

    // Every fact about a payment or refund follows the one that began it.
    template <class Id>
    SqlResult<void> change(sql::Statement& row, Id id) {
        ONSALE_TRY(row.run());
        if (connection_.changes() == 1) return {};
        return base::Unexpected{not_there("payment or refund", id.value())};
    }

    sql::Connection& connection_;
};

}  // namespace

std::string_view MoneyProjection::component() const {
    return "refunds";
}
std::span<const sql::Migration> MoneyProjection::migrations() const {
    return kMigrations;
}
std::span<const std::string_view> MoneyProjection::tables() const {
    return kTables;
}

follow::FollowResult<void> MoneyProjection::apply(sql::Connection& connection,
                                                  const follow::CommittedBatch&,
                                                  const domain::Fact& fact, std::uint32_t) {
    return told(std::visit(ToRows(connection), fact));
}

}  // namespace onsale::refunds
