// Limits of the SQL layer: what is bounded, and what happens at the bound.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onsale::sql {

// Texts whose prepared statements a connection keeps; a statement beyond is prepared afresh each
// time.
inline constexpr std::size_t kCachedTextsMax = 256;
// Idle statements kept of one text; more are finalised when they come back.
inline constexpr std::size_t kIdlePerTextMax = 4;
// Pages in the write-ahead log from which on a commit checkpoints it.
inline constexpr std::int64_t kWalCheckpointPages = 4000;
inline constexpr std::int64_t kPageBytes = 4096;
// A write-ahead log that grew beyond this is cut back when it starts again from its beginning. It
// is well above an ordinary log, because a file that need not grow
// is synced faster.
inline constexpr std::int64_t kWalBytesKept = std::int64_t{64} * 1024 * 1024;
static_assert(kWalBytesKept > 2 * kWalCheckpointPages * kPageBytes);

}  // namespace onsale::sql
