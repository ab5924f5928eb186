// What organisers are owed, as a file: CSV, JSON or XLSX, a row for each organiser, session and
// currency. On the caller's thread, which an XLSX keeps busy with a file; keeps nothing.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "ledger/reader.h"

namespace onsale::ledger {

// The error is a sentence.
[[nodiscard]] base::Result<std::string, std::string> payable_table(std::span<const Payable> rows,
                                                                   const TableWish& wish);

}  // namespace onsale::ledger
