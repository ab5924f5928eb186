#include "replay/replayer.h"

#include <algorithm>
#include <utility>

#include "replay/limits.h"

namespace onsale::replay {
namespace {

using base::Unexpected;

Unexpected<ReplayError> trouble(ReplayTrouble kind, std::string message) {
    return Unexpected{ReplayError{kind, std::move(message)}};
}

std::string place_text(domain::ShardId shard, std::uint64_t sequence) {
    return "shard " + std::to_string(shard.value()) + ", position " + std::to_string(sequence);
}

Unexpected<ReplayError> damaged(domain::ShardId shard, const journal::ReadFailure& failure) {
    return trouble(ReplayTrouble::damaged, "the journal is damaged at " +
                                               place_text(shard, failure.sequence) + ": " +
                                               failure.message);
}

Unexpected<ReplayError> unknown(domain::ShardId shard, std::uint64_t sequence) {
    return trouble(ReplayTrouble::position_unknown,
                   "the journal has no batch at " + place_text(shard, sequence));
}

}  // namespace

std::optional<base::Timestamp> time_of(const domain::Fact& fact) {
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact))
        return placed->order.created_at;
    if (const auto change = domain::order_change(fact)) return change->at;
    if (const auto* session = std::get_if<domain::SessionCancelled>(&fact)) return session->at;
    return std::nullopt;
}

Replayer::Replayer(Options options, env::Files& files, std::unique_ptr<journal::Reader> reader)
    : options_(std::move(options)),
      bounds_{options_.facts_max, options_.orders_max},
      reader_(std::move(reader)),
      snapshots_(files, options_.snapshots) {}

ReplayResult<std::unique_ptr<Replayer>> Replayer::open(Options options, env::Files& files) {
    auto reader = journal::Reader::open(options.journal);
    if (!reader) {
        return trouble(
            ReplayTrouble::damaged,
            options.journal.path + ": " + reader.error().message + "; is this the data folder?");
    }
    return std::unique_ptr<Replayer>(new Replayer(std::move(options), files, std::move(*reader)));
}

bool Replayer::load(domain::ShardId shard, const journal::Snapshot& snapshot) {
    const auto in_journal = reader_->at(shard.value(), snapshot.position.sequence);
    if (!in_journal || *in_journal != snapshot.position) return false;
    boxoffice::Loader loader;
    const bool decoded = wire::decode_snapshot(snapshot.content, loader).has_value();
    auto loaded = loader.finish();
    if (!decoded || !loaded) return false;
    past_.emplace(shard);
    past_->box_office = std::move(*loaded);
    past_->place.sequence = snapshot.position.sequence;
    past_->hash = snapshot.position.hash;
    past_->tally.start_from(past_->box_office);
    return true;
}

Past& Replayer::from_start(domain::ShardId shard) {
    return past_.emplace(shard);
}

ReplayResult<void> Replayer::check_orders() {
    const bool fits = bounds_.orders_max == 0 || !past_ ||
                      past_->box_office.orders_in_memory() <= bounds_.orders_max;
    if (fits) return {};
    past_.reset();
    return trouble(ReplayTrouble::too_far, "too many orders are in memory");
}

// Puts past_ at or before `until`: where the last question ended, a snapshot, or the start. A
// snapshot that does not fit is passed over: the journal is the truth.
ReplayResult<void> Replayer::begin(domain::ShardId shard, std::uint64_t until) {
    const bool is_near = past_ && past_->shard == shard && past_->facts_beyond == 0 &&
                         past_->place.sequence <= until &&
                         until - past_->place.sequence <= kBatchesNearMax;
    if (is_near) return check_orders();
    past_.reset();
    if (bounds_.orders_max != 0) {
        const auto bytes = snapshots_.newest_bytes(shard.value(), until);
        if (bytes && *bytes / kSnapshotBytesPerOrder > bounds_.orders_max)
            return trouble(ReplayTrouble::too_far, "the snapshot there is too large");
    }
    const auto snapshot = snapshots_.newest_until(shard.value(), until);
    if (snapshot && snapshot->has_value() && load(shard, **snapshot)) {
        ONSALE_TRY_ASSIGN(there, batch(shard, past_->place.sequence));
        past_->place.at = there.time;
        return check_orders();
    }
    from_start(shard);
    return {};
}

void Replayer::advance(Past& past, const Step& step) {
    for (std::size_t i = past.facts_beyond; i < step.decoded.facts.size(); ++i)
        past.apply(step.decoded.facts[i]);
    past.facts_beyond = 0;
    past.place = {step.batch.sequence, step.batch.time};
    past.hash = step.batch.hash;
}

