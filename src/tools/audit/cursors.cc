#include "audit/internal/cursors.h"

namespace onsale::audit {

sql::SqlResult<bool> has_table(sql::Connection& connection, const std::string& name) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, name).step());
    row.reset();
    return there;
}

sql::SqlResult<Cursors> read_cursors(sql::Connection& connection) {
    Cursors cursors;
    ONSALE_TRY_ASSIGN(there, has_table(connection, "follow_cursors"));
    if (!there) return cursors;
    ONSALE_TRY_ASSIGN(rows, connection.prepare("SELECT shard, sequence, hash FROM follow_cursors"));
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) return cursors;
        cursors[static_cast<std::uint16_t>(rows.integer(0))] = {
            static_cast<std::uint64_t>(rows.integer(1)), std::string(rows.blob(2))};
    }
}

}  // namespace onsale::audit
