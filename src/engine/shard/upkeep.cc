#include <utility>

#include "base/mutant.h"
#include "shard/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::shard {
namespace {

constexpr std::uint32_t kTicksPerSecond = 10;
constexpr std::size_t kSessionsRetiredAtOnce = 4;
constexpr std::size_t kSnapshotsKept = 2;

}  // namespace

void Engine::Impl::tick() {
    if (dead) return;
    shard_executor->post_after(options.tick, [this] { tick(); });
    metrics.clock_alarm.set(clock.follow_wall_clock() ? 1 : 0);
    metrics.queue.set(static_cast<double>(queued.load(std::memory_order_relaxed)));
    metrics.overloaded.set(shedder.overloaded() ? 1 : 0);
    if (++ticks % kTicksPerSecond == 0) {
        double orders = 0;
        for (const auto& shard : shards)
            orders += static_cast<double>(shard.box_office.orders_in_memory());
        metrics.orders.set(orders);
        try_to_leave_storage_full();
        write_high_water();
        snapshot_if_due();
        if (ticks % (60 * kTicksPerSecond) == 0) retire_old_sessions();
    }
    drain();
}

// There is space again when the reserve fits and as much is left beside it. Asked first, so that
// the question itself does not fill the disk.
void Engine::Impl::try_to_leave_storage_full() {
    if (!is_storage_full || std::exchange(probing_space, true)) return;
    upkeep_executor->post([this] {
        shard_executor->post([this, taken = take_reserve()] {
            probing_space = false;
            const std::lock_guard lock(reserve_mutex);
            if (!taken || !reserve.taken()) return;  // or let go again in the meantime
            telemetry::log_info("shard", "the disk has space again: orders are taken");
            is_storage_full = false;
            reserve_spent_until_us = 0;
            metrics.storage_full.set(0);
        });
    });
}

bool Engine::Impl::take_reserve() {
    const auto free = environment.files().free_bytes(options.folder);
    if (!free || *free < 2 * options.reserve_bytes) return false;
    const std::lock_guard lock(reserve_mutex);
    return reserve.take();
}

void Engine::Impl::write_high_water() {
    journal::Positions positions;
    for (std::uint16_t i = 0; i < options.shards; ++i) positions[i] = shards[i].committed;
    if (high_water_running || positions == high_water) return;
    high_water_running = true;
    high_water = positions;
    upkeep_executor->post([this, positions = std::move(positions)] {
        const bool written = journal::write_high_water(environment.files(),
                                                       options.folder + "/high-water", positions)
                                 .has_value();
        if (!written) telemetry::log_warning("shard", "the high-water file could not be written");
        shard_executor->post([this, written] {
            high_water_running = false;
            if (!written) high_water.clear();  // so that it is tried again
        });
    });
}

void Engine::Impl::snapshot_if_due() {
    if (snapshot_running || is_storage_full) return;
    for (std::uint16_t i = 0; i < options.shards; ++i) {
        if (shards[i].facts_since_snapshot < options.snapshot_facts) continue;
        snapshot_running = true;
        shards[i].facts_since_snapshot = 0;
        upkeep_executor->post([this, i, until = shards[i].committed.sequence] {
            make_snapshot_of(domain::ShardId(i), until);
        });
        return;
    }
}

// On the upkeep executor, from the journal alone: the writer is not held up for an instant.
void Engine::Impl::make_snapshot_of(domain::ShardId shard, std::uint64_t until) {
    const bool falls_short = base::kMutant == base::Mutant::snapshot_behind && until > 1;
    auto recovered = recover_shard(shard, *reader, snapshots, until - (falls_short ? 1 : 0));
    if (falls_short && recovered) recovered->position = **reader->at(shard.value(), until);
    bool written = false;
    if (recovered) {
        journal::Snapshot snapshot{shard.value(), recovered->position, make_snapshot(*recovered)};
        written = snapshots.write(snapshot).has_value() &&
                  snapshots.prune(shard.value(), kSnapshotsKept).has_value();
    }
    if (written) metrics.snapshots.add();
    if (!written)
        telemetry::log_warning("shard",
                               "no snapshot of shard " + std::to_string(shard.value()) + ": " +
                                   (recovered ? "the disk refused it" : recovered.error()));
    shard_executor->post([this] { snapshot_running = false; });
}

void Engine::Impl::retire_old_sessions() {
    const base::Timestamp ended_before = clock.now() - options.retire_after;
    for (std::uint16_t i = 0; i < options.shards; ++i) {
        for (const auto session :
             shards[i].box_office.ready_to_retire(ended_before, kSessionsRetiredAtOnce)) {
            decide_internal(domain::ShardId(i), domain::RetireSession{session});
        }
    }
}

}  // namespace onsale::shard
