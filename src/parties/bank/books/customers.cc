#include "bank/books/customers.h"

#include <array>
#include <limits>

#include "bank/books/ledger.h"
#include "base/check.h"

namespace onsale::books {
namespace {

using base::Unexpected;

template <class T>
using Outcome = base::Result<T, Refusal>;

constexpr std::string_view kCustomerColumns =
    "SELECT c.customer, c.name, c.state, c.created_at, "
    "(SELECT balance FROM bank_accounts WHERE kind = 1 AND owner = c.customer), "
    "(SELECT balance FROM bank_accounts WHERE kind = 2 AND owner = c.customer) "
    "FROM bank_customers c ";

Customer read_customer(const sql::Statement& query) {
    Customer customer;
    customer.customer = number(query.integer(0));
    customer.name = query.text(1);
    customer.state = static_cast<CustomerState>(query.integer(2));
    customer.created_at = time_of(query.integer(3));
    customer.available = query.integer(4);
    customer.held = query.integer(5);
    return customer;
}

sql::SqlResult<bool> name_taken(sql::Connection& connection, std::string_view name) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare("SELECT 1 FROM bank_customers WHERE name = ?1 AND state <> 3"));
    query.bind(1, name);
    return query.step();
}

// The customer as changed, for an answer.
Answer<Customer> changed(sql::Connection& connection, std::uint64_t customer) {
    ONSALE_TRY_ASSIGN(found, find_customer(connection, customer));
    ONSALE_CHECK(found.has_value());
    return Outcome<Customer>(*std::move(found));
}

template <class T>
Answer<T> refused(Refusal refusal) {
    return Outcome<T>(Unexpected{refusal});
}

sql::SqlResult<std::optional<Identity>> read_identity(sql::Statement query) {
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<Identity>();
    Identity identity;
    identity.number = number(query.integer(0));
    identity.name = query.text(1);
    identity.password_hash = query.text(2);
    identity.disabled = query.integer(3) != 0;
    identity.not_before = time_of(query.integer(4));
    return std::optional(std::move(identity));
}

std::string describe(const CustomerChange& change) {
    std::string text;
    if (change.name) text += "name " + *change.name + "; ";
    if (change.password_hash) text += "password; ";
    if (change.disabled) text += *change.disabled ? "disabled; " : "enabled; ";
    if (!text.empty()) text.resize(text.size() - 2);
    return text;
}

sql::SqlResult<std::optional<std::string>> operation_of_key(sql::Connection& connection,
                                                            std::string_view key) {
    ONSALE_TRY_ASSIGN(
        query,
        connection.prepare("SELECT what || ' ' || customer || ' ' || detail FROM bank_operations "
                           "WHERE key = ?1"));
    query.bind(1, key);
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<std::string>();
    return std::optional(std::string(query.text(0)));
}

}  // namespace

std::string_view to_string(CustomerState state) {
    switch (state) {
        case CustomerState::open:
            return "open";
        case CustomerState::disabled:
            return "disabled";
        case CustomerState::deleted:
            return "deleted";
    }
    return "open";
}

Answer<Customer> add_customer(sql::Connection& connection, const NewCustomer& customer,
                              const Act& act) {
    ONSALE_TRY_ASSIGN(taken, name_taken(connection, customer.name));
    if (taken) return refused<Customer>(Refusal::name_taken);
    ONSALE_TRY_ASSIGN(insert,
                      connection.prepare("INSERT INTO bank_customers(name, password, created_at) "
                                         "VALUES(?1, ?2, ?3) RETURNING customer"));
    insert.bind(1, customer.name).bind(2, customer.password_hash).bind(3, row(act.at));
    ONSALE_TRY_ASSIGN(inserted, insert.step());
    ONSALE_CHECK(inserted);
    const std::uint64_t made = number(insert.integer(0));
    insert.reset();
    ONSALE_TRY(open_account(connection, AccountKind::available, made));
    ONSALE_TRY(open_account(connection, AccountKind::held, made));
    ONSALE_TRY(record_operation(connection, {"add_customer", made, customer.name, {}}, act));
    return changed(connection, made);
}

