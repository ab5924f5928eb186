// Finder: reads from the journal whom something has to be told. Who it is and how much money it is
// about are looked up in the projections' rows, so it never reads further than those are. Belongs
// to the notices executor; keeps nothing of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "follow/batch_source.h"
#include "notices/notice.h"
#include "sql/database.h"

namespace onsale::notices {

// Position up to which a shard's rows are there.
using Projected = std::function<std::uint64_t(domain::ShardId)>;

struct Found {
    std::uint64_t looked = 0;  // the last batch of the shard that was looked through
    std::vector<Notice> notices;
    bool more = false;  // it ends at a limit: there may be more behind it
};

class Finder {
  public:
    // The rows are opened when they are first needed, so that they need not be there before.
    Finder(follow::BatchSource source, sql::OpenOptions rows, Projected projected)
        : source_(std::move(source)), rows_(std::move(rows)), projected_(std::move(projected)) {}

    // Whole batches behind `looked`, until there are `wanted` notices or a limit is reached.
    [[nodiscard]] follow::FollowResult<Found> find(domain::ShardId shard, std::uint64_t looked,
                                                   std::size_t wanted);
    [[nodiscard]] std::uint64_t projected(domain::ShardId shard) const { return projected_(shard); }

  private:
    follow::FollowResult<void> add_batch(const follow::CommittedBatch& batch, Found& found);
    follow::FollowResult<std::optional<Notice>> notice_of(const Subject& subject, NoticeKey key);

    follow::BatchSource source_;
    sql::OpenOptions rows_;
    std::unique_ptr<sql::Connection> projections_;
    Projected projected_;
};

}  // namespace onsale::notices
