// Limits of the notices: what is bounded, and by how much. Values only; no thread, nothing to
// promise after a crash.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::notices {

// Notices that wait to be sent. Beyond it the journal is not read on: it is the queue.
inline constexpr std::size_t kWaitingMax = 2000;
inline constexpr std::size_t kBatchesPerLookMax = 256;     // of one shard
inline constexpr std::size_t kParkedMax = 1000;            // then the oldest are forgotten
inline constexpr std::uint64_t kUnsavedBatchesMax = 4096;  // looked through without a notice

inline constexpr std::uint32_t kTriesMax = 12;  // then a notice is parked until the next start
inline constexpr auto kPauseMin = base::Duration::seconds(2);  // after a failure; doubles each time
inline constexpr auto kPauseMax = base::Duration::minutes(10);
// While the mail server is away nothing is counted, and it is asked again so often.
inline constexpr auto kAwayPauseMin = base::Duration::seconds(1);
inline constexpr auto kAwayPauseMax = base::Duration::minutes(1);
// Mails that were not taken one after the other, after which it is about the server and not about
// them: it counts as away.
inline constexpr std::uint32_t kNotTakenMax = 20;
// Old news is no news: what could not be sent in this time is forgotten.
inline constexpr auto kUselessAfter = base::Duration::days(3);
// The words of a rejection are written a moment behind the rejection.
inline constexpr auto kReasonWait = base::Duration::seconds(30);

static_assert(kParkedMax < kWaitingMax, "what waits again after a start leaves room for news");
static_assert(kAwayPauseMax <= kPauseMax, "a server that is back is seen soon");

}  // namespace onsale::notices