Answer<Customer> change_customer(sql::Connection& connection, std::uint64_t customer,
                                 const CustomerChange& change, const Act& act) {
    ONSALE_TRY_ASSIGN(found, find_customer(connection, customer));
    if (!found || found->state == CustomerState::deleted) {
        return refused<Customer>(Refusal::unknown);
    }
    if (change.name && *change.name != found->name) {
        ONSALE_TRY_ASSIGN(taken, name_taken(connection, *change.name));
        if (taken) return refused<Customer>(Refusal::name_taken);
    }
    const CustomerState state =
        change.disabled ? (*change.disabled ? CustomerState::disabled : CustomerState::open)
                        : found->state;
    // Another password or the end of the account's use ends the logins there are.
    const bool ends_logins = change.password_hash || state == CustomerState::disabled;
    ONSALE_TRY_ASSIGN(update,
                      connection.prepare("UPDATE bank_customers SET name = ?2, state = ?3, "
                                         "password = COALESCE(?4, password), "
                                         "not_before = CASE WHEN ?5 IS NULL THEN not_before ELSE "
                                         "MAX(not_before + 1, ?5) END WHERE customer = ?1"));
    update.bind(1, row(customer)).bind(2, change.name.value_or(found->name)).bind(3, row(state));
    bind_optional(update, 4, change.password_hash.value_or(std::string()));
    if (ends_logins) {
        update.bind(5, row(act.at));
    } else {
        update.bind_null(5);
    }
    ONSALE_TRY(update.run());
    ONSALE_TRY(
        record_operation(connection, {"change_customer", customer, describe(change), {}}, act));
    return changed(connection, customer);
}

Answer<Customer> delete_customer(sql::Connection& connection, std::uint64_t customer,
                                 const Act& act) {
    ONSALE_TRY_ASSIGN(found, find_customer(connection, customer));
    if (!found || found->state == CustomerState::deleted) {
        return refused<Customer>(Refusal::unknown);
    }
    if (found->available != 0 || found->held != 0) return refused<Customer>(Refusal::balance_left);
    ONSALE_TRY_ASSIGN(update,
                      connection.prepare("UPDATE bank_customers SET state = 3, password = '', "
                                         "not_before = MAX(not_before + 1, ?2) WHERE customer = "
                                         "?1"));
    update.bind(1, row(customer)).bind(2, row(act.at));
    ONSALE_TRY(update.run());
    ONSALE_TRY(record_operation(connection, {"delete_customer", customer, found->name, {}}, act));
    return changed(connection, customer);
}

Answer<Customer> move_cash(sql::Connection& connection, const Cash& cash, const Act& act) {
    ONSALE_TRY_ASSIGN(found, find_customer(connection, cash.customer));
    if (!found || found->state == CustomerState::deleted) {
        return refused<Customer>(Refusal::unknown);
    }
    const std::string what(to_string(cash.kind));
    const std::string detail = std::to_string(cash.amount) + " " + cash.note;
    ONSALE_TRY_ASSIGN(done, operation_of_key(connection, cash.key));
    if (done) {
        const std::string asked = what + " " + std::to_string(cash.customer) + " " + detail;
        if (*done != asked) return refused<Customer>(Refusal::key_reused);
        return changed(connection, cash.customer);
    }
    const std::int64_t sign = cash.kind == TransactionKind::deposit ? 1 : -1;
    if (found->available + sign * cash.amount < 0) return refused<Customer>(Refusal::insufficient);
    const std::array parts{Part{AccountKind::cash, 0, -sign * cash.amount},
                           Part{AccountKind::available, cash.customer, sign * cash.amount}};
    NewTransaction transaction{.kind = cash.kind, .at = act.at, .amount = cash.amount};
    transaction.customer = cash.customer;
    transaction.teller = act.teller;
    transaction.note = cash.note;
    ONSALE_TRY(post(connection, transaction, parts));
    ONSALE_TRY(record_operation(connection, {what, cash.customer, detail, cash.key}, act));
    return changed(connection, cash.customer);
}

sql::SqlResult<std::optional<Customer>> find_customer(sql::Connection& connection,
                                                      std::uint64_t customer) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare(std::string(kCustomerColumns) + "WHERE c.customer = ?1"));
    query.bind(1, row(customer));
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<Customer>();
    return std::optional(read_customer(query));
}

