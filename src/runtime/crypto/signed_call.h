// How two companies sign what they send each other: the site and a bank share two HMAC-SHA256 keys,
// one per direction, each with an id. docs/formats/bank-interface.md is the published form. Three
// forms: a call (an HTTP request whose headers carry the signature), lines (a link that a browser
// carries), and a token (a text that a person carries). Pure: keys and time are handed in; safe
// from any thread. Both programs use these functions, so that they cannot differ by a byte.
//
// INVARIANT: two different calls, or two different lists of lines, never have the same signed
// bytes: what stands before a line feed holds none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "crypto/crypto.h"

namespace onsale::crypto {

// The headers of a signed call.
constexpr std::string_view kPartyHeader = "Onsale-Party";
constexpr std::string_view kKeyHeader = "Onsale-Key";
constexpr std::string_view kTimeHeader = "Onsale-Time";
constexpr std::string_view kSignatureHeader = "Onsale-Signature";

// How far the clocks of the two sides may differ, and so how long a call can be repeated by others.
constexpr base::Duration kCallAge = base::Duration::seconds(300);
constexpr std::size_t kKeyIdChars = 8;
constexpr std::size_t kSecretChars = 64;
constexpr std::size_t kCarriedTokenBytesMax = 2048;

struct CallKey {
    std::string id;  // 8 hex digits
    Key secret{};
};

// An id and a secret as a credentials file spells them: lower-case hex digits, 8 and 64 of them.
[[nodiscard]] std::optional<CallKey> parse_call_key(std::string_view id, std::string_view secret);

// What is signed: the method in capitals, the path with its query as it stands in the request line,
// and the body.
struct CallParts {
    std::string_view method;
    std::string_view path;
    std::string_view body;
};

// The values of three of the headers; the fourth is the name of the party.
struct CallMark {
    std::string key;
    std::string time;       // unix seconds
    std::string signature;  // v1=<hex>
};

enum class CallRefusal : std::uint8_t { malformed, unknown_key, wrong_time, wrong_signature };

// A method or path that no request line can hold is a programmer's error.
[[nodiscard]] CallMark sign_call(const CallKey& key, const CallParts& call, base::Timestamp now);
// `keys` are those that are valid now. The signature is looked at before the time, so only somebody
// who knows the key learns that the clocks differ.
[[nodiscard]] base::Result<void, CallRefusal> check_call(std::span<const CallKey> keys,
                                                         const CallParts& call,
                                                         const CallMark& mark, base::Timestamp now);

// Hex HMAC of the lines joined by line feeds; nothing if there is no line or one holds a line feed.
[[nodiscard]] std::optional<std::string> sign_lines(const CallKey& key,
                                                    std::span<const std::string_view> lines);
[[nodiscard]] bool check_lines(std::span<const CallKey> keys, std::string_view key_id,
                               std::span<const std::string_view> lines, std::string_view signature);

// base64url(payload).base64url(HMAC of the first part). The payload is not hidden, only protected.
// It is a programmer's error if the token becomes longer than kCarriedTokenBytesMax.
[[nodiscard]] std::string sign_carried(const CallKey& key, std::string_view payload);
struct Carried {
    std::string payload;
    std::string key_id;  // whose signature fits
};
// Nothing if no key fits: a token names its key only inside the payload, which is not read before.
[[nodiscard]] std::optional<Carried> open_carried(std::span<const CallKey> keys,
                                                  std::string_view token);

}  // namespace onsale::crypto
