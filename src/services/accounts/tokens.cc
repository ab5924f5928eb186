#include "accounts/tokens.h"

#include <bit>
#include <cstring>

#include "base/check.h"
#include "base/strong.h"

namespace onsale::accounts {
namespace {

using base::Unexpected;

crypto::Key key_of(const crypto::Key& master, Audience audience) {
    return crypto::derive_key(master, "jwt " + std::string(to_string(audience)));
}

// A token ends in its signature, so its last bytes are as even as a hash. Somebody who forges them
// meets the comparison of the whole text.
std::size_t hash_of(std::string_view token) {
    std::uint64_t tail = 0;
    if (token.size() < sizeof tail) return 0;
    std::memcpy(&tail, token.data() + token.size() - sizeof tail, sizeof tail);
    return static_cast<std::size_t>(base::mix_bits(tail));
}

}  // namespace

std::string_view to_string(Audience audience) {
    switch (audience) {
        case Audience::person:
            return "person";
        case Audience::staff:
            return "staff";
    }
    return "unknown";
}

TokenIssuer::TokenIssuer(const crypto::Key& master, Audience audience)
    : audience_(to_string(audience)), hmac_(key_of(master, audience)) {}

IssuedToken TokenIssuer::issue(std::uint64_t subject, base::Timestamp now,
                               base::Duration lifetime) {
    // A token counts in whole seconds.
    const auto issued_at = base::Timestamp::from_unix_ms(now.unix_ms() / 1000 * 1000);
    const crypto::Claims claims{subject, audience_, issued_at, issued_at + lifetime};
    return {crypto::sign_token(claims, hmac_), claims.expires_at};
}

TokenVerifier::TokenVerifier(const crypto::Key& master, Audience audience, std::size_t cached_max)
    : audience_(to_string(audience)),
      hmac_(key_of(master, audience)),
      entries_(std::bit_ceil(cached_max)) {}

base::Result<std::uint64_t, crypto::TokenError> TokenVerifier::verify(std::string_view token,
                                                                      base::Timestamp now) {
    Entry& entry = entries_[hash_of(token) & (entries_.size() - 1)];
    if (!token.empty() && entry.token == token) {
        if (now >= entry.expires_at) return Unexpected{crypto::TokenError::expired};
        return entry.subject;
    }
    ONSALE_TRY_ASSIGN(claims, crypto::verify_token(token, audience_, now, hmac_));
    entry = {std::string(token), claims.subject, claims.expires_at};
    return claims.subject;
}

}  // namespace onsale::accounts
