// Commands: what somebody wants of a box office. They are decided against its memory; only their
// facts are kept.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>

#include "base/bounded_vector.h"
#include "domain/ids.h"
#include "domain/limits.h"
#include "domain/offer.h"

namespace onsale::domain {

struct WantedLine {
    TierId tier;
    std::uint32_t quantity = 0;
};
using WantedLines = base::BoundedVector<WantedLine, kLinesPerOrderMax>;

// No price: prices are the server's. No lines: one ticket of the campaign's first tier
// that has one.
struct PlaceOrder {
    PersonId person;
    CampaignId campaign;
    WantedLines lines;
    std::uint64_t idempotency_key = 0;
    std::uint64_t body_hash = 0;
};
struct CancelOrder {
    PersonId person;
    OrderId order;
};
// Takes a final order out of its person's list; stock and limits do not change.
struct HideOrder {
    PersonId person;
    OrderId order;
};
// Ends at most `orders_max` reserved orders whose deadline has passed, the oldest first.
struct ExpireDue {
    std::uint32_t orders_max = 0;
};
// Opens a session with everything in it, in one step. Repeating it is harmless; the same id with
// another content is refused.
struct SetUpSession {
    std::shared_ptr<const Session> session;
};
// Changes the window and limits of a campaign, or adds one to its session.
struct ChangeCampaign {
    SessionId session;
    std::shared_ptr<const Campaign> campaign;
};
// More stock for a pool. Repeating the same addition is harmless.
struct AddStock {
    SessionId session;
    PoolId pool;
    Addition addition;
};
// Takes free stock away; of codes, the ones that would be handed out next.
struct WithdrawStock {
    SessionId session;
    PoolId pool;
    std::uint64_t count = 0;
};
struct RetireSession {
    SessionId session;
};

using Command = std::variant<PlaceOrder, CancelOrder, HideOrder, ExpireDue, SetUpSession,
                             ChangeCampaign, AddStock, WithdrawStock, RetireSession>;

// Commands that may use the journal's reserve when the disk is full: they free stock or end
// something, and take nothing.
[[nodiscard]] constexpr bool may_use_reserve(const Command& command) {
    return std::holds_alternative<CancelOrder>(command) ||
           std::holds_alternative<ExpireDue>(command);
}

}  // namespace onsale::domain
