// Facts: what has happened, in the past tense, as it stands in the journal for ever. apply(fact) is
// the only way memory changes, so a fact holds everything that a decision took from outside: ids,
// prices, times, ordinals.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>

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
struct StockAdded {
    SessionId session;
    PoolId pool;
    Addition addition;
};
struct StockWithdrawn {
    SessionId session;
    PoolId pool;
    std::uint64_t count = 0;
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

using Fact = std::variant<EpochStarted, SessionSetUp, CampaignChanged, StockAdded, StockWithdrawn,
                          OrderPlaced, OrderCancelled, OrderExpired, OrderHidden, SessionRetired>;

}  // namespace onsale::domain
