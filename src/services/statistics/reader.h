// StatisticsReader: what has been sold, from the rows of the projection. Any thread may call it;
// SQL runs on the "lists" store (read only) and looks at sums, never at single orders. What it says
// is as old as the projection.
#pragma once

#include <cstdint>
#include <vector>

#include "base/unique_function.h"
#include "records/store.h"
#include "statistics/counts.h"

namespace onsale::statistics {

inline constexpr std::size_t kCurvePointsMax = 2000;
inline constexpr base::Duration kPeriodMax = base::Duration::days(366);
// Longer periods are told by the day.
inline constexpr base::Duration kHourlyPeriodMax = base::Duration::days(31);

// A sum; parts that the question does not tell apart are zero.
struct Figure {
    CountKey key;
    Count count;
};

struct SessionFigures {
    std::vector<Figure> totals;  // by campaign, tier (0: whole orders), state, currency
    std::vector<Figure> hours;   // by hour, state, currency; the first kCurvePointsMax
};

struct CurvePoint {
    base::Timestamp at;
    std::int64_t orders = 0;
    std::int64_t tickets = 0;
    bool operator==(const CurvePoint&) const = default;
};
// Orders as they came in, whatever became of them. Steps without one have no point.
struct Curve {
    base::Timestamp from;  // when the campaign opened; points may lie before
    base::Duration step = kFineStep;
    std::vector<CurvePoint> points;
};
// automatic: seconds while all orders lie within the first ten minutes, else the shortest of
// minute, hour and day that gives at most kCurvePointsMax points. fine: those ten minutes only.
enum class CurveDetail : std::uint8_t { automatic, fine };

// Whole hours (days when longer than kHourlyPeriodMax) by order creation.
struct Period {
    base::Timestamp from;
    base::Timestamp until;  // exclusive
    [[nodiscard]] base::Duration step() const {
        return until - from <= kHourlyPeriodMax ? kHour : base::Duration::days(1);
    }
};
struct PeriodFigures {
    std::vector<Figure> campaigns;  // by campaign, state, currency
    std::vector<Figure> steps;      // by time and campaign
};

class StatisticsReader {
  public:
    explicit StatisticsReader(records::Store& lists) : lists_(lists) {}

    using OfSession = records::StoreResult<SessionFigures>;
    void session(domain::SessionId session, env::Executor& home,
                 base::UniqueFunction<void(OfSession)> reply);

    using OfCampaign = records::StoreResult<Curve>;
    void curve(domain::CampaignId campaign, CurveDetail detail, env::Executor& home,
               base::UniqueFunction<void(OfCampaign)> reply);

    // At most kPeriodMax.
    using OfPeriod = records::StoreResult<PeriodFigures>;
    void period(Period period, env::Executor& home, base::UniqueFunction<void(OfPeriod)> reply);

  private:
    records::Store& lists_;
};

}  // namespace onsale::statistics
