#include "accounts/internal/people_table.h"

#include <algorithm>
#include <array>
#include <set>

#include "records/rows.h"

namespace onsale::accounts {
namespace {

using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE accounts_people (
        person INTEGER PRIMARY KEY, -- 1, 2, 3, …
        username TEXT NOT NULL UNIQUE COLLATE NOCASE,
        password_hash TEXT, -- absent: imported
        created_at_ms INTEGER NOT NULL
    );
)sql"}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

ImportResult refuse(AccountRefusal refusal, std::uint64_t line = 0) {
    ImportResult result;
    result.refusal = refusal;
    result.line = line;
    return result;
}

SqlResult<std::uint64_t> last_person(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare("SELECT max(person) FROM accounts_people"));
    ONSALE_TRY_ASSIGN(there, statement.step());
    return there ? records::number_from_row(statement.integer(0)) : 0;
}

// The first line that cannot be imported, as a refusal; `none` when all can.
ImportResult check_names(const std::vector<std::string>& usernames) {
    if (usernames.empty()) return refuse(AccountRefusal::import_empty);
    if (usernames.size() > kImportLinesMax) return refuse(AccountRefusal::import_too_long);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < usernames.size(); ++i) {
        if (!is_username(usernames[i])) return refuse(AccountRefusal::username_invalid, i + 1);
        if (!seen.insert(lower(usernames[i])).second) {
            return refuse(AccountRefusal::username_repeated, i + 1);
        }
    }
    return {};
}

}  // namespace

bool is_username(std::string_view text) {
    if (text.size() < 4 || text.size() > 16 || !is_letter(text.front())) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool is_password(std::string_view text) {
    if (text.size() < 8 || text.size() > 20) return false;
    const bool printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
    return printable && std::any_of(text.begin(), text.end(), is_letter) &&
           std::any_of(text.begin(), text.end(), is_digit);
}

std::span<const sql::Migration> migrations() {
    return kMigrations;
}

SqlResult<std::optional<PersonRow>> find_person(sql::Connection& connection,
                                                std::string_view username) {
    ONSALE_TRY_ASSIGN(statement, connection.prepare("SELECT person, password_hash FROM "
                                                    "accounts_people WHERE username = ?"));
    ONSALE_TRY_ASSIGN(there, statement.bind(1, username).step());
    if (!there) return std::optional<PersonRow>{};
    return std::optional(PersonRow{records::id_from_row<domain::PersonId>(statement.integer(0)),
                                   std::string(statement.text(1))});
}

SqlResult<PersonResult> insert_person(sql::Connection& connection, std::string_view username,
                                      std::string_view password_hash, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(last, last_person(connection));
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("INSERT OR IGNORE INTO accounts_people (person, username, "
                                         "password_hash, created_at_ms) VALUES (?, ?, ?, ?)"));
    statement.bind(1, to_row(last + 1)).bind(2, username).bind(3, password_hash);
    ONSALE_TRY(statement.bind(4, to_row(now)).run());
    if (connection.changes() == 0) return PersonResult{AccountRefusal::username_taken, {}, {}};
    ONSALE_TRY(transaction.commit());
    return PersonResult{AccountRefusal::none, domain::PersonId(last + 1), {}};
}

SqlResult<ImportResult> insert_people(sql::Connection& connection,
                                      const std::vector<std::string>& usernames,
                                      base::Timestamp now) {
    ImportResult result = check_names(usernames);
    if (result.refusal != AccountRefusal::none) return result;
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY_ASSIGN(last, last_person(connection));
    ONSALE_TRY_ASSIGN(statement,
                      connection.prepare("INSERT OR IGNORE INTO accounts_people (person, username, "
                                         "created_at_ms) VALUES (?, ?, ?)"));
    for (std::size_t i = 0; i < usernames.size(); ++i) {
        statement.bind(1, to_row(last + 1 + i)).bind(2, usernames[i]).bind(3, to_row(now));
        ONSALE_TRY(statement.run());
        if (connection.changes() == 0) return refuse(AccountRefusal::username_taken, i + 1);
    }
    ONSALE_TRY(transaction.commit());
    result.first_person = domain::PersonId(last + 1);
    result.last_person = domain::PersonId(last + usernames.size());
    result.imported = usernames.size();
    return result;
}

}  // namespace onsale::accounts
