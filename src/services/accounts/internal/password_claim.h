// PasswordClaim: who is logged in and asks to be let on by their present password. Any thread may
// ask; nothing to promise after a crash.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "accounts/internal/shared.h"

namespace onsale::accounts {

// What becomes of somebody who has no password: imported, and let in by a token.
enum class Without : std::uint8_t { refused, let_on };

// Who asks to be let on by their present password. Guesses are held back as those of a login.
struct PasswordClaim {
    domain::PersonId person;
    std::string password;
    std::string address;
    Without without = Without::refused;
};

inline std::string throttled_name(domain::PersonId person) {
    return "#" + std::to_string(person.value());
}

// Calls `go_on` on an executor of the accounts when the password is right; answers otherwise.
template <class T>
void with_password(const std::shared_ptr<Shared>& shared, const Answer<T>& answer,
                   PasswordClaim claim, base::UniqueFunction<void(const Secret&)> go_on) {
    const std::string name = throttled_name(claim.person);
    const base::Duration wait = shared->throttle.begin(name, claim.address, shared->now());
    if (wait > base::Duration()) return answer.refuse({AccountRefusal::too_many_attempts, wait});
    const auto not_compared = [shared, answer, name, address = claim.address](AccountError error) {
        shared->throttle.withdrawn(name, address);
        answer.refuse(std::move(error));
    };
    const std::string address = claim.address;
    const bool queued =
        shared->on_store(answer, [shared, answer, name, not_compared, claim = std::move(claim),
                                  go_on = std::move(go_on)](sql::Connection& connection) mutable {
            const auto row = shared->people.find(connection, claim.person);
            if (!row) return not_compared(row.error());
            if (!*row || (*row)->erased) return not_compared(AccountRefusal::person_unknown);
            const Secret secret{claim.person, (*row)->password_hash, (*row)->disabled};
            if (secret.password_hash.empty() && claim.without == Without::let_on) {
                shared->throttle.withdrawn(name, claim.address);
                return go_on(secret);
            }
            auto settle = [shared, answer, name, secret, address = claim.address,
                           go_on = std::move(go_on)](bool right) mutable {
                if (!right) return answer.refuse(AccountRefusal::password_wrong);
                shared->throttle.succeeded(name, address);
                go_on(secret);
            };
            if (!shared->compare(secret, claim.password, std::move(settle)))
                not_compared(AccountRefusal::busy);
        });
    if (!queued) shared->throttle.withdrawn(name, address);
}

}  // namespace onsale::accounts
