#include "bank/views.h"

#include "bank/books/schema.h"

namespace onsale::bank {

CustomerBody view(const books::Customer& customer) {
    CustomerBody body;
    body.customer = customer.customer;
    body.name = customer.name;
    body.available = customer.available;
    body.held = customer.held;
    body.currency = books::kCurrency;
    body.state = books::to_string(customer.state);
    body.created_at = base::to_rfc3339(customer.created_at);
    return body;
}

StatementLineBody view(const books::StatementLine& line) {
    StatementLineBody body;
    body.transaction = books::spell('T', line.transaction);
    body.kind = books::to_string(line.kind);
    body.at = base::to_rfc3339(line.at);
    body.amount = line.amount;
    body.balance = line.balance;
    body.held = line.held;
    body.merchant = line.merchant;
    body.order = line.order;
    body.reference = line.reference;
    body.note = line.note;
    return body;
}

AuthorisationBody view(const books::Authorisation& authorisation, base::Timestamp now) {
    using enum books::AuthorisationState;
    const bool over = authorisation.state == open && authorisation.expires_at <= now;
    AuthorisationBody body;
    body.authorisation = books::spell('A', authorisation.number);
    body.merchant = authorisation.merchant_name;
    body.order = authorisation.order;
    body.amount = authorisation.amount;
    body.currency = books::kCurrency;
    body.state = books::to_string(over ? expired : authorisation.state);
    body.created_at = base::to_rfc3339(authorisation.created_at);
    body.expires_at = base::to_rfc3339(authorisation.expires_at);
    return body;
}

ConsentBody view(const books::Consent& consent, base::Timestamp now) {
    ConsentBody body;
    body.consent = consent.number;
    body.merchant = consent.merchant_name;
    body.state = consent.revoked ? "revoked" : consent.expires_at <= now ? "expired" : "open";
    body.created_at = base::to_rfc3339(consent.created_at);
    body.expires_at = base::to_rfc3339(consent.expires_at);
    return body;
}

TransactionBody view(const books::TransactionRow& row) {
    TransactionBody body;
    body.transaction = books::spell('T', row.number);
    body.kind = books::to_string(row.kind);
    body.at = base::to_rfc3339(row.at);
    body.amount = row.amount;
    body.currency = books::kCurrency;
    body.customer = row.customer;
    body.merchant = row.merchant;
    body.order = row.order;
    body.reference = row.reference;
    body.teller = row.teller;
    body.note = row.note;
    return body;
}

CallbackBody view(const books::Event& event) {
    CallbackBody body;
    body.event = books::spell('E', event.number);
    body.merchant = event.merchant_name;
    body.kind = event.kind;
    body.reference = event.reference;
    body.refund = event.refund;
    body.status = event.status;
    body.state = books::to_string(event.state);
    body.tries = event.tries;
    body.created_at = base::to_rfc3339(event.at);
    body.next_at = base::to_rfc3339(event.next_at);
    return body;
}

OperationBody view(const books::Operation& operation) {
    OperationBody body;
    body.operation = operation.number;
    body.at = base::to_rfc3339(operation.at);
    body.teller = operation.teller;
    body.teller_name = operation.teller_name;
    body.what = operation.what;
    body.customer = operation.customer;
    body.detail = operation.detail;
    return body;
}

BooksBody view(const books::Books& books) {
    BooksBody body;
    body.currency = books::kCurrency;
    body.customers = books.customers;
    body.transactions = books.transactions;
    body.available = books.available;
    body.held = books.held;
    body.merchants = books.merchants;
    body.suspense = books.suspense;
    body.cash = books.cash;
    body.captured = books.captured;
    body.refunded = books.refunded;
    body.sum = books.sum;
    body.broken = books.broken;
    return body;
}

}  // namespace onsale::bank
