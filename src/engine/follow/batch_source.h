// BatchSource: the batches of a shard in order, from the feed when it has them and from the journal
// when not. Belongs to one follower on one executor.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "follow/feed.h"
#include "journal/journal.h"
#include "wire/codec.h"

namespace onsale::follow {

struct FollowError {
    std::string message;
    bool passing = false;  // a full disk, another writer: the same step may succeed later
};
template <class T>
using FollowResult = base::Result<T, FollowError>;

class BatchSource {
  public:
    BatchSource(Feed& feed, std::unique_ptr<journal::Reader> reader);

    // The next batches after `sequence` (empty: nothing new), never beyond what the engine has
    // committed and published. An error is a damaged journal.
    FollowResult<std::vector<SharedBatch>> next(domain::ShardId shard, std::uint64_t sequence,
                                                std::size_t max);

  private:
    Feed& feed_;
    std::unique_ptr<journal::Reader> reader_;
};

// A row of the journal as a batch; an error names shard and sequence.
FollowResult<SharedBatch> decode(const journal::Batch& batch);

}  // namespace onsale::follow
