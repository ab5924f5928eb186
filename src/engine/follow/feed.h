// Feed: the committed batches of all shards, in memory, for the followers of this process. Bounded
// in batches and in facts: the oldest batches go, and a follower that needs one that has gone reads
// the journal (see BatchSource). Thread-safe; the engine publishes, followers read. After a crash
// it is empty, and the journal has everything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/time.h"
#include "domain/fact.h"
#include "domain/ids.h"
#include "env/executor.h"
#include "journal/journal.h"

namespace onsale::follow {

struct CommittedBatch {
    domain::ShardId shard;
    std::uint64_t sequence = 0;
    std::uint64_t epoch = 0;
    std::uint64_t incarnation = 0;
    base::Timestamp time;
    journal::Hash hash{};
    std::vector<domain::Fact> facts;
};
using SharedBatch = std::shared_ptr<const CommittedBatch>;

// Facts of a shard that are kept for its followers: a second or more of the hardest rush, in 40 MB.
inline constexpr std::size_t kFeedFactsMax = 131'072;

class Feed {
  public:
    Feed(std::uint16_t shards, std::size_t batches_max_per_shard,
         std::size_t facts_max_per_shard = kFeedFactsMax);

    void publish(SharedBatch batch);  // in order within a shard
    // Tells the subscribers that there is something new: once per commit, not per batch.
    void wake();

    // Batches after `sequence`, at most `max`; nothing when the first of them is no longer (or not
    // yet contiguously) here.
    [[nodiscard]] std::optional<std::vector<SharedBatch>> after(domain::ShardId shard,
                                                                std::uint64_t sequence,
                                                                std::size_t max) const;
    // The newest committed sequence; 0 when nothing was published yet.
    [[nodiscard]] std::uint64_t committed(domain::ShardId shard) const;
    // How far a follower at `sequence` is behind: how many batches, and how long before the newest
    // of the shard the first of them was committed, as far as batches are still here. By the
    // batches' own times: no clock is read.
    struct Lag {
        std::uint64_t batches = 0;
        base::Duration age;
    };
    [[nodiscard]] Lag lag(domain::ShardId shard, std::uint64_t sequence) const;
    // Set by the engine after recovery, before anything is published.
    void start_at(domain::ShardId shard, std::uint64_t sequence);

    // `notice` runs on `executor` after a commit; many commits may be one notice. Subscribers
    // outlive the feed's use.
    void subscribe(env::Executor& executor, std::function<void()> notice);
    [[nodiscard]] std::uint16_t shards() const { return static_cast<std::uint16_t>(lanes_.size()); }

  private:
    struct Lane {
        std::deque<SharedBatch> batches;
        std::uint64_t committed = 0;
        std::size_t facts = 0;
    };
    struct Subscriber;
    mutable std::mutex mutex_;
    std::vector<Lane> lanes_;
    std::size_t batches_max_;
    std::size_t facts_max_;
    std::vector<std::shared_ptr<Subscriber>> subscribers_;
};

}  // namespace onsale::follow