sql::SqlResult<std::vector<Customer>> list_customers(sql::Connection& connection,
                                                     std::string_view name, std::uint64_t after,
                                                     std::size_t max) {
    // A beginning is a range of names; by number, since pages go on by number.
    ONSALE_TRY_ASSIGN(query, connection.prepare(std::string(kCustomerColumns) +
                                                "WHERE c.customer > ?1 AND (?2 = '' OR "
                                                "substr(c.name, 1, length(?2)) = ?2) "
                                                "ORDER BY c.customer LIMIT ?3"));
    query.bind(1, row(after)).bind(2, name).bind(3, row(max));
    std::vector<Customer> customers;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return customers;
        customers.push_back(read_customer(query));
    }
}

sql::SqlResult<std::optional<Identity>> customer_by_name(sql::Connection& connection,
                                                         std::string_view name) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare("SELECT customer, name, password, state <> 1, not_before FROM "
                                  "bank_customers WHERE name = ?1 AND state <> 3"));
    query.bind(1, name);
    return read_identity(std::move(query));
}

sql::SqlResult<std::optional<Identity>> customer_by_number(sql::Connection& connection,
                                                           std::uint64_t customer) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare("SELECT customer, name, password, state <> 1, not_before FROM "
                                  "bank_customers WHERE customer = ?1"));
    query.bind(1, row(customer));
    return read_identity(std::move(query));
}

sql::SqlResult<std::optional<Identity>> teller_by_name(sql::Connection& connection,
                                                       std::string_view name) {
    ONSALE_TRY_ASSIGN(query, connection.prepare("SELECT teller, name, password, 0, not_before FROM "
                                                "bank_tellers WHERE name = ?1"));
    query.bind(1, name);
    return read_identity(std::move(query));
}

sql::SqlResult<std::optional<Identity>> teller_by_number(sql::Connection& connection,
                                                         std::uint64_t teller) {
    ONSALE_TRY_ASSIGN(query, connection.prepare("SELECT teller, name, password, 0, not_before FROM "
                                                "bank_tellers WHERE teller = ?1"));
    query.bind(1, row(teller));
    return read_identity(std::move(query));
}

sql::SqlResult<void> put_teller(sql::Connection& connection, std::string_view name,
                                std::string_view password_hash, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        put, connection.prepare("INSERT INTO bank_tellers(name, password) VALUES(?1, ?2) ON "
                                "CONFLICT(name) DO UPDATE SET password = ?2, not_before = "
                                "MAX(not_before + 1, ?3)"));
    put.bind(1, name).bind(2, password_hash).bind(3, row(now));
    ONSALE_TRY(put.run());
    return record_operation(connection, {"put_teller", std::nullopt, name, {}}, {0, now});
}

sql::SqlResult<void> record_operation(sql::Connection& connection, const NewOperation& operation,
                                      const Act& act) {
    ONSALE_TRY_ASSIGN(insert, connection.prepare(
                                  "INSERT INTO bank_operations(at, teller, what, customer, detail, "
                                  "key) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, row(act.at)).bind(2, row(act.teller)).bind(3, operation.what);
    bind_optional(insert, 4, operation.customer);
    insert.bind(5, operation.detail);
    bind_optional(insert, 6, operation.key);
    return insert.run();
}

sql::SqlResult<std::vector<Operation>> list_operations(sql::Connection& connection,
                                                       std::uint64_t before, std::size_t max) {
    ONSALE_TRY_ASSIGN(
        query, connection.prepare(
                   "SELECT o.number, o.at, o.teller, COALESCE(t.name, ''), o.what, o.customer, "
                   "o.detail FROM bank_operations o LEFT JOIN bank_tellers t ON t.teller = "
                   "o.teller WHERE o.number < ?1 ORDER BY o.number DESC LIMIT ?2"));
    query.bind(1, before == 0 ? std::numeric_limits<std::int64_t>::max() : row(before));
    query.bind(2, row(max));
    std::vector<Operation> operations;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return operations;
        operations.push_back({number(query.integer(0)), time_of(query.integer(1)),
                              number(query.integer(2)), std::string(query.text(3)),
                              std::string(query.text(4)), optional_number(query, 5),
                              std::string(query.text(6))});
    }
}

}  // namespace onsale::books
