// Outcomes: the box office's answer to a command. A refusal is data, not an error: one exact name
// per reason, with what is needed to explain it.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/time.h"
#include "domain/ids.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "domain/refund.h"

namespace onsale::domain {

enum class Refusal : std::uint8_t {
    none = 0,
    campaign_unknown,
    session_unknown,
    session_closed,           // retired: no order of it is in memory any more
    not_open_yet,             // at = when it opens
    campaign_ended,           // at = when it closed
    tier_unknown,             // not of this campaign
    tier_repeated,            // the same tier in two lines
    quantity_invalid,         // zero
    over_tickets_per_order,   // limit
    over_orders_per_person,   // limit, used
    over_tickets_per_person,  // limit, used
    sold_out,                 // nothing is free
    not_enough_stock,         // free > 0, but less than wanted
    key_reused,               // the same idempotency key with another body
    order_unknown,            // or another person's
    order_not_cancellable,    // order = as it is
    order_not_final,
    definition_conflict,  // the same id exists with another content
    definition_invalid,
    pool_unknown,
    stock_not_free,  // free = what could be withdrawn
    session_not_ended,
    orders_not_final,
    tier_not_on_sale,         // tier
    session_cancelled,        // at = when it was
    session_started,          // at = when it began
    session_not_removable,    // at = when its first campaign opened, used = its live orders
    order_not_payable,        // order = as it is
    authorisation_too_small,  // limit = what is to be paid, used = what was granted (minor units)
    authorisation_expired,    // at = when
    payments_exhausted,       // limit
    payment_unknown,          // or of another bank, or of a past that was lost
    payment_final,            // a bank's word that contradicts what is final; payment = as it is
    step_not_wanted,          // payment = as it is
    not_parked,
    refund_not_allowed,    // the session gives nothing back
    refund_too_late,       // at = until when it could be asked for
    refund_nothing_paid,   // the order was free
    order_not_refundable,  // order = as it is
    refund_unknown,        // or another person's
    refund_not_pending,    // it is not (or no more) being reviewed; refund = as it is
    refund_same_reviewer,  // the second review is somebody else's
    stray_unknown,
    refund_not_refused,  // the bank may still pay it; refund = as it is
};
inline constexpr std::size_t kRefusals = 45;
[[nodiscard]] std::string_view to_string(Refusal refusal);

enum class OutcomeKind : std::uint8_t {
    accepted,        // done now
    repeated,        // the same key and body were accepted before: `order` is what came of it
    already_joined,  // one per person: `order` is the one the person has
    unchanged,       // a repeated definition or addition: nothing to do
    refused,
};

// What a refusal rests on. Fields that the reason does not use are zero.
struct Explanation {
    TierId tier;
    std::uint64_t free = 0;
    std::uint64_t limit = 0;
    std::uint64_t used = 0;
    base::Timestamp at;
};

struct Outcome {
    OutcomeKind kind = OutcomeKind::refused;
    Refusal refusal = Refusal::none;
    Explanation explanation;
    SessionId session;  // of the campaign or order, where it is known
    CampaignId campaign;
    Order order;  // kinds accepted (of an order's command), repeated, already_joined, and
                  // order_not_cancellable
    // As it is after the command, where the command is about one.
    std::shared_ptr<const Payment> payment;
    std::shared_ptr<const Refund> refund;
    std::shared_ptr<const Stray> stray;
    std::uint64_t count = 0;  // ExpireDue, EndCancelled: how many orders ended
};

}  // namespace onsale::domain
