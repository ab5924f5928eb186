#include <algorithm>
#include <iterator>
#include <utility>

#include "base/mutant.h"
#include "shard/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::shard {
namespace {

// A batch of this many commands or more means load: the next commit may wait for company.
constexpr std::size_t kLoad = 64;
// Between two attempts to commit when even the reserve has no space left.
constexpr std::int64_t kSpentReservePauseUs = 1'000'000;

constexpr bool kAnswersTooEarly = base::kMutant == base::Mutant::refusal_before_commit ||
                                  base::kMutant == base::Mutant::read_before_commit;

// What a mutant does not let wait for the commit.
std::vector<Waiting> take_early(std::vector<Waiting>& waiting) {
    const auto stays = [](const Waiting& one) {
        const auto* reply = std::get_if<WaitingReply>(&one.what);
        if (base::kMutant == base::Mutant::read_before_commit) return reply != nullptr;
        return reply == nullptr || reply->answer.outcome.kind != domain::OutcomeKind::refused;
    };
    const auto early = std::stable_partition(waiting.begin(), waiting.end(), stays);
    std::vector<Waiting> taken(std::make_move_iterator(early),
                               std::make_move_iterator(waiting.end()));
    waiting.erase(early, waiting.end());
    return taken;
}

}  // namespace

// Sends the group on its way if nothing else is on its way. Called whenever the group may have
// grown or a commit has ended.
void Engine::Impl::flush() {
    if (commit_running || dead) return;
    if (group.empty()) return finish_if_stopping();
    if (!group.has_facts()) {
        // Everything it may rest on is committed.
        answer_all(std::exchange(group.waiting, {}));
        if (!pending.empty()) shard_executor->post([this] { drain(); });
        return finish_if_stopping();
    }
    const bool may_wait = last_commands >= kLoad && group.waiting.size() < last_commands / 2 &&
                          !stopping && !company_came;
    if (may_wait) {
        if (std::exchange(waiting_for_company, true)) return;
        shard_executor->post_after(options.company_wait, [this] {
            waiting_for_company = false;
            company_came = true;
            flush();
        });
        return;
    }
    company_came = false;
    in_flight = std::exchange(group, {});
    commit_in_flight();
}

void Engine::Impl::commit_in_flight() {
    commit_running = true;
    commit_started_us = environment.clock().monotonic_us();
    if (base::kMutant == base::Mutant::reply_before_commit)
        answer_all(std::exchange(in_flight.waiting, {}));
    if (kAnswersTooEarly) answer_all(take_early(in_flight.waiting));
    commit_executor->post([this, batches = make_batches()]() mutable {
        auto appended = writer->append(batches);
        if (!appended) {
            shard_executor->post([this, error = appended.error()] { commit_failed(error); });
            return;
        }
        shard_executor->post(
            [this, batches = std::move(batches)]() mutable { committed(std::move(batches)); });
    });
}

// The rows of in_flight, with sequence, epoch, incarnation and hashes.
std::vector<journal::Batch> Engine::Impl::make_batches() {
    std::vector<journal::Batch> batches;
    batches.reserve(in_flight.shards.size());
    for (auto& [id, row] : in_flight.shards) {
        ShardState& shard = state(id);
        for (const auto& count : shard.refusals.take_changed()) encoder.add(count, row.body);
        journal::Batch batch;
        batch.shard = id.value();
        batch.sequence = ++shard.decided_sequence;
        batch.epoch = shard.epoch;
        batch.incarnation = incarnation;
        batch.time = row.time;
        batch.previous = shard.committed.hash;
        batch.body = std::move(row.body);
        batch.hash = journal::hash_of(batch);
        batches.push_back(std::move(batch));
    }
    return batches;
}

