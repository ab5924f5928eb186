#include "crypto/signed_call.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/check.h"
#include "crypto/internal/base64url.h"

namespace onsale::crypto {
namespace {

using base::Unexpected;

constexpr std::string_view kVersion = "v1=";
constexpr std::size_t kSecondsCharsMax = 12;

bool is_lower_hex(std::string_view text, std::size_t chars) {
    const auto digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == chars && std::ranges::all_of(text, digit);
}

bool is_one_line(std::string_view text) {
    return text.find('\n') == std::string_view::npos;
}

std::string signed_bytes(const CallParts& call, std::string_view time) {
    std::string bytes;
    bytes.reserve(call.method.size() + call.path.size() + time.size() + call.body.size() + 3);
    bytes += call.method;
    bytes += '\n';
    bytes += call.path;
    bytes += '\n';
    bytes += time;
    bytes += '\n';
    bytes += call.body;
    return bytes;
}

std::string hex_mac(const Key& secret, std::string_view bytes) {
    return to_hex(Hmac(secret).sign(bytes));
}

bool hex_mac_fits(const Key& secret, std::string_view bytes, std::string_view given) {
    const std::string expected = hex_mac(secret, bytes);
    return given.size() == expected.size() &&
           equal(std::as_bytes(std::span(expected)), std::as_bytes(std::span(given)));
}

const CallKey* find_key(std::span<const CallKey> keys, std::string_view id) {
    const auto found = std::ranges::find(keys, id, &CallKey::id);
    return found == keys.end() ? nullptr : &*found;
}

// Digits only, no leading zero: a time has one spelling.
std::optional<std::int64_t> parse_seconds(std::string_view text) {
    if (text.empty() || text.size() > kSecondsCharsMax) return std::nullopt;
    if (text.front() < '1' || text.front() > '9') return std::nullopt;
    std::int64_t seconds = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seconds);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return seconds;
}

bool is_near(base::Timestamp now, std::int64_t seconds) {
    const base::Duration age = now - base::Timestamp::from_unix_ms(seconds * 1000);
    return age.count_ms() <= kCallAge.count_ms() && age.count_ms() >= -kCallAge.count_ms();
}

std::optional<std::string> join_lines(std::span<const std::string_view> lines) {
    if (lines.empty() || !std::ranges::all_of(lines, is_one_line)) return std::nullopt;
    std::string joined;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) joined += '\n';
        joined += lines[i];
    }
    return joined;
}

}  // namespace

std::optional<CallKey> parse_call_key(std::string_view id, std::string_view secret) {
    if (!is_lower_hex(id, kKeyIdChars) || !is_lower_hex(secret, kSecretChars)) return std::nullopt;
    CallKey key{.id = std::string(id)};
    const std::string bytes = from_hex(secret).value_or("");
    ONSALE_CHECK(bytes.size() == key.secret.size());
    std::memcpy(key.secret.data(), bytes.data(), bytes.size());
    return key;
}

CallMark sign_call(const CallKey& key, const CallParts& call, base::Timestamp now) {
    ONSALE_CHECK(is_one_line(call.method) && is_one_line(call.path));
    CallMark mark{.key = key.id, .time = std::to_string(now.unix_ms() / 1000)};
    mark.signature = kVersion;
    mark.signature += hex_mac(key.secret, signed_bytes(call, mark.time));
    return mark;
}

base::Result<void, CallRefusal> check_call(std::span<const CallKey> keys, const CallParts& call,
                                           const CallMark& mark, base::Timestamp now) {
    const std::optional<std::int64_t> seconds = parse_seconds(mark.time);
    if (!seconds || !mark.signature.starts_with(kVersion) || !is_one_line(call.method) ||
        !is_one_line(call.path)) {
        return Unexpected{CallRefusal::malformed};
    }
    const CallKey* const key = find_key(keys, mark.key);
    if (key == nullptr) return Unexpected{CallRefusal::unknown_key};
    const std::string_view given = std::string_view(mark.signature).substr(kVersion.size());
    if (!hex_mac_fits(key->secret, signed_bytes(call, mark.time), given)) {
        return Unexpected{CallRefusal::wrong_signature};
    }
    if (!is_near(now, *seconds)) return Unexpected{CallRefusal::wrong_time};
    return {};
}

std::optional<std::string> sign_lines(const CallKey& key, std::span<const std::string_view> lines) {
    const std::optional<std::string> joined = join_lines(lines);
    if (!joined) return std::nullopt;
    return hex_mac(key.secret, *joined);
}

bool check_lines(std::span<const CallKey> keys, std::string_view key_id,
                 std::span<const std::string_view> lines, std::string_view signature) {
    const CallKey* const key = find_key(keys, key_id);
    const std::optional<std::string> joined = join_lines(lines);
    return key != nullptr && joined && hex_mac_fits(key->secret, *joined, signature);
}

std::string sign_carried(const CallKey& key, std::string_view payload) {
    std::string token = to_base64url(std::as_bytes(std::span(payload)));
    const Digest mac = Hmac(key.secret).sign(token);
    token += '.';
    token += to_base64url(mac);
    ONSALE_CHECK(token.size() <= kCarriedTokenBytesMax);
    return token;
}

std::optional<Carried> open_carried(std::span<const CallKey> keys, std::string_view token) {
    if (token.size() > kCarriedTokenBytesMax) return std::nullopt;
    const std::size_t dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    Digest given;
    if (internal::decode_base64url(token.substr(dot + 1), given) != given.size()) {
        return std::nullopt;
    }
    const std::string_view first = token.substr(0, dot);
    for (const CallKey& key : keys) {
        if (!equal(given, Hmac(key.secret).sign(first))) continue;
        std::optional<std::string> payload = from_base64url(first);
        if (!payload) return std::nullopt;
        return Carried{.payload = *std::move(payload), .key_id = key.id};
    }
    return std::nullopt;
}

}  // namespace onsale::crypto
