// Login tokens: JWT (HS256) of 15 minutes, signed with one key for people and another for staff, so
// that neither is ever taken for the other. A token names its login, and a verifier refuses it as
// soon as the login has ended or its person is disabled, also when it is remembered. Issuer and
// verifier are objects of one thread each (one pair per event loop): they hold a key schedule and a
// cache without a lock. After a crash: nothing is kept; a token stays good until it expires.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/revocations.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "crypto/jwt.h"

namespace onsale::accounts {

enum class Audience : std::uint8_t { person, staff };
[[nodiscard]] std::string_view to_string(Audience audience);

inline constexpr base::Duration kTokenLifetime = base::Duration::minutes(15);

struct IssuedToken {
    std::string token;
    base::Timestamp expires_at;
};

class TokenIssuer {
  public:
    TokenIssuer(const crypto::Key& master, Audience audience);
    // `subject`: the number of the person, or of the member of staff.
    [[nodiscard]] IssuedToken issue(std::uint64_t subject, LoginId login, base::Timestamp now,
                                    base::Duration lifetime = kTokenLifetime);
    // One that belongs to no login: it ends only by expiring or with its person.
    [[nodiscard]] IssuedToken issue(std::uint64_t subject, base::Timestamp now,
                                    base::Duration lifetime = kTokenLifetime);

  private:
    std::string audience_;
    crypto::Hmac hmac_;
};

// Why a token was not taken.
enum class TokenRefusal : std::uint8_t { invalid, expired, login_revoked, account_disabled };

struct VerifiedToken {
    std::uint64_t subject = 0;
    LoginId login;  // 0: of no login
    base::Timestamp expires_at;
};

class TokenVerifier {
  public:
    // Remembers up to `cached_max` tokens (rounded up to a power of two) that were found good; a
    // newer token takes the place of an older one. Without revocations a token is good until it
    // expires.
    TokenVerifier(const crypto::Key& master, Audience audience, std::size_t cached_max = 1 << 16)
        : TokenVerifier(master, audience, nullptr, cached_max) {}
    TokenVerifier(const crypto::Key& master, Audience audience, const Revocations* revocations,
                  std::size_t cached_max);
    // A remembered token costs one look-up and one comparison of the whole text; its expiry is
    // checked every time, its login whenever anything was revoked since.
    [[nodiscard]] base::Result<VerifiedToken, TokenRefusal> check(std::string_view token,
                                                                  base::Timestamp now);
    // The subject of a good token; what is revoked counts as expired.
    [[nodiscard]] base::Result<std::uint64_t, crypto::TokenError> verify(std::string_view token,
                                                                         base::Timestamp now);

  private:
    struct Entry {
        std::string token;  // empty: free
        VerifiedToken verified;
        std::uint64_t version = 0;  // of the revocations when it was last found good
    };
    [[nodiscard]] base::Result<VerifiedToken, TokenRefusal> settle(Entry& entry,
                                                                   base::Timestamp now) const;

    std::string audience_;
    crypto::Hmac hmac_;
    const Revocations* revocations_;
    std::vector<Entry> entries_;
};

}  // namespace onsale::accounts
