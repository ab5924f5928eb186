// Limits of the registry: what is bounded, and by how much. Values only; no thread, nothing to
// promise after a crash.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::registry {

inline constexpr std::size_t kPartiesMax = 64;    // of the site, of all kinds
inline constexpr std::size_t kInstancesMax = 16;  // of a party
inline constexpr std::size_t kWaysMax = 8;        // what an instance says it can do
inline constexpr std::size_t kWordBytesMax = 32;  // of a way
inline constexpr std::size_t kInstanceBytesMax = 64;
inline constexpr std::size_t kUrlBytesMax = 200;
inline constexpr std::size_t kNameCharactersMax = 40;
inline constexpr std::size_t kNameBytesMax = 4 * kNameCharactersMax;
inline constexpr std::uint64_t kNumberMax = 9999;  // of a party
inline constexpr std::size_t kKeyPairsKept = 8;    // of a party, the retired ones included

// A party says every second that it is there. Two that are lost, and half a second for the third.
inline constexpr auto kBeatPause = base::Duration::seconds(1);
inline constexpr auto kBeatLifetime = base::Duration::milliseconds(2500);
inline constexpr auto kOutIsForgottenAfter = base::Duration::minutes(10);

inline constexpr auto kGraceDefault = base::Duration::hours(24);
inline constexpr auto kGraceMax = base::Duration::days(30);

// Calls of a party.
inline constexpr auto kDeadlineDefault = base::Duration::seconds(5);
inline constexpr std::size_t kAnswerBytesMax = 1024 * 1024;  // where a call does not say more

// A breaker.
inline constexpr std::uint32_t kFailuresInARow = 5;
inline constexpr std::uint32_t kLastCalls = 20;
inline constexpr std::uint32_t kFailuresOfLast = 10;
inline constexpr auto kBreakerPauseMin = base::Duration::seconds(2);
inline constexpr auto kBreakerPauseMax = base::Duration::seconds(30);

static_assert(kBeatLifetime < base::Duration::seconds(3), "a lost instance is out within 3 s");
static_assert(kBeatPause + kBeatPause < kBeatLifetime, "one lost heartbeat changes nothing");
static_assert(kFailuresInARow <= kFailuresOfLast && kFailuresOfLast <= kLastCalls);
static_assert(kLastCalls <= 32, "a breaker keeps them as bits");

}  // namespace onsale::registry
