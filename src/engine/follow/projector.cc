#include "follow/projector.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "base/mutant.h"
#include "telemetry/log.h"

namespace onsale::follow {
namespace {

using base::Unexpected;

constexpr auto kRetryAfter = base::Duration::seconds(1);

constexpr sql::Migration kMigrations[] = {
    {1,
     "CREATE TABLE follow_cursors (shard INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, hash BLOB "
     "NOT NULL)"},
    // Which version of each component's tables the rows were made for.
    {2, "CREATE TABLE follow_shapes (component TEXT PRIMARY KEY, version INTEGER NOT NULL)"},
};

using Shapes = std::map<std::string, std::int64_t, std::less<>>;

Shapes shapes_of(std::span<Projection* const> projections) {
    Shapes shapes;
    for (const auto* projection : projections) {
        const auto migrations = projection->migrations();
        shapes.emplace(projection->component(), migrations.empty() ? 0 : migrations.back().version);
    }
    return shapes;
}

sql::SqlResult<Shapes> read_shapes(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT component, version FROM follow_shapes"));
    Shapes shapes;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return shapes;
        shapes.emplace(row.text(0), row.integer(1));
    }
}

sql::SqlResult<void> write_shapes(sql::Connection& connection, const Shapes& shapes) {
    ONSALE_TRY(connection.execute("DELETE FROM follow_shapes"));
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO follow_shapes VALUES (?, ?)"));
    for (const auto& [component, version] : shapes)
        ONSALE_TRY(row.bind(1, std::string_view(component)).bind(2, version).run());
    return {};
}

auto failed(const sql::SqlError& error) {
    return Unexpected{follow_error("projections", error)};
}

#define ONSALE_TRY_SQL(expression)                                        \
    do {                                                                  \
        auto onsale_sql_result = (expression);                            \
        if (!onsale_sql_result) return failed(onsale_sql_result.error()); \
    } while (false)

}  // namespace

struct Projector::Impl : std::enable_shared_from_this<Projector::Impl> {
    Impl(const ProjectorOptions& o, ProjectorParts parts)
        : options(o),
          executor(parts.executor),
          source(std::move(parts.source)),
          feed(parts.feed),
          projections(std::move(parts.projections)),
          stopped_gauge(parts.metrics.gauge("onsale_projector_stopped",
                                            "1 after a fact that the projector could not digest")),
          lag_gauge(parts.metrics.gauge("onsale_projector_lag_batches",
                                        "Committed batches that the projections do not show yet")),
          lag_seconds_gauge(parts.metrics.gauge(
              "onsale_projector_lag_seconds",
              "Age of the oldest committed batch that the projections do not show yet")),
          facts_counter(parts.metrics.counter("onsale_projector_facts_total", "Facts projected")),
          positions(parts.feed.shards()) {}

    FollowResult<void> open();
    FollowResult<void> load_cursors();
    FollowResult<void> check_shapes();
    FollowResult<void> check_cursors();
    FollowResult<void> forget_everything();
    // One transaction over some batches of one shard; how many batches it took.
    FollowResult<std::size_t> step(domain::ShardId shard);
    FollowResult<void> move_cursor(domain::ShardId shard, const CommittedBatch& last);
    FollowResult<bool> step_all();
    [[nodiscard]] std::span<const SharedBatch> fitting(std::span<const SharedBatch> batches) const;
    [[nodiscard]] Feed::Lag lag() const;
    void tell_lag();
    [[nodiscard]] base::Duration pause() const;
    void run();
    void noticed();
    void schedule(base::Duration delay);

    const ProjectorOptions options;
    env::Executor& executor;
    BatchSource source;
    Feed& feed;
    std::vector<Projection*> projections;
    std::unique_ptr<sql::Connection> connection;
    std::function<bool()> busy;
    telemetry::Gauge& stopped_gauge;
    telemetry::Gauge& lag_gauge;
    telemetry::Gauge& lag_seconds_gauge;
    telemetry::Counter& facts_counter;
    std::vector<std::atomic<std::uint64_t>> positions;
    std::vector<journal::Hash> hashes;
    std::vector<std::uint64_t> ends;  // of the shards at the start; never changed afterwards
    std::atomic<bool> has_stopped{false};
    bool scheduled = false;
};

FollowResult<void> Projector::Impl::open() {
    auto opened = sql::Connection::open(options.database);
    if (!opened) return failed(opened.error());
    connection = std::move(*opened);
    ONSALE_TRY_SQL(sql::migrate(*connection, "follow", kMigrations));
    for (auto* projection : projections)
        ONSALE_TRY_SQL(
            sql::migrate(*connection, projection->component(), projection->migrations()));
    ONSALE_TRY(load_cursors());
    // Before anything is forgotten: the cursors may be the only witness of lost batches.
    ONSALE_TRY(check_cursors());
    ONSALE_TRY(check_shapes());
    for (std::uint16_t i = 0; i < feed.shards(); ++i)
        ends.push_back(feed.committed(domain::ShardId(i)));
    return {};
}

