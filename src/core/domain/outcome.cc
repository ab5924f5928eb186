#include "domain/outcome.h"

#include <array>

namespace onsale::domain {
namespace {

// As the reasons stand in Refusal.
constexpr std::array<std::string_view, kRefusals> kNames = {"none",
                                                            "campaign_unknown",
                                                            "session_unknown",
                                                            "session_closed",
                                                            "not_open_yet",
                                                            "campaign_ended",
                                                            "tier_unknown",
                                                            "tier_repeated",
                                                            "quantity_invalid",
                                                            "over_tickets_per_order",
                                                            "over_orders_per_person",
                                                            "over_tickets_per_person",
                                                            "sold_out",
                                                            "not_enough_stock",
                                                            "key_reused",
                                                            "order_unknown",
                                                            "order_not_cancellable",
                                                            "order_not_final",
                                                            "definition_conflict",
                                                            "definition_invalid",
                                                            "pool_unknown",
                                                            "stock_not_free",
                                                            "session_not_ended",
                                                            "orders_not_final",
                                                            "tier_not_on_sale",
                                                            "session_cancelled",
                                                            "session_started",
                                                            "session_not_removable",
                                                            "order_not_payable",
                                                            "authorisation_too_small",
                                                            "authorisation_expired",
                                                            "payments_exhausted",
                                                            "payment_unknown",
                                                            "payment_final",
                                                            "step_not_wanted",
                                                            "not_parked",
                                                            "refund_not_allowed",
                                                            "refund_too_late",
                                                            "refund_nothing_paid",
                                                            "order_not_refundable",
                                                            "refund_unknown",
                                                            "refund_not_pending",
                                                            "refund_same_reviewer",
                                                            "stray_unknown",
                                                            "refund_not_refused"};
static_assert(!kNames.back().empty() &&
              kNames[static_cast<std::size_t>(Refusal::refund_not_refused)] ==
                  "refund_not_refused");

}  // namespace

std::string_view to_string(Refusal refusal) {
    const auto index = static_cast<std::size_t>(refusal);
    return index < kNames.size() ? kNames[index] : "unknown";
}

}  // namespace onsale::domain
