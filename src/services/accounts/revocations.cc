#include "accounts/revocations.h"

namespace onsale::accounts {

Standing Revocations::standing(domain::PersonId person, LoginId login) const {
    const std::shared_lock lock(mutex_);
    if (people_.contains(person)) return Standing::account_disabled;
    if (login != LoginId(0) && logins_.contains(login)) return Standing::login_revoked;
    return Standing::good;
}

void Revocations::revoke(LoginId login, base::Timestamp until) {
    const std::unique_lock lock(mutex_);
    logins_[login] = until;
    changed();
}

void Revocations::disable(domain::PersonId person) {
    const std::unique_lock lock(mutex_);
    people_.insert(person);
    changed();
}

void Revocations::enable(domain::PersonId person) {
    const std::unique_lock lock(mutex_);
    people_.erase(person);
    changed();
}

// Nobody needs to look anything up again for it: such tokens are refused as expired.
void Revocations::prune(base::Timestamp now) {
    const std::unique_lock lock(mutex_);
    boost::unordered::erase_if(logins_, [now](const auto& entry) { return entry.second <= now; });
}

}  // namespace onsale::accounts
