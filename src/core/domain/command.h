// Commands: what somebody wants of a box office. They are decided against its memory; only their
// facts are kept.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>

#include "base/bounded_vector.h"
#include "base/money.h"
#include "base/time.h"
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
// Ends at most `orders_max` live orders of cancelled sessions: reserved ones as cancelled (or
// expired, if their deadline came first), completed ones as refunded.
struct EndCancelled {
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
// Changes a session's times and its limits per person. Limits bind new orders only. Its campaigns
// must still fit into the new times.
struct ChangeSession {
    SessionId session;
    base::Timestamp starts_at;
    base::Timestamp ends_at;
    std::uint32_t orders_per_person = 0;   // 0: no limit
    std::uint32_t tickets_per_person = 0;  // 0: no limit
};
// Changes the price of a tier (same currency) and whether it is sold. Orders that exist keep
// theirs.
struct ChangeTier {
    SessionId session;
    TierId tier;
    base::Money price;
    bool on_sale = true;
};
// Cancels a session before it starts. From its fact on every new order in it is refused and every
// live order reads as ended; EndCancelled writes their ends down, slice by slice.
struct CancelSession {
    SessionId session;
};
// Makes a session safe to be taken out of the catalogue: it is cancelled like by CancelSession, but
// only if no campaign of it has opened yet and it has no live order; otherwise
// `session_not_removable`. A session that was cancelled before is `unchanged`, so it may go too.
// The box office forgets nothing here: a removed session is retired like any other.
struct RemoveSession {
    SessionId session;
};
// More stock for a pool. Repeating the same addition is harmless.
struct AddStock {
    SessionId session;
    PoolId pool;
    Addition addition;
};
// Takes free stock away; of codes, the ones that would be handed out next. With an id of the
// operator's, repeating it is `unchanged` and another count under it a `definition_conflict`; with
// 0 it is done again each time.
struct WithdrawStock {
    SessionId session;
    PoolId pool;
    std::uint64_t count = 0;
    WithdrawalId withdrawal{};
};
struct RetireSession {
    SessionId session;
};

using Command = std::variant<PlaceOrder, CancelOrder, HideOrder, ExpireDue, EndCancelled,
                             SetUpSession, ChangeCampaign, ChangeSession, ChangeTier, CancelSession,
                             RemoveSession, AddStock, WithdrawStock, RetireSession>;

// Commands that may use the journal's reserve when the disk is full: they free stock or end
// something, and take nothing.
[[nodiscard]] constexpr bool may_use_reserve(const Command& command) {
    return std::holds_alternative<CancelOrder>(command) ||
           std::holds_alternative<ExpireDue>(command);
}

}  // namespace onsale::domain
