// Rows that follow from orders and stock: pools, the log of stock changes, tickets. Parts of
// check_rows().
#pragma once

#include "audit/internal/rows.h"

namespace onsale::audit {

// Each pool's row balances and equals the fold.
[[nodiscard]] sql::SqlResult<void> check_stock_pools(sql::Connection& connection,
                                                     const Folds& folds, Report& report);
// The log of changes, added up, gives each pool's numbers.
[[nodiscard]] sql::SqlResult<void> check_stock_changes(sql::Connection& connection,
                                                       const Folds& folds, Report& report);
// One row per ticket of a completed order, its code where the pool's additions put it.
[[nodiscard]] sql::SqlResult<void> check_tickets(sql::Connection& connection, const Folds& folds,
                                                 Report& report);

// One row per refunded order.
[[nodiscard]] sql::SqlResult<void> check_void_tickets(sql::Connection& connection,
                                                      const Folds& folds, Report& report);

// The fold of the shard that an order's id names; nullptr when there is none.
[[nodiscard]] const Fold* fold_of(const Folds& folds, std::uint64_t order);

}  // namespace onsale::audit
