#include <utility>

#include "shard/internal/impl.h"
#include "telemetry/log.h"

namespace onsale::shard {

using base::Unexpected;

namespace {

// Of all shards. A longer past is the audit's to read: 512 MiB take about half a second.
constexpr std::uint64_t kVerifiedAtStartBytesMax = 512ULL * 1024 * 1024;

Unexpected<std::string> cannot_open(const std::string& why) {
    return Unexpected{"journal: " + why +
                      "; if the file is damaged, restore the data folder from a backup"};
}

}  // namespace

EngineMetrics::EngineMetrics(telemetry::Metrics& m)
    : accepted(m.counter("onsale_shard_accepted_total", "Commands that were accepted")),
      refused(m.counter("onsale_shard_refused_total", "Commands that were refused by a rule")),
      busy(m.counter("onsale_shard_busy_total",
                     "Commands that were turned away because the queue or the disk was full")),
      shed(m.counter("onsale_shard_shed_total",
                     "Orders that were turned away because those before them waited too long")),
      facts(m.counter("onsale_shard_facts_total", "Facts committed to the journal")),
      commits(m.counter("onsale_shard_commits_total", "Transactions of the journal")),
      snapshots(m.counter("onsale_shard_snapshots_total", "Snapshots written")),
      queue(m.gauge("onsale_shard_queue_commands", "Commands that wait to be decided")),
      orders(m.gauge("onsale_shard_orders", "Orders in memory")),
      overloaded(m.gauge("onsale_shard_overloaded",
                         "1 while orders wait too long and some are turned away")),
      storage_full(m.gauge("onsale_shard_storage_full", "1 while the journal's disk is full")),
      clock_alarm(m.gauge("onsale_shard_clock_alarm",
                          "1 while the wall clock differs by more than 2 s from the shard's")),
      commit_seconds(
          m.histogram("onsale_shard_commit_seconds", "Time of a commit",
                      {0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0})),
      batch_commands(m.histogram("onsale_shard_batch_commands", "Commands answered by one commit",
                                 {1, 4, 16, 64, 256, 1024, 4096})) {}

Engine::Impl::Impl(const Options& o, env::Environment& e, follow::Feed& f, telemetry::Metrics& m)
    : options(o),
      environment(e),
      feed(f),
      metrics(m),
      snapshots(e.files(), o.folder + "/snapshots"),
      reserve(e.files(), o.folder + "/reserve", o.reserve_bytes),
      doors([this](std::vector<Submission>& entering) { let_in(entering); }),
      clock(e.clock()),
      committed_sequences(o.shards) {}

Engine::Impl::~Impl() {
    // Their tasks post to each other, so all have ended before one is destroyed. None is there yet
    // when open() has failed.
    for (const auto& executor : {&shard_executor, &commit_executor, &upkeep_executor}) {
        if (*executor != nullptr) (*executor)->close();
    }
}

sql::OpenOptions Engine::Impl::journal_options() const {
    sql::OpenOptions open;
    open.path = options.folder + "/journal.sqlite";
    open.vfs = options.vfs;
    return open;
}

base::Result<void, std::string> Engine::Impl::open() {
    auto& files = environment.files();
    if (!files.create_folders(options.folder + "/snapshots"))
        return Unexpected{"cannot create " + options.folder +
                          "/snapshots; check the folder's owner and mode"};
    auto opened_writer = journal::Writer::open(journal_options());
    if (!opened_writer) return cannot_open(opened_writer.error().message);
    auto opened_reader = journal::Reader::open(journal_options());
    if (!opened_reader) return cannot_open(opened_reader.error().message);
    writer = std::move(*opened_writer);
    reader = std::move(*opened_reader);
    incarnation = environment.entropy().next_u64() >> 1;  // SQL integers are signed
    ONSALE_TRY(check_high_water(*reader));
    ONSALE_TRY(recover_all());
    is_storage_full = !reserve.take();
    metrics.storage_full.set(is_storage_full ? 1 : 0);
    if (is_storage_full)
        telemetry::log_error(
            "shard", "the disk of " + options.folder +
                         " has no space for the reserve: new orders are refused until there is");
    ONSALE_TRY(start_epoch());
    shard_executor = environment.make_executor(
        {"shard", "decides commands against memory, one writer for all shards", 1 << 16});
    commit_executor =
        environment.make_executor({"commit", "appends batches to the journal and syncs", 16});
    upkeep_executor =
        environment.make_executor({"upkeep", "snapshots and the high-water file", 16});
    shard_executor->post_after(options.tick, [this] { tick(); });
    return {};
}

base::Result<void, std::string> Engine::Impl::check_high_water(journal::Reader& journal) {
    auto positions = journal::read_high_water(environment.files(), options.folder + "/high-water");
    if (!positions)
        return Unexpected{"the high-water file " + options.folder +
                          "/high-water cannot be read; restore the data folder from a backup"};
    for (const auto& [shard, position] : *positions) {
        if (shard >= options.shards)
            return Unexpected{"this site was started with more shards than " +
                              std::to_string(options.shards) + "; the number cannot change"};
        auto there = journal.at(shard, position.sequence);
        const bool same = there.has_value() && there->has_value() && **there == position;
        if (position.sequence == 0 || same) continue;
        return Unexpected{"the journal has lost acknowledged batches: shard " +
                          std::to_string(shard) + ", sequence " +
                          std::to_string(position.sequence) +
                          " is in the high-water file but not in the journal; do not sell; restore "
                          "the data folder from a backup"};
    }
    return {};
}

base::Result<void, std::string> Engine::Impl::recover_all() {
    // A reader of its own: the other one may be making a snapshot at this moment.
    auto recovery_reader = journal::Reader::open(journal_options());
    if (!recovery_reader) return cannot_open(recovery_reader.error().message);
    const bool starting = shards.empty();
    shards.clear();
    shards.reserve(options.shards);
    for (std::uint16_t i = 0; i < options.shards; ++i) {
        ONSALE_TRY_ASSIGN(recovered,
                          recover_shard(domain::ShardId(i), **recovery_reader, snapshots));
        // What lies behind the snapshot has just been read.
        if (starting)
            ONSALE_TRY(verify_past(domain::ShardId(i), **recovery_reader,
                                   recovered.snapshot_sequence,
                                   kVerifiedAtStartBytesMax / options.shards));
        ShardState shard(std::move(recovered.box_office), std::move(recovered.refusals));
        shard.committed = recovered.position;
        shard.decided_sequence = recovered.position.sequence;
        shard.epoch = recovered.epoch;
        shard.facts_since_snapshot = recovered.facts_replayed;
        clock.raise_floor(recovered.time);
        shards.push_back(std::move(shard));
    }
    return {};
}

// INVARIANT: the first fact of every owner's time is its epoch; it is committed before anything is
// decided.
base::Result<void, std::string> Engine::Impl::start_epoch() {
    for (std::uint16_t i = 0; i < options.shards; ++i) {
        const domain::ShardId id(i);
        ShardState& shard = state(id);
        feed.start_at(id, shard.committed.sequence);
        shard.epoch += 1;
        const domain::Fact fact = domain::EpochStarted{shard.epoch, incarnation};
        ShardFacts& facts = in_flight.shards[id];
        shard.box_office.apply(fact);
        encoder.add(fact, facts.body);
        facts.facts.push_back(fact);
        facts.time = clock.now();
    }
    auto batches = make_batches();
    auto appended = writer->append(batches);
    if (!appended && appended.error() == journal::AppendError::disk_full) {
        return Unexpected{"the disk of " + options.folder +
                          " is full: free space there, then start again"};
    }
    if (!appended)
        return Unexpected{"the journal in " + options.folder +
                          " cannot be written; another process may own it, or the disk is failing"};
    committed(std::move(batches));
    return {};
}

}  // namespace onsale::shard
