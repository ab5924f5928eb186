#include "audit/audit.h"

#include <fmt/format.h>
#include <google/protobuf/arena.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "audit/internal/acknowledged.h"
#include "audit/internal/cursors.h"
#include "audit/internal/fold.h"
#include "audit/internal/journal_rows.h"
#include "audit/internal/operations_check.h"
#include "audit/internal/rows.h"
#include "audit/internal/snapshot_check.h"
#include "audit/internal/vault_check.h"
#include "journal/high_water.h"
#include "journal/snapshot_store.h"
#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

using base::Unexpected;
template <class T>
using AuditResult = base::Result<T, std::string>;

constexpr std::uint64_t kToTheEnd = std::numeric_limits<std::uint64_t>::max();

std::string text_of(const journal::Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// One shard on its way through its journal.
struct Walk {
    std::unique_ptr<Fold> fold;
    std::uint64_t sequence = 0;
    std::string previous = std::string(32, '\0');
    std::optional<journal::Snapshot> snapshot;  // still to be compared, at its position
};

class Audit {
  public:
    Audit(const Options& options, env::Files& files) : options_(options), files_(files) {}

    AuditResult<Report> run();

  private:
    AuditResult<std::unique_ptr<sql::Connection>> open(const std::string& name);
    AuditResult<void> read_answers();
    AuditResult<void> start_walks();
    AuditResult<void> walk_all_to(const Cursors& cursors);
    AuditResult<void> walk_to(Walk& walk, std::uint64_t until);
    AuditResult<void> fold_to(Walk& walk, std::uint64_t until);
    void check_row(Walk& walk, const Row& row);
    AuditResult<void> check_high_water(const journal::Positions& marks);
    AuditResult<void> check_projections();
    AuditResult<void> check_cursors(const Cursors& cursors);
    AuditResult<void> check_lag(const Cursors& cursors);
    AuditResult<void> check_records();
    void finish();
    [[nodiscard]] Folds folds() const;
    void tell(std::string_view what, std::uint64_t done = 0, std::uint64_t all = 0) const {
        if (options_.progress) options_.progress(what, done, all);
    }

    static std::string sentence_of(const std::string& name, const sql::SqlError& error) {
        return fmt::format("{}: {}", name, error.message);
    }

    const Options& options_;
    env::Files& files_;
    Report report_;
    std::optional<JournalRows> journal_;
    std::map<std::uint16_t, Walk> walks_;
    std::uint64_t batches_ = 0;  // of the journal when it was opened
    std::string scratch_;
    std::string answers_text_;
    std::vector<Answer> answers_;
};

AuditResult<std::unique_ptr<sql::Connection>> Audit::open(const std::string& name) {
    const std::string path = options_.folder + "/" + name;
    const auto there = files_.exists(path);
    if (!there) return Unexpected{fmt::format("{}: {}", path, env::to_string(there.error()))};
    if (!*there) {
        report_.notes.push_back(fmt::format("{}: there is no such file", name));
        return std::unique_ptr<sql::Connection>();
    }
    sql::OpenOptions options;
    options.path = path;
    options.vfs = options_.vfs;
    options.access = sql::Access::read_only;
    auto connection = sql::Connection::open(options);
    if (!connection) return Unexpected{sentence_of(name, connection.error())};
    return std::move(connection).value();
}

AuditResult<void> Audit::read_answers() {
    if (options_.acknowledged.empty()) return {};
    auto text = env::read_file(files_, options_.acknowledged);
    if (!text)
        return Unexpected{
            fmt::format("{}: {}", options_.acknowledged, env::to_string(text.error()))};
    answers_text_ = std::move(text).value();
    auto answers = parse_answers(answers_text_);
    if (!answers) return Unexpected{fmt::format("{}: {}", options_.acknowledged, answers.error())};
    answers_ = std::move(answers).value();
    return {};
}

AuditResult<void> Audit::start_walks() {
    const auto shards = journal_->shards();
    if (!shards) return Unexpected{sentence_of("journal.sqlite", shards.error())};
    journal::SnapshotStore snapshots(files_, options_.folder + "/journal/snapshots");
    for (const std::uint16_t shard : *shards) {
        const auto newest = journal_->newest(shard);
        if (!newest) return Unexpected{sentence_of("journal.sqlite", newest.error())};
        batches_ += *newest;
        Walk& walk = walks_[shard];
        walk.fold = std::make_unique<Fold>(shard, report_);
        std::vector<std::string> damaged;
        auto snapshot = snapshots.newest(shard, &damaged);
        if (!snapshot)
            return Unexpected{fmt::format("snapshots: {}", env::to_string(snapshot.error()))};
        walk.snapshot = std::move(snapshot).value();
        for (const std::string& path : damaged)
            report_.breach(Clause::s3, fmt::format("snapshot {} is damaged", path));
    }
    return {};
}

void Audit::check_row(Walk& walk, const Row& row) {
    const std::uint16_t shard = walk.fold->shard();
    report_.checked(Clause::d2);
    if (row.sequence != walk.sequence + 1) {
        report_.breach(Clause::d2,
                       fmt::format("shard {} sequence {}: {} batches before it are missing", shard,
                                   row.sequence, row.sequence - walk.sequence - 1));
    }
    if (row.previous != walk.previous) {
        report_.breach(Clause::d2,
                       fmt::format("shard {} sequence {}: it does not follow its predecessor",
                                   shard, row.sequence));
    }
    if (hash_of(shard, row, scratch_) != row.hash) {
        report_.breach(Clause::d2, fmt::format("shard {} sequence {}: content and hash differ",
                                               shard, row.sequence));
    }
    walk.sequence = row.sequence;
    walk.previous = row.hash;
}

AuditResult<void> Audit::fold_to(Walk& walk, std::uint64_t until) {
    const std::uint16_t shard = walk.fold->shard();
    google::protobuf::Arena arena;
    while (walk.sequence < until) {
        const auto rows = journal_->after(shard, walk.sequence, options_.bytes_per_read);
        if (!rows) return Unexpected{sentence_of("journal.sqlite", rows.error())};
        if (rows->empty()) return {};
        tell("batches of the journal", report_.batches, std::max(report_.batches, batches_));
        for (const Row& row : *rows) {
            if (row.sequence > until) return {};
            check_row(walk, row);
            arena.Reset();
            auto* batch = google::protobuf::Arena::CreateMessage<records::Batch>(&arena);
            if (!batch->ParseFromArray(row.body.data(), static_cast<int>(row.body.size()))) {
                report_.breach(Clause::d2,
                               fmt::format("shard {} sequence {}: its body is not a batch", shard,
                                           row.sequence));
            }
            walk.fold->apply({row.sequence, row.epoch, row.incarnation, row.time_ms}, *batch);
        }
    }
    return {};
}

// Stops at the snapshot's position on the way.
AuditResult<void> Audit::walk_to(Walk& walk, std::uint64_t until) {
    if (walk.snapshot && walk.snapshot->position.sequence <= until) {
        const journal::Snapshot snapshot = *std::exchange(walk.snapshot, std::nullopt);
        ONSALE_TRY(fold_to(walk, snapshot.position.sequence));
        const std::string name = fmt::format("{}-{}", snapshot.shard, snapshot.position.sequence);
        if (walk.sequence != snapshot.position.sequence ||
            walk.previous != text_of(snapshot.position.hash)) {
            report_.breach(
                Clause::s3,
                fmt::format("snapshot {} stands at a position that the journal does not have",
                            name));
        } else {
            check_snapshot(name, snapshot.content, *walk.fold, report_);
        }
    }
    return fold_to(walk, until);
}

AuditResult<void> Audit::walk_all_to(const Cursors& cursors) {
    for (const auto& [shard, cursor] : cursors) {
        const auto found = walks_.find(shard);
        if (found != walks_.end()) ONSALE_TRY(walk_to(found->second, cursor.sequence));
    }
    return {};
}

AuditResult<void> Audit::check_high_water(const journal::Positions& marks) {
    for (const auto& [shard, position] : marks) {
        report_.checked(Clause::d2);
        if (position.sequence == 0) continue;
        const auto hash = journal_->hash_at(shard, position.sequence);
        if (!hash) return Unexpected{sentence_of("journal.sqlite", hash.error())};
        if (!*hash) {
            report_.breach(
                Clause::d2,
                fmt::format(
                    "shard {} sequence {}: acknowledged by the high-water file, but missing", shard,
                    position.sequence));
        } else if (**hash != text_of(position.hash)) {
            report_.breach(
                Clause::d2,
                fmt::format("shard {} sequence {}: another hash than in the high-water file", shard,
                            position.sequence));
        }
    }
    return {};
}

AuditResult<void> Audit::check_cursors(const Cursors& cursors) {
    for (const auto& [shard, cursor] : cursors) {
        if (cursor.sequence == 0) continue;
        report_.checked(Clause::d3);
        const auto hash = journal_->hash_at(shard, cursor.sequence);
        if (!hash) return Unexpected{sentence_of("journal.sqlite", hash.error())};
        if (!*hash || **hash != cursor.hash) {
            report_.breach(
                Clause::d3,
                fmt::format("shard {}: the projections stand at sequence {}, which the journal {}",
                            shard, cursor.sequence,
                            *hash ? "has with another hash" : "does not have"));
        }
        report_.shards[shard].projected = cursor.sequence;
    }
    return {};
}

// Age of the oldest batch that the projections do not show, at the moment when their cursors are
// read: what is committed while the rows are compared is not their lag. A shard without a cursor
// shows nothing.
AuditResult<void> Audit::check_lag(const Cursors& cursors) {
    for (const auto& [shard, walk] : walks_) {
        const auto cursor = cursors.find(shard);
        const std::uint64_t projected = cursor == cursors.end() ? 0 : cursor->second.sequence;
        const auto newest = journal_->newest(shard);
        if (!newest) return Unexpected{sentence_of("journal.sqlite", newest.error())};
        const auto end = journal_->time_at(shard, *newest);
        if (!end) return Unexpected{sentence_of("journal.sqlite", end.error())};
        const auto oldest = journal_->oldest_after(shard, projected);
        if (!oldest) return Unexpected{sentence_of("journal.sqlite", oldest.error())};
        std::int64_t& lag_ms = report_.shards[shard].lag_ms;
        if (*end && *oldest) {
            const std::int64_t now = options_.now ? options_.now->unix_ms() : **end;
            lag_ms = std::max<std::int64_t>(std::max(now, **end) - **oldest, 0);
        }
        if (!options_.lag_max) continue;
        report_.checked(Clause::d6);
        if (lag_ms > options_.lag_max->count_ms()) {
            report_.breach(Clause::d6, fmt::format("shard {}: the projections are {} ms behind, "
                                                   "they stand at sequence {} of {}",
                                                   shard, lag_ms, projected, *newest));
        }
    }
    return {};
}

// The rows are compared with the fold at their cursor. Most of the way is folded before the
// transaction begins, so that it is short.
AuditResult<void> Audit::check_projections() {
    ONSALE_TRY_ASSIGN(connection, open("projections.sqlite"));
    if (!connection) return {};
    const auto failed = [](const sql::SqlError& error) {
        return Unexpected{sentence_of("projections.sqlite", error)};
    };
    const auto early = read_cursors(*connection);
    if (!early) return failed(early.error());
    ONSALE_TRY(walk_all_to(*early));
    if (const auto begun = connection->begin(); !begun) return failed(begun.error());
    const auto cursors = read_cursors(*connection);
    if (!cursors) return failed(cursors.error());
    ONSALE_TRY(check_lag(*cursors));
    ONSALE_TRY(walk_all_to(*cursors));
    ONSALE_TRY(check_cursors(*cursors));
    tell("rows of the projections");
    const auto checked = check_rows(*connection, folds(), report_);
    connection->rollback();
    if (!checked) return failed(checked.error());
    return {};
}

AuditResult<void> Audit::check_records() {
    tell("codes and operation records");
    ONSALE_TRY_ASSIGN(connection, open("records.sqlite"));
    const KeptMark kept{options_.operations_mark, options_.today};
    if (!connection) {
        operations_are_gone(kept, report_);
        return {};
    }
    const auto checked = check_vault(*connection, folds(), report_);
    if (!checked) return Unexpected{sentence_of("records.sqlite", checked.error())};
    const auto chained = check_operations(*connection, kept, report_);
    if (!chained) return Unexpected{sentence_of("records.sqlite", chained.error())};
    return {};
}

Folds Audit::folds() const {
    Folds all;
    for (const auto& [shard, walk] : walks_) all.emplace(shard, walk.fold.get());
    return all;
}

void Audit::finish() {
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> stored;
    for (auto& [shard, walk] : walks_) {
        walk.fold->finish(options_.grace.count_ms());
        walk.fold->finish_money(options_.suspense_max.count_ms());
        ShardFigures& figures = report_.shards[shard];
        figures.sequence = walk.sequence;
        figures.epoch = walk.fold->newest().epoch;
        figures.orders = walk.fold->orders().size();
        for (const Order& order : walk.fold->orders()) {
            if (!answers_.empty()) ++stored[{order.person, order.campaign}];
            if (!options_.now || order.state != kReserved) continue;
            report_.checked(Clause::s2);
            if (order.deadline_ms < (*options_.now - options_.grace).unix_ms()) {
                report_.breach(Clause::s2,
                               fmt::format("shard {}: order {} is reserved beyond its deadline {}",
                                           shard, order.id, order.deadline_ms));
            }
        }
    }
    const auto find = [this](std::uint64_t id) -> const Order* {
        const auto walk = walks_.find(static_cast<std::uint16_t>(id & ((1U << kShardBits) - 1)));
        return walk == walks_.end() ? nullptr : walk->second.fold->find_order(id);
    };
    const auto count = [&](std::uint64_t person, std::uint64_t campaign) {
        const auto found = stored.find({person, campaign});
        return found == stored.end() ? 0 : found->second;
    };
    check_answers(answers_, find, count, report_);
}

AuditResult<Report> Audit::run() {
    ONSALE_TRY(read_answers());
    const auto marks = journal::read_high_water(files_, options_.folder + "/journal/high-water");
    const std::string path = options_.folder + "/journal/journal.sqlite";
    const auto there = files_.exists(path);
    if (!there || !*there) return Unexpected{fmt::format("{}: there is no journal", path)};
    auto rows = JournalRows::open(path, options_.vfs);
    if (!rows) return Unexpected{sentence_of("journal.sqlite", rows.error())};
    journal_.emplace(std::move(rows).value());
    if (marks) {
        ONSALE_TRY(check_high_water(*marks));
    } else {
        report_.breach(Clause::d2, "the high-water file is damaged");
    }
    ONSALE_TRY(start_walks());
    ONSALE_TRY(check_projections());
    for (auto& [shard, walk] : walks_) {
        ONSALE_TRY(walk_to(walk, kToTheEnd));
        if (walk.sequence < (walk.snapshot ? walk.snapshot->position.sequence : 0)) {
            report_.breach(Clause::s3,
                           fmt::format("shard {}: the snapshot is ahead of the journal", shard));
        }
    }
    ONSALE_TRY(check_records());
    finish();
    return std::move(report_);
}

}  // namespace

base::Result<Report, std::string> run(const Options& options, env::Files& files) {
    return Audit(options, files).run();
}

}  // namespace onsale::audit
