// KeyRing: the site's public keys for tickets, old ones included, each with the time from which it
// signs. A ticket is good under the key that was valid when it was issued, and under no other. An
// immutable value; any thread. read_code() is all that a door without a network needs.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tickets/signed_code.h"

namespace onsale::tickets {

struct TicketKey {
    KeyId id;
    crypto::PublicKey key{};
    base::Timestamp from;                  // of tickets issued at this second or later
    std::optional<base::Timestamp> until;  // exclusive; nothing: until there is a newer one
    bool operator==(const TicketKey&) const = default;
};

class KeyRing {
  public:
    KeyRing() = default;
    // Ascending by `from`, the first one from the beginning of time; each ends where the next one
    // begins.
    explicit KeyRing(std::vector<TicketKey> keys);

    [[nodiscard]] const std::vector<TicketKey>& keys() const { return keys_; }
    [[nodiscard]] const TicketKey* find(KeyId id) const;
    // The place in keys() of the one under which a ticket of that time is issued.
    [[nodiscard]] std::size_t place_at(base::Timestamp issued_at) const;

  private:
    std::vector<TicketKey> keys_;
};

// unknown_key: another site's, or one that came after this ring. forged: the signature is wrong, or
// the key was not valid when the ticket says that it was issued.
enum class Reading : std::uint8_t { genuine, unknown_key, forged, malformed };

struct ReadCode {
    Reading reading = Reading::malformed;
    SignedCode code;  // nothing to believe unless it is genuine
};
[[nodiscard]] ReadCode read_code(std::string_view text, const KeyRing& ring);

}  // namespace onsale::tickets
