// A party: another company that the site works with, a bank or a supplier, and what is known of it.
// Plain values and pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong.h"
#include "base/time.h"
#include "crypto/signed_call.h"

namespace onsale::registry {

enum class PartyKind : std::uint8_t { bank = 1, supplier = 2 };
[[nodiscard]] std::string_view to_string(PartyKind kind);
[[nodiscard]] std::optional<PartyKind> parse_kind(std::string_view text);

using PartyNumber = base::Strong<struct PartyNumberTag, std::uint64_t>;

struct PartyId {
    PartyKind kind = PartyKind::bank;
    PartyNumber number;
    auto operator<=>(const PartyId&) const = default;
};
[[nodiscard]] constexpr PartyId bank_party(std::uint64_t number) {
    return {PartyKind::bank, PartyNumber(number)};
}
[[nodiscard]] std::string to_string(PartyId party);  // bank 1

struct Party {
    PartyId id;
    std::string name_zh;
    std::string name_en;
    bool enabled = true;
    base::Timestamp created_at;
    bool operator==(const Party&) const = default;
};

// Two keys that were made together: with one the site signs what it sends the party, with the other
// the party what it sends the site. The newest pair of a party is never retired.
struct KeyPair {
    std::uint32_t generation = 1;
    crypto::CallKey to_party;
    crypto::CallKey to_site;
    base::Timestamp created_at;
    std::optional<base::Timestamp> retired_at;  // from then on not valid; may lie ahead
    [[nodiscard]] bool is_valid(base::Timestamp now) const {
        return !retired_at || now < *retired_at;
    }
};

// Who has signed a request, and with which generation of keys.
struct SignedBy {
    PartyId party;
    std::uint32_t generation = 0;
};

// disabled: the signature is right, but the party is switched off.
enum class SignatureRefusal : std::uint8_t {
    malformed,
    unknown_key,
    wrong_time,
    wrong_signature,
    disabled
};
[[nodiscard]] std::string_view to_string(SignatureRefusal refusal);

// What an instance of a party's program says of itself every second.
struct Heartbeat {
    PartyId party;
    std::string instance;    // random, made at its start
    std::string url;         // origin that the site calls: http://127.0.0.1:8101
    std::string public_url;  // origin that browsers are sent to; may be empty
    std::vector<std::string> ways;
    bool serving = true;  // false: it stops now
};

// wrong_party: it was signed with another party's key.
enum class BeatRefusal : std::uint8_t {
    wrong_party,
    instance_invalid,
    url_invalid,
    public_url_invalid,
    ways_invalid,
    too_many_instances
};

// http:// or https:// with a host and perhaps a port, and nothing behind. Where private addresses
// are not allowed: https only, and no address as digits that is not public. A name is looked at
// when it is called, at the address that it then has.
[[nodiscard]] bool is_origin(std::string_view url, bool private_addresses);

enum class BreakerState : std::uint8_t { closed, half_open, open };
[[nodiscard]] std::string_view to_string(BreakerState state);

// An instance as the console shows it.
struct InstanceView {
    std::string instance;
    std::string url;
    std::string public_url;
    std::vector<std::string> ways;
    bool live = false;  // heartbeats come, and it serves
    bool serving = true;
    BreakerState breaker = BreakerState::closed;
    bool in_use = false;  // live, and calls may go there
    std::uint32_t key_generation = 0;
    base::Timestamp beat_at;
    std::int64_t beat_age_ms = 0;
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::int64_t latency_us = 0;  // a moving average of calls that were answered; 0: none yet
};

// Without secrets.
struct KeyView {
    std::uint32_t generation = 0;
    std::string to_party;  // key ids
    std::string to_site;
    base::Timestamp created_at;
    std::optional<base::Timestamp> retired_at;
};

struct PartyView {
    Party party;
    std::vector<KeyView> keys;            // those that are valid, the newest last
    std::vector<InstanceView> instances;  // in the order of their names
    std::vector<std::string> ways;        // of instances in use, sorted, each once
    [[nodiscard]] bool usable() const { return party.enabled && !ways.empty(); }
};

}  // namespace onsale::registry