// Rows that another version of the program has made, or that a component does not have yet, are
// made again from the journal.
FollowResult<void> Projector::Impl::check_shapes() {
    const auto known = read_shapes(*connection);
    if (!known) return failed(known.error());
    if (*known == shapes_of(projections)) return {};
    const bool has_rows = std::ranges::any_of(positions, [](const auto& at) { return at > 0; });
    if (has_rows)
        telemetry::log_info("follow",
                            "the tables of the projections are of another version: their rows are "
                            "made again from the journal");
    return forget_everything();
}

FollowResult<void> Projector::Impl::forget_everything() {
    auto transaction = sql::Transaction::begin(*connection);
    if (!transaction) return failed(transaction.error());
    ONSALE_TRY_SQL(connection->execute("DELETE FROM follow_cursors"));
    for (auto* projection : projections) {
        for (const auto table : projection->tables())
            ONSALE_TRY_SQL(connection->execute("DELETE FROM " + std::string(table)));
    }
    ONSALE_TRY_SQL(write_shapes(*connection, shapes_of(projections)));
    ONSALE_TRY_SQL(transaction->commit());
    return load_cursors();
}

FollowResult<void> Projector::Impl::load_cursors() {
    hashes.assign(positions.size(), journal::Hash{});
    for (auto& position : positions) position = 0;
    auto select = connection->prepare("SELECT shard, sequence, hash FROM follow_cursors");
    if (!select) return failed(select.error());
    while (true) {
        auto row = select->step();
        if (!row) return failed(row.error());
        if (!*row) return {};
        const auto shard = static_cast<std::size_t>(select->integer(0));
        const auto hash = select->blob(2);
        if (shard >= positions.size() || hash.size() != sizeof(journal::Hash))
            return Unexpected{FollowError{"projections: a cursor is damaged; run onsale rebuild"}};
        positions[shard] = static_cast<std::uint64_t>(select->integer(1));
        std::memcpy(hashes[shard].data(), hash.data(), hash.size());
    }
}

// A cursor on another history means that the journal was restored from a backup. One behind which
// the journal has ended may be the only witness of lost batches: the high-water file is up to a
// second late. A rebuild would forget it, so it is not offered then.
FollowResult<void> Projector::Impl::check_cursors() {
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const std::uint64_t position = positions[i];
        if (position == 0) continue;
        const domain::ShardId shard(static_cast<std::uint16_t>(i));
        ONSALE_TRY_ASSIGN(batches, source.next(shard, position - 1, 1));
        if (!batches.empty() && batches[0]->sequence == position && batches[0]->hash == hashes[i])
            continue;
        if (batches.empty())
            return Unexpected{
                FollowError{"the journal has lost batches, or is an older copy: the projections "
                            "know of shard " +
                            std::to_string(i) + ", sequence " + std::to_string(position) +
                            "; do not sell; restore the data folder from a backup"}};
        return Unexpected{FollowError{"projections: the cursor of shard " + std::to_string(i) +
                                      " stands at sequence " + std::to_string(position) +
                                      " which is not in the journal; run onsale rebuild"}};
    }
    return {};
}

FollowResult<void> Projector::Impl::move_cursor(domain::ShardId shard, const CommittedBatch& last) {
    auto update = connection->prepare(
        "INSERT INTO follow_cursors (shard, sequence, hash) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (shard) DO UPDATE SET sequence = ?2, hash = ?3 WHERE sequence = ?4 AND hash = "
        "?5");
    if (!update) return failed(update.error());
    update->bind(1, shard.value());
    update->bind(2, static_cast<std::int64_t>(last.sequence));
    update->bind_blob(3, std::as_bytes(std::span(last.hash)));
    update->bind(4, static_cast<std::int64_t>(positions[shard.value()].load()));
    update->bind_blob(5, std::as_bytes(std::span(hashes[shard.value()])));
    ONSALE_TRY_SQL(update->run());
    if (connection->changes() == 1) return {};
    return Unexpected{FollowError{"projections: another process has moved the cursor of shard " +
                                  std::to_string(shard.value())}};
}

// As many of the batches as a transaction may take, at least one.
std::span<const SharedBatch> Projector::Impl::fitting(std::span<const SharedBatch> batches) const {
    std::size_t facts = 0;
    std::size_t count = 0;
    while (count < batches.size() && facts < options.facts_per_transaction)
        facts += batches[count++]->facts.size();
    return batches.first(count);
}

