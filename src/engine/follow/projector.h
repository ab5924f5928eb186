// Projector: keeps the rows of all projections equal to the journal. Each transaction applies some
// batches and moves the cursor (position and hash) by compare-and-set, so after a crash nothing is
// missing and nothing is there twice. It uses no clock, randomness or autoincrement: a rebuild
// gives identical rows. On a fact it cannot digest it stops and alarms (metric
// onsale_projector_stopped); buyers are not affected. Lives on one executor of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "env/environment.h"
#include "follow/batch_source.h"
#include "sql/database.h"
#include "telemetry/metrics.h"

namespace onsale::follow {

// The error of a component's statement, as the projector understands it: a full disk may pass.
[[nodiscard]] FollowError follow_error(std::string_view component, const sql::SqlError& error);

// One capability's rows. Implemented by services; all calls come from the projector's executor.
class Projection {
  public:
    virtual ~Projection() = default;
    [[nodiscard]] virtual std::string_view component() const = 0;  // table prefix
    [[nodiscard]] virtual std::span<const sql::Migration> migrations() const = 0;
    [[nodiscard]] virtual std::span<const std::string_view> tables()
        const = 0;  // emptied by a rebuild
    // Within the projector's transaction. `index` counts the facts of the batch from 0. An error
    // stops the projector; its transaction is rolled back, so a projection keeps nothing in memory
    // that would then be ahead of its rows.
    virtual FollowResult<void> apply(sql::Connection& connection, const CommittedBatch& batch,
                                     const domain::Fact& fact, std::uint32_t index) = 0;
    // A transaction begins: whatever apply() has gathered in memory since the last one began
    // belongs to one that was rolled back, and goes. flush() comes after its last fact and writes
    // what was gathered, so that many facts become few rows; its rows may depend on the facts, not
    // on how they were grouped into transactions.
    virtual void begin() {}
    virtual FollowResult<void> flush(sql::Connection& /*connection*/) { return {}; }
};

struct ProjectorOptions {
    sql::OpenOptions database;  // projections.sqlite
    std::size_t batches_per_transaction = 256;
    // Projections wait this long for company while the engine is busy, so that buyers go first.
    base::Duration pause_when_busy = base::Duration::milliseconds(100);
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
    // Opens the database, migrates, and checks each cursor against the journal: a cursor that the
    // journal does not know (position or hash) is an error whose remedy is `onsale rebuild`.
    static FollowResult<std::unique_ptr<Projector>> create(const ProjectorOptions& options,
                                                           ProjectorParts parts);
    ~Projector();

    // Begins to follow. `busy` tells whether the engine has buyers waiting.
    void start(std::function<bool()> busy);
    // On the projector's executor: catches up with everything that is committed, then returns. For
    // rebuild, clean stops and tests.
    FollowResult<void> catch_up();
    [[nodiscard]] std::uint64_t position(domain::ShardId shard) const;  // thread-safe
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
