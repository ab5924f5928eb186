// Limits of an import: what is bounded, and by how much. What exceeds one is refused with a name
// before anything is read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::imports {

inline constexpr std::size_t kPieceBytesMax = std::size_t{4} << 20;
inline constexpr std::uint64_t kFileBytesMax = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kImportBytesMax = std::uint64_t{512} << 20;
// A campaign file becomes a tree many times its size; large numbers of sessions go in rows.
inline constexpr std::uint64_t kCampaignFileBytesMax = std::uint64_t{16} << 20;
inline constexpr std::size_t kFilesPerImportMax = 1'000;
inline constexpr std::size_t kFileNameBytesMax = 100;
inline constexpr std::size_t kImportsAtOnceMax = 4;  // that hold files; those that ended do not
// Of those one person's; who has the master key is no person.
inline constexpr std::size_t kImportsPerPersonMax = 1;
inline constexpr std::size_t kHistoryMax = 100;  // of imports that ended, in memory
inline constexpr auto kLifetime = base::Duration::days(1);
// Space that staging leaves to the rest of the site.
inline constexpr std::uint64_t kFreeBytesMin = std::uint64_t{8} << 20;

inline constexpr std::size_t kMistakesMax = 100;
inline constexpr std::size_t kSessionsMax = 20'000;
inline constexpr std::size_t kCodesMax = 5'000'000;
inline constexpr std::size_t kRowBytesMax = 32 * 1024;

// Work that may be under way at once.
inline constexpr std::size_t kQuestionsWaitingMax = 256;  // of callers, on our executor
inline constexpr std::size_t kChunksAtOnceMax = 8;
inline constexpr std::size_t kSessionsPerLookMax = 100;
inline constexpr std::size_t kSessionsAtOnceMax = 64;

static_assert(kPieceBytesMax <= kFileBytesMax && kFileBytesMax <= kImportBytesMax);
static_assert(kCampaignFileBytesMax <= kFileBytesMax);

}  // namespace onsale::imports
