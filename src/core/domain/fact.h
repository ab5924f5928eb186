// Facts: what has happened, in the past tense, as it stands in the journal for ever. apply(fact) is
// the only way memory changes, so a fact holds everything that a decision took from outside: ids,
// prices, times, ordinals.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/offer.h"
#include "domain/order.h"

namespace onsale::domain {

// The first fact of every owner's time.
struct EpochStarted {
    std::uint64_t epoch = 0;
    std::uint64_t incarnation = 0;
};
struct SessionSetUp {
    std::shared_ptr<const Session> session;
};
struct CampaignChanged {
    SessionId session;
    std::shared_ptr<const Campaign> campaign;
};
struct SessionChanged {
    SessionId session;
    base::Timestamp starts_at;
    base::Timestamp ends_at;
    std::uint32_t orders_per_person = 0;
    std::uint32_t tickets_per_person = 0;
};
struct TierChanged {
    SessionId session;
    TierId tier;
    base::Money price;
    bool on_sale = true;
};
// Nothing of the session is sold any more, and its live orders have ended at `at`, whatever the
// moment at which OrderCancelled, OrderExpired or OrderRefunded says so of each.
struct SessionCancelled {
    SessionId session;
    base::Timestamp at;
};
struct StockAdded {
    SessionId session;
    PoolId pool;
    Addition addition;
};
struct StockWithdrawn {
    SessionId session;
    PoolId pool;
    std::uint64_t count = 0;
    WithdrawalId withdrawal{};  // 0: it had no id
};
// A new order, as reserved or (when it is free of charge) as completed.
struct OrderPlaced {
    Order order;
};
struct OrderCancelled {
    OrderId order;
    base::Timestamp at;
};
struct OrderExpired {
    OrderId order;
    base::Timestamp at;
};
// A completed order of a cancelled session. Its tickets are void; what it had bought is withdrawn,
// because a code that somebody has seen is never stock again.
struct OrderRefunded {
    OrderId order;
    base::Timestamp at;
};
struct OrderHidden {
    OrderId order;
};
// All orders of the session are final and its time is over: memory lets go of them. The totals are
// what the auditor compares.
struct SessionRetired {
    SessionId session;
    std::uint64_t orders = 0;
    std::uint64_t completed = 0;
    std::uint64_t tickets = 0;  // of completed orders
};

using Fact = std::variant<EpochStarted, SessionSetUp, CampaignChanged, SessionChanged, TierChanged,
                          SessionCancelled, StockAdded, StockWithdrawn, OrderPlaced, OrderCancelled,
                          OrderExpired, OrderRefunded, OrderHidden, SessionRetired>;

}  // namespace onsale::domain
