// Rows of the books against the facts: entries that balance, balances that are their sums, and what
// organisers are owed. Parts of check_rows().
#pragma once

#include "audit/internal/rows.h"

namespace onsale::audit {

// Each entry adds up to zero, in one currency.
[[nodiscard]] sql::SqlResult<void> check_entries(sql::Connection& connection, const Folds& folds,
                                                 Report& report);
// Balances are the sums of their entries, and what the facts made.
[[nodiscard]] sql::SqlResult<void> check_balances(sql::Connection& connection, const Folds& folds,
                                                  Report& report);
[[nodiscard]] sql::SqlResult<void> check_payables(sql::Connection& connection, const Folds& folds,
                                                  Report& report);

}  // namespace onsale::audit
