// Signed tickets as JSON: keys, checks, and how each is said. Plain values and pure functions, any
// thread; `onsale verify-ticket` reads the same shapes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "shop/campaign_body.h"
#include "tickets/check.h"
#include "tickets/key_ring.h"

namespace onsale::shop {

struct TicketKeyBody {
    std::string id;                    // 8 hex digits, as in a code
    std::string algorithm;             // Ed25519
    std::string public_key;            // 32 bytes, base64url
    std::string from;                  // of tickets issued at this time or later
    std::optional<std::string> until;  // exclusive; absent: no newer key is known
};
BOOST_DESCRIBE_STRUCT(TicketKeyBody, (), (id, algorithm, public_key, from, until))
struct TicketKeysBody {
    std::vector<TicketKeyBody> keys;  // oldest first
};
BOOST_DESCRIBE_STRUCT(TicketKeysBody, (), (keys))

[[nodiscard]] TicketKeysBody ticket_keys_body(const tickets::KeyRing& ring);
// Nothing: these are not the keys of a site.
[[nodiscard]] std::optional<tickets::KeyRing> key_ring_of(const TicketKeysBody& body);

// What is known of a genuine code, and of nothing else. No person.
struct TicketCheckBody {
    std::string result;                 // valid, void, unknown_key, forged, malformed
    std::optional<std::string> reason;  // why it is void
    std::optional<std::string> key;
    std::optional<std::uint64_t> ticket;
    std::optional<std::uint64_t> session;
    std::optional<std::uint64_t> tier;
    std::optional<std::uint32_t> version;
    std::optional<std::string> issued_at;
    std::optional<TextBody> show;
    std::optional<TextBody> venue;
    std::optional<TextBody> tier_name;
    std::optional<std::string> starts_at;  // of the session
    std::optional<std::string> ends_at;
    std::optional<std::string> valid_from;  // of the tier, where it has such times
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(TicketCheckBody, (),
                      (result, reason, key, ticket, session, tier, version, issued_at, show, venue,
                       tier_name, starts_at, ends_at, valid_from, valid_until))

[[nodiscard]] TicketCheckBody ticket_check_body(const tickets::CheckResult& result);

}  // namespace onsale::shop
