// Limits of a bank's books: what is bounded, and what happens at the bound. Values only.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::books {

inline constexpr std::int64_t kAmountMax = 1'000'000'000'000;  // fen; more is refused
inline constexpr std::size_t kOpenAuthorisationsMax = 50;      // of one customer; more: too_many
inline constexpr std::size_t kOpenConsentsMax = 20;            // of one customer; more: too_many
inline constexpr std::size_t kPageMax = 200;                   // rows of one answer
inline constexpr std::size_t kTextBytesMax = 200;         // of a title, note, order or reference
inline constexpr std::size_t kExpiredAtOnceMax = 500;     // holds released in one transaction
inline constexpr std::size_t kCustomersPerStepMax = 500;  // imported in one transaction
inline constexpr base::Duration kConsentLifetime = base::Duration::days(30);
inline constexpr base::Duration kCallbacksKept = base::Duration::days(3);
inline constexpr base::Duration kCallbackWaitFirst = base::Duration::seconds(1);
inline constexpr base::Duration kCallbackWaitMax = base::Duration::minutes(10);
// What is decided already is looked at again in slices of so many rows.
inline constexpr std::size_t kEventsAtOnceMax = 100;

static_assert(kCallbackWaitFirst < kCallbackWaitMax && kCallbackWaitMax < kCallbacksKept);

}  // namespace onsale::books
