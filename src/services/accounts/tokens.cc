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
    return issue(subject, LoginId(0), now, lifetime);
}

IssuedToken TokenIssuer::issue(std::uint64_t subject, LoginId login, base::Timestamp now,
                               base::Duration lifetime) {
    // A token counts in whole seconds.
    const auto issued_at = base::Timestamp::from_unix_ms(now.unix_ms() / 1000 * 1000);
    const crypto::Claims claims{subject, login.value(), audience_, issued_at, issued_at + lifetime};
    return {crypto::sign_token(claims, hmac_), claims.expires_at};
}

TokenVerifier::TokenVerifier(const crypto::Key& master, Audience audience,
                             const Revocations* revocations, std::size_t cached_max)
    : audience_(to_string(audience)),
      hmac_(key_of(master, audience)),
      revocations_(revocations),
      entries_(std::bit_ceil(cached_max)) {}

base::Result<VerifiedToken, TokenRefusal> TokenVerifier::settle(Entry& entry,
                                                                base::Timestamp now) const {
    if (now >= entry.verified.expires_at) return Unexpected{TokenRefusal::expired};
    if (revocations_ == nullptr) return entry.verified;
    // The version first: what is revoked between the two is looked up again the next time.
    const std::uint64_t version = revocations_->version();
    if (entry.version == version) return entry.verified;
    switch (
        revocations_->standing(domain::PersonId(entry.verified.subject), entry.verified.login)) {
        case Standing::good:
            entry.version = version;
            return entry.verified;
        case Standing::login_revoked:
            return Unexpected{TokenRefusal::login_revoked};
        case Standing::account_disabled:
            break;
    }
    return Unexpected{TokenRefusal::account_disabled};
}

base::Result<VerifiedToken, TokenRefusal> TokenVerifier::check(std::string_view token,
                                                               base::Timestamp now) {
    Entry& entry = entries_[hash_of(token) & (entries_.size() - 1)];
    if (!token.empty() && entry.token == token) return settle(entry, now);
    const auto claims = crypto::verify_token(token, audience_, now, hmac_);
    if (!claims) {
        return Unexpected{claims.error() == crypto::TokenError::expired ? TokenRefusal::expired
                                                                        : TokenRefusal::invalid};
    }
    entry = {std::string(token), {claims->subject, LoginId(claims->login), claims->expires_at}, 0};
    return settle(entry, now);
}

base::Result<std::uint64_t, crypto::TokenError> TokenVerifier::verify(std::string_view token,
                                                                      base::Timestamp now) {
    const auto verified = check(token, now);
    if (verified) return verified->subject;
    return Unexpected{verified.error() == TokenRefusal::invalid ? crypto::TokenError::bad_signature
                                                                : crypto::TokenError::expired};
}

}  // namespace onsale::accounts
