#include "ledger/internal/bookkeeper.h"

#include <initializer_list>
#include <string>

#include "ledger/booking.h"
#include "orders/reader.h"
#include "records/rows.h"

namespace onsale::ledger {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::to_row;
using sql::SqlResult;

Unexpected<sql::SqlError> damaged(std::string what) {
    return Unexpected{sql::SqlError{sql::ErrorCode::corrupt, std::move(what)}};
}

std::int64_t to_row(base::Currency currency) {
    return static_cast<std::int64_t>(currency);
}

// Runs a statement whose parameters are all numbers.
SqlResult<void> run(sql::Connection& connection, std::string_view text,
                    std::initializer_list<std::int64_t> values) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(text));
    int place = 0;
    for (const std::int64_t value : values) row.bind(++place, value);
    return row.run();
}

// The same for a flow that must be there.
SqlResult<void> change(sql::Connection& connection, std::string_view text,
                       std::initializer_list<std::int64_t> values) {
    ONSALE_TRY(run(connection, text, values));
    if (connection.changes() != 1) return damaged("a flow of money is not there");
    return {};
}

// A payment as its rows have it.
struct KnownPayment {
    domain::OrderId order;
    domain::SessionId session;
    domain::OrganiserId organiser;
    domain::BankId bank;
    domain::MoneyUse use = domain::MoneyUse::none;
    base::Money amount;
};

constexpr std::string_view kPaymentColumns =
    "SELECT order_id, session, organiser, bank, use, amount, currency FROM ledger_payments ";

KnownPayment payment_from(sql::Statement& row) {
    return {id_from_row<domain::OrderId>(row.integer(0)),
            id_from_row<domain::SessionId>(row.integer(1)),
            id_from_row<domain::OrganiserId>(row.integer(2)),
            id_from_row<domain::BankId>(row.integer(3)),
            static_cast<domain::MoneyUse>(row.integer(4)),
            {row.integer(5), static_cast<base::Currency>(row.integer(6))}};
}

SqlResult<KnownPayment> find_payment(sql::Connection& connection, domain::PaymentId id) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(std::string(kPaymentColumns) + "WHERE payment = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(id)).step());
    if (!there) return damaged("payment " + std::to_string(id.value()) + " is not there");
    return payment_from(row);
}

struct KnownRefund {
    domain::PaymentId payment;
    domain::BankId bank;
    base::Money amount;
    base::Money fee;
    bool given_before = false;
};
// Of ledger_refunds.refused; 1 is any other refusal.
constexpr std::int64_t kGivenBefore = 2;

SqlResult<KnownRefund> find_refund(sql::Connection& connection, domain::RefundId id) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT payment, bank, amount, fee, currency, refused FROM "
                                "ledger_refunds WHERE refund = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(id)).step());
    if (!there) return damaged("refund " + std::to_string(id.value()) + " is not there");
    const auto currency = static_cast<base::Currency>(row.integer(4));
    return KnownRefund{id_from_row<domain::PaymentId>(row.integer(0)),
                       id_from_row<domain::BankId>(row.integer(1)),
                       {row.integer(2), currency},
                       {row.integer(3), currency},
                       row.integer(5) == kGivenBefore};
}

SqlResult<domain::OrganiserId> find_organiser(sql::Connection& connection,
                                              domain::SessionId session) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT organiser FROM ledger_sessions WHERE session = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(session)).step());
    if (!there) return damaged("session " + std::to_string(session.value()) + " is not there");
    return id_from_row<domain::OrganiserId>(row.integer(0));
}

struct Owed {
    std::int64_t orders = 0;
    std::int64_t sold = 0;
    std::int64_t refunded = 0;
    std::int64_t fees = 0;
};

SqlResult<void> add_payable(sql::Connection& connection, const KnownPayment& payment,
                            const Owed& owed) {
    return run(connection,
               "INSERT INTO ledger_payables VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO "
               "UPDATE SET orders = orders + ?4, sold = sold + ?5, refunded = refunded + ?6, "
               "fees = fees + ?7",
               {to_row(payment.organiser), to_row(payment.session), to_row(payment.amount.currency),
                owed.orders, owed.sold, owed.refunded, owed.fees});
}

Subject subject_of(const KnownPayment& payment, domain::PaymentId id, base::Timestamp at) {
    Subject subject{at};
    subject.session = payment.session;
    subject.order = payment.order;
    subject.payment = id;
    return subject;
}

}  // namespace

