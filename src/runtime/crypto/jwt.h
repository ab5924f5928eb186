// JSON Web Tokens, HS256 only, with the claims sub, jti, aud, iat and exp. We sign them and we verify
// them, so each token has exactly one spelling: the header and the order of the members are fixed,
// and any other JSON of the same meaning is refused. Stateless; safe from any thread, each with its
// own Hmac. At most 512 bytes a token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "crypto/crypto.h"

namespace onsale::crypto {

struct Claims {
    std::uint64_t subject = 0;  // "sub", decimal digits in a string
    std::uint64_t login = 0;    // "jti", the same; absent when it is 0
    std::string audience;  // "aud", 1 to 64 visible ASCII characters without quote and backslash
    base::Timestamp issued_at;   // "iat", whole seconds
    base::Timestamp expires_at;  // "exp", whole seconds
    auto operator<=>(const Claims&) const = default;
};

// wrong_algorithm: a JSON object as header that is not ours. expired: also a token from the future.
enum class TokenError : std::uint8_t {
    malformed,
    wrong_algorithm,
    bad_signature,
    expired,
    wrong_audience
};

// Times are cut to whole seconds; claims that no token can hold are a programmer's error.
[[nodiscard]] std::string sign_token(const Claims& claims, Hmac& hmac);
// Checks algorithm, signature, audience and expiry. The time of issue is not compared: a token that
// we signed is ours, also on a machine whose clock was set back.
[[nodiscard]] base::Result<Claims, TokenError> verify_token(std::string_view token,
                                                            std::string_view audience,
                                                            base::Timestamp now, Hmac& hmac);

}  // namespace onsale::crypto
