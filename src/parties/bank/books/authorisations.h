// Authorisations: what a customer grants to a merchant for one order. Granting sets the money
// aside; a deduction takes it, anything else gives it back. Consents: what lets a merchant read a
// customer's transactions with it. Changes happen inside a transaction of the caller, on the
// writer's executor.
//
// INVARIANT: what a customer has held is the sum of the open authorisations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/books/words.h"

namespace onsale::books {

struct Authorisation {
    std::uint64_t number = 0;
    std::uint64_t customer = 0;
    std::uint64_t merchant = 0;
    std::string merchant_name;
    std::string order;
    std::int64_t amount = 0;
    AuthorisationState state = AuthorisationState::open;
    base::Timestamp created_at;
    base::Timestamp expires_at;
};

struct NewAuthorisation {
    std::uint64_t customer = 0;
    std::uint64_t merchant = 0;
    std::string order;
    std::int64_t amount = 0;
    base::Timestamp now;
    base::Timestamp expires_at;
};

[[nodiscard]] Answer<Authorisation> grant(sql::Connection& connection,
                                          const NewAuthorisation& authorisation);
[[nodiscard]] Answer<Authorisation> revoke(sql::Connection& connection, std::uint64_t customer,
                                           std::uint64_t number, base::Timestamp now);
[[nodiscard]] sql::SqlResult<std::optional<Authorisation>> find_authorisation(
    sql::Connection& connection, std::uint64_t number);
// Gives the money back; `authorisation` is open, `state` is what it becomes.
[[nodiscard]] sql::SqlResult<void> release(sql::Connection& connection,
                                           const Authorisation& authorisation,
                                           AuthorisationState state, base::Timestamp now);
// Releases what has expired, a bounded number; returns how many.
[[nodiscard]] sql::SqlResult<std::size_t> release_expired(sql::Connection& connection,
                                                          base::Timestamp now);
// The newest first, before the number `before` (0: from the end).
[[nodiscard]] sql::SqlResult<std::vector<Authorisation>> list_authorisations(
    sql::Connection& connection, std::uint64_t customer, std::uint64_t before, std::size_t max);

struct Consent {
    std::uint64_t number = 0;
    std::uint64_t customer = 0;
    std::uint64_t merchant = 0;
    std::string merchant_name;
    base::Timestamp created_at;
    base::Timestamp expires_at;
    bool revoked = false;
};

struct NewConsent {
    std::uint64_t customer = 0;
    std::uint64_t merchant = 0;
    std::string token_hash;
    base::Timestamp now;
};
[[nodiscard]] Answer<Consent> add_consent(sql::Connection& connection, const NewConsent& consent);
[[nodiscard]] Answer<Consent> revoke_consent(sql::Connection& connection, std::uint64_t customer,
                                             std::uint64_t number);
[[nodiscard]] sql::SqlResult<std::vector<Consent>> list_consents(sql::Connection& connection,
                                                                 std::uint64_t customer);
// Nothing if there is none, it has ended, or it is another merchant's.
[[nodiscard]] sql::SqlResult<std::optional<Consent>> live_consent(sql::Connection& connection,
                                                                  std::uint64_t merchant,
                                                                  std::string_view token_hash,
                                                                  base::Timestamp now);

// Whether the customer is there and may use the account.
[[nodiscard]] sql::SqlResult<bool> may_act(sql::Connection& connection, std::uint64_t customer);

}  // namespace onsale::books
