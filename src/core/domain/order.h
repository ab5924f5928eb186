// An order: what one person asked for, with its states. The graph of states is DESIGN's;
// can_follow() is its one place in the code.
#pragma once

#include <cstdint>

#include "base/bounded_vector.h"
#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/limits.h"

namespace onsale::domain {

enum class OrderState : std::uint8_t {
    reserved = 1,
    completed = 2,
    cancelled = 3,
    expired = 4,
    refunded = 5,
};

// True if the published graph has this edge. A completed order is refunded when its session is
// cancelled. Only free orders are completed so far, so nothing has to be paid back on the way; an
// order that cost money will go through `refunding`.
[[nodiscard]] constexpr bool can_follow(OrderState from, OrderState to) {
    if (from == OrderState::completed) return to == OrderState::refunded;
    return from == OrderState::reserved && to != OrderState::reserved && to != OrderState::refunded;
}
// Nothing is under way with a final order; its person may hide it from their list.
[[nodiscard]] constexpr bool is_final(OrderState state) {
    return state != OrderState::reserved;
}
// A live order counts against limits and has stock behind it.
[[nodiscard]] constexpr bool is_live(OrderState state) {
    return state == OrderState::reserved || state == OrderState::completed;
}

struct OrderLine {
    TierId tier;
    std::uint32_t quantity = 0;
    base::Money unit_price;
    // Pools of codes: the pool's number of the first code, 1, 2, 3, …; the others follow. 0: no
    // code (yet).
    std::uint64_t first_ordinal = 0;
    bool operator==(const OrderLine&) const = default;
};

using OrderLines = base::BoundedVector<OrderLine, kLinesPerOrderMax>;

struct Order {
    OrderId id;
    PersonId person;
    SessionId session;
    CampaignId campaign;
    OrderState state = OrderState::reserved;
    bool hidden = false;
    base::Timestamp created_at;
    base::Timestamp deadline;           // of the hold; kept when it ends, zero when there was none
    base::Timestamp changed_at;         // of the last change of state
    std::uint64_t idempotency_key = 0;  // hash of the caller's key; 0: none
    std::uint64_t body_hash = 0;
    OrderLines lines;
    bool operator==(const Order&) const = default;

    [[nodiscard]] std::uint32_t quantity() const {
        std::uint32_t sum = 0;
        for (const auto& line : lines) sum += line.quantity;
        return sum;
    }
    [[nodiscard]] base::Money amount() const {
        base::Money sum =
            lines.empty() ? base::Money{} : base::Money{0, lines[0].unit_price.currency};
        for (const auto& line : lines) sum.minor += line.unit_price.minor * line.quantity;
        return sum;
    }
};

}  // namespace onsale::domain
