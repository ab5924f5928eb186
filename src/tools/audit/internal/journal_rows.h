// JournalRows: the rows of journal.sqlite as they are stored, damaged or not: the auditor judges
// them itself. Layout: docs/formats/journal.md. Reads in bounded pieces and holds no transaction
// between them, so that a live server's log can shrink.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sql/database.h"

namespace onsale::audit {

struct Row {
    std::uint64_t sequence = 0;
    std::uint64_t epoch = 0;
    std::uint64_t incarnation = 0;
    std::int64_t time_ms = 0;
    std::string previous;
    std::string hash;
    std::string body;
};

// SHA-256 over shard, sequence, epoch, incarnation, time (little endian), previous hash and body.
// `scratch` is reused memory.
[[nodiscard]] std::string hash_of(std::uint16_t shard, const Row& row, std::string& scratch);

class JournalRows {
  public:
    static sql::SqlResult<JournalRows> open(const std::string& path, const std::string& vfs);

    // The shards that have rows, ascending.
    sql::SqlResult<std::vector<std::uint16_t>> shards();
    // The sequence of the newest row; 0: there is none.
    sql::SqlResult<std::uint64_t> newest(std::uint16_t shard);
    // Rows after `sequence` in order, up to about `bytes_max` of bodies, at least one; empty at the
    // end.
    sql::SqlResult<std::vector<Row>> after(std::uint16_t shard, std::uint64_t sequence,
                                           std::size_t bytes_max);
    sql::SqlResult<std::optional<std::string>> hash_at(std::uint16_t shard, std::uint64_t sequence);
    sql::SqlResult<std::optional<std::int64_t>> time_at(std::uint16_t shard,
                                                        std::uint64_t sequence);
    // The time of the first batch behind a sequence.
    sql::SqlResult<std::optional<std::int64_t>> oldest_after(std::uint16_t shard,
                                                             std::uint64_t sequence);

  private:
    explicit JournalRows(std::unique_ptr<sql::Connection> connection)
        : connection_(std::move(connection)) {}
    std::unique_ptr<sql::Connection> connection_;
};

}  // namespace onsale::audit
