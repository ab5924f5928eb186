// Collector: reads what a hook has to be told from the journal: the journal is the queue, and there
// is no row per event. Orders that an end only names are looked up in the projections' rows, so it
// never reads further than those are. Belongs to the webhooks executor; keeps nothing of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "catalog/catalog.h"
#include "follow/batch_source.h"
#include "sql/database.h"
#include "webhooks/hook.h"
#include "webhooks/internal/event_body.h"

namespace onsale::webhooks {

// Events of one shard between two cursors, as they go out.
struct Delivery {
    domain::ShardId shard;
    Cursor from;
    Cursor until;          // where the next one begins
    std::string first_id;  // of the first event; names the delivery
    std::string body;      // a JSON array
    std::uint32_t events = 0;
    bool more = false;  // it ends at a limit: there may be more behind it
};

// Position up to which a shard's rows are there.
using Projected = std::function<std::uint64_t(domain::ShardId)>;

class Collector {
  public:
    // The rows are opened when they are first needed, so that they need not be there before.
    Collector(follow::BatchSource source, sql::OpenOptions rows, const catalog::Catalog& catalog,
              Projected projected);

    // What `hook` wants from `from` on, up to `until` if it is given, within the limits. Without
    // events it only says how far it has looked.
    [[nodiscard]] follow::FollowResult<Delivery> collect(const Hook& hook, domain::ShardId shard,
                                                         Cursor from,
                                                         std::optional<Cursor> until = {});

    [[nodiscard]] std::uint64_t projected(domain::ShardId shard) const { return projected_(shard); }

  private:
    struct Event {
        domain::SessionId session;
        EventBody body;
    };
    follow::FollowResult<bool> add_order(domain::OrderId order, Event& event);
    follow::FollowResult<bool> add_payment(const PaymentNews& news, Event& event);
    follow::FollowResult<bool> add_refund(const RefundNews& news, Event& event);
    follow::FollowResult<bool> fill(const domain::Fact& fact, Event& event);
    follow::FollowResult<std::optional<std::string>> event_json(const Hook& hook,
                                                                const follow::CommittedBatch& batch,
                                                                std::uint32_t index);
    follow::FollowResult<void> add_batch(const Hook& hook, const follow::CommittedBatch& batch,
                                         std::optional<Cursor> until, Delivery& delivery);

    follow::BatchSource source_;
    sql::OpenOptions rows_;
    std::unique_ptr<sql::Connection> projections_;
    const catalog::Catalog& catalog_;
    Projected projected_;
};

}  // namespace onsale::webhooks
