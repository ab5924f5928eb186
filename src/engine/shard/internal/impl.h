// The engine's inside. Everything here belongs to the shard executor unless it says otherwise; the
// journal's writer belongs to the commit executor, snapshots and the high-water file to the upkeep
// executor.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "journal/high_water.h"
#include "journal/journal.h"
#include "journal/reserve.h"
#include "journal/snapshot_store.h"
#include "shard/engine.h"
#include "shard/internal/doors.h"
#include "shard/internal/group.h"
#include "shard/internal/load_shedder.h"
#include "shard/internal/recovery.h"
#include "shard/internal/refusal_ledger.h"
#include "shard/internal/shard_clock.h"
#include "wire/codec.h"

namespace onsale::shard {

struct ShardState {
    ShardState(boxoffice::BoxOffice memory, RefusalLedger ledger)
        : box_office(std::move(memory)), refusals(std::move(ledger)) {}

    boxoffice::BoxOffice box_office;
    RefusalLedger refusals;
    journal::Position committed;         // what the journal has
    std::uint64_t decided_sequence = 0;  // of the newest batch handed to the commit executor
    std::uint64_t epoch = 0;             // ours
    std::uint64_t facts_since_snapshot = 0;
};

struct EngineMetrics {
    explicit EngineMetrics(telemetry::Metrics& metrics);

    telemetry::Counter& accepted;
    telemetry::Counter& refused;
    telemetry::Counter& busy;
    telemetry::Counter& shed;
    telemetry::Counter& facts;
    telemetry::Counter& commits;
    telemetry::Counter& snapshots;
    telemetry::Gauge& queue;
    telemetry::Gauge& orders;
    telemetry::Gauge& overloaded;
    telemetry::Gauge& storage_full;
    telemetry::Gauge& clock_alarm;
    telemetry::Histogram& commit_seconds;
    telemetry::Histogram& batch_commands;
};

struct Engine::Impl {
    Impl(const Options& options, env::Environment& environment, follow::Feed& feed,
         telemetry::Metrics& metrics);
    ~Impl();

    // start.cc: opens the files, recovers every shard, writes the epoch's first batches.
    base::Result<void, std::string> open();
    base::Result<void, std::string> check_high_water(journal::Reader& reader);
    base::Result<void, std::string> recover_all();
    base::Result<void, std::string> start_epoch();

    // decide.cc
    void let_in(std::vector<Submission>& entering);  // any thread
    [[nodiscard]] bool has_room_for(const Submission& submission, std::int64_t now_us);
    void drain();
    void leave_queue(const Submission& submission);
    void handle(Submission& submission);
    void decide(domain::ShardId shard, const domain::Command& command, Answer& answer);
    void decide_internal(domain::ShardId shard, const domain::Command& command);
    void expire_due();
    void end_cancelled();
    [[nodiscard]] bool reserve_is_spent() const;

    // commit.cc
    void flush();
    void commit_in_flight();
    [[nodiscard]] std::vector<journal::Batch> make_batches();
    void committed(std::vector<journal::Batch> batches);
    void commit_failed(journal::AppendError error);
    void enter_storage_full();
    void drop_undone();
    void drop(Waiting waiting, std::vector<Waiting>& refused);
    void finish_if_stopping();

    // upkeep.cc
    void tick();
    void try_to_leave_storage_full();
    [[nodiscard]] bool take_reserve();  // upkeep executor
    void write_high_water();
    void snapshot_if_due();
    void make_snapshot_of(domain::ShardId shard, std::uint64_t until);
    void retire_old_sessions();

    [[nodiscard]] sql::OpenOptions journal_options() const;
    [[nodiscard]] bool group_is_full() const;
    ShardState& state(domain::ShardId shard) { return shards[shard.value()]; }

    const Options options;
    env::Environment& environment;
    follow::Feed& feed;
    EngineMetrics metrics;
    std::uint64_t incarnation = 0;

    std::unique_ptr<journal::Writer> writer;  // commit executor
    std::unique_ptr<journal::Reader> reader;  // upkeep executor
    journal::SnapshotStore snapshots;
    journal::Reserve reserve;  // guarded by reserve_mutex
    std::mutex reserve_mutex;  // upkeep takes the reserve, shard lets it go

    // The only things that callers' threads touch.
    Doors doors;
    std::mutex entrance_mutex;
    std::vector<Submission> entrance;    // guarded by entrance_mutex
    bool drain_posted = false;           // guarded by entrance_mutex
    std::atomic<std::size_t> queued{0};  // at the entrance and in `pending`
    LoadShedder shedder;
    std::atomic<bool> stopping{false};
    std::atomic<bool> is_storage_full{false};

    std::deque<Submission> pending;
    std::vector<ShardState> shards;
    ShardClock clock;
    wire::BatchEncoder encoder;
    boxoffice::Decision decision;  // reused
    Group group;                   // being decided
    Group in_flight;               // being committed
    bool commit_running = false;
    bool dead = false;  // the process is about to end: nothing more is decided or answered
    std::size_t last_commands = 0;  // of the last commit
    bool waiting_for_company = false;
    bool company_came = false;
    std::int64_t commit_started_us = 0;
    std::uint32_t ticks = 0;
    std::int64_t reserve_spent_until_us = 0;
    bool probing_space = false;
    bool snapshot_running = false;
    bool high_water_running = false;
    journal::Positions high_water;  // as last written
    env::Task on_stopped;
    std::uint64_t accepted_count = 0;  // since the last commit, for the metrics
    std::uint64_t refused_count = 0;
    std::vector<std::atomic<std::uint64_t>> committed_sequences;

    // Last: their threads end first.
    std::unique_ptr<env::Executor> shard_executor;
    std::unique_ptr<env::Executor> commit_executor;
    std::unique_ptr<env::Executor> upkeep_executor;
};

}  // namespace onsale::shard