ReplayResult<Past*> Replayer::nearest(domain::ShardId shard, std::uint64_t sequence) {
    past_.reset();
    ONSALE_TRY(begin(shard, sequence));
    return &*past_;
}

ReplayResult<Past*> Replayer::at(domain::ShardId shard, std::uint64_t sequence) {
    if (shard.value() >= options_.shards) return unknown(shard, sequence);
    ONSALE_TRY(begin(shard, sequence));
    Past& past = *past_;
    if (past.place.sequence == sequence) return &past;
    ONSALE_TRY(walk(shard, past.place.sequence, [&](const Step& step) {
        advance(past, step);
        return past.place.sequence == sequence ? Walk::done : Walk::on;
    }));
    if (past.place.sequence != sequence) return unknown(shard, sequence);
    return &past;
}

void Replayer::tidy_up() {
    if (past_ && past_->box_office.orders_in_memory() > kOrdersKeptMax) past_.reset();
}

ReplayResult<Place> Replayer::last(domain::ShardId shard) {
    if (shard.value() >= options_.shards) return unknown(shard, 0);
    const auto position = reader_->last(shard.value());
    if (!position) return damaged(shard, position.error());
    if (position->sequence == 0) return Place{};
    ONSALE_TRY_ASSIGN(newest, batch(shard, position->sequence));
    return Place{newest.sequence, newest.time};
}

ReplayResult<journal::Batch> Replayer::batch(domain::ShardId shard, std::uint64_t sequence) {
    if (sequence == 0 || shard.value() >= options_.shards) return unknown(shard, sequence);
    auto batches = reader_->read(shard.value(), sequence - 1, std::nullopt, 1);
    if (!batches) return damaged(shard, batches.error());
    if (batches->empty()) return unknown(shard, sequence);
    return std::move(batches->front());
}

// Times of batches never fall, so halving finds the place.
ReplayResult<Place> Replayer::place_at(domain::ShardId shard, base::Timestamp time) {
    ONSALE_TRY_ASSIGN(newest, last(shard));
    if (newest.at <= time) return newest;
    Place before;                           // not after `time`
    std::uint64_t after = newest.sequence;  // after `time`
    while (after - before.sequence > 1) {
        ONSALE_TRY_ASSIGN(middle, batch(shard, before.sequence + (after - before.sequence) / 2));
        if (middle.time <= time) {
            before = {middle.sequence, middle.time};
        } else {
            after = middle.sequence;
        }
    }
    return before;
}

ReplayResult<void> Replayer::walk(domain::ShardId shard, std::uint64_t after,
                                  const std::function<Walk(const Step&)>& visit) {
    std::uint64_t facts = 0;
    std::optional<journal::Hash> previous;
    while (true) {
        if (options_.go_on && !options_.go_on())
            return trouble(ReplayTrouble::interrupted, "the server is stopping");
        const auto batches = reader_->read(shard.value(), after, previous, kChunkBytes);
        if (!batches) return damaged(shard, batches.error());
        if (batches->empty()) return {};
        for (const auto& batch : *batches) {
            const auto decoded = wire::decode_batch(batch.body);
            if (!decoded)
                return trouble(ReplayTrouble::damaged,
                               place_text(shard, batch.sequence) + ": " + decoded.error().message);
            facts += decoded->facts.size();
            if (bounds_.facts_max != 0 && facts > bounds_.facts_max)
                return trouble(ReplayTrouble::too_far,
                               place_text(shard, batch.sequence) + " is as far as it may go");
            if (visit({batch, *decoded}) == Walk::done) return {};
        }
        ONSALE_TRY(check_orders());
        after = batches->back().sequence;
        previous = batches->back().hash;
    }
}

ReplayResult<std::optional<Place>> Replayer::find_fact(
    domain::ShardId shard, base::Timestamp time,
    const std::function<bool(const domain::Fact&)>& wanted) {
    ONSALE_TRY_ASSIGN(before, place_at(shard, time - base::Duration::milliseconds(1)));
    std::optional<Place> found;
    ONSALE_TRY(walk(shard, before.sequence, [&](const Step& step) {
        const auto is_it = [&](const domain::Fact& fact) {
            return time_of(fact) == time && wanted(fact);
        };
        if (std::ranges::any_of(step.decoded.facts, is_it))
            found = Place{step.batch.sequence, step.batch.time};
        return found || step.batch.time > time ? Walk::done : Walk::on;
    }));
    return found;
}

}  // namespace onsale::replay
