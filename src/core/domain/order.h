// An order: what one person asked for, with its states. The graph of states is DESIGN's;
// can_follow() is its one place in the code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

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
    paid = 6,
    failed = 7,
    refunding = 8,
};
inline constexpr std::size_t kOrderStates = 9;  // with 0, which is none
[[nodiscard]] std::string_view to_string(OrderState state);

// True if the published graph has this edge. A free order goes from nothing to completed. An order
// that has ended comes back only as paid, by a late payment that is accepted. A completed order
// goes to refunded at once when its session is cancelled and it was free.
[[nodiscard]] constexpr bool can_follow(OrderState from, OrderState to) {
    switch (from) {
        case OrderState::reserved:
            return to == OrderState::paid || to == OrderState::failed ||
                   to == OrderState::cancelled || to == OrderState::expired;
        case OrderState::paid:
            return to == OrderState::completed || to == OrderState::failed ||
                   to == OrderState::refunding;
        case OrderState::completed:
            return to == OrderState::refunding || to == OrderState::refunded;
        case OrderState::refunding:
            return to == OrderState::refunded || to == OrderState::completed;
        case OrderState::expired:
        case OrderState::cancelled:
            return to == OrderState::paid;
        case OrderState::failed:
        case OrderState::refunded:
            return false;
    }
    return false;
}
// Nothing is under way with a final order; its person may hide it from their list.
[[nodiscard]] constexpr bool is_final(OrderState state) {
    return state != OrderState::reserved && state != OrderState::paid &&
           state != OrderState::refunding;
}
// Stock is held for an order that may still become tickets, and sold to one that has them.
[[nodiscard]] constexpr bool holds_stock(OrderState state) {
    return state == OrderState::reserved || state == OrderState::paid;
}
[[nodiscard]] constexpr bool has_tickets(OrderState state) {
    return state == OrderState::completed || state == OrderState::refunding;
}
// A live order counts against limits and has stock behind it.
[[nodiscard]] constexpr bool is_live(OrderState state) {
    return holds_stock(state) || has_tickets(state);
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
