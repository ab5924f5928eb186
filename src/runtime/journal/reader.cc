#include <utility>

#include "journal/internal/row.h"
#include "journal/journal.h"

namespace onsale::journal {
namespace {

using base::Unexpected;

Unexpected<ReadFailure> corrupt(std::uint16_t shard, std::uint64_t sequence, std::string why) {
    return Unexpected{ReadFailure{ReadError::corrupt, shard, sequence, std::move(why)}};
}

Unexpected<ReadFailure> failure(const sql::SqlError& error, std::uint16_t shard,
                                std::uint64_t sequence) {
    const ReadError kind =
        error.code == sql::ErrorCode::corrupt ? ReadError::corrupt : ReadError::io_error;
    return Unexpected{ReadFailure{kind, shard, sequence, error.message}};
}

}  // namespace

struct Reader::Impl {
    explicit Impl(std::unique_ptr<sql::Connection> opened) : connection(std::move(opened)) {}

    std::unique_ptr<sql::Connection> connection;
};

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

sql::SqlResult<std::unique_ptr<Reader>> Reader::open(sql::OpenOptions options) {
    options.access = sql::Access::read_only;
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options));
    auto impl = std::make_unique<Impl>(std::move(connection));
    return std::unique_ptr<Reader>(new Reader(std::move(impl)));
}

ReadResult<std::vector<Batch>> Reader::read(std::uint16_t shard, std::uint64_t after_sequence,
                                            std::optional<Hash> previous, std::size_t bytes_max) {
    std::uint64_t next = after_sequence + 1;
    auto rows = impl_->connection->prepare("SELECT " + std::string(kColumns) +
                                           " FROM journal WHERE id > ?1 AND id <= ?2 ORDER BY id");
    if (!rows) return failure(rows.error(), shard, next);
    rows->bind(1, row_id(shard, after_sequence)).bind(2, row_id(shard, kSequenceMax));
    std::vector<Batch> batches;
    std::size_t bytes = 0;
    while (batches.empty() || bytes < bytes_max) {
        const auto there = rows->step();
        if (!there) return failure(there.error(), shard, next);
        if (!*there) break;
        // The bound is looked at before the body is copied, so a chunk never exceeds it by a row.
        const std::size_t body_bytes = rows->blob(6).size();
        if (!batches.empty() && bytes + body_bytes > bytes_max) break;
        auto batch = batch_from(*rows);
        if (!batch) return corrupt(shard, next, "not a row of the journal");
        if (batch->sequence != next) return corrupt(shard, next, "missing");
        if (hash_of(*batch) != batch->hash) return corrupt(shard, next, "content and hash differ");
        if (previous && batch->previous != *previous) {
            return corrupt(shard, next, "does not follow its predecessor");
        }
        previous = batch->hash;
        bytes += body_bytes;
        ++next;
        batches.push_back(*std::move(batch));
    }
    return batches;
}

ReadResult<Position> Reader::last(std::uint16_t shard) {
    const auto tail = load_tail(*impl_->connection, shard);
    if (!tail) return failure(tail.error(), shard, 0);
    return tail->position;
}

ReadResult<std::optional<Position>> Reader::at(std::uint16_t shard, std::uint64_t sequence) {
    auto row = impl_->connection->prepare("SELECT hash FROM journal WHERE id = ?1");
    if (!row) return failure(row.error(), shard, sequence);
    const auto there = row->bind(1, row_id(shard, sequence)).step();
    if (!there) return failure(there.error(), shard, sequence);
    if (!*there) return std::optional<Position>();
    const auto hash = hash_from(row->blob(0));
    if (!hash) return corrupt(shard, sequence, "a short hash");
    return std::optional(Position{sequence, *hash});
}

}  // namespace onsale::journal
