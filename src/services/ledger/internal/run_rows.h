// The rows of runs of reconciliation and of what they found. On the executor of the records;
// keeps nothing. After a crash: a run and its items stand together, or the run has not ended.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/reconciliations.h"
#include "sql/database.h"

namespace onsale::ledger {

// Also ends what a former process left.
[[nodiscard]] sql::SqlResult<void> migrate_runs(sql::Connection& connection);

// The run with this wish that has not ended, or a new one; nothing: as many wait as may.
struct PutRun {
    Run run;
    bool is_new = false;
};
[[nodiscard]] sql::SqlResult<std::optional<PutRun>> put_run(sql::Connection& connection,
                                                            const RunWish& wish,
                                                            base::Timestamp now);
// Whether the day, which is over, was compared already, or was tried since `since`.
[[nodiscard]] sql::SqlResult<bool> was_compared(sql::Connection& connection, domain::BankId bank,
                                                const Day& day, base::Timestamp since);
// With its items, in one transaction; the oldest runs go when there are too many.
[[nodiscard]] sql::SqlResult<void> end_run(sql::Connection& connection, const Run& run);

[[nodiscard]] sql::SqlResult<std::vector<Run>> read_runs(sql::Connection& connection,
                                                         const RunQuery& query);
[[nodiscard]] sql::SqlResult<std::optional<Run>> read_run(sql::Connection& connection,
                                                          std::uint64_t run);
[[nodiscard]] sql::SqlResult<std::vector<Item>> read_items(sql::Connection& connection,
                                                           const ItemQuery& query);
// What files of other days had of flows that are booked on another day than theirs: transaction →
// day.
[[nodiscard]] sql::SqlResult<std::map<std::string, std::string>> read_other_days(
    sql::Connection& connection, domain::BankId bank, const Day& day);

}  // namespace onsale::ledger
