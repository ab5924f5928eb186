// Limits of the catalogue: what is bounded, and by how much.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onsale::catalog {

inline constexpr std::size_t kNameBytesMax = 300;
inline constexpr std::size_t kDescriptionBytesMax = 8'000;
inline constexpr std::uint64_t kHoldMinutesDefault = 15;
inline constexpr std::uint64_t kHoldMinutesMax = 30 * 24 * 60;
// Changes whose outcome is awaited from the engine; more are answered busy.
inline constexpr std::size_t kChangesUnderWayMax = 256;

}  // namespace onsale::catalog
