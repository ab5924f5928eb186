// Recovery: memory from the newest whole snapshot and the journal behind it. The same function
// serves the start, the return from a full disk, and the making of the next snapshot, so every
// snapshot is also a proof that the journal can be replayed.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "boxoffice/box_office.h"
#include "journal/journal.h"
#include "journal/snapshot_store.h"
#include "shard/internal/refusal_ledger.h"

namespace onsale::shard {

struct RecoveredShard {
    boxoffice::BoxOffice box_office;
    RefusalLedger refusals;
    journal::Position position;
    std::uint64_t epoch = 0;  // of the last batch
    base::Timestamp time;     // of the last batch
    std::uint64_t snapshot_sequence = 0;
    std::uint64_t facts_replayed = 0;  // behind the snapshot
};

// Replays at most up to `until`. The error is a sentence that names shard, sequence and remedy.
[[nodiscard]] base::Result<RecoveredShard, std::string> recover_shard(
    domain::ShardId shard, journal::Reader& reader, journal::SnapshotStore& snapshots,
    std::uint64_t until = ~std::uint64_t{0});

// Checks hashes and chain of the newest batches up to `until`, about `bytes_max` of them, where a
// batch counts as its body and 4 KiB. A start does not read what lies before its snapshot, and
// nobody should sell over a damaged past. The error is a sentence as above.
[[nodiscard]] base::Result<void, std::string> verify_past(domain::ShardId shard,
                                                          journal::Reader& reader,
                                                          std::uint64_t until,
                                                          std::uint64_t bytes_max);

// The content of a snapshot of this shard.
[[nodiscard]] std::string make_snapshot(const RecoveredShard& shard);

}  // namespace onsale::shard
