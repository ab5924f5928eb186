// What is counted: orders, tickets and money by campaign, tier, moment of the order's creation and
// state. Plain values and pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <compare>
#include <cstdint>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/order.h"

namespace onsale::statistics {

// The first minutes of a rush are looked at by the second, everything else by the minute.
inline constexpr base::Duration kFineSpan = base::Duration::minutes(10);
inline constexpr base::Duration kFineStep = base::Duration::seconds(1);
inline constexpr base::Duration kCoarseStep = base::Duration::minutes(1);
inline constexpr base::Duration kHour = base::Duration::hours(1);

static_assert(kFineSpan.count_ms() % kCoarseStep.count_ms() == 0,
              "coarse steps begin where fine ones end");

// Where a count belongs. An order's own count has tier 0; besides, it counts once with each of its
// tiers, so counts of tiers must not be added up to orders.
struct CountKey {
    domain::CampaignId campaign;
    domain::TierId tier;
    base::Timestamp at;  // the step that the order was created in
    domain::OrderState state = domain::OrderState::reserved;
    base::Currency currency = base::Currency::cny;
    auto operator<=>(const CountKey&) const = default;
};

struct Count {
    std::int64_t orders = 0;
    std::int64_t tickets = 0;
    std::int64_t amount_minor = 0;
    bool operator==(const Count&) const = default;
    Count& operator+=(const Count& other) {
        orders += other.orders;
        tickets += other.tickets;
        amount_minor += other.amount_minor;
        return *this;
    }
};
[[nodiscard]] constexpr Count operator-(const Count& count) {
    return {-count.orders, -count.tickets, -count.amount_minor};
}

// `at` down to a whole number of steps from `origin`, also before it.
[[nodiscard]] constexpr base::Timestamp step_of(base::Timestamp at, base::Timestamp origin,
                                                base::Duration step) {
    const std::int64_t since = (at - origin).count_ms();
    const std::int64_t rest = since % step.count_ms();
    return at - base::Duration::milliseconds(rest < 0 ? rest + step.count_ms() : rest);
}

// The step of an order of a campaign that opens at `opens_at`.
[[nodiscard]] constexpr base::Timestamp curve_step_of(base::Timestamp at,
                                                      base::Timestamp opens_at) {
    const bool fine = at >= opens_at && at < opens_at + kFineSpan;
    return step_of(at, opens_at, fine ? kFineStep : kCoarseStep);
}

[[nodiscard]] constexpr base::Timestamp hour_of(base::Timestamp at) {
    return step_of(at, base::Timestamp(), kHour);
}

}  // namespace onsale::statistics
