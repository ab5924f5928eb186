#include "crypto/jwt.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/check.h"
#include "crypto/internal/base64url.h"

namespace onsale::crypto {
namespace {

// Base64url of {"alg":"HS256","typ":"JWT"}. No other spelling is accepted, so nothing in a header
// is ever interpreted.
constexpr std::string_view kHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
constexpr std::size_t kTokenBytesMax = 512;
constexpr std::size_t kAudienceBytesMax = 64;
constexpr std::size_t kSignatureChars = 43;
constexpr std::int64_t kUnixSecondsMax = 253'402'300'799;  // the last second of the year 9999

struct Parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signed_text;  // header.payload
    std::string_view signature;
};

std::optional<Parts> split(std::string_view token) {
    if (token.size() > kTokenBytesMax) return std::nullopt;
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    // A third dot would stand in the signature, where it is no digit.
    return Parts{.header = token.substr(0, first),
                 .payload = token.substr(first + 1, second - first - 1),
                 .signed_text = token.substr(0, second),
                 .signature = token.substr(second + 1)};
}

TokenError refuse_header(std::string_view header) {
    const std::optional<std::string> json = from_base64url(header);
    const bool object = json && json->size() >= 2 && json->front() == '{' && json->back() == '}';
    return object ? TokenError::wrong_algorithm : TokenError::malformed;
}

bool is_audience(std::string_view text) {
    const auto allowed = [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; };
    return !text.empty() && text.size() <= kAudienceBytesMax && std::ranges::all_of(text, allowed);
}

// Reads the one spelling that sign_token writes: members in this order, no white space, no escapes,
// numbers without leading zeros.
class ClaimsReader {
  public:
    explicit ClaimsReader(std::string_view json) : rest_(json) {}

    bool skip(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    template <class Integer>
    bool read_number(Integer& value) {
        if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return false;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{}) return false;
        const auto digits = static_cast<std::size_t>(end - rest_.data());
        if (digits > 1 && rest_.front() == '0') return false;
        rest_.remove_prefix(digits);
        return true;
    }

    // Absent is 0, so a 0 that is written would be a second spelling.
    bool read_login(std::uint64_t& login) {
        if (!rest_.starts_with(R"(","jti":")")) return true;
        return skip(R"(","jti":")") && read_number(login) && login != 0;
    }

    bool read_time(base::Timestamp& time) {
        std::int64_t seconds = 0;
        if (!read_number(seconds) || seconds > kUnixSecondsMax) return false;
        time = base::Timestamp::from_unix_ms(seconds * 1000);
        return true;
    }

    bool read_audience(std::string& audience) {
        const std::size_t end = rest_.find('"');
        if (end == std::string_view::npos || !is_audience(rest_.substr(0, end))) return false;
        audience = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return true;
    }

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

std::optional<Claims> parse_claims(std::string_view payload) {
    std::array<std::byte, kTokenBytesMax> buffer;
    const auto bytes = internal::decode_base64url(payload, buffer);
    if (!bytes) return std::nullopt;
    ClaimsReader reader({reinterpret_cast<const char*>(buffer.data()), *bytes});
    Claims claims;
    const bool well_formed = reader.skip(R"({"sub":")") && reader.read_number(claims.subject) &&
                             reader.read_login(claims.login) &&
                             reader.skip(R"(","aud":")") && reader.read_audience(claims.audience) &&
                             reader.skip(R"(","iat":)") && reader.read_time(claims.issued_at) &&
                             reader.skip(R"(,"exp":)") && reader.read_time(claims.expires_at) &&
                             reader.skip("}") && reader.at_end();
    if (!well_formed) return std::nullopt;
    return claims;
}

bool signature_matches(std::string_view text, const Digest& expected) {
    Digest given;
    const auto bytes = internal::decode_base64url(text, given);
    return bytes == given.size() && equal(given, expected);
}

std::string seconds_of(base::Timestamp time) {
    const std::int64_t seconds = time.unix_ms() / 1000;
    ONSALE_CHECK(time.unix_ms() >= 0 && seconds <= kUnixSecondsMax);
    return std::to_string(seconds);
}

}  // namespace

std::string sign_token(const Claims& claims, Hmac& hmac) {
    ONSALE_CHECK(is_audience(claims.audience));
    const std::string login =
        claims.login == 0 ? "" : R"(","jti":")" + std::to_string(claims.login);
    const std::string json = R"({"sub":")" + std::to_string(claims.subject) + login +
                             R"(","aud":")" + claims.audience + R"(","iat":)" + seconds_of(claims.issued_at) +
                             R"(,"exp":)" + seconds_of(claims.expires_at) + "}";
    std::string token(kHeader);
    token += '.';
    token += to_base64url(std::as_bytes(std::span(json)));
    const Digest signature = hmac.sign(token);
    token += '.';
    token += to_base64url(signature);
    return token;
}

base::Result<Claims, TokenError> verify_token(std::string_view token, std::string_view audience,
                                              base::Timestamp now, Hmac& hmac) {
    using base::Unexpected;
    const std::optional<Parts> parts = split(token);
    if (!parts) return Unexpected{TokenError::malformed};
    if (parts->header != kHeader) return Unexpected{refuse_header(parts->header)};
    if (parts->signature.size() != kSignatureChars) return Unexpected{TokenError::malformed};
    if (!signature_matches(parts->signature, hmac.sign(parts->signed_text))) {
        return Unexpected{TokenError::bad_signature};
    }
    std::optional<Claims> claims = parse_claims(parts->payload);
    if (!claims) return Unexpected{TokenError::malformed};
    if (claims->audience != audience) return Unexpected{TokenError::wrong_audience};
    if (now >= claims->expires_at) return Unexpected{TokenError::expired};
    return *std::move(claims);
}

}  // namespace onsale::crypto
