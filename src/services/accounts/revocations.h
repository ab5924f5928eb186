// Revocations: which logins have ended and which people are disabled or erased, in memory, asked at
// every request. Written by the records store's executor after the commit, read from every thread;
// a reader that remembers the version it asked at needs one atomic load while nothing changes.
// After a crash: loaded from the records before anything is served.
//
// An ended login is kept until the last access token that was made for it has expired, so there are
// as many as logins that end within one such lifetime.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <shared_mutex>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "base/strong.h"
#include "base/time.h"
#include "domain/ids.h"

namespace onsale::accounts {

// Random, below 2^53; 0: a token that belongs to no login (made with the master key).
using LoginId = base::Strong<struct LoginTag, std::uint64_t>;

enum class Standing : std::uint8_t { good, login_revoked, account_disabled };

class Revocations {
  public:
    // Changes with every revocation, disabling and enabling. Starts at 1.
    [[nodiscard]] std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
    [[nodiscard]] Standing standing(domain::PersonId person, LoginId login) const;

    void revoke(LoginId login, base::Timestamp until);
    void disable(domain::PersonId person);  // also for who is erased
    void enable(domain::PersonId person);
    // Forgets logins whose tokens have all expired.
    void prune(base::Timestamp now);

  private:
    void changed() { version_.fetch_add(1, std::memory_order_release); }

    mutable std::shared_mutex mutex_;  // owns what follows
    boost::unordered_flat_map<LoginId, base::Timestamp> logins_;
    boost::unordered_flat_set<domain::PersonId> people_;
    std::atomic<std::uint64_t> version_{1};
};

}  // namespace onsale::accounts
