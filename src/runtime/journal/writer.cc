#include <map>
#include <utility>

#include "base/check.h"
#include "base/mutant.h"
#include "journal/internal/row.h"
#include "journal/journal.h"

namespace onsale::journal {

using base::Unexpected;

struct Writer::Impl {
    Impl(std::unique_ptr<sql::Connection> opened, sql::Statement prepared)
        : connection(std::move(opened)), insert(std::move(prepared)) {}

    std::unique_ptr<sql::Connection> connection;
    sql::Statement insert;
    std::map<std::uint16_t, Tail> tails;  // of the shards that this writer has appended to
    bool fatal = false;

    base::Result<void, AppendError> append_all(std::span<const Batch> batches,
                                               std::map<std::uint16_t, Tail>& moved);
    base::Result<Tail, AppendError> tail_of(std::uint16_t shard,
                                            const std::map<std::uint16_t, Tail>& moved);
    AppendError meaning_of(const sql::SqlError& error);
};

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Writer::~Writer() = default;

sql::SqlResult<std::unique_ptr<Writer>> Writer::open(const sql::OpenOptions& options) {
    ONSALE_CHECK(options.access == sql::Access::read_write);
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options));
    ONSALE_TRY(create_tables(*connection));
    const bool replaces = base::kMutant == base::Mutant::append_over_others;
    std::string sql(kInsert);
    if (replaces) sql.replace(0, std::string_view("INSERT").size(), "INSERT OR REPLACE");
    ONSALE_TRY_ASSIGN(insert, connection->prepare(sql));
    auto impl = std::make_unique<Impl>(std::move(connection), std::move(insert));
    return std::unique_ptr<Writer>(new Writer(std::move(impl)));
}

// INVARIANT: after a fatal error nothing more is appended; the process ends and recovers from what
// the disk really holds.
AppendError Writer::Impl::meaning_of(const sql::SqlError& error) {
    switch (error.code) {
        case sql::ErrorCode::disk_full:
            return AppendError::disk_full;
        case sql::ErrorCode::conflict:
            return AppendError::conflict;
        case sql::ErrorCode::busy:
        case sql::ErrorCode::io_error:
        case sql::ErrorCode::corrupt:
        case sql::ErrorCode::misuse:
            break;
    }
    fatal = true;
    return AppendError::fatal;
}

base::Result<Tail, AppendError> Writer::Impl::tail_of(std::uint16_t shard,
                                                      const std::map<std::uint16_t, Tail>& moved) {
    if (const auto place = moved.find(shard); place != moved.end()) return place->second;
    if (const auto place = tails.find(shard); place != tails.end()) return place->second;
    auto loaded = load_tail(*connection, shard);
    if (!loaded) return Unexpected{meaning_of(loaded.error())};
    return std::move(loaded).value();
}

base::Result<void, AppendError> Writer::Impl::append_all(std::span<const Batch> batches,
                                                         std::map<std::uint16_t, Tail>& moved) {
    for (const Batch& batch : batches) {
        ONSALE_CHECK(batch.hash != Hash{} && batch.sequence > 0 && batch.sequence <= kSequenceMax);
        ONSALE_TRY_ASSIGN(tail, tail_of(batch.shard, moved));
        const bool follows = batch.sequence == tail.position.sequence + 1 &&
                             batch.previous == tail.position.hash && batch.epoch >= tail.epoch;
        if (!follows) return Unexpected{AppendError::conflict};
        // INVARIANT: the time of a shard never goes back. Whoever knows the predecessor's hash
        // knows its time.
        ONSALE_CHECK(tail.position.sequence == 0 || batch.time >= tail.time);
        bind_row(insert, batch);
        if (const auto inserted = insert.run(); !inserted) {
            return Unexpected{meaning_of(inserted.error())};
        }
        moved[batch.shard] = {{batch.sequence, batch.hash}, batch.epoch, batch.time};
    }
    return {};
}

base::Result<void, AppendError> Writer::append(std::span<const Batch> batches) {
    if (impl_->fatal) return Unexpected{AppendError::fatal};
    auto transaction = sql::Transaction::begin(*impl_->connection);
    if (!transaction) return Unexpected{impl_->meaning_of(transaction.error())};
    std::map<std::uint16_t, Tail> moved;
    const auto appended = impl_->append_all(batches, moved);
    if (!appended) {
        // After a conflict what we remember of the shard may be another writer's past.
        if (appended.error() == AppendError::conflict) impl_->tails.clear();
        return appended;
    }
    if (const auto committed = transaction->commit(); !committed) {
        return Unexpected{impl_->meaning_of(committed.error())};
    }
    for (const auto& [shard, tail] : moved) impl_->tails[shard] = tail;
    return {};
}

}  // namespace onsale::journal
