// OrderEvents: tells the event streams when an order of somebody who is listening has changed.
// Follows the feed in memory on its own executor; it is a courtesy, not a promise: what was missed
// (a follower too slow, a restart) is seen by asking for the order. Nothing is stored; after a
// crash clients connect again and ask.
#pragma once

#include <functional>
#include <memory>

#include "domain/order.h"
#include "env/executor.h"
#include "follow/feed.h"
#include "shard/engine.h"

namespace onsale::orders {

class OrderEvents {
  public:
    // `executor` must outlive the engine's stop().
    OrderEvents(shard::Engine& engine, follow::Feed& feed, env::Executor& executor);
    ~OrderEvents();
    OrderEvents(const OrderEvents&) = delete;
    OrderEvents& operator=(const OrderEvents&) = delete;

    // Before start(): `listener` runs on `home` with every change of an order whose person is
    // watched, as the order is when it is told.
    void subscribe(env::Executor& home, std::function<void(const domain::Order&)> listener);
    void start();

    // From any thread; counted, so that two streams of one person are two watches.
    void watch(domain::PersonId person);
    void unwatch(domain::PersonId person);

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::orders
