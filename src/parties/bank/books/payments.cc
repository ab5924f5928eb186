#include "bank/books/payments.h"

#include <array>

#include "bank/books/authorisations.h"
#include "bank/books/callbacks.h"
#include "bank/books/ledger.h"
#include "base/check.h"

namespace onsale::books {
namespace {

using base::Unexpected;

constexpr std::string_view kColumns =
    "SELECT reference, state, reason, amount, order_text, customer, transaction_number, refunded "
    "FROM bank_payments WHERE merchant = ?1 AND reference = ?2";

// Writes the payment as it is now, whether it was there or not.
sql::SqlResult<void> put(sql::Connection& connection, const Payment& payment, const Asked& asked) {
    ONSALE_TRY_ASSIGN(
        put, connection.prepare("INSERT INTO bank_payments(merchant, reference, state, reason, "
                                "amount, order_text, customer, transaction_number, changed_at) "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE "
                                "SET state = ?3, reason = ?4, amount = ?5, order_text = ?6, "
                                "customer = ?7, transaction_number = ?8, changed_at = ?9"));
    put.bind(1, row(asked.merchant)).bind(2, payment.reference).bind(3, row(payment.state));
    put.bind(4, row(payment.reason)).bind(5, payment.amount).bind(6, payment.order);
    bind_optional(put, 7, payment.customer);
    bind_optional(put, 8, payment.transaction);
    put.bind(9, row(asked.now));
    return put.run();
}

sql::SqlResult<void> tell(sql::Connection& connection, const Payment& payment, const Asked& asked) {
    NewEvent event;
    event.merchant = asked.merchant;
    event.kind = "payment";
    event.reference = payment.reference;
    event.status = to_string(payment.state);
    event.transaction = payment.transaction;
    event.order = payment.order;
    event.amount = payment.amount;
    event.at = asked.now;
    return add_event(connection, event);
}

// Why the authorisation does not carry the deduction; none: it does.
Reason why_not(const Deduction& deduction, const std::optional<Authorisation>& found,
               const Asked& asked) {
    if (!found || found->merchant != asked.merchant) return Reason::authorisation_unknown;
    if (found->order != deduction.order) return Reason::other_order;
    switch (found->state) {
        case AuthorisationState::used:
            return Reason::authorisation_used;
        case AuthorisationState::expired:
        case AuthorisationState::revoked:
            return Reason::authorisation_expired;
        case AuthorisationState::closed:
            return Reason::closed;
        case AuthorisationState::open:
            break;
    }
    if (found->expires_at <= asked.now) return Reason::authorisation_expired;
    if (!deduction.own_currency) return Reason::over_authorised;  // nothing of it is
    if (deduction.amount > found->amount) return Reason::over_authorised;
    return deduction.refuse ? Reason::insufficient : Reason::none;
}

// A deduction that names the authorisation rightly is its end, also when it fails: the merchant's
// payment is over, and nobody would ask to close it. What is found expired is released here,
// whether or not a timer was about to.
sql::SqlResult<void> release_failed(sql::Connection& connection, Reason reason,
                                    const Authorisation& found, base::Timestamp now) {
    if (found.state != AuthorisationState::open) return {};
    if (reason == Reason::authorisation_expired)
        return release(connection, found, AuthorisationState::expired, now);
    if (reason == Reason::over_authorised || reason == Reason::insufficient)
        return release(connection, found, AuthorisationState::closed, now);
    return {};
}

sql::SqlResult<std::uint64_t> capture(sql::Connection& connection, const Authorisation& source,
                                      const Deduction& deduction, const Asked& asked) {
    ONSALE_TRY_ASSIGN(update, connection.prepare("UPDATE bank_authorisations SET state = 2, "
                                                 "reference = ?2 WHERE number = ?1 AND state = 1"));
    update.bind(1, row(source.number)).bind(2, deduction.reference);
    ONSALE_TRY(update.run());
    ONSALE_CHECK(connection.changes() == 1);
    const std::array parts{
        Part{AccountKind::held, source.customer, -source.amount},
        Part{AccountKind::available, source.customer, source.amount - deduction.amount},
        Part{AccountKind::merchant, asked.merchant, deduction.amount}};
    NewTransaction transaction{.kind = TransactionKind::deduction, .at = asked.now};
    transaction.amount = deduction.amount;
    transaction.customer = source.customer;
    transaction.merchant = asked.merchant;
    transaction.order = deduction.order;
    transaction.reference = deduction.reference;
    return post(connection, transaction, parts);
}

Answer<Payment> refused(Refusal refusal) {
    return base::Result<Payment, Refusal>(Unexpected{refusal});
}

Answer<Payment> answered(Payment payment) {
    return base::Result<Payment, Refusal>(std::move(payment));
}

bool same_bill(const Payment& payment, const Bill& bill) {
    return payment.amount == bill.amount && payment.order == bill.order;
}

}  // namespace

sql::SqlResult<Payment> find_payment(sql::Connection& connection, std::string_view reference,
                                     const Asked& asked) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(kColumns));
    query.bind(1, row(asked.merchant)).bind(2, reference);
    ONSALE_TRY_ASSIGN(found, query.step());
    Payment payment;
    payment.reference = reference;
    if (!found) return payment;
    payment.state = static_cast<PaymentState>(query.integer(1));
    payment.reason = static_cast<Reason>(query.integer(2));
    payment.amount = query.integer(3);
    payment.order = query.text(4);
    payment.customer = optional_number(query, 5);
    payment.transaction = optional_number(query, 6);
    payment.refunded = query.integer(7);
    return payment;
}

