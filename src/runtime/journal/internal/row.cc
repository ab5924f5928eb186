#include "journal/internal/row.h"

#include <algorithm>

namespace onsale::journal {
namespace {

// The body comes last, so that reading the rest of a row never walks through its overflow pages.
constexpr sql::Migration kMigrations[] = {
    {1,
     "CREATE TABLE journal("
     "id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, incarnation INTEGER NOT NULL, "
     "time_ms INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL, "
     "body BLOB NOT NULL) STRICT"},
};

}  // namespace

std::optional<Hash> hash_from(std::string_view blob) {
    Hash hash{};
    if (blob.size() != hash.size()) return std::nullopt;
    std::ranges::copy(std::as_bytes(std::span(blob)), hash.begin());
    return hash;
}

sql::SqlResult<void> create_tables(sql::Connection& connection) {
    return sql::migrate(connection, "journal", kMigrations);
}

sql::SqlResult<Tail> load_tail(sql::Connection& connection, std::uint16_t shard) {
    ONSALE_TRY_ASSIGN(newest, connection.prepare("SELECT id, epoch, time_ms, hash FROM journal "
                                                 "WHERE id BETWEEN ?1 AND ?2 "
                                                 "ORDER BY id DESC LIMIT 1"));
    ONSALE_TRY_ASSIGN(there,
                      newest.bind(1, row_id(shard, 0)).bind(2, row_id(shard, kSequenceMax)).step());
    if (!there) return Tail{};
    const auto hash = hash_from(newest.blob(3));
    if (!hash) {
        return base::Unexpected{sql::SqlError{sql::ErrorCode::corrupt, "journal: a short hash"}};
    }
    return Tail{{sequence_of(newest.integer(0)), *hash},
                static_cast<std::uint64_t>(newest.integer(1)),
                base::Timestamp::from_unix_ms(newest.integer(2))};
}

void bind_row(sql::Statement& insert, const Batch& batch) {
    insert.bind(1, row_id(batch.shard, batch.sequence))
        .bind(2, static_cast<std::int64_t>(batch.epoch))
        .bind(3, static_cast<std::int64_t>(batch.incarnation))
        .bind(4, batch.time.unix_ms())
        .bind_blob(5, batch.previous)
        .bind_blob(6, batch.hash)
        .bind_blob(7, batch.body);
}

std::optional<Batch> batch_from(const sql::Statement& row) {
    const auto previous = hash_from(row.blob(4));
    const auto hash = hash_from(row.blob(5));
    if (!previous || !hash) return std::nullopt;
    Batch batch;
    batch.shard =
        static_cast<std::uint16_t>(static_cast<std::uint64_t>(row.integer(0)) >> kSequenceBits);
    batch.sequence = sequence_of(row.integer(0));
    batch.epoch = static_cast<std::uint64_t>(row.integer(1));
    batch.incarnation = static_cast<std::uint64_t>(row.integer(2));
    batch.time = base::Timestamp::from_unix_ms(row.integer(3));
    batch.previous = *previous;
    batch.hash = *hash;
    batch.body = row.blob(6);
    return batch;
}

}  // namespace onsale::journal
