#include "accounts/internal/code_table.h"

#include <limits>
#include <span>

#include "accounts/limits.h"
#include "crypto/crypto.h"
#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::to_row;
using sql::SqlResult;

std::int64_t row_of(CodePurpose purpose) {
    return static_cast<std::int64_t>(purpose);
}

// Wrong codes for the target within the window that runs.
SqlResult<std::int64_t> failures(sql::Connection& connection, const NameHash& target,
                                 base::Timestamp now) {
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("SELECT wrong FROM accounts_code_failures WHERE target = "
                                         "? AND until_ms > ?"));
    ONSALE_TRY_ASSIGN(there, statement.bind_blob(1, bytes_of(target)).bind(2, to_row(now)).step());
    return there ? statement.integer(0) : std::int64_t{0};
}

// The window begins with the first wrong code after the last one has ended.
SqlResult<void> add_failure(sql::Connection& connection, const NameHash& target,
                            base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        statement,
        connection.prepare(
            "INSERT INTO accounts_code_failures VALUES (?1, ?2, 1) ON CONFLICT (target) DO UPDATE "
            "SET wrong = CASE WHEN until_ms > ?3 THEN wrong + 1 ELSE 1 END, until_ms = CASE WHEN "
            "until_ms > ?3 THEN until_ms ELSE ?2 END"));
    statement.bind_blob(1, bytes_of(target)).bind(2, to_row(now + kCodeFailuresWindow));
    return statement.bind(3, to_row(now)).run();
}

}  // namespace

SqlResult<std::optional<base::Timestamp>> CodeTable::sent_at(sql::Connection& connection,
                                                             const NameHash& target) {
    ONSALE_TRY_ASSIGN(
        statement,
        connection.prepare("SELECT max(sent_at_ms) FROM accounts_codes WHERE target = ?"));
    ONSALE_TRY_ASSIGN(there, statement.bind_blob(1, bytes_of(target)).step());
    if (!there || statement.is_null(0)) return std::optional<base::Timestamp>{};
    return std::optional(records::time_from_row(statement.integer(0)));
}

SqlResult<std::int64_t> CodeTable::count(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare("SELECT count(*) FROM accounts_codes"));
    ONSALE_TRY_ASSIGN(there, statement.step());
    return there ? statement.integer(0) : 0;
}

SqlResult<void> CodeTable::put(sql::Connection& connection, const CodeKey& key,
                               std::string_view code, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        statement,
        connection.prepare("INSERT OR REPLACE INTO accounts_codes VALUES (?, ?, ?, ?, ?, 0)"));
    const NameHash hash = names_.code_hash(key.target, key.purpose, code);
    statement.bind_blob(1, bytes_of(key.target)).bind(2, row_of(key.purpose));
    statement.bind_blob(3, bytes_of(hash)).bind(4, to_row(now));
    return statement.bind(5, to_row(now + kCodeLifetime)).run();
}

SqlResult<CodeCheck> CodeTable::check(sql::Connection& connection, const CodeKey& key,
                                      std::string_view code, base::Timestamp now,
                                      CodeCaller caller) {
    ONSALE_TRY_ASSIGN(failed, failures(connection, key.target, now));
    if (failed >= kCodeFailuresMax && caller == CodeCaller::stranger) return CodeCheck::held_back;
    {
        ONSALE_TRY_ASSIGN(statement,
                          connection.prepare("SELECT code FROM accounts_codes WHERE target = ? AND "
                                             "purpose = ? AND expires_at_ms > ? AND tries < ?"));
        statement.bind_blob(1, bytes_of(key.target)).bind(2, row_of(key.purpose));
        statement.bind(3, to_row(now)).bind(4, kCodeTriesMax);
        ONSALE_TRY_ASSIGN(there, statement.step());
        if (!there) return CodeCheck::none_sent;
        const NameHash given = names_.code_hash(key.target, key.purpose, code);
        const std::string_view kept = statement.blob(0);
        if (crypto::equal(std::as_bytes(std::span(kept)), given)) return CodeCheck::right;
    }
    ONSALE_TRY_ASSIGN(statement, connection.prepare("UPDATE accounts_codes SET tries = tries + 1 "
                                                    "WHERE target = ? AND purpose = ?"));
    ONSALE_TRY(statement.bind_blob(1, bytes_of(key.target)).bind(2, row_of(key.purpose)).run());
    ONSALE_TRY(add_failure(connection, key.target, now));
    return CodeCheck::wrong;
}

SqlResult<void> CodeTable::use(sql::Connection& connection, const CodeKey& key) {
    // The row stays, so that the next code has to wait as long as ever.
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("UPDATE accounts_codes SET tries = ? WHERE target = ? AND "
                                         "purpose = ?"));
    statement.bind(1, kCodeTriesMax).bind_blob(2, bytes_of(key.target));
    ONSALE_TRY(statement.bind(3, row_of(key.purpose)).run());
    ONSALE_TRY_ASSIGN(forget,
                      connection.prepare("DELETE FROM accounts_code_failures WHERE target = ?"));
    return forget.bind_blob(1, bytes_of(key.target)).run();
}

SqlResult<void> CodeTable::remove(sql::Connection& connection, const CodeKey& key) {
    ONSALE_TRY_ASSIGN(
        statement,
        connection.prepare("DELETE FROM accounts_codes WHERE target = ? AND purpose = ?"));
    return statement.bind_blob(1, bytes_of(key.target)).bind(2, row_of(key.purpose)).run();
}

SqlResult<void> CodeTable::prune(sql::Connection& connection, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(
        statement,
        connection.prepare("DELETE FROM accounts_codes WHERE (target, purpose) IN (SELECT target, "
                           "purpose FROM accounts_codes WHERE expires_at_ms <= ? LIMIT ?)"));
    statement.bind(1, to_row(now)).bind(2, static_cast<std::int64_t>(kPrunedAtOnce));
    ONSALE_TRY(statement.run());
    ONSALE_TRY_ASSIGN(
        failures,
        connection.prepare("DELETE FROM accounts_code_failures WHERE target IN (SELECT target FROM "
                           "accounts_code_failures WHERE until_ms <= ? LIMIT ?)"));
    failures.bind(1, to_row(now)).bind(2, static_cast<std::int64_t>(kPrunedAtOnce));
    return failures.run();
}

std::string random_code(env::Entropy& entropy) {
    constexpr std::uint64_t kCodes = 1'000'000;
    // Numbers above the last whole million would make small codes likelier.
    constexpr std::uint64_t kLimit = std::numeric_limits<std::uint64_t>::max() / kCodes * kCodes;
    std::uint64_t number = entropy.next_u64();
    while (number >= kLimit) number = entropy.next_u64();
    const std::string digits = std::to_string(number % kCodes);
    return std::string(kCodeDigits - digits.size(), '0') + digits;
}

}  // namespace onsale::accounts
