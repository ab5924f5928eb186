// Projector: keeps the rows of all projections equal to the journal. Each transaction applies some
// batches and moves the cursor (position and hash) by compare-and-set, so after a crash nothing is
// missing and nothing is there twice. It uses no clock, randomness or autoincrement: a rebuild
// gives identical rows. On a fact it cannot digest it stops and alarms (metric
// onsale_projector_stopped); buyers are not affected. Lives on one executor of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "env/environment.h"
#include "follow/projection.h"
#include "telemetry/metrics.h"

namespace onsale::follow {

struct ProjectorOptions {
    sql::OpenOptions database;  // projections.sqlite
    std::size_t batches_per_transaction = 1024;
    // No batch is begun in a transaction that has this many facts: a bound for memory, and for how
    // long other readers of a write-ahead log see it grow.
    std::size_t facts_per_transaction = 32'768;
    // Between two transactions, for company: a moment that nobody sees, since one costs as much
    // as a hundred orders; and longer while the engine is busy, so that buyers go first.
    base::Duration pause = base::Duration::milliseconds(50);
    base::Duration pause_when_busy = base::Duration::milliseconds(200);
    // Rows that are older than this are made at once, whoever waits.
    base::Duration lag_max = base::Duration::milliseconds(500);
};

// What a projector works with; all but the source outlives it.
struct ProjectorParts {
    env::Executor& executor;
    BatchSource source;
    Feed& feed;
    std::vector<Projection*> projections;
    telemetry::Metrics& metrics;
};

class Projector {
  public:
    // Opens the database, migrates, checks each cursor against the journal (one that the journal
    // does not know, by position or hash, is an error whose remedy is `onsale rebuild`), and then
    // empties it when a table has another version than the rows were made for: they are made again
    // like any others that are missing.
    static FollowResult<std::unique_ptr<Projector>> create(const ProjectorOptions& options,
                                                           ProjectorParts parts);
    ~Projector();

    // Begins to follow. `busy` tells whether the engine has buyers waiting.
    void start(std::function<bool()> busy);
    // On the projector's executor: catches up with everything that is committed, then returns. For
    // rebuild, clean stops and tests.
    FollowResult<void> catch_up();
    [[nodiscard]] std::uint64_t position(domain::ShardId shard) const;  // thread-safe
    // Whether the rows show everything that was committed before the start; thread-safe. Until then
    // lists and exports may lack what is long past.
    [[nodiscard]] bool has_begun() const;
    [[nodiscard]] bool stopped()
        const;  // thread-safe; true after a fact that could not be digested

    // Drops all rows and cursors; the next catch_up() makes them again.
    FollowResult<void> forget_everything();

  private:
    struct Impl;
    explicit Projector(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::follow
