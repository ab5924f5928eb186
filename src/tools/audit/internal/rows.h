// Rows of the projections against the folds at their cursor (clauses S3, T1, D3). The folds must
// stand exactly there.
#pragma once

#include <cstdint>
#include <map>

#include "audit/internal/fold.h"
#include "audit/report.h"
#include "sql/database.h"

namespace onsale::audit {

using Folds = std::map<std::uint16_t, const Fold*>;

[[nodiscard]] sql::SqlResult<void> check_rows(sql::Connection& connection, const Folds& folds,
                                              Report& report);

}  // namespace onsale::audit
