#include "domain/order.h"

namespace onsale::domain {

std::string_view to_string(OrderState state) {
    switch (state) {
        case OrderState::reserved:
            return "reserved";
        case OrderState::completed:
            return "completed";
        case OrderState::cancelled:
            return "cancelled";
        case OrderState::expired:
            return "expired";
        case OrderState::refunded:
            return "refunded";
        case OrderState::paid:
            return "paid";
        case OrderState::failed:
            return "failed";
        case OrderState::refunding:
            return "refunding";
    }
    return "";
}

}  // namespace onsale::domain
