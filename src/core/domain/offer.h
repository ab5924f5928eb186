// What is sold and by which rules: a session with its pools, tiers and campaigns. Everything here
// is read by a rule, so it changes only by a command. Names, texts and pictures are records of
// services/catalog.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/refund.h"

namespace onsale::domain {

enum class PoolKind : std::uint8_t { count = 1, codes = 2 };

// Stock that enters a pool in one step. For codes: the list of the vault, how many it holds, and
// SHA-256 over them, so that nobody can exchange the list behind the journal.
struct Addition {
    AdditionId id;
    std::uint64_t count = 0;
    std::array<std::byte, 32> digest{};
    bool operator==(const Addition&) const = default;
};

// Stock that left a pool in one step under an operator's id. Only what has an id is remembered.
struct Withdrawal {
    WithdrawalId id;
    std::uint64_t count = 0;
    bool operator==(const Withdrawal&) const = default;
};

struct Pool {
    PoolId id;
    PoolKind kind = PoolKind::count;
    std::vector<Addition> additions;        // in order; ordinals of codes run through them
    std::vector<Withdrawal> withdrawals{};  // none when a session is set up
    bool operator==(const Pool&) const = default;
};

struct Tier {
    TierId id;
    PoolId pool;
    base::Money price;
    bool on_sale = true;  // false: no new orders; those that exist stay as they are
    bool operator==(const Tier&) const = default;
};

struct Campaign {
    CampaignId id;
    base::Timestamp opens_at;
    base::Timestamp closes_at;            // exclusive; at the latest the session's ends_at
    base::Duration hold_time;             // how long an order with a price stays reserved
    bool one_per_person = false;          // at most one live order per person in this campaign
    std::uint32_t tickets_per_order = 0;  // 0: only the domain's limit
    std::vector<TierId> tiers;
    bool operator==(const Campaign&) const = default;
};

struct Session {
    SessionId id;
    base::Timestamp starts_at;
    base::Timestamp ends_at;
    std::uint32_t orders_per_person = 0;  // live orders of one person in this session; 0: no limit
    std::uint32_t tickets_per_person =
        0;  // live tickets of one person in this session; 0: no limit
    std::vector<Pool> pools;
    std::vector<Tier> tiers;
    std::vector<Campaign> campaigns;
    // A performance: its campaigns close at the latest when it starts. What is sold while it is
    // valid (a voucher, an attraction) has false and closes at the latest at ends_at.
    bool sale_ends_at_start = false;
    OrganiserId organiser{};  // who is owed what it sells; zero: the site itself
    RefundPolicy refunds{};
    LatePayment late_payment = LatePayment::refund;
    bool operator==(const Session&) const = default;
};

// What has become of a session; not part of its definition.
struct SessionStatus {
    bool retired = false;
    bool cancelled = false;
    base::Timestamp cancelled_at;  // zero unless cancelled
    bool operator==(const SessionStatus&) const = default;
};

// The two-way stock equation. INVARIANT: free + held + sold + withdrawn = capacity, after every
// step.
struct StockCount {
    std::uint64_t capacity = 0;
    std::uint64_t free = 0;
    std::uint64_t held = 0;
    std::uint64_t sold = 0;
    std::uint64_t withdrawn = 0;
    bool operator==(const StockCount&) const = default;
    [[nodiscard]] constexpr bool balances() const {
        return free <= capacity && held <= capacity && sold <= capacity && withdrawn <= capacity &&
               free + held + sold + withdrawn == capacity;
    }
};

}  // namespace onsale::domain