Bookkeeper::Done Bookkeeper::book(const Subject& subject, const Sides& sides) const {
    if (sides.empty()) return {};
    if (!balances(sides)) return damaged("an entry does not balance");
    ONSALE_TRY_ASSIGN(entry, connection_.prepare("INSERT INTO ledger_entries VALUES (?, ?, ?, ?, "
                                                 "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    ONSALE_TRY_ASSIGN(balance,
                      connection_.prepare(
                          "INSERT INTO ledger_balances VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO "
                          "UPDATE SET debit = debit + ?4, credit = credit + ?5"));
    std::int64_t place = 0;
    for (const Side& side : sides) {
        const auto kind = static_cast<std::int64_t>(side.account.kind);
        const std::int64_t number = to_row(side.account.number);
        const std::int64_t minor = side.amount.minor;
        const std::int64_t currency = to_row(side.amount.currency);
        entry.bind(1, to_row(subject.at)).bind(2, to_row(key_.shard));
        entry.bind(3, to_row(key_.sequence)).bind(4, std::int64_t{key_.fact}).bind(5, place++);
        entry.bind(6, kind).bind(7, number).bind(8, minor).bind(9, currency);
        entry.bind(10, to_row(subject.session)).bind(11, to_row(subject.order));
        entry.bind(12, to_row(subject.payment)).bind(13, to_row(subject.refund));
        ONSALE_TRY(entry.bind(14, to_row(subject.stray)).run());
        balance.bind(1, kind).bind(2, number).bind(3, currency);
        ONSALE_TRY(balance.bind(4, minor > 0 ? minor : 0).bind(5, minor < 0 ? -minor : 0).run());
    }
    return {};
}

Bookkeeper::Done Bookkeeper::operator()(const domain::SessionSetUp& fact) const {
    return run(connection_, "INSERT INTO ledger_sessions VALUES (?, ?)",
               {to_row(fact.session->id), to_row(fact.session->organiser)});
}

// The money of an order belongs to who sells from the moment at which the buyer has the tickets. An
// order that is completed again, since its refund was given up, has no such payment any more.
Bookkeeper::Done Bookkeeper::operator()(const domain::OrderMoved& fact) const {
    if (fact.to != domain::OrderState::completed || fact.first_ordinals.empty()) return {};
    ONSALE_TRY_ASSIGN(row, connection_.prepare(std::string("SELECT order_id, session, organiser, "
                                                           "bank, use, amount, currency, payment "
                                                           "FROM ledger_payments WHERE order_id = "
                                                           "? AND use = 1")));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(fact.order)).step());
    if (!there)
        return damaged("the payment of order " + std::to_string(fact.order.value()) +
                       " is not there");
    const KnownPayment payment = payment_from(row);
    const auto id = id_from_row<domain::PaymentId>(row.integer(7));
    row.reset();
    ONSALE_TRY(add_payable(connection_, payment, {1, payment.amount.minor, 0, 0}));
    return book(subject_of(payment, id, fact.at),
                book_completed(payment.organiser, payment.amount));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::PaymentStarted& fact) const {
    const domain::Payment& payment = fact.payment;
    const domain::OrderId id = domain::order_of(payment.id);
    ONSALE_TRY_ASSIGN(order, orders::find_order(connection_, id));
    if (!order) return damaged("order " + std::to_string(id.value()) + " is not there");
    ONSALE_TRY_ASSIGN(organiser, find_organiser(connection_, order->session));
    return run(connection_,
               "INSERT INTO ledger_payments VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, '', NULL)",
               {to_row(payment.id), to_row(id), to_row(order->session), to_row(organiser),
                to_row(payment.bank), to_row(payment.incarnation),
                static_cast<std::int64_t>(payment.state), payment.amount.minor,
                to_row(payment.amount.currency)});
}

