// The signed code of a ticket: what a QR code at the door holds. Whoever has the site's public key
// can tell that the site issued it, without a network; whether the ticket is still good only the
// site knows. It names no person. Pure functions of order facts and key, so a code is made when it
// is asked for and stored nowhere; docs/formats/ticket.md has the bytes. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/strong.h"
#include "base/time.h"
#include "crypto/ed25519.h"
#include "domain/ids.h"

namespace onsale::tickets {

// The first four bytes of SHA-256 over the public key, so a key names itself.
using KeyId = base::Strong<struct TicketKeyTag, std::uint32_t>;
[[nodiscard]] KeyId key_id_of(const crypto::PublicKey& key);
[[nodiscard]] std::string to_string(KeyId key);  // 8 hex digits

// What is signed. `version` rises when a ticket gets another holder; the former code is void then.
struct CodeFacts {
    domain::TicketId ticket;
    domain::SessionId session;
    domain::TierId tier;
    std::uint16_t version = 1;  // below 4096
    base::Timestamp issued_at;  // whole seconds, until 2106
    bool operator==(const CodeFacts&) const = default;
};

struct SignedCode {
    KeyId key;
    CodeFacts facts;
    crypto::Signature signature{};
    bool operator==(const SignedCode&) const = default;
};

inline constexpr std::size_t kSignedCodeCharacters = 152;

[[nodiscard]] std::string sign_code(const CodeFacts& facts, const crypto::SigningKey& key);
// Spaces, line ends and hyphens are passed over, small letters taken as capital ones. Nothing for a
// text that is no code of this format. What it says is not to be believed before is_genuine().
[[nodiscard]] std::optional<SignedCode> parse_code(std::string_view text);
[[nodiscard]] bool is_genuine(const SignedCode& code, const crypto::PublicKey& key);

}  // namespace onsale::tickets
