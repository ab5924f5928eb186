#include <array>
#include <vector>

#include "bank/books/callbacks.h"
#include "bank/books/ledger.h"
#include "bank/books/limits.h"
#include "bank/books/payments.h"
#include "base/check.h"

namespace onsale::books {
namespace {

struct Accepted {
    std::uint64_t merchant = 0;
    std::string refund;
    std::string reference;
    std::int64_t amount = 0;
    bool declined = false;
};

sql::SqlResult<void> put(sql::Connection& connection, const Refund& made, const NewRefund& wanted,
                         const Asked& asked) {
    ONSALE_TRY_ASSIGN(
        put, connection.prepare("INSERT INTO bank_refunds(merchant, refund, state, reason, "
                                "reference, amount, transaction_number, settle_at, declined) "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    put.bind(1, row(asked.merchant)).bind(2, made.refund).bind(3, row(made.state));
    put.bind(4, row(made.reason));
    bind_optional(put, 5, wanted.reference);
    put.bind(6, made.amount);
    bind_optional(put, 7, made.transaction);
    if (wanted.settle_at) {
        put.bind(8, row(*wanted.settle_at));
    } else {
        put.bind_null(8);
    }
    put.bind(9, wanted.declined ? 1 : 0);
    return put.run();
}

// The payment's reference of a capture; empty: there is none of this merchant.
sql::SqlResult<std::string> reference_of(sql::Connection& connection, std::uint64_t transaction,
                                         std::uint64_t merchant) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare("SELECT reference FROM bank_transactions WHERE number = ?1 AND "
                                  "merchant = ?2 AND kind IN (5, 6)"));
    query.bind(1, row(transaction)).bind(2, row(merchant));
    ONSALE_TRY_ASSIGN(found, query.step());
    return found ? std::string(query.text(0)) : std::string();
}

sql::SqlResult<void> reserve(sql::Connection& connection, std::string_view reference,
                             std::int64_t amount, const Asked& asked) {
    ONSALE_TRY_ASSIGN(update,
                      connection.prepare("UPDATE bank_payments SET refunded = refunded + ?3 WHERE "
                                         "merchant = ?1 AND reference = ?2"));
    update.bind(1, row(asked.merchant)).bind(2, reference).bind(3, amount);
    return update.run();
}

// Money goes back to the customer, or to suspense where the account has been deleted meanwhile.
sql::SqlResult<std::uint64_t> pay_back(sql::Connection& connection, const Payment& payment,
                                       const Accepted& refund, base::Timestamp now) {
    ONSALE_CHECK(payment.customer.has_value());
    ONSALE_TRY_ASSIGN(gone, connection.prepare("SELECT 1 FROM bank_customers WHERE customer = ?1 "
                                               "AND state = 3"));
    gone.bind(1, row(*payment.customer));
    ONSALE_TRY_ASSIGN(deleted, gone.step());
    const Part to = deleted ? Part{AccountKind::suspense, 0, refund.amount}
                            : Part{AccountKind::available, *payment.customer, refund.amount};
    const std::array parts{Part{AccountKind::merchant, refund.merchant, -refund.amount}, to};
    NewTransaction transaction{.kind = TransactionKind::refund, .at = now};
    transaction.amount = refund.amount;
    transaction.customer = payment.customer;
    transaction.merchant = refund.merchant;
    transaction.order = payment.order;
    transaction.reference = refund.refund;
    transaction.note = payment.reference;
    return post(connection, transaction, parts);
}

sql::SqlResult<void> tell(sql::Connection& connection, const Payment& payment,
                          const Accepted& refund, std::optional<std::uint64_t> transaction,
                          base::Timestamp now) {
    NewEvent event;
    event.merchant = refund.merchant;
    event.kind = "refund";
    event.reference = payment.reference;
    event.refund = refund.refund;
    event.status = to_string(transaction ? RefundState::completed : RefundState::refused);
    event.transaction = transaction;
    event.order = payment.order;
    event.amount = refund.amount;
    event.at = now;
    return add_event(connection, event);
}

RefundReason why_not(const Payment& payment, const NewRefund& wanted) {
    if (!wanted.own_currency) return RefundReason::wrong_currency;
    if (payment.state != PaymentState::captured) return RefundReason::unknown;
    if (wanted.refunded_before && *wanted.refunded_before != payment.refunded)
        return RefundReason::refunded_before;
    if (wanted.amount > payment.amount - payment.refunded) return RefundReason::over_captured;
    return RefundReason::none;
}

sql::SqlResult<void> settle(sql::Connection& connection, const Accepted& refund,
                            base::Timestamp now) {
    const Asked asked{refund.merchant, now};
    ONSALE_TRY_ASSIGN(payment, find_payment(connection, refund.reference, asked));
    std::optional<std::uint64_t> transaction;
    if (refund.declined) {
        ONSALE_TRY(reserve(connection, refund.reference, -refund.amount, asked));
    } else {
        ONSALE_TRY_ASSIGN(made, pay_back(connection, payment, refund, now));
        transaction = made;
    }
    ONSALE_TRY_ASSIGN(update,
                      connection.prepare("UPDATE bank_refunds SET state = ?3, reason = ?4, "
                                         "transaction_number = ?5 WHERE merchant = ?1 AND refund "
                                         "= ?2"));
    update.bind(1, row(refund.merchant)).bind(2, refund.refund);
    update.bind(3, row(transaction ? RefundState::completed : RefundState::refused));
    update.bind(4, row(transaction ? RefundReason::none : RefundReason::declined));
    bind_optional(update, 5, transaction);
    ONSALE_TRY(update.run());
    return tell(connection, payment, refund, transaction, now);
}

}  // namespace

sql::SqlResult<Refund> find_refund(sql::Connection& connection, std::string_view refund,
                                   const Asked& asked) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare("SELECT state, reason, amount, transaction_number FROM "
                                         "bank_refunds WHERE merchant = ?1 AND refund = ?2"));
    query.bind(1, row(asked.merchant)).bind(2, refund);
    ONSALE_TRY_ASSIGN(found, query.step());
    Refund answer;
    answer.refund = refund;
    if (!found) return answer;
    answer.state = static_cast<RefundState>(query.integer(0));
    answer.reason = static_cast<RefundReason>(query.integer(1));
    answer.amount = query.integer(2);
    answer.transaction = optional_number(query, 3);
    return answer;
}

