#include "orders/order_events.h"

#include <mutex>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace onsale::orders {
namespace {

constexpr std::size_t kBatchesPerRound = 256;

// Who is listened for. Thread-safe; the mutex is held for a look-up.
class Watches {
  public:
    void add(domain::PersonId person) {
        const std::lock_guard lock(mutex_);
        ++counts_[person.value()];
    }
    void remove(domain::PersonId person) {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(person.value());
        if (found != counts_.end() && --found->second == 0) counts_.erase(found);
    }
    [[nodiscard]] bool empty() const {
        const std::lock_guard lock(mutex_);
        return counts_.empty();
    }
    [[nodiscard]] bool holds(domain::PersonId person) const {
        const std::lock_guard lock(mutex_);
        return counts_.contains(person.value());
    }

  private:
    mutable std::mutex mutex_;  // owns counts_
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> counts_;
};

// The order that a fact changed; 0 for facts about other things and for orders that nobody sees any
// more.
domain::OrderId order_of(const domain::Fact& fact) {
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) return placed->order.id;
    if (const auto change = domain::order_change(fact)) return change->order;
    return {};
}

}  // namespace

struct OrderEvents::Impl : std::enable_shared_from_this<OrderEvents::Impl> {
    Impl(shard::Engine& engine_in, follow::Feed& feed_in, env::Executor& executor_in)
        : engine(engine_in), feed(feed_in), executor(executor_in), seen(feed_in.shards()) {}

    struct Listener {
        env::Executor& home;
        std::function<void(const domain::Order&)> tell;
    };

    // On the executor: everything new of every shard.
    void round() {
        for (std::uint16_t shard = 0; shard < feed.shards(); ++shard)
            follow(domain::ShardId(shard));
    }

    void follow(domain::ShardId shard) {
        const std::uint64_t committed = feed.committed(shard);
        std::uint64_t& position = seen[shard.value()];
        if (watches.empty()) {
            position = committed;
            return;
        }
        std::vector<domain::OrderId> ended;
        while (position < committed) {
            const auto batches = feed.after(shard, position, kBatchesPerRound);
            if (!batches ||
                batches->empty()) {  // they have gone from memory: what was missed is missed
                position = committed;
                break;
            }
            for (const auto& batch : *batches) {
                for (const auto& fact : batch->facts) take(fact, ended);
            }
            position = batches->back()->sequence;
        }
        if (!ended.empty()) ask(shard, std::move(ended));
    }

    void take(const domain::Fact& fact, std::vector<domain::OrderId>& ended) {
        const auto* placed = std::get_if<domain::OrderPlaced>(&fact);
        if (placed != nullptr) {
            if (watches.holds(placed->order.person)) tell(placed->order);
        } else if (order_of(fact).value() != 0) {
            ended.push_back(order_of(fact));
        }
    }

    // An end names only the order; the engine knows whose it is.
    void ask(domain::ShardId shard, std::vector<domain::OrderId> ended) {
        auto read = [self = shared_from_this(), ended = std::move(ended)](
                        const boxoffice::BoxOffice& office, base::Timestamp now) {
            std::vector<domain::Order> orders;
            for (const auto id : ended) {
                auto order = office.find_order(id, now);
                if (order) orders.push_back(*order);
            }
            return env::Task([self, orders = std::move(orders)] {
                for (const auto& order : orders) {
                    if (self->watches.holds(order.person)) self->tell(order);
                }
            });
        };
        engine.read(shard, executor, std::move(read));
    }

    void tell(const domain::Order& order) {
        const auto shared = std::make_shared<const domain::Order>(order);
        for (const auto& listener : listeners) {
            listener.home.post([tell = listener.tell, shared] { tell(*shared); });
        }
    }

    shard::Engine& engine;
    follow::Feed& feed;
    env::Executor& executor;
    Watches watches;
    std::vector<Listener> listeners;  // fixed once started
    std::vector<std::uint64_t> seen;  // per shard; the executor's
};

OrderEvents::OrderEvents(shard::Engine& engine, follow::Feed& feed, env::Executor& executor)
    : impl_(std::make_shared<Impl>(engine, feed, executor)) {}
OrderEvents::~OrderEvents() = default;

void OrderEvents::subscribe(env::Executor& home,
                            std::function<void(const domain::Order&)> listener) {
    impl_->listeners.push_back({home, std::move(listener)});
}

void OrderEvents::start() {
    for (std::uint16_t shard = 0; shard < impl_->feed.shards(); ++shard) {
        impl_->seen[shard] = impl_->feed.committed(domain::ShardId(shard));
    }
    impl_->feed.subscribe(impl_->executor, [impl = impl_] { impl->round(); });
}

void OrderEvents::watch(domain::PersonId person) {
    impl_->watches.add(person);
}
void OrderEvents::unwatch(domain::PersonId person) {
    impl_->watches.remove(person);
}

}  // namespace onsale::orders
