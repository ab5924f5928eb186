// Limits of the catalogue: what is bounded, and by how much.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onsale::catalog {

inline constexpr std::size_t kNameBytesMax = 300;
inline constexpr std::size_t kDescriptionBytesMax = 8'000;
inline constexpr std::size_t kVenueBytesMax = 600;
inline constexpr std::size_t kBannersMax = 20;
inline constexpr std::size_t kPictureBytesMax = 2 * 1024 * 1024;
inline constexpr std::uint32_t kPictureSideMax = 10'000;  // pixels
inline constexpr std::size_t kPicturesMax = 20'000;
// Of those the ones that one operator has sent.
inline constexpr std::size_t kPicturesPerSenderMax = 500;
inline constexpr std::size_t kPictureBytesPerSenderMax = 256 * 1024 * 1024;
inline constexpr std::size_t kPictureCacheBytes = 64 * 1024 * 1024;
inline constexpr std::uint64_t kHoldMinutesDefault = 15;
inline constexpr std::uint64_t kHoldMinutesMax = 30 * 24 * 60;
inline constexpr std::int64_t kRefundUntilHoursDefault = 48;
inline constexpr std::uint64_t kRefundUntilHoursMax = 366 * 24;
inline constexpr std::uint32_t kRefundFeeBasisPointsDefault = 1'000;
// Changes whose outcome is awaited from the engine; more are answered busy.
inline constexpr std::size_t kChangesUnderWayMax = 256;

static_assert(kPictureBytesMax <= kPictureCacheBytes, "every picture must fit into the cache");

}  // namespace onsale::catalog
