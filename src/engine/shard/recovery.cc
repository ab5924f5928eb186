#include "shard/internal/recovery.h"

#include <utility>
#include <vector>

#include "telemetry/log.h"
#include "wire/codec.h"

namespace onsale::shard {
namespace {

using base::Unexpected;

constexpr std::size_t kChunkBytes = 4 * 1024 * 1024;
constexpr std::uint64_t kPastBatchesAtOnce = 1024;
// What it costs to find and hash a batch, as bytes of a body: 4 us, where a body takes 1 ns a byte.
constexpr std::uint64_t kBatchCostBytes = 4096;

std::string place(domain::ShardId shard, std::uint64_t sequence) {
    return "shard " + std::to_string(shard.value()) + ", sequence " + std::to_string(sequence);
}

// The box office of the newest usable snapshot, or an empty one.
base::Result<RecoveredShard, std::string> load_snapshot(domain::ShardId shard,
                                                        journal::Reader& reader,
                                                        journal::SnapshotStore& snapshots) {
    RecoveredShard recovered{boxoffice::BoxOffice(shard), {}, {}, 0, {}, 0, 0};
    std::vector<std::string> damaged;
    auto newest = snapshots.newest(shard.value(), &damaged);
    for (const auto& name : damaged)
        telemetry::log_warning("shard", "snapshot " + name + " is damaged and was passed over");
    if (!newest)
        return Unexpected{"the snapshots of shard " + std::to_string(shard.value()) +
                          " cannot be read"};
    if (!newest.value().has_value()) return recovered;

    const journal::Snapshot& snapshot = **newest;
    auto in_journal = reader.at(shard.value(), snapshot.position.sequence);
    if (!in_journal)
        return Unexpected{"journal, " + place(shard, snapshot.position.sequence) + ": " +
                          in_journal.error().message};
    if (*in_journal != snapshot.position) {
        return Unexpected{
            "the snapshot at " + place(shard, snapshot.position.sequence) +
            " is not of this journal: the journal lost batches; restore both from the same backup"};
    }
    boxoffice::Loader loader;
    auto refusals = wire::decode_snapshot(snapshot.content, loader);
    auto loaded = loader.finish();
    if (!refusals || !loaded) {
        telemetry::log_warning("shard",
                               "the snapshot at " + place(shard, snapshot.position.sequence) +
                                   " does not decode; replaying the journal from its start");
        return recovered;
    }
    recovered.box_office = std::move(*loaded);
    for (const auto& count : *refusals) recovered.refusals.restore(count);
    recovered.position = snapshot.position;
    recovered.snapshot_sequence = snapshot.position.sequence;
    return recovered;
}

base::Result<void, std::string> replay(RecoveredShard& recovered, domain::ShardId shard,
                                       const journal::Batch& batch) {
    auto decoded = wire::decode_batch(batch.body);
    if (!decoded) {
        return Unexpected{"journal, " + place(shard, batch.sequence) + ": " +
                          decoded.error().message +
                          "; written by a newer version of onsale, or damaged"};
    }
    for (const auto& fact : decoded->facts) recovered.box_office.apply(fact);
    for (const auto& count : decoded->refusals) recovered.refusals.restore(count);
    recovered.facts_replayed += decoded->facts.size();
    recovered.position = {batch.sequence, batch.hash};
    recovered.epoch = batch.epoch;
    recovered.time = batch.time;
    return {};
}

Unexpected<std::string> damaged(domain::ShardId shard, const journal::ReadFailure& failure) {
    return Unexpected{"the journal is damaged at " + place(shard, failure.sequence) + ": " +
                      failure.message + "; restore the data folder from a backup"};
}

// Batches behind `after` up to `until`.
struct PastStretch {
    std::uint64_t bytes = 0;
    journal::Hash before{};  // what the first says of its predecessor
    journal::Hash last{};
};
base::Result<PastStretch, std::string> verify_stretch(domain::ShardId shard,
                                                      journal::Reader& reader, std::uint64_t after,
                                                      std::uint64_t until) {
    PastStretch stretch;
    std::optional<journal::Hash> previous;
    for (std::uint64_t at = after; at < until;) {
        auto batches = reader.read(shard.value(), at, previous, kChunkBytes);
        if (!batches) return damaged(shard, batches.error());
        if (batches->empty())
            return damaged(shard, {journal::ReadError::corrupt, shard.value(), at + 1, "missing"});
        if (!previous) stretch.before = batches->front().previous;
        previous = batches->back().hash;
        for (const auto& batch : *batches) {
            if (batch.sequence > until) break;
            stretch.bytes += batch.body.size() + kBatchCostBytes;
            stretch.last = batch.hash;
        }
        at = batches->back().sequence;
    }
    return stretch;
}

}  // namespace

base::Result<void, std::string> verify_past(domain::ShardId shard, journal::Reader& reader,
                                            std::uint64_t until, std::uint64_t bytes_max) {
    std::optional<journal::Hash> expected;
    for (std::uint64_t bytes = 0; until > 0 && bytes < bytes_max;) {
        const std::uint64_t after = until > kPastBatchesAtOnce ? until - kPastBatchesAtOnce : 0;
        ONSALE_TRY_ASSIGN(stretch, verify_stretch(shard, reader, after, until));
        if (expected && stretch.last != *expected)
            return damaged(shard, {journal::ReadError::corrupt, shard.value(), until,
                                   "its successor names another hash"});
        bytes += stretch.bytes;
        expected = stretch.before;
        until = after;
    }
    return {};
}

base::Result<RecoveredShard, std::string> recover_shard(domain::ShardId shard,
                                                        journal::Reader& reader,
                                                        journal::SnapshotStore& snapshots,
                                                        std::uint64_t until) {
    ONSALE_TRY_ASSIGN(recovered, load_snapshot(shard, reader, snapshots));
    // The batch at the snapshot is read again for its epoch and time; a snapshot does not hold
    // them.
    std::uint64_t after = recovered.position.sequence == 0 ? 0 : recovered.position.sequence - 1;
    std::optional<journal::Hash> previous;
    while (true) {
        auto batches = reader.read(shard.value(), after, previous, kChunkBytes);
        if (!batches) return damaged(shard, batches.error());
        if (batches->empty()) return recovered;
        for (const auto& batch : *batches) {
            if (batch.sequence > until) return recovered;
            if (batch.sequence == recovered.snapshot_sequence) {
                recovered.epoch = batch.epoch;
                recovered.time = batch.time;
            } else {
                ONSALE_TRY(replay(recovered, shard, batch));
            }
        }
        after = batches->back().sequence;
        previous = batches->back().hash;
    }
}

std::string make_snapshot(const RecoveredShard& shard) {
    wire::SnapshotEncoder encoder;
    shard.box_office.save(encoder);
    for (const auto& count : shard.refusals.all()) encoder.refusal(count);
    return encoder.take();
}

}  // namespace onsale::shard
