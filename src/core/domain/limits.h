// The limits of the domain, in one place. What exceeds one is refused with a name before anything
// is decided.
#pragma once

#include <cstddef>
#include <cstdint>

#include "domain/ids.h"

namespace onsale::domain {

inline constexpr std::size_t kLinesPerOrderMax = 4;
inline constexpr std::uint32_t kTicketsPerOrderMax = 32;
inline constexpr std::size_t kPoolsPerSessionMax = 256;
inline constexpr std::size_t kTiersPerSessionMax = 256;
inline constexpr std::size_t kCampaignsPerSessionMax = 64;
inline constexpr std::size_t kAdditionsPerPoolMax = 1024;
inline constexpr std::size_t kWithdrawalsPerPoolMax = 1024;  // that have an id
inline constexpr std::uint64_t kStockPerPoolMax = 100'000'000;
inline constexpr std::size_t kPaymentsPerOrderMax = 8;
inline constexpr std::size_t kRefundsPerOrderMax = 16;
inline constexpr std::size_t kTransactionBytesMax = 64;  // a bank's name for a flow
inline constexpr std::uint16_t kShardsMax = 256;
inline constexpr std::int64_t kPriceMinorMax =
    1'000'000'000'00;  // a milliard of the currency's major unit

static_assert(kTicketsPerOrderMax <= (1U << kTicketIndexBits),
              "a ticket's index must fit into its id");
static_assert(kPaymentsPerOrderMax < (1U << kTicketIndexBits) &&
                  kRefundsPerOrderMax < (1U << kTicketIndexBits),
              "a payment's and a refund's index must fit into its id");
static_assert(kShardsMax <= (1U << kShardBits), "a shard must fit into an order's id");
static_assert(kPriceMinorMax < (std::int64_t{1} << 62) / kTicketsPerOrderMax,
              "an order's amount must fit");

}  // namespace onsale::domain
