// The chain of operation records (clause D5): every row as it was written, none missing, none left
// out at either end. Layout: docs/formats/operations.md; computed here once more, independently of
// what writes it.
#pragma once

#include <string>

#include "audit/report.h"
#include "sql/database.h"

namespace onsale::audit {

// `mark` is "NUMBER:HASH" as an earlier audit printed it and somebody kept; empty: none.
[[nodiscard]] sql::SqlResult<void> check_operations(sql::Connection& connection,
                                                    const std::string& mark, Report& report);

}  // namespace onsale::audit
