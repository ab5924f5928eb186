// Store: one SQLite file together with the one executor that uses its connection. SQLite has one
// writer a file, so records.sqlite is one Store ("records") for the vault, the accounts and the
// catalogue; another Store ("lists"), opened read only, answers questions about the projections.
// Owned by the assembly of the site. Work is asked for from any thread and runs on the store's
// executor, in the order it was asked for. At most `waiting_max` pieces wait; one more is refused
// as busy. After a crash: what a committed transaction wrote is there (WAL, synchronous=FULL); a
// file that lost some of it is refused (its mark is at most a second late). A failed write or sync
// ends the process.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/unique_function.h"
#include "env/environment.h"
#include "sql/database.h"
#include "telemetry/metrics.h"

namespace onsale::records {

struct StoreOptions {
    sql::OpenOptions database;
    std::string name;                // of the executor's thread, at most 15 characters
    std::string purpose;             // one line for `onsale roles --threads`
    std::size_t waiting_max = 4096;  // pieces of work that may wait
    // Counts the pieces of work that were asked for; null where nobody wants to know.
    telemetry::Counter* asked = nullptr;
};

// Answers of other executors that may wait on a store's executor besides its own work; who lets
// itself be answered there keeps its open questions well below.
inline constexpr std::size_t kAnswersWaitingMax = 1024;

// Why a store could not do its work, in the three words that a caller can act on.
enum class StoreTrouble : std::uint8_t {
    busy,          // too many wait: nothing was done; try again shortly
    storage_full,  // the disk is full: nothing was done
    failed,        // the file cannot be read or written, or does not make sense
};
struct StoreError {
    StoreTrouble trouble = StoreTrouble::failed;
    std::string message;
};
template <class T>
using StoreResult = base::Result<T, StoreError>;

[[nodiscard]] StoreError to_store_error(const sql::SqlError& error);
[[nodiscard]] inline StoreError store_busy() {
    return {StoreTrouble::busy, "too much work is waiting"};
}

class MarkedFile;

class Store {
  public:
    using Work = base::UniqueFunction<void(sql::Connection&)>;

    static sql::SqlResult<std::unique_ptr<Store>> open(const StoreOptions& options,
                                                       env::Environment& environment);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // Runs `work` later on the store's executor. False: too many wait, and `work` is dropped.
    [[nodiscard]] bool post(Work work);

    // Runs `work` on the store's executor and hands its value to `reply` on `home`, which must
    // outlive the store's executor. When too many wait, `reply` gets `when_full` instead, also on
    // `home`.
    template <class Value>
    void ask(env::Executor& home, base::UniqueFunction<Value(sql::Connection&)> work,
             base::UniqueFunction<void(Value)> reply, Value when_full) {
        // Shared, since a refused piece of work is destroyed and its reply is still owed.
        auto owed = std::make_shared<base::UniqueFunction<void(Value)>>(std::move(reply));
        const bool taken = post([&home, owed,
                                 work = std::move(work)](sql::Connection& connection) mutable {
            home.post([owed, value = work(connection)]() mutable { (*owed)(std::move(value)); });
        });
        if (taken) return;
        home.post([owed, value = std::move(when_full)]() mutable { (*owed)(std::move(value)); });
    }

    // A further file for writing on this executor, with the same care. Before anything was posted.
    // Who keeps the connection uses it on the store's executor only.
    sql::SqlResult<std::shared_ptr<sql::Connection>> open_beside(const sql::OpenOptions& options);

    // Whether all its files can be read. On the store's executor.
    [[nodiscard]] bool answers();

    // For the store's executor, and for whoever opened the store before anything was posted
    // (migrations).
    [[nodiscard]] sql::Connection& connection() { return *connection_; }
    [[nodiscard]] env::Executor& executor() { return *executor_; }

  private:
    explicit Store(env::Environment& environment);
    void run(Work& work);
    void look_after();
    void set_marks();

    env::Environment& environment_;
    std::shared_ptr<sql::Connection> connection_;
    std::vector<std::unique_ptr<MarkedFile>> marked_;  // those open for writing
    std::atomic<bool> marking_{false};                 // whether set_marks() comes every second
    bool dead_ = false;                                // of the executor: the disk has failed
    std::size_t waiting_max_ = 0;
    telemetry::Counter* asked_ = nullptr;
    std::atomic<std::size_t> waiting_{0};
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

}  // namespace onsale::records
