// What is known here of a bank's day: our flows that were done on it, and those that its file
// names, whenever they were done. For whoever has a connection to the projections, in one
// transaction; keeps nothing.
#pragma once

#include "domain/ids.h"
#include "ledger/day_file.h"
#include "ledger/reconcile.h"
#include "sql/database.h"

namespace onsale::ledger {

[[nodiscard]] sql::SqlResult<OurFlows> read_flows(sql::Connection& connection, domain::BankId bank,
                                                  const Day& day, const DayFile& file);

}  // namespace onsale::ledger
