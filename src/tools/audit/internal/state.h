// The auditor's own picture of a shard: what follows from its facts, counted in a way of its own
// (signed, so that an oversale shows as a number below zero instead of wrapping). Nothing of
// core/domain or core/boxoffice is used. Belongs to one Fold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace onsale::audit {

// As they stand in the records.
inline constexpr std::uint32_t kReserved = 1;
inline constexpr std::uint32_t kCompleted = 2;
inline constexpr std::uint32_t kCancelled = 3;
inline constexpr std::uint32_t kExpired = 4;
inline constexpr std::uint32_t kRefunded = 5;
inline constexpr std::uint32_t kPaid = 6;
inline constexpr std::uint32_t kFailed = 7;
inline constexpr std::uint32_t kRefunding = 8;
inline constexpr std::size_t kStates = 9;  // with 0, which is none
inline constexpr std::uint32_t kPoolOfCodes = 2;
inline constexpr std::uint32_t kShardBits = 8;   // an order's id is number << 8 | shard
inline constexpr std::uint32_t kTicketBits = 5;  // a ticket's id is order << 5 | index
inline constexpr std::uint64_t kTicketsPerOrderMax = 32;

[[nodiscard]] const char* state_name(std::uint32_t state);
// An order holds stock until it has tickets, or has ended.
[[nodiscard]] constexpr bool holds_stock(std::uint32_t state) {
    return state == kReserved || state == kPaid;
}
[[nodiscard]] constexpr bool has_tickets(std::uint32_t state) {
    return state == kCompleted || state == kRefunding;
}

struct Line {
    std::uint64_t tier = 0;
    std::uint64_t first_ordinal = 0;
    std::int64_t unit_price_minor = 0;
    std::uint32_t quantity = 0;
    std::uint32_t currency = 0;
    bool operator==(const Line&) const = default;
};

inline constexpr std::uint32_t kNone = 0xffffffff;

struct Order {
    std::uint64_t id = 0;
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::uint64_t key = 0;
    std::uint64_t body_hash = 0;
    std::int64_t created_at_ms = 0;
    std::int64_t deadline_ms = 0;
    std::int64_t changed_at_ms = 0;
    Line line;                    // the first
    std::uint32_t session = 0;    // index in Fold::sessions
    std::uint32_t extra = kNone;  // index in Fold::extra_lines, for orders with more lines
    std::uint8_t state = 0;
    bool hidden = false;
};

struct Addition {
    std::uint64_t id = 0;
    std::uint64_t count = 0;
    std::string digest;
};

struct Pool {
    std::uint64_t id = 0;
    std::uint32_t kind = 0;
    std::int64_t capacity = 0;
    std::int64_t free = 0;
    std::int64_t held = 0;
    std::int64_t sold = 0;
    std::int64_t withdrawn = 0;
    std::uint64_t next_ordinal = 1;
    std::vector<Addition> additions;
    std::vector<std::uint64_t> withdrawals;  // those that had an id
    [[nodiscard]] bool balances() const { return free + held + sold + withdrawn == capacity; }
};

struct Tier {
    std::uint64_t id = 0;
    std::size_t pool = 0;  // index in Session::pools
    std::int64_t price_minor = 0;
    std::uint32_t currency = 0;
    bool on_sale = true;
};

struct Campaign {
    std::uint64_t id = 0;
    std::int64_t opens_at_ms = 0;
    std::int64_t closes_at_ms = 0;
    std::int64_t hold_time_ms = 0;
    bool one_per_person = false;
    std::uint32_t tickets_per_order = 0;
    std::vector<std::uint64_t> tiers;
};

struct Session {
    std::uint64_t id = 0;
    bool retired = false;
    bool cancelled = false;
    std::int64_t cancelled_at_ms = 0;
    std::int64_t starts_at_ms = 0;
    std::uint32_t orders_per_person = 0;
    std::uint32_t tickets_per_person = 0;
    std::vector<Pool> pools;
    std::vector<Tier> tiers;
    std::vector<Campaign> campaigns;
    std::vector<std::uint32_t> orders;  // indexes in Fold::orders
    std::uint64_t organiser = 0;
    std::uint32_t fee_basis_points = 0;             // of refunds that buyers ask for
    std::array<std::uint64_t, kStates> in_state{};  // orders, by their state
    std::uint64_t tickets = 0;                      // of orders that have them
    std::uint64_t issued = 0;  // the same, and of orders that were refunded since
    std::string definition;    // the session's record as it stands now, serialised
};

}  // namespace onsale::audit
