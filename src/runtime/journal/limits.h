// Limits of the journal's files.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sql/limits.h"

namespace onsale::journal {

// A snapshot and the reserve are written in pieces of this size, each synced at once: one sync of
// hundreds of megabytes would make the journal's own syncs, on the same disk, wait behind it.
inline constexpr std::size_t kPieceBytes = std::size_t{4} * 1024 * 1024;

// The size of the reserve. On a full disk the WAL cannot start again before a whole checkpoint has
// found room in the database file, so the first part of a reserve that is let go goes there; a
// smaller one than a checkpoint would buy a single commit. All beyond that is room for rows.
inline constexpr std::uint64_t kReserveBytes = std::uint64_t{64} * 1024 * 1024;
static_assert(static_cast<std::int64_t>(kReserveBytes) >=
              3 * sql::kWalCheckpointPages * sql::kPageBytes);

}  // namespace onsale::journal