FollowResult<std::size_t> Projector::Impl::step(domain::ShardId shard) {
    ONSALE_TRY_ASSIGN(
        found, source.next(shard, positions[shard.value()], options.batches_per_transaction));
    if (found.empty()) return std::size_t{0};
    const auto batches = fitting(found);
    // Outside of a transaction a statement is committed by itself.
    const bool hurries = base::kMutant == base::Mutant::cursor_before_rows;
    if (hurries) ONSALE_TRY(move_cursor(shard, *batches.back()));
    auto transaction = sql::Transaction::begin(*connection);
    if (!transaction) return failed(transaction.error());
    ONSALE_TRY_ASSIGN(facts, project(*connection, projections, batches));
    if (!hurries) ONSALE_TRY(move_cursor(shard, *batches.back()));
    ONSALE_TRY_SQL(transaction->commit());
    positions[shard.value()] = batches.back()->sequence;
    hashes[shard.value()] = batches.back()->hash;
    facts_counter.add(static_cast<double>(facts));
    return batches.size();
}

// True if there was something to do.
FollowResult<bool> Projector::Impl::step_all() {
    bool moved = false;
    for (std::uint16_t i = 0; i < feed.shards(); ++i) {
        ONSALE_TRY_ASSIGN(batches, step(domain::ShardId(i)));
        moved = moved || batches > 0;
    }
    return moved;
}

Feed::Lag Projector::Impl::lag() const {
    Feed::Lag all;
    for (std::uint16_t i = 0; i < feed.shards(); ++i) {
        const auto behind = feed.lag(domain::ShardId(i), positions[i]);
        all.batches += behind.batches;
        all.age = std::max(all.age, behind.age);
    }
    return all;
}

void Projector::Impl::tell_lag() {
    const auto now = lag();
    lag_gauge.set(static_cast<double>(now.batches));
    lag_seconds_gauge.set(static_cast<double>(now.age.count_ms()) / 1000);
}

base::Duration Projector::Impl::pause() const {
    if (lag().age > options.lag_max) return {};
    return busy && busy() ? options.pause_when_busy : options.pause;
}

void Projector::Impl::schedule(base::Duration delay) {
    if (has_stopped || std::exchange(scheduled, true)) return;
    executor.post_after(delay, [self = weak_from_this()] {
        if (const auto alive = self.lock()) alive->run();
    });
}

void Projector::Impl::run() {
    scheduled = false;
    if (has_stopped) return;
    tell_lag();  // before, when the rows are oldest; after the last of a run it is none
    auto moved = step_all();
    if (!moved && moved.error().passing) {
        telemetry::log_warning("follow", "the projector waits: " + moved.error().message);
        return schedule(kRetryAfter);
    }
    if (!moved) {
        has_stopped = true;
        stopped_gauge.set(1);
        telemetry::log_error("follow", "the projector has stopped: " + moved.error().message);
        return;
    }
    if (*moved) schedule(pause());
}

// What is committed after the projector has stopped still shows in its lag.
void Projector::Impl::noticed() {
    if (has_stopped) return tell_lag();
    if (!scheduled) schedule(pause());
}

FollowResult<std::unique_ptr<Projector>> Projector::create(const ProjectorOptions& options,
                                                           ProjectorParts parts) {
    auto impl = std::make_shared<Impl>(options, std::move(parts));
    ONSALE_TRY(impl->open());
    return std::unique_ptr<Projector>(new Projector(std::move(impl)));
}

Projector::Projector(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Projector::~Projector() = default;

void Projector::start(std::function<bool()> busy) {
    impl_->busy = std::move(busy);
    impl_->feed.subscribe(impl_->executor, [self = std::weak_ptr<Impl>(impl_)] {
        if (const auto alive = self.lock()) alive->noticed();
    });
    impl_->executor.post([self = std::weak_ptr<Impl>(impl_)] {
        if (const auto alive = self.lock()) alive->schedule({});
    });
}

FollowResult<void> Projector::catch_up() {
    while (true) {
        ONSALE_TRY_ASSIGN(moved, impl_->step_all());
        if (!moved) return {};
    }
}

std::uint64_t Projector::position(domain::ShardId shard) const {
    return impl_->positions[shard.value()];
}

bool Projector::has_begun() const {
    for (std::size_t i = 0; i < impl_->ends.size(); ++i) {
        if (impl_->positions[i] < impl_->ends[i]) return false;
    }
    return true;
}

bool Projector::stopped() const {
    return impl_->has_stopped;
}

FollowResult<void> Projector::forget_everything() {
    return impl_->forget_everything();
}

}  // namespace onsale::follow