sql::SqlResult<Refund> refund(sql::Connection& connection, const NewRefund& wanted,
                              const Asked& asked) {
    ONSALE_TRY_ASSIGN(answer, find_refund(connection, wanted.refund, asked));
    if (answer.state != RefundState::unknown) return answer;
    std::string reference(wanted.reference);
    if (reference.empty() && wanted.transaction) {
        ONSALE_TRY_ASSIGN(found, reference_of(connection, *wanted.transaction, asked.merchant));
        reference = std::move(found);
    }
    ONSALE_TRY_ASSIGN(payment, find_payment(connection, reference, asked));
    NewRefund kept = wanted;
    kept.reference = reference;
    answer.amount = wanted.amount;
    answer.reason = why_not(payment, wanted);
    if (answer.reason != RefundReason::none) {
        answer.state = RefundState::refused;
        ONSALE_TRY(put(connection, answer, kept, asked));
        return answer;
    }
    ONSALE_TRY(reserve(connection, reference, wanted.amount, asked));
    if (wanted.settle_at) {
        answer.state = RefundState::accepted;
        ONSALE_TRY(put(connection, answer, kept, asked));
        return answer;
    }
    const Accepted now{asked.merchant, answer.refund, reference, wanted.amount, false};
    ONSALE_TRY_ASSIGN(made, pay_back(connection, payment, now, asked.now));
    answer.state = RefundState::completed;
    answer.transaction = made;
    ONSALE_TRY(put(connection, answer, kept, asked));
    ONSALE_TRY(tell(connection, payment, now, made, asked.now));
    return answer;
}

sql::SqlResult<std::size_t> settle_refunds(sql::Connection& connection, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare("SELECT merchant, refund, reference, amount, declined FROM "
                                  "bank_refunds WHERE state = 1 AND settle_at <= ?1 ORDER BY "
                                  "settle_at LIMIT ?2"));
    query.bind(1, row(now)).bind(2, row(kEventsAtOnceMax));
    std::vector<Accepted> due;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) break;
        due.push_back({number(query.integer(0)), std::string(query.text(1)),
                       std::string(query.text(2)), query.integer(3), query.integer(4) != 0});
    }
    for (const auto& one : due) ONSALE_TRY(settle(connection, one, now));
    return due.size();
}

}  // namespace onsale::books
