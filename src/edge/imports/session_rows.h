// Sessions as rows of a CSV file, for large numbers of them: each row is one tier with its session,
// the pool it sells from and the campaign that sells it (docs/formats/campaign-file.md). Rows of
// the same session belong together. A pure function. Any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "imports/plan.h"

namespace onsale::imports {

// Adds to `sessions`. Complete only when nothing was added to `mistakes`.
void read_session_rows(std::string_view text, std::uint32_t file,
                       std::vector<PlannedSession>& sessions, Mistakes& mistakes);

}  // namespace onsale::imports
