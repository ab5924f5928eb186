// Row: how a batch stands in the table `journal`. Layout: docs/formats/journal.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "journal/journal.h"
#include "sql/database.h"

namespace onsale::journal {

// A shard's rows are neighbours: id = shard << 48 | sequence, read as a signed number.
inline constexpr int kSequenceBits = 48;
inline constexpr std::uint64_t kSequenceMax = (std::uint64_t{1} << kSequenceBits) - 1;

[[nodiscard]] constexpr std::int64_t row_id(std::uint16_t shard, std::uint64_t sequence) {
    return static_cast<std::int64_t>(std::uint64_t{shard} << kSequenceBits | sequence);
}
[[nodiscard]] constexpr std::uint64_t sequence_of(std::int64_t id) {
    return static_cast<std::uint64_t>(id) & kSequenceMax;
}

// Nothing when the stored hash has not 32 bytes.
[[nodiscard]] std::optional<Hash> hash_from(std::string_view blob);

sql::SqlResult<void> create_tables(sql::Connection& connection);

// What the next batch of a shard must fit.
struct Tail {
    Position position;
    std::uint64_t epoch = 0;
    base::Timestamp time;
};
// The newest row's; sequence 0 when the shard has none.
sql::SqlResult<Tail> load_tail(sql::Connection& connection, std::uint16_t shard);

// The parameters of the insert, in the order of the columns; the bodies must live until it has run.
inline constexpr std::string_view kInsert = "INSERT INTO journal VALUES(?1,?2,?3,?4,?5,?6,?7)";
void bind_row(sql::Statement& insert, const Batch& batch);

inline constexpr std::string_view kColumns =
    "id, epoch, incarnation, time_ms, previous, hash, body";
// The batch of a row with these columns; nothing when it cannot be one.
[[nodiscard]] std::optional<Batch> batch_from(const sql::Statement& row);

}  // namespace onsale::journal
