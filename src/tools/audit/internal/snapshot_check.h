// Compares a snapshot's content with the fold at its position, piece by piece (clauses S3 and T1).
#pragma once

#include <string_view>

#include "audit/internal/fold.h"
#include "audit/report.h"

namespace onsale::audit {

// `name` is how the snapshot is called in a breach.
void check_snapshot(std::string_view name, std::string_view content, const Fold& fold,
                    Report& report);

}  // namespace onsale::audit
