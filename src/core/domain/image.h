// ImageSink: the memory of a box office, piece by piece and in a fixed order (header, sessions,
// stock, orders), for snapshots and for comparing two of them. Everything else in memory is an
// index that follows from these pieces.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/ids.h"
#include "domain/offer.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "domain/refund.h"

namespace onsale::domain {

struct HeaderImage {
    ShardId shard;
    std::uint64_t next_order_number = 1;
    std::uint64_t incarnation = 0;  // of the newest epoch
};

struct StockImage {
    SessionId session;
    PoolId pool;
    StockCount count;
    std::uint64_t next_ordinal = 1;  // of the next code
};

// The money of one order: its payments and refunds in their order.
struct OrderMoney {
    OrderId order;
    bool replaced = false;  // a late payment got better tickets than were ordered
    std::vector<Payment> payments;
    std::vector<Refund> refunds;
    bool operator==(const OrderMoney&) const = default;
};

class ImageSink {
  public:
    virtual ~ImageSink() = default;
    virtual void header(const HeaderImage& header) = 0;
    virtual void session(const Session& session,
                         const SessionStatus& status) = 0;  // ascending by id
    virtual void stock(
        const StockImage& stock) = 0;  // ascending by session, then pool; live sessions only
    virtual void order(const Order& order) = 0;       // ascending by id
    virtual void money(const OrderMoney& money) = 0;  // ascending by order; only where there is any
    virtual void stray(const Stray& stray) = 0;       // ascending by id
};

}  // namespace onsale::domain
