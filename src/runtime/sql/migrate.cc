#include <string>

#include "base/check.h"
#include "sql/database.h"

namespace onsale::sql {
namespace {

using base::Unexpected;

// The highest version that the file holds; 0 when it holds none.
SqlResult<std::int64_t> current_version(Connection& connection, const std::string& table) {
    ONSALE_TRY_ASSIGN(
        known, connection.prepare("SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?1"));
    ONSALE_TRY_ASSIGN(there, known.bind(1, table).step());
    if (!there) return std::int64_t{0};
    known.reset();
    ONSALE_TRY_ASSIGN(newest, connection.prepare("SELECT coalesce(max(version), 0) FROM " + table));
    ONSALE_TRY_ASSIGN(row, newest.step());
    ONSALE_CHECK(row);
    return newest.integer(0);
}

SqlResult<void> apply(Connection& connection, const std::string& table,
                      const Migration& migration) {
    ONSALE_TRY_ASSIGN(transaction, Transaction::begin(connection));
    // Another process may have been faster while this one waited for the write lock.
    ONSALE_TRY_ASSIGN(now, current_version(connection, table));
    if (now >= migration.version) return {};
    ONSALE_TRY(connection.execute("CREATE TABLE IF NOT EXISTS " + table +
                                  "(version INTEGER PRIMARY KEY) STRICT"));
    ONSALE_TRY(connection.execute(migration.sql));
    ONSALE_TRY_ASSIGN(record, connection.prepare("INSERT INTO " + table + " VALUES(?1)"));
    ONSALE_TRY(record.bind(1, migration.version).run());
    return transaction.commit();
}

}  // namespace

SqlResult<void> migrate(Connection& connection, std::string_view component,
                        std::span<const Migration> migrations) {
    ONSALE_CHECK(!component.empty() && component.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") ==
                                           std::string_view::npos);
    std::int64_t latest = 0;
    for (const Migration& migration : migrations) {
        ONSALE_CHECK(migration.version > latest);
        latest = migration.version;
    }
    const std::string table = std::string(component) + "_schema_versions";
    ONSALE_TRY_ASSIGN(current, current_version(connection, table));
    if (current > latest) {
        return Unexpected{
            SqlError{ErrorCode::misuse, std::string(component) + ": the file has schema version " +
                                            std::to_string(current) + ", this program knows " +
                                            std::to_string(latest)}};
    }
    for (const Migration& migration : migrations) {
        if (migration.version > current) ONSALE_TRY(apply(connection, table, migration));
    }
    return {};
}

}  // namespace onsale::sql
