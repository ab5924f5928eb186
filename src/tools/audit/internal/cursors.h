// Where the projections stand: a position and a hash per shard, moved in the same transaction as
// their rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sql/database.h"

namespace onsale::audit {

struct Cursor {
    std::uint64_t sequence = 0;
    std::string hash;
};
using Cursors = std::map<std::uint16_t, Cursor>;

[[nodiscard]] sql::SqlResult<Cursors> read_cursors(sql::Connection& connection);
// Which tables of a file are there.
[[nodiscard]] sql::SqlResult<bool> has_table(sql::Connection& connection, const std::string& name);

}  // namespace onsale::audit
