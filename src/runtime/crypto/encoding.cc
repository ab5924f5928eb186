#include <array>
#include <cstdint>

#include "crypto/crypto.h"
#include "crypto/internal/base64url.h"

namespace onsale::crypto {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64urlDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> make_base64url_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::size_t i = 0; i < kBase64urlDigits.size(); ++i) {
        values[static_cast<unsigned char>(kBase64urlDigits[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}
constexpr auto kBase64urlValues = make_base64url_values();

std::uint8_t hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    return kNoDigit;
}

std::uint32_t base64url_value(char c) {
    return kBase64urlValues[static_cast<unsigned char>(c)];
}

std::byte low_byte(std::uint32_t value) {
    return static_cast<std::byte>(value & 0xff);
}

}  // namespace

namespace internal {

std::optional<std::size_t> decode_base64url(std::string_view text, std::span<std::byte> out) {
    const std::size_t tail = text.size() % 4;
    if (tail == 1) return std::nullopt;
    const std::size_t bytes = text.size() / 4 * 3 + (tail == 0 ? 0 : tail - 1);
    if (bytes > out.size()) return std::nullopt;
    // A digit that is none has bits above the lowest six, which the sum of all digits keeps.
    std::uint32_t seen = 0;
    std::size_t to = 0;
    std::size_t from = 0;
    for (; from + 4 <= text.size(); from += 4) {
        const std::uint32_t a = base64url_value(text[from]);
        const std::uint32_t b = base64url_value(text[from + 1]);
        const std::uint32_t c = base64url_value(text[from + 2]);
        const std::uint32_t d = base64url_value(text[from + 3]);
        seen |= a | b | c | d;
        const std::uint32_t word = a << 18 | b << 12 | c << 6 | d;
        out[to++] = low_byte(word >> 16);
        out[to++] = low_byte(word >> 8);
        out[to++] = low_byte(word);
    }
    if (tail != 0) {
        const std::uint32_t a = base64url_value(text[from]);
        const std::uint32_t b = base64url_value(text[from + 1]);
        const std::uint32_t c = tail == 3 ? base64url_value(text[from + 2]) : 0;
        seen |= a | b | c;
        const std::uint32_t word = a << 18 | b << 12 | c << 6;
        const std::uint32_t unused_bits = tail == 3 ? 0xff : 0xffff;
        if ((word & unused_bits) != 0) return std::nullopt;
        out[to++] = low_byte(word >> 16);
        if (tail == 3) out[to++] = low_byte(word >> 8);
    }
    if (seen > 0x3f) return std::nullopt;
    return to;
}

}  // namespace internal

std::string to_hex(std::span<const std::byte> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte b : bytes) {
        text.push_back(kHexDigits[std::to_integer<std::size_t>(b >> 4)]);
        text.push_back(kHexDigits[std::to_integer<std::size_t>(b & std::byte{0x0f})]);
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const std::uint8_t high = hex_value(hex[i]);
        const std::uint8_t low = hex_value(hex[i + 1]);
        if (high == kNoDigit || low == kNoDigit) return std::nullopt;
        bytes.push_back(static_cast<char>(high << 4 | low));
    }
    return bytes;
}

std::string to_base64url(std::span<const std::byte> bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t waiting = 0;
    unsigned waiting_bits = 0;
    for (const std::byte b : bytes) {
        waiting = waiting << 8 | std::to_integer<std::uint32_t>(b);
        waiting_bits += 8;
        while (waiting_bits >= 6) {
            waiting_bits -= 6;
            text.push_back(kBase64urlDigits[waiting >> waiting_bits & 0x3f]);
        }
    }
    if (waiting_bits > 0) {
        text.push_back(kBase64urlDigits[waiting << (6 - waiting_bits) & 0x3f]);
    }
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes(text.size(), '\0');
    const auto count = internal::decode_base64url(text, std::as_writable_bytes(std::span(bytes)));
    if (!count) return std::nullopt;
    bytes.resize(*count);
    return bytes;
}

}  // namespace onsale::crypto
