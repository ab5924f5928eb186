#include "audit/internal/journal_rows.h"

#include <span>
#include <utility>

#include "crypto/crypto.h"

namespace onsale::audit {
namespace {

// id = shard << 48 | sequence, read as a signed number.
constexpr int kSequenceBits = 48;
constexpr std::uint64_t kSequenceMask = (std::uint64_t{1} << kSequenceBits) - 1;
constexpr std::uint16_t kShardsMax = 256;

std::int64_t row_id(std::uint16_t shard, std::uint64_t sequence) {
    return static_cast<std::int64_t>(std::uint64_t{shard} << kSequenceBits |
                                     (sequence & kSequenceMask));
}

template <class Integer>
void put(std::string& out, Integer value) {
    const auto bits = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i)
        out.push_back(static_cast<char>((bits >> (8 * i)) & 0xff));
}

}  // namespace

std::string hash_of(std::uint16_t shard, const Row& row, std::string& scratch) {
    scratch.clear();
    put(scratch, shard);
    put(scratch, row.sequence);
    put(scratch, row.epoch);
    put(scratch, row.incarnation);
    put(scratch, row.time_ms);
    scratch += row.previous;
    scratch += row.body;
    const crypto::Digest digest = crypto::sha256(scratch);
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

sql::SqlResult<JournalRows> JournalRows::open(const std::string& path, const std::string& vfs) {
    sql::OpenOptions options;
    options.path = path;
    options.vfs = vfs;
    options.access = sql::Access::read_only;
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options));
    return JournalRows(std::move(connection));
}

sql::SqlResult<std::vector<std::uint16_t>> JournalRows::shards() {
    ONSALE_TRY_ASSIGN(
        first, connection_->prepare("SELECT id FROM journal WHERE id > ?1 AND id <= ?2 LIMIT 1"));
    std::vector<std::uint16_t> found;
    for (std::uint16_t shard = 0; shard < kShardsMax; ++shard) {
        first.bind(1, row_id(shard, 0)).bind(2, row_id(shard, kSequenceMask));
        ONSALE_TRY_ASSIGN(there, first.step());
        if (there) found.push_back(shard);
        first.reset();
    }
    return found;
}

sql::SqlResult<std::uint64_t> JournalRows::newest(std::uint16_t shard) {
    ONSALE_TRY_ASSIGN(row, connection_->prepare("SELECT id FROM journal WHERE id > ?1 AND id <= ?2 "
                                                "ORDER BY id DESC LIMIT 1"));
    ONSALE_TRY_ASSIGN(there,
                      row.bind(1, row_id(shard, 0)).bind(2, row_id(shard, kSequenceMask)).step());
    const std::uint64_t id = there ? static_cast<std::uint64_t>(row.integer(0)) : 0;
    row.reset();
    return id & kSequenceMask;
}

sql::SqlResult<std::vector<Row>> JournalRows::after(std::uint16_t shard, std::uint64_t sequence,
                                                    std::size_t bytes_max) {
    ONSALE_TRY_ASSIGN(
        rows, connection_->prepare(
                  "SELECT id, epoch, incarnation, time_ms, previous, hash, body FROM journal "
                  "WHERE id > ?1 AND id <= ?2 ORDER BY id"));
    rows.bind(1, row_id(shard, sequence)).bind(2, row_id(shard, kSequenceMask));
    std::vector<Row> found;
    std::size_t bytes = 0;
    while (found.empty() || bytes < bytes_max) {
        ONSALE_TRY_ASSIGN(there, rows.step());
        if (!there) break;
        Row& row = found.emplace_back();
        row.sequence = static_cast<std::uint64_t>(rows.integer(0)) & kSequenceMask;
        row.epoch = static_cast<std::uint64_t>(rows.integer(1));
        row.incarnation = static_cast<std::uint64_t>(rows.integer(2));
        row.time_ms = rows.integer(3);
        row.previous = rows.blob(4);
        row.hash = rows.blob(5);
        row.body = rows.blob(6);
        bytes += row.body.size();
    }
    rows.reset();
    return found;
}

sql::SqlResult<std::optional<std::string>> JournalRows::hash_at(std::uint16_t shard,
                                                                std::uint64_t sequence) {
    ONSALE_TRY_ASSIGN(row, connection_->prepare("SELECT hash FROM journal WHERE id = ?1"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, row_id(shard, sequence)).step());
    if (!there) return std::optional<std::string>();
    std::optional<std::string> hash(row.blob(0));
    row.reset();
    return hash;
}

sql::SqlResult<std::optional<std::int64_t>> JournalRows::time_at(std::uint16_t shard,
                                                                 std::uint64_t sequence) {
    ONSALE_TRY_ASSIGN(row, connection_->prepare("SELECT time_ms FROM journal WHERE id = ?1"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, row_id(shard, sequence)).step());
    if (!there) return std::optional<std::int64_t>();
    const std::optional<std::int64_t> time = row.integer(0);
    row.reset();
    return time;
}

sql::SqlResult<std::optional<std::int64_t>> JournalRows::oldest_after(std::uint16_t shard,
                                                                      std::uint64_t sequence) {
    ONSALE_TRY_ASSIGN(row, connection_->prepare("SELECT time_ms FROM journal WHERE id > ?1 AND "
                                                "id <= ?2 ORDER BY id LIMIT 1"));
    ONSALE_TRY_ASSIGN(
        there, row.bind(1, row_id(shard, sequence)).bind(2, row_id(shard, kSequenceMask)).step());
    if (!there) return std::optional<std::int64_t>();
    const std::optional<std::int64_t> time = row.integer(0);
    row.reset();
    return time;
}

}  // namespace onsale::audit
