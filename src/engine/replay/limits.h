// Limits of replays. A replay beside a running server must not become a burden to it; whoever looks
// without a server may take as long as it takes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::replay {

inline constexpr std::size_t kChunkBytes = std::size_t{4} << 20;

// Of one question to the server: about three seconds of one core, and at most this many orders of
// memory beside the engine's own.
inline constexpr std::uint64_t kFactsPerQuestionMax = 3'000'000;
inline constexpr std::uint64_t kOrdersPerQuestionMax = 3'000'000;
// Of a question of a person, of whom there are many: what is since the last two snapshots of a
// shard can be told, about one second of one core.
inline constexpr std::uint64_t kFactsPerPersonMax = 1'100'000;
inline constexpr std::uint64_t kOrdersPerPersonMax = 1'000'000;
static_assert(kFactsPerPersonMax < kFactsPerQuestionMax);
static_assert(kOrdersPerPersonMax < kOrdersPerQuestionMax);
// More than an order takes in a snapshot: a file with more than this for each order that a question
// may have in memory is not even read.
inline constexpr std::uint64_t kSnapshotBytesPerOrder = 128;
// A past with more orders than these is let go of as soon as its question is answered.
inline constexpr std::uint64_t kOrdersKeptMax = 200'000;
// Further ahead than this a snapshot may be nearer than the past of the last question.
inline constexpr std::uint64_t kBatchesNearMax = 20'000;
inline constexpr std::size_t kQuestionsWaitingMax = 32;
inline constexpr std::size_t kPersonsWaitingMax = 24;  // of these; the rest is for staff
static_assert(kPersonsWaitingMax < kQuestionsWaitingMax);
// A person's question waits for a moment in which no buyer waits; when at none of so many looks
// there was one, it is refused.
inline constexpr std::size_t kLooksMax = 20;
inline constexpr base::Duration kLookEvery = base::Duration::milliseconds(50);

inline constexpr std::size_t kPointsMax = 200;     // of a session's history
inline constexpr std::size_t kSalesNamedMax = 4;   // pools of which the last sale is looked up
inline constexpr std::size_t kOwnOrdersMax = 100;  // that an explanation lists

}  // namespace onsale::replay
