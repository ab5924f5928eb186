#include "follow/batch_source.h"

#include <utility>

namespace onsale::follow {
namespace {

constexpr std::size_t kChunkBytes = 1024 * 1024;

}  // namespace

FollowResult<SharedBatch> decode(const journal::Batch& batch) {
    auto facts = wire::decode_batch(batch.body);
    if (!facts) {
        return base::Unexpected{FollowError{"shard " + std::to_string(batch.shard) + ", sequence " +
                                            std::to_string(batch.sequence) + ": " +
                                            facts.error().message}};
    }
    auto decoded = std::make_shared<CommittedBatch>();
    decoded->shard = domain::ShardId(batch.shard);
    decoded->sequence = batch.sequence;
    decoded->epoch = batch.epoch;
    decoded->incarnation = batch.incarnation;
    decoded->time = batch.time;
    decoded->hash = batch.hash;
    decoded->facts = std::move(facts->facts);
    return SharedBatch(std::move(decoded));
}

BatchSource::BatchSource(Feed& feed, std::unique_ptr<journal::Reader> reader)
    : feed_(feed), reader_(std::move(reader)) {}

FollowResult<std::vector<SharedBatch>> BatchSource::next(domain::ShardId shard,
                                                         std::uint64_t sequence, std::size_t max) {
    if (auto recent = feed_.after(shard, sequence, max)) return std::move(*recent);
    const std::uint64_t committed = feed_.committed(shard);
    auto rows = reader_->read(shard.value(), sequence, std::nullopt, kChunkBytes);
    if (!rows) {
        const auto& failure = rows.error();
        return base::Unexpected{FollowError{"shard " + std::to_string(failure.shard) +
                                            ", sequence " + std::to_string(failure.sequence) +
                                            ": " + failure.message}};
    }
    std::vector<SharedBatch> batches;
    for (const auto& row : *rows) {
        if (row.sequence > committed || batches.size() == max) break;
        ONSALE_TRY_ASSIGN(batch, decode(row));
        batches.push_back(std::move(batch));
    }
    return batches;
}

}  // namespace onsale::follow
