#include <utility>

#include "base/check.h"
#include "base/mutant.h"
#include "shard/internal/impl.h"

namespace onsale::shard {
namespace {

bool is_order_command(const domain::Command& command) {
    return std::holds_alternative<domain::PlaceOrder>(command) ||
           std::holds_alternative<domain::CancelOrder>(command) ||
           std::holds_alternative<domain::HideOrder>(command);
}

// Nothing was decided, so the answer rests on nothing and may leave at once.
void turn_away(Submission& submission, AnswerKind kind) {
    if (!submission.reply) return;
    submission.home->post([reply = std::move(submission.reply), kind]() mutable {
        Answer answer;
        answer.kind = kind;
        reply(answer);
    });
}

}  // namespace

void Engine::Impl::let_in(std::vector<Submission>& entering) {
    const std::int64_t now_us = environment.clock().monotonic_us();
    bool post = false;
    {
        const std::lock_guard lock(entrance_mutex);
        for (auto& submission : entering) {
            if (!has_room_for(submission, now_us)) continue;
            submission.entered_us = now_us;
            queued.fetch_add(1, std::memory_order_relaxed);
            entrance.push_back(std::move(submission));
            post = !std::exchange(drain_posted, true) || post;
        }
    }
    if (post) shard_executor->post([this] { drain(); });
    // Empty for those that were let in.
    for (auto& submission : entering)
        turn_away(submission, stopping ? AnswerKind::stopping : AnswerKind::busy);
    entering.clear();
}

// Reads always have room: each caller waits for its answer, so connections bound them. Under load
// only new orders are turned away: what ends an order frees stock, and what staff do is little.
bool Engine::Impl::has_room_for(const Submission& submission, std::int64_t now_us) {
    const auto* command = std::get_if<domain::Command>(&submission.what);
    if (command == nullptr) return true;
    const std::size_t waiting = queued.load(std::memory_order_relaxed);
    if (stopping) return false;
    if (waiting >= options.queue_max) {
        metrics.busy.add();
        return false;
    }
    const auto* order = std::get_if<domain::PlaceOrder>(command);
    if (order == nullptr) return true;
    if (shedder.sheds(order->campaign, waiting, now_us)) {
        metrics.shed.add();
        return false;
    }
    shedder.entered(order->campaign);
    return true;
}

bool Engine::Impl::group_is_full() const {
    return group.waiting.size() >= options.batch_commands_max ||
           group.bytes >= options.batch_bytes_max;
}

void Engine::Impl::drain() {
    if (dead) return;
    std::vector<Submission> entered;
    {
        const std::lock_guard lock(entrance_mutex);
        entered.swap(entrance);
        drain_posted = false;
    }
    for (auto& submission : entered) pending.push_back(std::move(submission));
    expire_due();
    end_cancelled();
    const std::int64_t now_us = environment.clock().monotonic_us();
    if (!pending.empty()) shedder.decides_first(pending.front().entered_us, now_us);
    std::size_t handled = 0;
    for (; !pending.empty() && !group_is_full(); ++handled) {
        leave_queue(pending.front());
        handle(pending.front());
        pending.pop_front();
    }
    shedder.decided(handled, now_us);
    if (pending.empty()) shedder.nobody_waits();
    flush();
}

void Engine::Impl::leave_queue(const Submission& submission) {
    queued.fetch_sub(1, std::memory_order_relaxed);
    const auto* command = std::get_if<domain::Command>(&submission.what);
    const auto* order = command == nullptr ? nullptr : std::get_if<domain::PlaceOrder>(command);
    if (order != nullptr) shedder.leaves(order->campaign);
}

void Engine::Impl::handle(Submission& submission) {
    if (auto* read = std::get_if<Read>(&submission.what)) {
        env::Task task = (*read)(state(submission.shard).box_office, clock.now());
        group.waiting.push_back(
            {submission.home, WaitingRead{submission.shard, std::move(*read), std::move(task)}});
        return;
    }
    const auto& command = std::get<domain::Command>(submission.what);
    const bool may_go_on =
        domain::may_use_reserve(command) || base::kMutant == base::Mutant::reserve_takes_orders;
    if (is_storage_full && (!may_go_on || reserve_is_spent())) {
        metrics.busy.add();
        return turn_away(submission, AnswerKind::storage_full);
    }
    group.waiting.push_back({submission.home, WaitingReply{std::move(submission.reply), Answer{}}});
    decide(submission.shard, command, std::get<WaitingReply>(group.waiting.back().what).answer);
}

void Engine::Impl::decide(domain::ShardId shard_id, const domain::Command& command,
                          Answer& answer) {
    ShardState& shard = state(shard_id);
    const base::Timestamp now = clock.now();
    shard.box_office.decide(command, now, decision);
    answer.at = now;
    if (!decision.facts.empty()) {
        ShardFacts& row = group.shards[shard_id];
        const std::size_t size_before = row.body.size();
        for (auto& fact : decision.facts) {
            shard.box_office.apply(fact);
            encoder.add(fact, row.body);
            row.facts.push_back(std::move(fact));
        }
        row.time = now;
        group.bytes += row.body.size() - size_before;
    }
    // What the outcome rests on: the batch being filled if this shard has facts in it, otherwise
    // the newest one.
    answer.sequence = shard.decided_sequence + (group.shards.contains(shard_id) ? 1 : 0);
    answer.outcome = decision.outcome;
    if (answer.outcome.kind != domain::OutcomeKind::refused) {
        ++accepted_count;
        return;
    }
    ++refused_count;
    if (is_order_command(command))
        answer.refusal_ordinal =
            shard.refusals.count(answer.outcome.campaign, answer.outcome.refusal);
}

void Engine::Impl::decide_internal(domain::ShardId shard, const domain::Command& command) {
    Answer nobody_asks;
    decide(shard, command, nobody_asks);
}

// Everything that is due ends before anything else is decided, so that outcomes follow deadlines.
// In slices, and bounded by what one group may hold: only after a long stand-still is something
// left.
void Engine::Impl::expire_due() {
    if (is_storage_full && reserve_is_spent()) return;
    const base::Timestamp now = clock.now();
    for (std::uint16_t i = 0; i < options.shards; ++i) {
        while (shards[i].box_office.next_deadline() <= now && !group_is_full()) {
            decide_internal(domain::ShardId(i), domain::ExpireDue{options.expiry_slice});
        }
    }
}

// Orders of a cancelled session read as ended from its fact on, so writing that down is not urgent:
// one slice of each shard per group, and buyers of other sessions do not wait. The commit of a
// slice brings the next, until none is left; what a stop leaves is done after the next start. A
// full disk keeps its reserve for what frees stock.
void Engine::Impl::end_cancelled() {
    if (is_storage_full || stopping) return;
    for (std::uint16_t i = 0; i < options.shards; ++i) {
        if (!shards[i].box_office.has_orders_to_end() || group_is_full()) continue;
        decide_internal(domain::ShardId(i), domain::EndCancelled{options.expiry_slice});
    }
}

bool Engine::Impl::reserve_is_spent() const {
    return environment.clock().monotonic_us() < reserve_spent_until_us;
}

}  // namespace onsale::shard
