// Reconciliations: runs of reconcile() with the file that a bank itself sends, and what they found,
// to be looked at later. start() keeps a run in the records and puts it behind the others; one
// after the other is then carried out on a thread of its own, which waits for the bank. Each day
// that is over is compared by itself, too. Any thread may call it. After a crash: runs as they
// ended; one that had not ended is `interrupted`, and is started again by whoever wants it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "domain/ids.h"
#include "env/environment.h"
#include "ledger/reconcile.h"
#include "payments/bank.h"
#include "records/store.h"
#include "statistics/language.h"

namespace onsale::ledger {

inline constexpr std::size_t kRunsWaitingMax = 16;  // with the one that runs
inline constexpr std::size_t kRunsKept = 5'000;
inline constexpr std::size_t kRunItemsKept = 1'000'000;  // of all runs; the oldest go first
// When a day is compared by itself: not before banks have had time to end it, and not more often
// than this until it was done.
inline constexpr auto kDailyNotBefore = base::Duration::minutes(15);
inline constexpr auto kDailyPause = base::Duration::minutes(10);
inline constexpr auto kDailyAgainAfter = base::Duration::hours(1);
inline constexpr std::size_t kRunsPerPageMax = 100;
inline constexpr std::size_t kItemsPerPageMax = 500;

// waiting, fetching and comparing are told while it runs, and are not kept.
enum class RunState : std::uint8_t {
    waiting = 1,
    fetching = 2,
    comparing = 3,
    done = 4,
    failed = 5
};
enum class RunTrouble : std::uint8_t {
    none = 0,
    bank_away = 1,     // nobody was reached, or the bank does not take our signature
    bank_silent = 2,   // it did not answer in time, or with more than is taken
    bank_refused = 3,  // it does not give this file
    rows_behind = 4,   // what was committed did not come into the rows in time
    interrupted = 5,   // the site was stopped
    failed = 6,        // `detail` has the reason
};
[[nodiscard]] std::string_view to_string(RunState state);
[[nodiscard]] std::string_view to_string(RunTrouble trouble);

struct Run {
    std::uint64_t id = 0;
    domain::BankId bank;
    Day day;
    std::uint64_t person = 0;  // who wanted it; 0: the data folder's owner
    RunState state = RunState::waiting;
    RunTrouble trouble = RunTrouble::none;
    std::string detail;  // a sentence for operators
    base::Timestamp started_at;
    std::optional<base::Timestamp> ended_at;
    bool day_was_over = false;  // when the file was asked for
    Result result;              // without its items
    std::uint64_t items = 0;    // that are kept
};

struct RunWish {
    domain::BankId bank;
    Day day;
    std::uint64_t person = 0;
};
struct RunQuery {
    std::optional<domain::BankId> bank;
    std::uint64_t before = 0;  // 0: the newest
    std::size_t max = 20;
};
struct ItemQuery {
    std::uint64_t run = 0;
    std::uint64_t from = 0;  // place of the first item
    std::size_t max = 100;
};
struct RunPart {
    Run run;
    std::vector<Item> items;
    std::optional<std::uint64_t> next;  // `from` of the next part
};

// A bank's file of a day, as it sends it. Called on the thread of the runs, which it may block.
using FetchDay = std::function<base::Result<std::string, payments::BankFailure>(
    domain::BankId bank, const std::string& day)>;
// Whether the rows show everything that was committed when this was made. Any thread.
using Shown = std::function<bool()>;

struct ReconciliationParts {
    records::Store& store;
    env::Environment& environment;
    sql::OpenOptions rows;  // the projections, for reading
    FetchDay fetch;
    std::function<Shown()> mark;
};

class Reconciliations {
  public:
    // Migrates the tables: call it before anything was posted to the store.
    static sql::SqlResult<std::unique_ptr<Reconciliations>> create(ReconciliationParts parts);
    ~Reconciliations();
    Reconciliations(const Reconciliations&) = delete;
    Reconciliations& operator=(const Reconciliations&) = delete;

    // From now on the day before is compared once for each of these banks. `banks` is called on the
    // thread of the runs.
    using Banks = std::function<std::vector<domain::BankId>()>;
    void run_daily(Banks banks);
    // What runs is given up. From any thread but its own.
    void stop();

    // Replies are told on `home`.
    using Started = records::StoreResult<Run>;
    // A run of the same bank and day that has not ended is given instead of another one.
    void start(RunWish wish, env::Executor& home, base::UniqueFunction<void(Started)> reply);

    using Runs = records::StoreResult<std::vector<Run>>;
    void list(const RunQuery& query, env::Executor& home, base::UniqueFunction<void(Runs)> reply);
    // Nothing: there is no such run.
    using Found = records::StoreResult<std::optional<RunPart>>;
    void find(const ItemQuery& query, env::Executor& home, base::UniqueFunction<void(Found)> reply);
    // All its items as CSV.
    using File = records::StoreResult<std::optional<std::string>>;
    void items_file(std::uint64_t run, statistics::Language language, env::Executor& home,
                    base::UniqueFunction<void(File)> reply);

  private:
    struct Impl;
    explicit Reconciliations(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_;
};

}  // namespace onsale::ledger
