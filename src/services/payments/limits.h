// Limits of the payments: what is bounded, and by how much. Values only; no thread, nothing to
// promise after a crash.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"
#include "domain/limits.h"

namespace onsale::payments {

// Calls of a bank.
inline constexpr std::size_t kItemsPerCall = 100;
inline constexpr std::size_t kCallsPerBank = 2;          // under way, each on a thread of its own
inline constexpr std::size_t kWaitingPerBankMax = 4096;  // items behind them; more flows hold back
inline constexpr auto kGatherPause = base::Duration::milliseconds(20);  // for company in a call
inline constexpr auto kBankAgainAfter = base::Duration::seconds(1);     // nobody was reached

// Flows.
inline constexpr std::uint32_t kTriesMax = 8;  // then it is parked
inline constexpr auto kRetryMin = base::Duration::seconds(1);
inline constexpr auto kRetryMax = base::Duration::minutes(5);
inline constexpr auto kAcceptedAgainMin = base::Duration::seconds(5);
inline constexpr auto kStillNeededAfter = base::Duration::seconds(1);
inline constexpr std::size_t kCommandsMax = 4096;   // of the agent, in the engine at a time
inline constexpr std::size_t kFlowsPerRead = 256;   // details read in one piece of the shard's work
inline constexpr std::size_t kFlowsPerSlice = 512;  // begun in one task

// Records.
inline constexpr std::size_t kWritesWaitingMax = 16 * 1024;              // beyond: busy
inline constexpr std::size_t kWritesWaitingBytesMax = 64 * 1024 * 1024;  // likewise
inline constexpr auto kEventsKept = base::Duration::days(30);
inline constexpr auto kSweepPause = base::Duration::hours(1);
inline constexpr std::size_t kRowsPerSweep = 10'000;
inline constexpr std::size_t kTokenBytesMax = 2048;

// What banks send.
inline constexpr std::size_t kEventsPerCallback = 100;
inline constexpr std::size_t kCallbackBytesMax = 256 * 1024;
inline constexpr std::size_t kEventIdBytesMax = 64;
// Money of nobody that has not gone back, of one bank: beyond, the bank is told to come again.
inline constexpr std::size_t kOpenStraysPerBankMax = 1000;
inline constexpr auto kAlarmPause = base::Duration::minutes(1);
inline constexpr std::uint32_t kRefusalsPerRefundMax = 8;  // events; more change nothing
inline constexpr std::size_t kRefusalsCountedMax = 8192;   // refunds; the oldest is forgotten

static_assert(kCallbackBytesMax < kWritesWaitingBytesMax);
static_assert(kRetryMin < kRetryMax && kItemsPerCall <= kWaitingPerBankMax);

}  // namespace onsale::payments
