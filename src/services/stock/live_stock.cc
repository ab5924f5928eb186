#include "stock/live_stock.h"

#include <map>
#include <mutex>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

namespace onsale::stock {
namespace {

using PoolKey = std::pair<std::uint64_t, std::uint64_t>;  // session, pool

// What is free, by pool. Thread-safe; the mutex is held for a look-up or for one shard's update.
class FreeTable {
  public:
    [[nodiscard]] std::optional<std::uint64_t> find(PoolKey key) const {
        const std::lock_guard lock(mutex_);
        const auto found = free_.find(key);
        if (found == free_.end()) return std::nullopt;
        return found->second;
    }
    // Takes what a shard says; returns the pools that have become different.
    [[nodiscard]] std::vector<PoolKey> update(const std::vector<boxoffice::PoolView>& pools) {
        const std::lock_guard lock(mutex_);
        std::vector<PoolKey> changed;
        for (const auto& pool : pools) {
            const PoolKey key{pool.session.value(), pool.pool.value()};
            const auto [place, is_new] = free_.try_emplace(key, pool.count.free);
            if (!is_new && place->second == pool.count.free) continue;
            place->second = pool.count.free;
            changed.push_back(key);
        }
        return changed;
    }

  private:
    mutable std::mutex mutex_;  // owns free_
    boost::unordered_flat_map<PoolKey, std::uint64_t> free_;
};

}  // namespace

struct LiveStock::Impl : std::enable_shared_from_this<LiveStock::Impl> {
    Impl(shard::Engine& engine_in, follow::Feed& feed_in, const catalog::Catalog& catalog_in,
         env::Executor& executor_in, LiveStockOptions options_in)
        : engine(engine_in),
          feed(feed_in),
          catalog(catalog_in),
          executor(executor_in),
          options(options_in),
          seen(feed_in.shards()),
          asked(feed_in.shards()) {}

    struct Listener {
        env::Executor& home;
        std::function<void(FreeNotice)> tell;
    };
    // One round over all shards that have moved.
    struct Round {
        std::size_t left = 1;  // one for the asking itself
        std::vector<PoolKey> changed;
        env::Task done;
    };

    void tick() {
        begin_round({});
        executor.post_after(options.interval, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->tick();
        });
    }

    void begin_round(env::Task done) {
        auto round = std::make_shared<Round>();
        round->done = std::move(done);
        for (std::uint16_t shard = 0; shard < feed.shards(); ++shard) {
            const std::uint64_t committed = feed.committed(domain::ShardId(shard));
            if (asked[shard] && seen[shard] == committed) continue;
            asked[shard] = true;
            seen[shard] = committed;
            ++round->left;
            engine.read(domain::ShardId(shard), executor,
                        [self = shared_from_this(), round](const boxoffice::BoxOffice& office,
                                                           base::Timestamp) {
                            return env::Task([self, round, pools = office.stock()] {
                                const auto changed = self->table.update(pools);
                                round->changed.insert(round->changed.end(), changed.begin(),
                                                      changed.end());
                                self->end_part(*round);
                            });
                        });
        }
        end_part(*round);
    }

    void end_part(Round& round) {
        if (--round.left > 0) return;
        if (!round.changed.empty()) publish(round.changed);
        if (round.done) round.done();
    }

    // From pools to the campaigns that sell from them.
    void publish(const std::vector<PoolKey>& changed) {
        std::map<PoolKey, std::uint64_t> free;
        for (const auto& key : changed) free[key] = table.find(key).value_or(0);
        auto notice = std::make_shared<std::vector<CampaignFree>>();
        const auto directory = catalog.directory();
        std::uint64_t last_session = 0;
        for (const auto& [key, ignored] : free) {
            if (key.first == last_session) continue;
            last_session = key.first;
            const auto session = directory->find_session(domain::SessionId(key.first));
            if (session == nullptr) continue;
            for (const auto& campaign : session->campaigns)
                add_campaign(*session, campaign, free, *notice);
        }
        if (notice->empty()) return;
        for (const auto& listener : listeners) {
            listener.home.post([tell = listener.tell, notice] { tell(notice); });
        }
    }

    static void add_campaign(const catalog::SessionEntry& session,
                             const catalog::CampaignEntry& campaign,
                             const std::map<PoolKey, std::uint64_t>& free,
                             std::vector<CampaignFree>& notice) {
        CampaignFree entry{campaign.rules.id, {}};
        for (const auto tier : campaign.rules.tiers) {
            const auto* found = session.find_tier(tier);
            if (found == nullptr) continue;
            const auto changed = free.find({campaign.session.value(), found->rules.pool.value()});
            if (changed != free.end()) entry.tiers.push_back({tier, changed->second});
        }
        if (!entry.tiers.empty()) notice.push_back(std::move(entry));
    }

    shard::Engine& engine;
    follow::Feed& feed;
    const catalog::Catalog& catalog;
    env::Executor& executor;
    LiveStockOptions options;
    std::vector<Listener> listeners;  // fixed once started
    FreeTable table;
    std::vector<std::uint64_t>
        seen;  // per shard: the position that was asked about; the executor's
    std::vector<bool> asked;
};

LiveStock::LiveStock(shard::Engine& engine, follow::Feed& feed, const catalog::Catalog& catalog,
                     env::Executor& executor, LiveStockOptions options)
    : impl_(std::make_shared<Impl>(engine, feed, catalog, executor, options)) {}
LiveStock::~LiveStock() = default;

void LiveStock::subscribe(env::Executor& home, std::function<void(FreeNotice)> listener) {
    impl_->listeners.push_back({home, std::move(listener)});
}

void LiveStock::start() {
    impl_->executor.post([impl = impl_] { impl->tick(); });
}

void LiveStock::refresh(env::Task done) {
    impl_->executor.post(
        [impl = impl_, done = std::move(done)]() mutable { impl->begin_round(std::move(done)); });
}

std::optional<std::uint64_t> LiveStock::free_of(domain::SessionId session,
                                                domain::PoolId pool) const {
    return impl_->table.find({session.value(), pool.value()});
}

std::vector<TierFree> LiveStock::free_of(const catalog::SessionEntry& session,
                                         const catalog::CampaignEntry& campaign) const {
    std::vector<TierFree> tiers;
    for (const auto id : campaign.rules.tiers) {
        const auto* tier = session.find_tier(id);
        if (tier == nullptr) continue;
        tiers.push_back({id, free_of(campaign.session, tier->rules.pool).value_or(0)});
    }
    return tiers;
}

}  // namespace onsale::stock
