// Clause C2: the lists of codes that the journal names are in the vault, whole, each code once.
// Reads counts and digests; no code is decrypted.
#pragma once

#include "audit/internal/rows.h"
#include "audit/report.h"
#include "sql/database.h"

namespace onsale::audit {

[[nodiscard]] sql::SqlResult<void> check_vault(sql::Connection& connection, const Folds& folds,
                                               Report& report);

}  // namespace onsale::audit