Bookkeeper::Done Bookkeeper::operator()(const domain::PaymentCaptured& fact) const {
    ONSALE_TRY_ASSIGN(
        row, connection_.prepare("UPDATE ledger_payments SET state = ?2, parked = 0, use = ?3, "
                                 "amount = ?4, currency = ?5, txn = ?6, done_at_ms = ?7 WHERE "
                                 "payment = ?1"));
    row.bind(1, to_row(fact.payment));
    row.bind(2, static_cast<std::int64_t>(domain::PaymentState::captured));
    row.bind(3, static_cast<std::int64_t>(fact.use)).bind(4, fact.amount.minor);
    row.bind(5, to_row(fact.amount.currency)).bind(6, std::string_view(fact.transaction));
    ONSALE_TRY(row.bind(7, to_row(fact.at)).run());
    ONSALE_TRY_ASSIGN(payment, find_payment(connection_, fact.payment));
    return book(subject_of(payment, fact.payment, fact.at),
                book_captured(payment.bank, fact.amount, fact.use));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::PaymentEnded& fact) const {
    return change(connection_,
                  "UPDATE ledger_payments SET state = ?2, parked = 0 WHERE payment = ?1",
                  {to_row(fact.payment), static_cast<std::int64_t>(fact.state)});
}
Bookkeeper::Done Bookkeeper::operator()(const domain::PaymentParked& fact) const {
    return change(connection_, "UPDATE ledger_payments SET parked = 1 WHERE payment = ?1",
                  {to_row(fact.payment)});
}
Bookkeeper::Done Bookkeeper::operator()(const domain::PaymentResumed& fact) const {
    return change(connection_, "UPDATE ledger_payments SET parked = 0 WHERE payment = ?1",
                  {to_row(fact.payment)});
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundRequested& fact) const {
    const domain::Refund& refund = fact.refund;
    ONSALE_TRY(run(connection_,
                   "INSERT INTO ledger_refunds VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, '', "
                   "NULL, 0, 0)",
                   {to_row(refund.id), to_row(refund.payment), to_row(refund.bank),
                    to_row(refund.incarnation), static_cast<std::int64_t>(refund.state),
                    refund.amount.minor, refund.fee.minor, to_row(refund.amount.currency)}));
    if (refund.state != domain::RefundState::approved) return {};
    return book_refund_due(refund.id, refund.requested_at);
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundReviewed& fact) const {
    ONSALE_TRY(change(connection_, "UPDATE ledger_refunds SET state = ?2 WHERE refund = ?1",
                      {to_row(fact.refund), static_cast<std::int64_t>(fact.state)}));
    if (fact.state != domain::RefundState::approved) return {};
    return book_refund_due(fact.refund, fact.at);
}

Bookkeeper::Done Bookkeeper::book_refund_due(domain::RefundId id, base::Timestamp at) const {
    ONSALE_TRY_ASSIGN(refund, find_refund(connection_, id));
    ONSALE_TRY_ASSIGN(payment, find_payment(connection_, refund.payment));
    if (payment.use != domain::MoneyUse::order) return {};
    ONSALE_TRY(add_payable(connection_, payment, {0, 0, refund.amount.minor, refund.fee.minor}));
    Subject subject = subject_of(payment, refund.payment, at);
    subject.refund = id;
    return book(subject, book_due(payment.organiser, refund.amount, refund.fee));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundCancelled& fact) const {
    return change(connection_, "UPDATE ledger_refunds SET state = ?2 WHERE refund = ?1",
                  {to_row(fact.refund), static_cast<std::int64_t>(domain::RefundState::cancelled)});
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundCompleted& fact) const {
    ONSALE_TRY_ASSIGN(row, connection_.prepare("UPDATE ledger_refunds SET state = ?2, parked = 0, "
                                               "txn = ?3, done_at_ms = ?4, refused = 0 "
                                               "WHERE refund = ?1"));
    row.bind(1, to_row(fact.refund));
    row.bind(2, static_cast<std::int64_t>(domain::RefundState::completed));
    row.bind(3, std::string_view(fact.transaction)).bind(4, to_row(fact.at));
    ONSALE_TRY(row.run());
    ONSALE_TRY_ASSIGN(refund, find_refund(connection_, fact.refund));
    ONSALE_TRY_ASSIGN(payment, find_payment(connection_, refund.payment));
    Subject subject = subject_of(payment, refund.payment, fact.at);
    subject.refund = fact.refund;
    return book(subject, book_refunded(refund.bank, refund.amount, payment.use));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundReopened& fact) const {
    ONSALE_TRY(
        change(connection_,
               "UPDATE ledger_refunds SET state = ?2, parked = 1, txn = '', done_at_ms = "
               "NULL, refused = ?3 WHERE refund = ?1",
               {to_row(fact.refund), static_cast<std::int64_t>(domain::RefundState::approved),
                std::int64_t{fact.refused}}));
    ONSALE_TRY_ASSIGN(refund, find_refund(connection_, fact.refund));
    ONSALE_TRY_ASSIGN(payment, find_payment(connection_, refund.payment));
    Subject subject = subject_of(payment, refund.payment, fact.at);
    subject.refund = fact.refund;
    return book(subject, book_reopened(refund.bank, refund.amount, payment.use));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundParked& fact) const {
    return change(connection_,
                  "UPDATE ledger_refunds SET parked = 1, refused = max(refused, ?2) "
                  "WHERE refund = ?1",
                  {to_row(fact.refund), fact.given_before ? kGivenBefore : fact.refused});
}
Bookkeeper::Done Bookkeeper::operator()(const domain::RefundResumed& fact) const {
    return change(
        connection_,
        "UPDATE ledger_refunds SET parked = 0, round = round + (refused > 0), refused = 0 "
        "WHERE refund = ?1",
        {to_row(fact.refund)});
}