// INVARIANT: answers of a group leave here, after its commit, and nowhere else.
void Engine::Impl::committed(std::vector<journal::Batch> batches) {
    if (dead) return;
    commit_running = false;
    std::size_t facts = 0;
    for (const auto& batch : batches) {
        const domain::ShardId id(batch.shard);
        ShardState& shard = state(id);
        shard.committed = {batch.sequence, batch.hash};
        committed_sequences[batch.shard] = batch.sequence;
        auto published = std::make_shared<follow::CommittedBatch>();
        published->shard = id;
        published->sequence = batch.sequence;
        published->epoch = batch.epoch;
        published->incarnation = batch.incarnation;
        published->time = batch.time;
        published->hash = batch.hash;
        published->facts = std::move(in_flight.shards[id].facts);
        facts += published->facts.size();
        shard.facts_since_snapshot += published->facts.size();
        feed.publish(std::move(published));
    }
    last_commands = in_flight.waiting.size();
    if (last_commands > 0) metrics.batch_commands.observe(static_cast<double>(last_commands));
    if (commit_started_us > 0)
        metrics.commit_seconds.observe(
            static_cast<double>(environment.clock().monotonic_us() - commit_started_us) / 1e6);
    answer_all(std::exchange(in_flight.waiting, {}));
    in_flight = {};
    feed.wake();
    metrics.commits.add();
    metrics.facts.add(static_cast<double>(facts));
    metrics.accepted.add(static_cast<double>(std::exchange(accepted_count, 0)));
    metrics.refused.add(static_cast<double>(std::exchange(refused_count, 0)));
    if (shard_executor != nullptr) drain();
}

void Engine::Impl::commit_failed(journal::AppendError error) {
    if (dead) return;
    switch (error) {
        case journal::AppendError::disk_full:
            return enter_storage_full();
        case journal::AppendError::conflict:
            dead = true;
            return environment.die(env::FatalCause::journal_conflict,
                                   "another writer has appended to this journal: stepping down");
        case journal::AppendError::fatal:
            dead = true;
            return environment.die(
                env::FatalCause::journal_io,
                "the journal could not be written or synced: recovery decides what is there");
    }
}

// What was decided but not committed never happened: memory is made again from the journal, those
// who waited hear it, and reads run again. From now on only what frees stock is decided, in the
// space that the reserve gives back; when that is spent too, nothing is for a while.
void Engine::Impl::enter_storage_full() {
    if (is_storage_full.exchange(true)) {
        reserve_spent_until_us = environment.clock().monotonic_us() + kSpentReservePauseUs;
    } else {
        telemetry::log_error("shard", "the disk of " + options.folder +
                                          " is full: new orders are refused until there is space");
    }
    metrics.storage_full.set(1);
    commit_running = false;
    drop_undone();
    {
        const std::lock_guard lock(reserve_mutex);
        reserve.release();
    }
    auto recovered = recover_all();
    if (!recovered) {
        dead = true;
        return environment.die(env::FatalCause::journal_corrupt, recovered.error());
    }
    drain();
}

void Engine::Impl::drop_undone() {
    std::vector<Waiting> refused;
    for (Group* undone : {&in_flight, &group}) {
        for (auto& waiting : undone->waiting) drop(std::move(waiting), refused);
        *undone = {};
    }
    answer_all(std::move(refused));
    accepted_count = 0;
    refused_count = 0;
}

void Engine::Impl::drop(Waiting waiting, std::vector<Waiting>& refused) {
    auto* read = std::get_if<WaitingRead>(&waiting.what);
    if (read != nullptr && base::kMutant != base::Mutant::undone_reads_answered) {
        pending.push_back({read->shard, std::move(read->read), waiting.home, nullptr,
                           environment.clock().monotonic_us()});
        queued.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    if (read == nullptr)
        std::get<WaitingReply>(waiting.what).answer.kind = AnswerKind::storage_full;
    refused.push_back(std::move(waiting));
}

void Engine::Impl::finish_if_stopping() {
    if (!stopping || !on_stopped || commit_running || !group.empty() || !pending.empty()) return;
    write_high_water();
    upkeep_executor->post(std::exchange(on_stopped, nullptr));
}

}  // namespace onsale::shard
