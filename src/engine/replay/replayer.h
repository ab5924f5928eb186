// Replayer: the memory of a shard as of any place of its journal, made again from the newest
// snapshot that is not beyond it and the batches behind that. It only reads, so it works beside a
// running server and without one. One thread at a time; files are opened once. What it gives equals
// a replay from the first record that stops there, whatever snapshots exist. After a crash: nothing
// to promise, nothing is written.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "boxoffice/box_office.h"
#include "env/files.h"
#include "journal/journal.h"
#include "journal/snapshot_store.h"
#include "replay/tally.h"
#include "wire/codec.h"

namespace onsale::replay {

enum class ReplayTrouble : std::uint8_t {
    position_unknown,  // beyond the journal's end, or of no shard
    too_far,           // more to replay than this question may cost
    interrupted,       // the process is about to end
    busy,              // buyers come first
    damaged,           // the journal cannot be read or is not one
};
struct ReplayError {
    ReplayTrouble trouble = ReplayTrouble::damaged;
    std::string message;
};
template <class T>
using ReplayResult = base::Result<T, ReplayError>;

struct Options {
    sql::OpenOptions journal;
    std::string snapshots;  // folder
    std::uint16_t shards = 16;
    std::uint64_t facts_max = 0;    // of one question; 0: as many as there are
    std::uint64_t orders_max = 0;   // in memory; 0: as many as there are
    std::function<bool()> go_on{};  // asked now and then; empty: always
};

// What the next questions may cost; zeros as in Options.
struct Bounds {
    std::uint64_t facts_max = 0;
    std::uint64_t orders_max = 0;
};

// A place in a shard's journal: behind the batch with this sequence, which was closed at `at`.
struct Place {
    std::uint64_t sequence = 0;  // 0: before the first batch
    base::Timestamp at;
    bool operator==(const Place&) const = default;
};

// A shard as of a place, and possibly some facts further.
struct Past {
    explicit Past(domain::ShardId id) : shard(id), box_office(id) {}

    void apply(const domain::Fact& fact) {
        tally.note(fact, box_office);
        box_office.apply(fact);
    }

    domain::ShardId shard;
    boxoffice::BoxOffice box_office;
    Tally tally;
    Place place;
    journal::Hash hash{};
    std::uint64_t facts_beyond = 0;  // of the batch behind `place`, applied already
};

struct Step {
    const journal::Batch& batch;
    const wire::DecodedBatch& decoded;
};
// When a fact happened, where it says so.
[[nodiscard]] std::optional<base::Timestamp> time_of(const domain::Fact& fact);

enum class Walk : std::uint8_t { on, done };

class Replayer {
  public:
    static ReplayResult<std::unique_ptr<Replayer>> open(Options options, env::Files& files);

    // Instead of those of the options, from now on.
    void bound(Bounds bounds) { bounds_ = bounds; }

    // Memory behind exactly this batch. It is the replayer's and may be moved further by its user;
    // it lives until the next call.
    ReplayResult<Past*> at(domain::ShardId shard, std::uint64_t sequence);
    // The newest snapshot that is not beyond it, else the start.
    ReplayResult<Past*> nearest(domain::ShardId shard, std::uint64_t sequence);
    // From the start, whatever snapshots there are; for looking at everything on the way.
    Past& from_start(domain::ShardId shard);
    // Moves a past one batch further.
    static void advance(Past& past, const Step& step);
    // Lets go of a past that is too large to be kept for the next question.
    void tidy_up();

    // The newest place, sequence 0 for an empty journal.
    ReplayResult<Place> last(domain::ShardId shard);
    // The last place whose time is not after `time`; sequence 0 if even the first batch is.
    ReplayResult<Place> place_at(domain::ShardId shard, base::Timestamp time);
    ReplayResult<journal::Batch> batch(domain::ShardId shard, std::uint64_t sequence);
    // Visits the batches behind `after` until `visit` is done or there are no more.
    ReplayResult<void> walk(domain::ShardId shard, std::uint64_t after,
                            const std::function<Walk(const Step&)>& visit);
    // The place of the batch that holds a fact of this time which `wanted` knows; nothing if there
    // is none.
    ReplayResult<std::optional<Place>> find_fact(
        domain::ShardId shard, base::Timestamp time,
        const std::function<bool(const domain::Fact&)>& wanted);

    [[nodiscard]] std::uint16_t shards() const { return options_.shards; }

  private:
    Replayer(Options options, env::Files& files, std::unique_ptr<journal::Reader> reader);
    ReplayResult<void> begin(domain::ShardId shard, std::uint64_t until);
    ReplayResult<void> check_orders();
    [[nodiscard]] bool load(domain::ShardId shard, const journal::Snapshot& snapshot);

    const Options options_;
    Bounds bounds_;
    std::unique_ptr<journal::Reader> reader_;
    journal::SnapshotStore snapshots_;
    std::optional<Past> past_;  // of the last question: the next one may go on from there
};

}  // namespace onsale::replay
