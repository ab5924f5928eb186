// From rows with names in clear to sealed ones.
#include "accounts/internal/person_table.h"
#include "records/rows.h"

namespace onsale::accounts {
namespace {

using sql::SqlResult;

struct ClearRow {
    std::int64_t number = 0;
    NewPerson person;
    base::Timestamp created_at;
};

SqlResult<std::vector<ClearRow>> rows_in_clear(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("SELECT person, username, password_hash, created_at_ms "
                                         "FROM accounts_people_in_clear ORDER BY person"));
    std::vector<ClearRow> rows;
    while (true) {
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return rows;
        ClearRow row;
        row.number = statement.integer(0);
        row.person.data.username = statement.text(1);
        row.person.data.nickname = row.person.data.username;
        row.person.password_hash = statement.text(2);
        row.created_at = records::time_from_row(statement.integer(3));
        rows.push_back(std::move(row));
    }
}

SqlResult<void> run_pragma(sql::Connection& connection, std::string_view pragma) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare(pragma));
    ONSALE_TRY(statement.step());
    return {};
}

}  // namespace

namespace {

SqlResult<bool> has_names_in_clear(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                                         "name = 'accounts_people_in_clear'"));
    return statement.step();
}

SqlResult<void> move_rows(sql::Connection& connection, PersonTable& table,
                          const std::vector<ClearRow>& rows) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    for (const ClearRow& row : rows) {
        const domain::PersonId number = records::id_from_row<domain::PersonId>(row.number);
        ONSALE_TRY(table.adopt(connection, number, row.person, row.created_at));
    }
    ONSALE_TRY(connection.execute("DROP TABLE accounts_people_in_clear"));
    return transaction.commit();
}

}  // namespace

SqlResult<std::uint64_t> seal_names(sql::Connection& connection, PersonTable& table) {
    ONSALE_TRY_ASSIGN(needed, has_names_in_clear(connection));
    if (!needed) return std::uint64_t{0};
    ONSALE_TRY_ASSIGN(rows, rows_in_clear(connection));
    if (!rows.empty()) {
        const std::uint64_t last = records::number_from_row(rows.back().number);
        ONSALE_TRY_ASSIGN(made, table.keys().last());
        if (made.value() < last) {
            ONSALE_TRY(table.keys().create(domain::PersonId(made.value() + 1),
                                           static_cast<std::size_t>(last - made.value())));
        }
    }
    // Overwrites the pages that the names stood on, and then cuts the log that still holds them.
    ONSALE_TRY(run_pragma(connection, "PRAGMA secure_delete=ON"));
    ONSALE_TRY(move_rows(connection, table, rows));
    ONSALE_TRY(run_pragma(connection, "PRAGMA wal_checkpoint(TRUNCATE)"));
    ONSALE_TRY(run_pragma(connection, "PRAGMA secure_delete=OFF"));
    return rows.size();
}

}  // namespace onsale::accounts
