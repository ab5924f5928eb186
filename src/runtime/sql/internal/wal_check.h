// wal_check: looks into a write-ahead log before SQLite reads it. SQLite ends a log at its first
// frame whose checksum is wrong: what was committed behind a flipped bit is dropped without a word,
// and integrity_check finds nothing. A crash leaves wrong frames, too, but only of the one
// transaction that was under way, because each commit is synced before the next one begins. So
// frames of two transactions behind a wrong one are damage. On the opener's thread; writes nothing.
// Damage of the last two transactions, of the log's first 32 bytes or a cut tail is not told from a
// crash here: who must know keeps a high-water mark.
#pragma once

#include <string>

#include "sql/database.h"

namespace onsale::sql {

// An error only when the log of the database at `path` is damaged in its middle (corrupt) or cannot
// be read (io_error). A log that is not there, or empty, or without its database, is good. No other
// writer may be at work.
SqlResult<void> check_wal(const std::string& path, const std::string& vfs);

}  // namespace onsale::sql
