// Limits of a rehearsal: what one machine can play and one report can show. Plain constants.
#pragma once

#include <cstddef>
#include <cstdint>

namespace onsale::rehearsal {

inline constexpr std::uint64_t kPeopleMax = 500'000;
inline constexpr std::uint64_t kBotsMax = 5'000;
inline constexpr std::uint64_t kMinutesMax = 60;
inline constexpr std::uint64_t kAccountsPerBot = 5;
inline constexpr std::uint64_t kTriesPerBot = 250;  // orders, over all of its accounts
inline constexpr std::uint64_t kStepsPerPersonMax = 4;
inline constexpr std::size_t kStepsMax = kPeopleMax * kStepsPerPersonMax + kBotsMax * kTriesPerBot;
// Above every person that a site makes, so that nobody real is ever played.
inline constexpr std::uint64_t kFirstPerson = 4'000'000'000'000'000;
inline constexpr std::size_t kOpenMax = 4'000;   // connections at a time; more wait their turn
inline constexpr std::size_t kSlicesMax = 240;   // of the time axis
inline constexpr std::size_t kRefusalsMax = 64;  // different ones that are counted
inline constexpr std::uint32_t kTicketsMax = 4;  // that somebody asks for in one order

static_assert(kTriesPerBot < 65'536);  // keys of a bot are told apart by 16 bits

}  // namespace onsale::rehearsal
