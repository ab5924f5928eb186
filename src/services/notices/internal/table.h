// The rows of notices: those that wait, and how far the journal was looked through. No address and
// no word of a person stands in them. Functions for the records store's executor; after a crash
// they are as committed: a notice's row and the cursor behind its fact are one transaction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "notices/notice.h"
#include "sql/database.h"

namespace onsale::notices {

struct Waiting {
    Notice notice;
    std::uint32_t tries = 0;
    base::Timestamp due;  // not before; zero: now
};

// The last batch of a shard that was looked through.
struct Looked {
    domain::ShardId shard;
    std::uint64_t sequence = 0;
};

[[nodiscard]] sql::SqlResult<void> migrate_tables(sql::Connection& connection);
// Shards that are not there were never looked through.
[[nodiscard]] sql::SqlResult<std::vector<Looked>> read_looked(sql::Connection& connection);
[[nodiscard]] sql::SqlResult<void> save_looked(sql::Connection& connection,
                                               const std::vector<Looked>& looked);
// All that wait and are not parked.
[[nodiscard]] sql::SqlResult<std::vector<Waiting>> read_waiting(sql::Connection& connection);
// One that is there already stays.
[[nodiscard]] sql::SqlResult<void> insert_waiting(sql::Connection& connection,
                                                  const std::vector<Notice>& notices);
[[nodiscard]] sql::SqlResult<void> delete_waiting(sql::Connection& connection,
                                                  const NoticeKey& key);
[[nodiscard]] sql::SqlResult<void> set_tries(sql::Connection& connection, const Waiting& waiting);
// Forgets the oldest beyond `max`; how many are parked.
[[nodiscard]] sql::SqlResult<std::int64_t> park(sql::Connection& connection, const NoticeKey& key,
                                                std::string_view why, std::size_t max);
// What is parked waits again with no try counted; what is older than `since` goes.
[[nodiscard]] sql::SqlResult<void> take_up(sql::Connection& connection, base::Timestamp since);

}  // namespace onsale::notices
