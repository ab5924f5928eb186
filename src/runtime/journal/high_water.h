// The high-water file: the last acknowledged position of every shard, kept outside SQLite and
// synced at most a second late. A flipped bit in SQLite's WAL drops the rows behind it and nothing
// else notices: this file does, and the node refuses to start with the position's name instead of
// selling tickets twice.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "env/files.h"
#include "journal/journal.h"

namespace onsale::journal {

using Positions = std::map<std::uint16_t, Position>;

// Text, one line a shard ("shard sequence hash-hex"), closed by a line with a CRC; replaced
// atomically.
env::FileResult<void> write_high_water(env::Files& files, const std::string& path,
                                       const Positions& positions);
// Empty when there is no file yet; io_error when it cannot be read or its CRC is wrong.
env::FileResult<Positions> read_high_water(env::Files& files, const std::string& path);

}  // namespace onsale::journal
