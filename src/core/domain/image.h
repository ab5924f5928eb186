// ImageSink: the memory of a box office, piece by piece and in a fixed order (header, sessions,
// stock, orders), for snapshots and for comparing two of them. Everything else in memory is an
// index that follows from these pieces.
#pragma once

#include <cstdint>

#include "domain/ids.h"
#include "domain/offer.h"
#include "domain/order.h"

namespace onsale::domain {

struct StockImage {
    SessionId session;
    PoolId pool;
    StockCount count;
    std::uint64_t next_ordinal = 1;  // of the next code
};

class ImageSink {
  public:
    virtual ~ImageSink() = default;
    virtual void header(ShardId shard, std::uint64_t next_order_number) = 0;
    virtual void session(const Session& session,
                         const SessionStatus& status) = 0;  // ascending by id
    virtual void stock(
        const StockImage& stock) = 0;  // ascending by session, then pool; live sessions only
    virtual void order(const Order& order) = 0;  // ascending by id
};

}  // namespace onsale::domain
