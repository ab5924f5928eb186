#include "tickets/signed_code.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "base/check.h"

namespace onsale::tickets {
namespace {

constexpr std::uint64_t kFormat = 1;
constexpr unsigned kVersionBits = 12;
constexpr std::size_t kFactBytes = 31;
constexpr std::size_t kCodeBytes = kFactBytes + sizeof(crypto::Signature);
constexpr std::size_t kTextBytesMax = 400;  // with what a person puts in between
// Signed in front of the bytes, so that no other text of the site's can ever pass for a ticket.
constexpr std::string_view kPurpose = "onsale ticket\n";

// RFC 4648: capital letters and digits, which a QR code stores in five and a half bits each.
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr unsigned kBitsPerDigit = 5;
static_assert(kCodeBytes * 8 == kSignedCodeCharacters * kBitsPerDigit, "nothing is left over");

using CodeBytes = std::array<std::uint8_t, kCodeBytes>;

// Big endian numbers, one after the other.
class Writer {
  public:
    explicit Writer(CodeBytes& bytes) : bytes_(bytes) {}
    void put(std::uint64_t value, unsigned bytes) {
        for (unsigned i = bytes; i-- > 0;) {
            bytes_[at_++] = static_cast<std::uint8_t>(value >> (i * 8) & 0xff);
        }
        ONSALE_CHECK(value >> (bytes * 8) == 0);
    }

  private:
    CodeBytes& bytes_;
    std::size_t at_ = 0;
};

class Reader {
  public:
    explicit Reader(const CodeBytes& bytes) : bytes_(bytes) {}
    std::uint64_t take(unsigned bytes) {
        std::uint64_t value = 0;
        for (unsigned i = 0; i < bytes; ++i) value = value << 8 | bytes_[at_++];
        return value;
    }

  private:
    const CodeBytes& bytes_;
    std::size_t at_ = 0;
};

constexpr unsigned kIdBytes = 7;  // ids are below 2^53
constexpr unsigned kTimeBytes = 4;
constexpr unsigned kKeyBytes = 4;
static_assert(2 + kKeyBytes + 3 * kIdBytes + kTimeBytes == kFactBytes);

CodeBytes bytes_of(KeyId key, const CodeFacts& facts) {
    CodeBytes bytes{};
    Writer out(bytes);
    ONSALE_CHECK(facts.version < 1U << kVersionBits);
    out.put(kFormat << kVersionBits | facts.version, 2);
    out.put(key.value(), kKeyBytes);
    out.put(facts.ticket.value(), kIdBytes);
    out.put(facts.session.value(), kIdBytes);
    out.put(facts.tier.value(), kIdBytes);
    out.put(static_cast<std::uint64_t>(facts.issued_at.unix_ms() / 1000), kTimeBytes);
    return bytes;
}

std::string signed_text(const CodeBytes& bytes) {
    std::string text(kPurpose);
    text.append(reinterpret_cast<const char*>(bytes.data()), kFactBytes);
    return text;
}

std::string to_digits(const CodeBytes& bytes) {
    std::string text;
    text.reserve(kSignedCodeCharacters);
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const auto byte : bytes) {
        waiting = waiting << 8 | byte;
        for (bits += 8; bits >= kBitsPerDigit; bits -= kBitsPerDigit) {
            text.push_back(kDigits[waiting >> (bits - kBitsPerDigit) & 0x1f]);
        }
    }
    return text;
}

// Capital letters without what a person puts in between; empty: too long.
std::string plain_digits(std::string_view text) {
    std::string digits;
    if (text.size() > kTextBytesMax) return digits;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '\r' || c == '\n' || c == '\t') continue;
        digits.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return digits;
}

std::optional<CodeBytes> from_digits(std::string_view digits) {
    if (digits.size() != kSignedCodeCharacters) return std::nullopt;
    CodeBytes bytes{};
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    std::size_t at = 0;
    for (const char c : digits) {
        const auto value = kDigits.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        waiting = waiting << kBitsPerDigit | static_cast<std::uint32_t>(value);
        bits += kBitsPerDigit;
        if (bits < 8) continue;
        bits -= 8;
        bytes[at++] = static_cast<std::uint8_t>(waiting >> bits & 0xff);
    }
    return bytes;
}

}  // namespace

KeyId key_id_of(const crypto::PublicKey& key) {
    const auto digest = crypto::sha256(std::span<const std::byte>(key));
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < sizeof(id); ++i) {
        id = id << 8 | std::to_integer<std::uint32_t>(digest[i]);
    }
    return KeyId(id);
}

std::string to_string(KeyId key) {
    std::array<std::byte, sizeof(std::uint32_t)> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::byte>(key.value() >> ((bytes.size() - 1 - i) * 8) & 0xff);
    }
    return crypto::to_hex(bytes);
}

std::string sign_code(const CodeFacts& facts, const crypto::SigningKey& key) {
    CodeBytes bytes = bytes_of(key_id_of(key.public_key()), facts);
    const auto signature = key.sign(signed_text(bytes));
    std::memcpy(bytes.data() + kFactBytes, signature.data(), signature.size());
    return to_digits(bytes);
}

std::optional<SignedCode> parse_code(std::string_view text) {
    const auto bytes = from_digits(plain_digits(text));
    if (!bytes) return std::nullopt;
    Reader in(*bytes);
    SignedCode code;
    const std::uint64_t head = in.take(2);
    if (head >> kVersionBits != kFormat) return std::nullopt;
    code.facts.version = static_cast<std::uint16_t>(head & ((1U << kVersionBits) - 1));
    code.key = KeyId(static_cast<std::uint32_t>(in.take(kKeyBytes)));
    code.facts.ticket = domain::TicketId(in.take(kIdBytes));
    code.facts.session = domain::SessionId(in.take(kIdBytes));
    code.facts.tier = domain::TierId(in.take(kIdBytes));
    const auto seconds = static_cast<std::int64_t>(in.take(kTimeBytes));
    code.facts.issued_at = base::Timestamp::from_unix_ms(seconds * 1000);
    std::memcpy(code.signature.data(), bytes->data() + kFactBytes, code.signature.size());
    return code;
}

bool is_genuine(const SignedCode& code, const crypto::PublicKey& key) {
    if (code.key != key_id_of(key)) return false;
    return crypto::is_signed_by(key, signed_text(bytes_of(code.key, code.facts)), code.signature);
}

}  // namespace onsale::tickets
