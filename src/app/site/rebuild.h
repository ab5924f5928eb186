// Making the projections again from the journal alone, while no server runs: `onsale rebuild`. Rows
// come out identical, because projections use nothing but facts. Blocks its caller; for main only.
// After a crash in the middle: run it again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "env/environment.h"
#include "site/config.h"

namespace onsale::site {

struct RebuildFigures {
    std::uint64_t batches = 0;
    std::int64_t milliseconds = 0;
};
// `progress` is called now and then on the caller's thread with batches done and to do.
using RebuildProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;
[[nodiscard]] base::Result<RebuildFigures, std::string> rebuild_projections(
    const Config& config, env::Environment& environment, const RebuildProgress& progress);

}  // namespace onsale::site
