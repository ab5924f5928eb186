// GroupedWrites: small writes of many callers in few transactions of the records: whatever has come
// while one was being committed goes into the next. Thread-safe; the lock is never held across a
// write. A reply means that the write is durable, or why none of its group was done.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "base/unique_function.h"
#include "records/store.h"

namespace onsale::payments {

class GroupedWrites : public std::enable_shared_from_this<GroupedWrites> {
  public:
    using Write = base::UniqueFunction<sql::SqlResult<void>(sql::Connection&)>;
    using Written = records::StoreResult<void>;
    using Reply = base::UniqueFunction<void(Written)>;

    explicit GroupedWrites(records::Store& store) : store_(store) {}

    // `write` runs on the store's executor inside a transaction with others, and again never; it
    // must not fail for what it writes, only for the disk. `bytes` is what it keeps in memory until
    // then. `reply` runs on `home`.
    void add(Write write, std::size_t bytes, env::Executor& home, Reply reply);
    // Nothing is written any more; what waits is answered as busy.
    void stop();

  private:
    struct Waiting {
        Write write;
        std::size_t bytes;
        env::Executor* home;
        Reply reply;
    };
    void run(sql::Connection& connection);
    void give_room(const std::vector<Waiting>& group);
    static void tell(std::vector<Waiting> group, const Written& written);

    records::Store& store_;
    std::mutex mutex_;  // guards the following
    std::vector<Waiting> waiting_;
    std::size_t bytes_ = 0;  // of what waits and of what is being written
    bool posted_ = false;
    bool stopped_ = false;
};

}  // namespace onsale::payments
