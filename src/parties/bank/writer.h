// Writer: the one connection that changes a bank's books, with group commit: all pieces of work
// that wait are decided in one transaction, and answered after its commit. Reader: a connection for
// questions that may take long. Each has an executor of its own; work is asked for from any thread,
// and at most a bounded number of pieces waits (then false: the caller answers 503).
//
// INVARIANT: no answer leaves before the transaction that it rests on is on the disk. Work that
// only looks may use the writer, too, and then sees what it is answered with.
// After a failed write or sync the process ends: what was not answered may or may not be there, and
// a repeat by its reference tells.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "env/environment.h"
#include "sql/database.h"

namespace onsale::bank {

// Runs inside the transaction of its group. What it returns runs after the commit, on the writer's
// executor. An SqlError rolls the whole group back: everybody in it gets `failed`.
class Writer {
  public:
    struct Work {
        base::UniqueFunction<sql::SqlResult<env::Task>(sql::Connection&)> decide;
        env::Task failed;
    };

    Writer(std::unique_ptr<sql::Connection> connection, env::Environment& environment);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] bool post(Work work);
    [[nodiscard]] env::Executor& executor() { return *executor_; }
    // Finishes what waits; nothing is taken after.
    void close();

  private:
    void run_group();
    void answer_all(std::vector<Work>& group, const sql::SqlError& error);

    env::Environment& environment_;
    std::unique_ptr<sql::Connection> connection_;
    std::mutex mutex_;
    std::vector<Work> waiting_;                // guarded by mutex_
    bool scheduled_ = false;                   // guarded by mutex_
    bool closed_ = false;                      // guarded by mutex_
    std::unique_ptr<env::Executor> executor_;  // last: it is gone before what its tasks use
};

class Reader {
  public:
    using Work = base::UniqueFunction<void(sql::Connection&)>;

    Reader(std::unique_ptr<sql::Connection> connection, env::Environment& environment);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    [[nodiscard]] bool post(Work work);

  private:
    std::unique_ptr<sql::Connection> connection_;
    std::mutex mutex_;
    std::size_t waiting_ = 0;  // guarded by mutex_
    std::unique_ptr<env::Executor> executor_;
};

}  // namespace onsale::bank
