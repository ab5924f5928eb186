// Limits of the accounts: what is bounded, by how much, and what happens at the bound. All numbers
// of the throttle, the codes and the logins stand here, so that they can be judged together.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace onsale::accounts {

inline constexpr std::size_t kImportLinesMax = 10'000;
inline constexpr std::size_t kPasswordsWaitingMax = 256;  // beyond: busy
inline constexpr std::size_t kPasswordBytesMax = 128;     // that is compared; longer is wrong
inline constexpr std::size_t kNicknameCharactersMax = 32;
inline constexpr std::size_t kEmailBytesMax = 254;
inline constexpr std::size_t kAvatarBytesMax = 200;
inline constexpr std::size_t kReasonBytesMax = 500;
inline constexpr std::size_t kDeviceBytesMax = 200;  // of a user agent; the rest is cut
inline constexpr std::size_t kPageMax = 100;
inline constexpr std::size_t kNamesMax = 1000;  // of one question for names

// Logins. A person who opens more loses the one not used for the longest time.
inline constexpr std::size_t kLoginsPerPersonMax = 20;
// A refresh token that was used a moment ago gives the same successor once more: the answer may
// have been lost, or two tabs asked at once. Later use is theft and ends the login.
inline constexpr base::Duration kRefreshGrace = base::Duration::seconds(10);
inline constexpr std::size_t kPrunedAtOnce = 500;  // rows of one slice of tidying up

// Somebody reads the file of people's keys (a copy is made of it): its log is cut later.
inline constexpr base::Duration kCutAgainAfter = base::Duration::seconds(10);

// Staff.
inline constexpr std::size_t kStaffMax = 10'000;
inline constexpr std::size_t kOrganisersPerMemberMax = 1000;

// One-time codes.
inline constexpr std::size_t kCodeDigits = 6;
inline constexpr base::Duration kCodeLifetime = base::Duration::minutes(5);
inline constexpr base::Duration kCodeResendAfter = base::Duration::seconds(60);
inline constexpr std::int64_t kCodeTriesMax = 5;
inline constexpr std::int64_t kCodesMax = 100'000;  // live at once; beyond: busy
// Wrong codes for one mobile or e-mail address, whatever the purpose and whoever asks: beyond, no
// code of it is compared any more, but from where its person has logged in with it before.
inline constexpr std::int64_t kCodeFailuresMax = 20;
inline constexpr base::Duration kCodeFailuresWindow = base::Duration::hours(24);
static_assert(kCodeResendAfter < kCodeLifetime);
static_assert(kCodeTriesMax < kCodeFailuresMax);

// The throttle: so many failures are free, then each further one doubles the wait from `first` up
// to `longest`; after `quiet` without a failure all is forgotten.
struct ThrottleRule {
    std::int64_t free = 0;
    base::Duration first;
    base::Duration longest;
    base::Duration quiet;
};
// Of one name from one address.
inline constexpr ThrottleRule kPairRule{5, base::Duration::seconds(1), base::Duration::minutes(5),
                                        base::Duration::minutes(15)};
// Of one address, whatever the names: a family or an office shares one.
inline constexpr ThrottleRule kAddressRule{
    30, base::Duration::seconds(1), base::Duration::minutes(15), base::Duration::minutes(15)};
// Of one name, whatever the addresses. It does not hold back an address from which that person
// has logged in before, so nobody can be locked out from where they usually are.
inline constexpr ThrottleRule kNameRule{20, base::Duration::seconds(2), base::Duration::seconds(60),
                                        base::Duration::minutes(15)};
// Codes asked for, and questions whether a name is free, by one address: no wait up to `free`.
inline constexpr ThrottleRule kCodesRule{30, base::Duration::seconds(5),
                                         base::Duration::minutes(10), base::Duration::minutes(10)};
inline constexpr ThrottleRule kQuestionsRule{
    60, base::Duration::seconds(1), base::Duration::minutes(1), base::Duration::minutes(1)};
// Registrations from one address. Each costs a hash, so without it one client fills the queue of
// passwords for everybody.
inline constexpr ThrottleRule kRegistrationsRule{
    60, base::Duration::seconds(1), base::Duration::minutes(1), base::Duration::minutes(1)};
inline constexpr std::size_t kThrottleEntriesMax = 1 << 16;  // of each table; the oldest goes
inline constexpr std::size_t kKnownPlacesMax = 1 << 18;      // (name, address) pairs
static_assert(kPairRule.free < kNameRule.free && kNameRule.free < kAddressRule.free);

// Operation records.
inline constexpr std::size_t kOperationsWaitingMax = 8192;  // beyond: the action is refused
inline constexpr std::size_t kOperationsPerWrite = 1024;
inline constexpr std::size_t kDetailsBytesMax = 2048;  // the rest is cut
inline constexpr base::Duration kOperationsKept = base::Duration::days(400);

}  // namespace onsale::accounts
