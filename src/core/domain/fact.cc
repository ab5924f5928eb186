#include "domain/fact.h"

namespace onsale::domain {

std::optional<OrderChange> order_change(const Fact& fact) {
    if (const auto* cancelled = std::get_if<OrderCancelled>(&fact))
        return OrderChange{cancelled->order, OrderState::cancelled, cancelled->at};
    if (const auto* expired = std::get_if<OrderExpired>(&fact))
        return OrderChange{expired->order, OrderState::expired, expired->at};
    if (const auto* refunded = std::get_if<OrderRefunded>(&fact))
        return OrderChange{refunded->order, OrderState::refunded, refunded->at};
    if (const auto* moved = std::get_if<OrderMoved>(&fact))
        return OrderChange{moved->order, moved->to, moved->at};
    if (const auto* accepted = std::get_if<LatePaymentAccepted>(&fact))
        return OrderChange{accepted->order, OrderState::paid, accepted->at};
    return std::nullopt;
}

}  // namespace onsale::domain
