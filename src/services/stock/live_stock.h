// LiveStock: how much is free right now, for pages and event streams. Every 100 ms it asks the box
// offices whose journal has moved and publishes what has become different, at most one notice a
// round whatever the rush. Its own executor does the work; free_of() may be called from any thread.
// After a crash it starts empty and is filled by the first round.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/time.h"
#include "catalog/catalog.h"
#include "domain/offer.h"
#include "env/executor.h"
#include "follow/feed.h"
#include "shard/engine.h"

namespace onsale::stock {

struct TierFree {
    domain::TierId tier;
    std::uint64_t free = 0;
    bool operator==(const TierFree&) const = default;
};
struct CampaignFree {
    domain::CampaignId campaign;
    std::vector<TierFree> tiers;  // only those that have changed
};
// One round's changes; shared, since every event stream gets the same.
using FreeNotice = std::shared_ptr<const std::vector<CampaignFree>>;

struct LiveStockOptions {
    base::Duration interval = base::Duration::milliseconds(100);
};

class LiveStock {
  public:
    // `executor` must outlive the engine's stop().
    LiveStock(shard::Engine& engine, follow::Feed& feed, const catalog::Catalog& catalog,
              env::Executor& executor, LiveStockOptions options = {});
    ~LiveStock();
    LiveStock(const LiveStock&) = delete;
    LiveStock& operator=(const LiveStock&) = delete;

    // Before start(): `listener` runs on `home` with each round's changes.
    void subscribe(env::Executor& home, std::function<void(FreeNotice)> listener);
    void start();
    // One round now, for tests and the first page; `done` runs on the executor when all answers are
    // in.
    void refresh(env::Task done);

    // What is free, as of the last round; nothing for a pool or tier that has not been seen.
    [[nodiscard]] std::optional<std::uint64_t> free_of(domain::SessionId session,
                                                       domain::PoolId pool) const;
    // Of all tiers of a campaign, in the directory's order; tiers not seen yet have 0.
    [[nodiscard]] std::vector<TierFree> free_of(const catalog::SessionEntry& session,
                                                const catalog::CampaignEntry& campaign) const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::stock
