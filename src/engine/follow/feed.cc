#include "follow/feed.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/check.h"

namespace onsale::follow {

struct Feed::Subscriber {
    env::Executor* executor = nullptr;
    std::function<void()> notice;
    std::atomic<bool> noticed{
        false};  // a notice is on its way: the next commit needs none of its own
};

Feed::Feed(std::uint16_t shards, std::size_t batches_max_per_shard, std::size_t facts_max_per_shard)
    : lanes_(shards), batches_max_(batches_max_per_shard), facts_max_(facts_max_per_shard) {}

void Feed::start_at(domain::ShardId shard, std::uint64_t sequence) {
    const std::lock_guard lock(mutex_);
    Lane& lane = lanes_.at(shard.value());
    ONSALE_CHECK(lane.batches.empty());
    lane.committed = sequence;
}

void Feed::publish(SharedBatch batch) {
    const std::lock_guard lock(mutex_);
    Lane& lane = lanes_.at(batch->shard.value());
    ONSALE_CHECK(batch->sequence == lane.committed + 1);
    lane.committed = batch->sequence;
    lane.facts += batch->facts.size();
    lane.batches.push_back(std::move(batch));
    // The newest stays, however large it is.
    while (lane.batches.size() > batches_max_ ||
           (lane.facts > facts_max_ && lane.batches.size() > 1)) {
        lane.facts -= lane.batches.front()->facts.size();
        lane.batches.pop_front();
    }
}

void Feed::wake() {
    std::vector<std::shared_ptr<Subscriber>> subscribers;
    {
        const std::lock_guard lock(mutex_);
        subscribers = subscribers_;
    }
    for (const auto& subscriber : subscribers) {
        if (subscriber->noticed.exchange(true)) continue;
        subscriber->executor->post([subscriber] {
            subscriber->noticed = false;
            subscriber->notice();
        });
    }
}

std::optional<std::vector<SharedBatch>> Feed::after(domain::ShardId shard, std::uint64_t sequence,
                                                    std::size_t max) const {
    const std::lock_guard lock(mutex_);
    const Lane& lane = lanes_.at(shard.value());
    std::vector<SharedBatch> found;
    if (sequence >= lane.committed) return found;
    if (lane.batches.empty() || lane.batches.front()->sequence > sequence + 1) return std::nullopt;
    const auto first = static_cast<std::size_t>(sequence + 1 - lane.batches.front()->sequence);
    const std::size_t last = std::min(lane.batches.size(), first + max);
    for (std::size_t i = first; i < last; ++i) found.push_back(lane.batches[i]);
    return found;
}

std::uint64_t Feed::committed(domain::ShardId shard) const {
    const std::lock_guard lock(mutex_);
    return lanes_.at(shard.value()).committed;
}

Feed::Lag Feed::lag(domain::ShardId shard, std::uint64_t sequence) const {
    const std::lock_guard lock(mutex_);
    const Lane& lane = lanes_.at(shard.value());
    if (sequence >= lane.committed) return {};
    Lag lag{lane.committed - sequence, {}};
    if (lane.batches.empty()) return lag;
    const std::uint64_t oldest = lane.batches.front()->sequence;
    const auto first = static_cast<std::size_t>(sequence < oldest ? 0 : sequence + 1 - oldest);
    lag.age = lane.batches.back()->time - lane.batches[first]->time;
    return lag;
}

void Feed::subscribe(env::Executor& executor, std::function<void()> notice) {
    auto subscriber = std::make_shared<Subscriber>();
    subscriber->executor = &executor;
    subscriber->notice = std::move(notice);
    const std::lock_guard lock(mutex_);
    subscribers_.push_back(std::move(subscriber));
}

}  // namespace onsale::follow
