// The online copy of a journal, and where it ends. Reads only; blocks its caller; writers go on
// meanwhile. A copy that fails is to be thrown away.
#pragma once

#include <cstdint>
#include <string>

#include "journal/high_water.h"
#include "sql/database.h"

namespace onsale::journal {

// Copies the journal that `from` names to the file `to`, where nothing is yet. Returns the newest
// position of each shard below `shards` in the copy; shards without batches are left out.
sql::SqlResult<Positions> copy_journal(sql::OpenOptions from, const std::string& to,
                                       std::uint16_t shards, const sql::CopyProgress& progress);

}  // namespace onsale::journal