Bookkeeper::Done Bookkeeper::operator()(const domain::RefundSettled& fact) const {
    if (!fact.completed) return {};
    ONSALE_TRY(
        change(connection_, "UPDATE ledger_refunds SET state = ?2, parked = 0 WHERE refund = ?1",
               {to_row(fact.refund), static_cast<std::int64_t>(domain::RefundState::completed)}));
    ONSALE_TRY_ASSIGN(refund, find_refund(connection_, fact.refund));
    ONSALE_TRY_ASSIGN(payment, find_payment(connection_, refund.payment));
    Subject subject = subject_of(payment, refund.payment, fact.at);
    subject.refund = fact.refund;
    // The bank has done it, in a past that was lost.
    if (refund.given_before)
        return book(subject, book_refunded(refund.bank, refund.amount, payment.use));
    return book(subject, book_settled(refund.amount, payment.use));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::StrayReceived& fact) const {
    const domain::Stray& stray = fact.stray;
    ONSALE_TRY_ASSIGN(row, connection_.prepare("INSERT INTO ledger_strays VALUES (?, ?, ?, 0, ?, "
                                               "?, ?, ?, NULL, 0, 0)"));
    row.bind(1, to_row(stray.id)).bind(2, to_row(stray.bank)).bind(3, to_row(stray.incarnation));
    row.bind(4, stray.amount.minor).bind(5, to_row(stray.amount.currency));
    row.bind(6, std::string_view(stray.transaction));
    ONSALE_TRY(row.bind(7, to_row(stray.received_at)).run());
    Subject subject{stray.received_at};
    subject.stray = stray.id;
    return book(subject, book_stray(stray.bank, stray.amount));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::StrayReturned& fact) const {
    ONSALE_TRY(change(connection_,
                      "UPDATE ledger_strays SET parked = 0, returned_at_ms = ?2, refused = 0 "
                      "WHERE stray = ?1",
                      {to_row(fact.stray), to_row(fact.at)}));
    ONSALE_TRY_ASSIGN(row, connection_.prepare("SELECT bank, amount, currency FROM ledger_strays "
                                               "WHERE stray = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(fact.stray)).step());
    if (!there) return damaged("stray " + std::to_string(fact.stray.value()) + " is not there");
    const auto bank = id_from_row<domain::BankId>(row.integer(0));
    const base::Money amount{row.integer(1), static_cast<base::Currency>(row.integer(2))};
    row.reset();
    Subject subject{fact.at};
    subject.stray = fact.stray;
    return book(subject, book_stray_returned(bank, amount));
}

Bookkeeper::Done Bookkeeper::operator()(const domain::StrayParked& fact) const {
    return change(connection_,
                  "UPDATE ledger_strays SET parked = 1, refused = max(refused, ?2) "
                  "WHERE stray = ?1",
                  {to_row(fact.stray), std::int64_t{fact.refused}});
}
Bookkeeper::Done Bookkeeper::operator()(const domain::StrayResumed& fact) const {
    return change(connection_,
                  "UPDATE ledger_strays SET parked = 0, round = round + refused, refused = 0 "
                  "WHERE stray = ?1",
                  {to_row(fact.stray)});
}

}  // namespace onsale::ledger
