// The table accounts_people: number, name, password hash. All calls come from the records store's
// executor; every change is one transaction.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/people.h"
#include "base/time.h"
#include "sql/database.h"

namespace onsale::accounts {

struct PersonRow {
    domain::PersonId person;
    std::string password_hash;  // empty: imported, cannot log in yet
};

[[nodiscard]] std::span<const sql::Migration> migrations();

sql::SqlResult<std::optional<PersonRow>> find_person(sql::Connection& connection,
                                                     std::string_view username);
sql::SqlResult<PersonResult> insert_person(sql::Connection& connection, std::string_view username,
                                           std::string_view password_hash, base::Timestamp now);
sql::SqlResult<ImportResult> insert_people(sql::Connection& connection,
                                           const std::vector<std::string>& usernames,
                                           base::Timestamp now);

}  // namespace onsale::accounts
