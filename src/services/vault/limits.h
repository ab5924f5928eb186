// Limits of the vault: what is bounded, and by how much.
#pragma once

#include <cstddef>
#include <cstdint>

#include "domain/limits.h"

namespace onsale::vault {

inline constexpr std::size_t kCodesPerChunkMax = 10'000;
inline constexpr std::size_t kCodeCharactersMax = 64;
inline constexpr std::uint64_t kCodesPerBlock = 256;
// Sealing digests a list in one piece of memory, so a list is bounded; a pool takes many lists.
inline constexpr std::uint64_t kCodesPerListMax = 5'000'000;

static_assert(kCodesPerBlock < kCodesPerChunkMax, "a chunk fills whole blocks");
static_assert(kCodesPerListMax * domain::kAdditionsPerPoolMax > domain::kStockPerPoolMax,
              "a pool can be filled with lists");

}  // namespace onsale::vault
