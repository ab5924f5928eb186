// Limits of webhooks: what is bounded, and by how much. Values only; no thread, nothing to promise
// after a crash.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::webhooks {

inline constexpr std::size_t kHooksMax = 64;  // of the site
inline constexpr std::size_t kHooksPerOrganiserMax = 8;
inline constexpr std::size_t kUrlCharactersMax = 500;
inline constexpr std::size_t kEventsPerDeliveryMax = 500;
inline constexpr std::size_t kBodyBytesMax = 1024 * 1024;  // one event more may stand above it
inline constexpr std::size_t kBatchesPerLookMax = 1024;    // of one shard, for one hook
inline constexpr std::size_t kCallers = 4;                 // threads; a slow hook holds up one
inline constexpr std::size_t kCallsWaitingMax = 256;
// Tests and repeats of an organiser that wait for its call under way.
inline constexpr std::size_t kWishesPerOrganiserMax = 4;
inline constexpr std::size_t kRecentMax = 20;    // deliveries of a hook that are remembered
inline constexpr std::size_t kParkedMax = 1000;  // of a hook; then it is switched off
inline constexpr std::size_t kAnswerBytesMax = 1024 * 1024;
inline constexpr std::uint64_t kUnsavedBatchesMax = 4096;  // looked through without an event

inline constexpr std::uint32_t kTriesMax = 8;  // then a delivery is parked
inline constexpr auto kDeadline = base::Duration::seconds(10);
inline constexpr auto kPauseMin = base::Duration::seconds(1);
inline constexpr auto kPauseMax = base::Duration::minutes(10);
inline constexpr auto kFailingMax = base::Duration::days(1);  // then the hook is switched off

static_assert(kHooksPerOrganiserMax < kHooksMax, "one organiser leaves room for others");
static_assert(kHooksMax < kCallsWaitingMax, "every hook may have one call on its way");

}  // namespace onsale::webhooks
