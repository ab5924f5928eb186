#include "accounts/internal/login_table.h"

#include "accounts/limits.h"
#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::time_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::string_view kColumns =
    "SELECT login, person, audience, seed, generation, origin, created_at_ms, used_at_ms, "
    "expires_at_ms, access_until_ms, revoked_at_ms IS NOT NULL FROM accounts_logins ";

LoginRow row_of(const sql::Statement& statement) {
    LoginRow row;
    row.login = records::id_from_row<LoginId>(statement.integer(0));
    row.person = records::id_from_row<domain::PersonId>(statement.integer(1));
    row.audience = statement.integer(2) == 0 ? Audience::person : Audience::staff;
    row.seed = statement.blob(3);
    row.generation = records::number_from_row(statement.integer(4));
    row.origin = statement.blob(5);
    row.created_at = time_from_row(statement.integer(6));
    row.used_at = time_from_row(statement.integer(7));
    row.expires_at = time_from_row(statement.integer(8));
    row.access_until = time_from_row(statement.integer(9));
    row.revoked = statement.integer(10) != 0;
    return row;
}

}  // namespace

SqlResult<void> LoginTable::insert(sql::Connection& connection, const LoginRow& row) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("INSERT INTO accounts_logins VALUES (?, ?, ?, ?, ?, ?, ?, "
                                         "?, ?, ?, NULL)"));
    statement.bind(1, to_row(row.login)).bind(2, to_row(row.person));
    statement.bind(3, row.audience == Audience::person ? 0 : 1).bind_blob(4, row.seed);
    statement.bind(5, to_row(row.generation)).bind_blob(6, row.origin);
    statement.bind(7, to_row(row.created_at)).bind(8, to_row(row.used_at));
    statement.bind(9, to_row(row.expires_at)).bind(10, to_row(row.access_until));
    return statement.run();
}

SqlResult<std::optional<LoginRow>> LoginTable::find(sql::Connection& connection, LoginId login) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare(std::string(kColumns) + "WHERE login = ?"));
    ONSALE_TRY_ASSIGN(there, statement.bind(1, to_row(login)).step());
    if (!there) return std::optional<LoginRow>{};
    return std::optional(row_of(statement));
}

SqlResult<std::vector<LoginRow>> LoginTable::list(sql::Connection& connection,
                                                  domain::PersonId person, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare(std::string(kColumns) +
                                         "WHERE person = ? AND revoked_at_ms IS NULL AND "
                                         "expires_at_ms > ? ORDER BY used_at_ms DESC, login"));
    statement.bind(1, to_row(person)).bind(2, to_row(now));
    std::vector<LoginRow> rows;
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return rows;
        rows.push_back(row_of(statement));
    }
}

SqlResult<void> LoginTable::rotate(sql::Connection& connection, const LoginRow& row) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("UPDATE accounts_logins SET generation = ?, used_at_ms = "
                                         "?, expires_at_ms = ?, access_until_ms = ? WHERE login = "
                                         "?"));
    statement.bind(1, to_row(row.generation)).bind(2, to_row(row.used_at));
    statement.bind(3, to_row(row.expires_at)).bind(4, to_row(row.access_until));
    return statement.bind(5, to_row(row.login)).run();
}

SqlResult<void> LoginTable::revoke(sql::Connection& connection, LoginId login,
                                   base::Timestamp now) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("UPDATE accounts_logins SET revoked_at_ms = ?, "
                                         "expires_at_ms = access_until_ms WHERE login = ? AND "
                                         "revoked_at_ms IS NULL"));
    return statement.bind(1, to_row(now)).bind(2, to_row(login)).run();
}

SqlResult<void> LoginTable::remove_of(sql::Connection& connection, domain::PersonId person) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("DELETE FROM accounts_logins WHERE person = ?"));
    return statement.bind(1, to_row(person)).run();
}

SqlResult<std::vector<EndedLogin>> LoginTable::ended(sql::Connection& connection,
                                                     base::Timestamp now) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("SELECT login, access_until_ms FROM accounts_logins WHERE "
                                         "expires_at_ms > ? AND revoked_at_ms IS NOT NULL"));
    statement.bind(1, to_row(now));
    std::vector<EndedLogin> logins;
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return logins;
        logins.push_back({records::id_from_row<LoginId>(statement.integer(0)),
                          time_from_row(statement.integer(1))});
    }
}

SqlResult<void> LoginTable::prune(sql::Connection& connection, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("DELETE FROM accounts_logins WHERE login IN (SELECT login "
                                         "FROM accounts_logins WHERE expires_at_ms <= ? LIMIT ?)"));
    statement.bind(1, to_row(now)).bind(2, static_cast<std::int64_t>(kPrunedAtOnce));
    return statement.run();
}

}  // namespace onsale::accounts