sql::SqlResult<Payment> deduct(sql::Connection& connection, const Deduction& deduction,
                               const Asked& asked) {
    ONSALE_TRY_ASSIGN(payment, find_payment(connection, deduction.reference, asked));
    if (payment.state == PaymentState::closed) {
        payment.state = PaymentState::failed;
        payment.reason = Reason::closed;
        return payment;
    }
    if (payment.state == PaymentState::captured || payment.state == PaymentState::failed) {
        return payment;
    }
    std::optional<Authorisation> source;
    if (deduction.authorisation) {
        ONSALE_TRY_ASSIGN(found, find_authorisation(connection, *deduction.authorisation));
        source = std::move(found);
    }
    const Reason reason = why_not(deduction, source, asked);
    payment.amount = deduction.amount;
    payment.order = deduction.order;
    payment.reason = reason;
    payment.state = reason == Reason::none ? PaymentState::captured : PaymentState::failed;
    if (source) ONSALE_TRY(release_failed(connection, reason, *source, asked.now));
    if (reason == Reason::none) {
        ONSALE_TRY_ASSIGN(made, capture(connection, *source, deduction, asked));
        payment.transaction = made;
        payment.customer = source->customer;
    }
    ONSALE_TRY(put(connection, payment, asked));
    return payment;
}

sql::SqlResult<Payment> close_payment(sql::Connection& connection, std::string_view reference,
                                      std::optional<std::uint64_t> authorisation,
                                      const Asked& asked) {
    ONSALE_TRY_ASSIGN(payment, find_payment(connection, reference, asked));
    if (payment.state == PaymentState::captured) return payment;
    if (authorisation) {
        ONSALE_TRY_ASSIGN(found, find_authorisation(connection, *authorisation));
        if (found && found->merchant == asked.merchant &&
            found->state == AuthorisationState::open) {
            ONSALE_TRY(release(connection, *found, AuthorisationState::closed, asked.now));
        }
    }
    // A failed one stays as it is, so that repeats of the deduction get their first answer.
    if (payment.state == PaymentState::unknown || payment.state == PaymentState::open) {
        payment.state = PaymentState::closed;
        ONSALE_TRY(put(connection, payment, asked));
    }
    payment.state = PaymentState::closed;
    return payment;
}

Answer<Payment> open_bill(sql::Connection& connection, const Bill& bill, const Asked& asked) {
    ONSALE_TRY_ASSIGN(payment, find_payment(connection, bill.reference, asked));
    if (payment.state == PaymentState::unknown) {
        payment.state = PaymentState::open;
        payment.amount = bill.amount;
        payment.order = bill.order;
        ONSALE_TRY(put(connection, payment, asked));
    }
    if (payment.state == PaymentState::open && !same_bill(payment, bill)) {
        return refused(Refusal::not_open);
    }
    return answered(std::move(payment));
}

Answer<Payment> pay_bill(sql::Connection& connection, const Bill& bill, std::uint64_t customer,
                         const Asked& asked) {
    ONSALE_TRY_ASSIGN(opened, open_bill(connection, bill, asked));
    if (!opened) return opened;
    Payment& payment = *opened;
    if (payment.state == PaymentState::captured && payment.customer == customer) return opened;
    if (payment.state != PaymentState::open) return refused(Refusal::not_open);
    if (bill.expires_at <= asked.now) return refused(Refusal::expired);
    ONSALE_TRY_ASSIGN(allowed, may_act(connection, customer));
    if (!allowed) return refused(Refusal::disabled);
    ONSALE_TRY_ASSIGN(available, balance_of(connection, AccountKind::available, customer));
    if (available < bill.amount) return refused(Refusal::insufficient);
    const std::array parts{Part{AccountKind::available, customer, -bill.amount},
                           Part{AccountKind::merchant, asked.merchant, bill.amount}};
    NewTransaction transaction{.kind = TransactionKind::bill, .at = asked.now};
    transaction.amount = bill.amount;
    transaction.customer = customer;
    transaction.merchant = asked.merchant;
    transaction.order = bill.order;
    transaction.reference = bill.reference;
    transaction.note = bill.title;
    ONSALE_TRY_ASSIGN(made, post(connection, transaction, parts));
    payment.state = PaymentState::captured;
    payment.transaction = made;
    payment.customer = customer;
    ONSALE_TRY(put(connection, payment, asked));
    ONSALE_TRY(tell(connection, payment, asked));
    return opened;
}

Answer<Payment> abandon_bill(sql::Connection& connection, const Bill& bill, const Asked& asked) {
    ONSALE_TRY_ASSIGN(opened, open_bill(connection, bill, asked));
    if (!opened) return opened;
    Payment& payment = *opened;
    if (payment.state == PaymentState::failed) return opened;
    if (payment.state != PaymentState::open) return refused(Refusal::not_open);
    payment.state = PaymentState::failed;
    payment.reason = Reason::abandoned;
    ONSALE_TRY(put(connection, payment, asked));
    ONSALE_TRY(tell(connection, payment, asked));
    return opened;
}

}  // namespace onsale::books
