// LoginTable: the rows of logins. Belongs to the records store's executor; calls belong to the
// caller's transaction. A row of a login that has ended stays until its last access token has
// expired, so that a restart knows which tokens to refuse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/revocations.h"
#include "accounts/tokens.h"
#include "base/time.h"
#include "domain/ids.h"
#include "sql/database.h"

namespace onsale::accounts {

struct LoginRow {
    LoginId login;
    domain::PersonId person;
    Audience audience = Audience::person;
    std::string seed;
    std::uint64_t generation = 0;
    std::string origin;  // sealed
    base::Timestamp created_at;
    base::Timestamp used_at;
    base::Timestamp expires_at;
    base::Timestamp access_until;
    bool revoked = false;
};

struct EndedLogin {
    LoginId login;
    base::Timestamp access_until;
};

class LoginTable {
  public:
    static sql::SqlResult<void> insert(sql::Connection& connection, const LoginRow& row);
    static sql::SqlResult<std::optional<LoginRow>> find(sql::Connection& connection, LoginId login);
    // Live ones, the one used last first.
    static sql::SqlResult<std::vector<LoginRow>> list(sql::Connection& connection,
                                                      domain::PersonId person, base::Timestamp now);
    // The next generation, used now.
    static sql::SqlResult<void> rotate(sql::Connection& connection, const LoginRow& row);
    static sql::SqlResult<void> revoke(sql::Connection& connection, LoginId login,
                                       base::Timestamp now);
    static sql::SqlResult<void> remove_of(sql::Connection& connection, domain::PersonId person);
    // Ended ones whose access tokens may still be around.
    static sql::SqlResult<std::vector<EndedLogin>> ended(sql::Connection& connection,
                                                         base::Timestamp now);
    static sql::SqlResult<void> prune(sql::Connection& connection, base::Timestamp now);
};

}  // namespace onsale::accounts
