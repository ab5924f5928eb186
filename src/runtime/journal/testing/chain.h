// Chain: makes the batches of one shard for tests, each rightly linked to the one before.
#pragma once

#include <string>
#include <utility>

#include "journal/journal.h"

namespace onsale::journal::testing {

class Chain {
  public:
    explicit Chain(std::uint16_t shard = 0, std::uint64_t first_epoch = 1)
        : epoch(first_epoch), shard_(shard) {}

    std::uint64_t epoch;
    Position position;  // of the last one made

    Batch next(std::string body) {
        Batch batch;
        batch.shard = shard_;
        batch.sequence = position.sequence + 1;
        batch.epoch = epoch;
        batch.incarnation = 0xfedcba9876543210U;
        batch.time = base::Timestamp::from_unix_ms(1'795'000'000'000 +
                                                   static_cast<std::int64_t>(batch.sequence));
        batch.previous = position.hash;
        batch.body = std::move(body);
        batch.hash = hash_of(batch);
        position = {batch.sequence, batch.hash};
        return batch;
    }

  private:
    std::uint16_t shard_;
};

}  // namespace onsale::journal::testing
