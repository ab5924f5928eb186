// The chain of operation records (clause D5): every row as it was written, none missing, none left
// out at either end. Layout: docs/formats/operations.md; computed here once more, independently of
// what writes it.
#pragma once

#include <optional>
#include <string>

#include "audit/report.h"
#include "base/time.h"
#include "sql/database.h"

namespace onsale::audit {

// What somebody kept elsewhere: Report::operations_mark of an earlier audit, or the NUMBER:HASH of
// an older version, whose record must still be there. Empty: nothing was kept.
struct KeptMark {
    std::string text;
    std::optional<base::Timestamp> today;  // nothing: the 400 days of no record have passed
};

[[nodiscard]] sql::SqlResult<void> check_operations(sql::Connection& connection,
                                                    const KeptMark& kept, Report& report);
// There is no file that could hold operation records.
void operations_are_gone(const KeptMark& kept, Report& report);

}  // namespace onsale::audit
