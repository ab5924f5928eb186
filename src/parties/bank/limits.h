// Limits of the bank's program: what is bounded, and what happens at the bound. Values only.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::bank {

inline constexpr std::size_t kWaitingMax = 8192;         // pieces of work of the writer; more: 503
inline constexpr std::size_t kGroupMax = 512;            // pieces of one transaction
inline constexpr std::size_t kQuestionsMax = 512;        // of the reader; more: 503
inline constexpr std::size_t kPasswordsMax = 512;        // that wait in one queue; more: 503
inline constexpr std::size_t kKnownPasswordsMax = 4096;  // right ones; the oldest is forgotten
inline constexpr std::size_t kFailuresMax = 8192;        // counts of wrong ones; likewise
inline constexpr std::size_t kPlacesMax = 1 << 16;       // names with addresses of theirs; likewise
inline constexpr std::uint32_t kFailuresPerPlace = 10;   // of a name and an address; more: 429
inline constexpr std::uint32_t kFailuresPerName = 100;   // from wherever; more: 429
inline constexpr base::Duration kFailureWindow = base::Duration::minutes(10);

inline constexpr std::size_t kItemsMax = 100;  // of one request of a merchant
inline constexpr std::size_t kMerchantBodyMax = 256 * 1024;
inline constexpr std::size_t kMerchantsMax = 64;  // credentials files
inline constexpr std::size_t kKeysMax = 8;        // of one merchant and direction
inline constexpr std::size_t kCredentialsBytesMax = 64 * 1024;
inline constexpr std::size_t kCsvRowsMax = 100'000;  // of one answer
inline constexpr std::size_t kRepeatsMax = 100;      // of one callback, on purpose

inline constexpr base::Duration kCustomerLogin = base::Duration::hours(2);
inline constexpr base::Duration kTellerLogin = base::Duration::hours(8);
inline constexpr std::uint32_t kAuthorisationMinutes = 30;
inline constexpr std::uint32_t kAuthorisationMinutesMax = 24 * 60;

inline constexpr base::Duration kBeat = base::Duration::seconds(1);
inline constexpr base::Duration kBeatDeadline = base::Duration::seconds(2);
inline constexpr base::Duration kCallbackDeadline = base::Duration::seconds(5);
inline constexpr base::Duration kTick = base::Duration::milliseconds(500);
// How long a reply that is lost on purpose is kept: longer than anybody waits for it.
inline constexpr base::Duration kLostReply = base::Duration::seconds(30);
inline constexpr std::size_t kUnderWayMax = 64;  // batches of callbacks; more wait in the books
inline constexpr std::size_t kSenders = 4;       // threads that carry callbacks

static_assert(kGroupMax <= kWaitingMax && kFailuresPerPlace < kFailuresPerName);

}  // namespace onsale::bank
