#include "domain/outcome.h"

namespace onsale::domain {

std::string_view to_string(Refusal refusal) {
    switch (refusal) {
        case Refusal::none:
            return "none";
        case Refusal::campaign_unknown:
            return "campaign_unknown";
        case Refusal::session_unknown:
            return "session_unknown";
        case Refusal::session_closed:
            return "session_closed";
        case Refusal::not_open_yet:
            return "not_open_yet";
        case Refusal::campaign_ended:
            return "campaign_ended";
        case Refusal::tier_unknown:
            return "tier_unknown";
        case Refusal::tier_repeated:
            return "tier_repeated";
        case Refusal::quantity_invalid:
            return "quantity_invalid";
        case Refusal::over_tickets_per_order:
            return "over_tickets_per_order";
        case Refusal::over_orders_per_person:
            return "over_orders_per_person";
        case Refusal::over_tickets_per_person:
            return "over_tickets_per_person";
        case Refusal::sold_out:
            return "sold_out";
        case Refusal::not_enough_stock:
            return "not_enough_stock";
        case Refusal::key_reused:
            return "key_reused";
        case Refusal::order_unknown:
            return "order_unknown";
        case Refusal::order_not_cancellable:
            return "order_not_cancellable";
        case Refusal::order_not_final:
            return "order_not_final";
        case Refusal::definition_conflict:
            return "definition_conflict";
        case Refusal::definition_invalid:
            return "definition_invalid";
        case Refusal::pool_unknown:
            return "pool_unknown";
        case Refusal::stock_not_free:
            return "stock_not_free";
        case Refusal::session_not_ended:
            return "session_not_ended";
        case Refusal::orders_not_final:
            return "orders_not_final";
        case Refusal::tier_not_on_sale:
            return "tier_not_on_sale";
        case Refusal::session_cancelled:
            return "session_cancelled";
        case Refusal::session_started:
            return "session_started";
        case Refusal::session_not_removable:
            return "session_not_removable";
    }
    return "none";
}

}  // namespace onsale::domain
