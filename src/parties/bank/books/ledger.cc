#include "bank/books/ledger.h"

#include "base/check.h"

namespace onsale::books {
namespace {

sql::SqlResult<void> add_part(sql::Connection& connection, std::uint64_t number, const Part& part) {
    ONSALE_TRY_ASSIGN(change,
                      connection.prepare("UPDATE bank_accounts SET balance = balance + ?3 "
                                         "WHERE kind = ?1 AND owner = ?2 RETURNING balance"));
    change.bind(1, row(part.kind)).bind(2, row(part.owner)).bind(3, part.amount);
    ONSALE_TRY_ASSIGN(found, change.step());
    ONSALE_CHECK(found);  // accounts are opened with their owners
    const std::int64_t balance = change.integer(0);
    change.reset();
    ONSALE_TRY_ASSIGN(entry, connection.prepare("INSERT INTO bank_entries(kind, owner, number, "
                                                "amount, balance) VALUES(?1, ?2, ?3, ?4, ?5)"));
    entry.bind(1, row(part.kind)).bind(2, row(part.owner)).bind(3, row(number));
    entry.bind(4, part.amount).bind(5, balance);
    return entry.run();
}

}  // namespace

void bind_optional(sql::Statement& statement, int place,
                   const std::optional<std::uint64_t>& value) {
    if (value) {
        statement.bind(place, row(*value));
    } else {
        statement.bind_null(place);
    }
}

void bind_optional(sql::Statement& statement, int place, std::string_view text) {
    if (text.empty()) {
        statement.bind_null(place);
    } else {
        statement.bind(place, text);
    }
}

std::optional<std::uint64_t> optional_number(const sql::Statement& statement, int column) {
    if (statement.is_null(column)) return std::nullopt;
    return number(statement.integer(column));
}

std::optional<std::string> optional_text(const sql::Statement& statement, int column) {
    if (statement.is_null(column)) return std::nullopt;
    return std::string(statement.text(column));
}

sql::SqlResult<std::uint64_t> post(sql::Connection& connection, const NewTransaction& transaction,
                                   std::span<const Part> parts) {
    std::int64_t sum = 0;
    for (const Part& part : parts) sum += part.amount;
    ONSALE_CHECK(sum == 0 && transaction.amount > 0);
    ONSALE_TRY_ASSIGN(
        insert, connection.prepare(
                    "INSERT INTO bank_transactions(kind, at, amount, customer, merchant, "
                    "order_text, reference, teller, note) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                    "?9) RETURNING number"));
    insert.bind(1, row(transaction.kind)).bind(2, row(transaction.at)).bind(3, transaction.amount);
    bind_optional(insert, 4, transaction.customer);
    bind_optional(insert, 5, transaction.merchant);
    bind_optional(insert, 6, transaction.order);
    bind_optional(insert, 7, transaction.reference);
    bind_optional(insert, 8, transaction.teller);
    insert.bind(9, transaction.note);
    ONSALE_TRY_ASSIGN(inserted, insert.step());
    ONSALE_CHECK(inserted);
    const std::uint64_t made = number(insert.integer(0));
    insert.reset();
    for (const Part& part : parts) ONSALE_TRY(add_part(connection, made, part));
    return made;
}

sql::SqlResult<void> open_account(sql::Connection& connection, AccountKind kind,
                                  std::uint64_t owner) {
    ONSALE_TRY_ASSIGN(
        insert,
        connection.prepare("INSERT OR IGNORE INTO bank_accounts(kind, owner) VALUES(?1, ?2)"));
    insert.bind(1, row(kind)).bind(2, row(owner));
    return insert.run();
}

sql::SqlResult<std::int64_t> balance_of(sql::Connection& connection, AccountKind kind,
                                        std::uint64_t owner) {
    ONSALE_TRY_ASSIGN(
        query,
        connection.prepare("SELECT balance FROM bank_accounts WHERE kind = ?1 AND owner = ?2"));
    query.bind(1, row(kind)).bind(2, row(owner));
    ONSALE_TRY_ASSIGN(found, query.step());
    return found ? query.integer(0) : 0;
}

sql::SqlResult<std::uint64_t> put_merchant(sql::Connection& connection, std::string_view name,
                                           std::string_view site) {
    ONSALE_TRY_ASSIGN(
        put, connection.prepare("INSERT INTO bank_merchants(name, site) VALUES(?1, ?2) ON "
                                "CONFLICT(name) DO UPDATE SET site = ?2 RETURNING merchant"));
    put.bind(1, name).bind(2, site);
    ONSALE_TRY_ASSIGN(done, put.step());
    ONSALE_CHECK(done);
    const std::uint64_t merchant = number(put.integer(0));
    put.reset();
    ONSALE_TRY(open_account(connection, AccountKind::merchant, merchant));
    return merchant;
}

sql::SqlResult<std::string> setting(sql::Connection& connection, std::string_view name) {
    ONSALE_TRY_ASSIGN(query, connection.prepare("SELECT value FROM bank_settings WHERE name = ?1"));
    query.bind(1, name);
    ONSALE_TRY_ASSIGN(found, query.step());
    return found ? std::string(query.text(0)) : std::string();
}

sql::SqlResult<void> set_setting(sql::Connection& connection, std::string_view name,
                                 std::string_view value) {
    ONSALE_TRY_ASSIGN(put,
                      connection.prepare("INSERT INTO bank_settings(name, value) VALUES(?1, ?2) ON "
                                         "CONFLICT(name) DO UPDATE SET value = ?2"));
    put.bind(1, name).bind(2, value);
    return put.run();
}

}  // namespace onsale::books
