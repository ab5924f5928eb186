// `onsale stock`: the stock of every pool, folded from the journal by itself and read only, beside
// a running server or without one. Belongs to one thread and blocks it; changes nothing.
#pragma once

#include <string>

#include "base/result.h"
#include "sql/database.h"

namespace onsale::cli {

// `journal`: how to open journal.sqlite. The table is a text with a line per pool; the error is a
// sentence.
[[nodiscard]] base::Result<std::string, std::string> stock_table(const sql::OpenOptions& journal,
                                                                 std::uint16_t shards);

}  // namespace onsale::cli
