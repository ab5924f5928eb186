#include "journal/copy.h"

#include <utility>

#include "journal/internal/row.h"

namespace onsale::journal {

sql::SqlResult<Positions> copy_journal(sql::OpenOptions from, const std::string& to,
                                       std::uint16_t shards, const sql::CopyProgress& progress) {
    from.access = sql::Access::read_only;
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(from));
    // One transaction for both, so that the positions are the copy's.
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(*connection));
    Positions positions;
    for (std::uint16_t shard = 0; shard < shards; ++shard) {
        ONSALE_TRY_ASSIGN(tail, load_tail(*connection, shard));
        if (tail.position.sequence != 0) positions[shard] = tail.position;
    }
    ONSALE_TRY(connection->copy_to(to, progress));
    ONSALE_TRY(transaction.commit());
    return positions;
}

}  // namespace onsale::journal
