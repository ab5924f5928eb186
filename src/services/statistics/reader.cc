#include "statistics/reader.h"

#include <limits>
#include <optional>
#include <utility>

#include "records/rows.h"

namespace onsale::statistics {
namespace {

using base::Timestamp;
using base::Unexpected;
using records::id_from_row;
using records::to_row;
using sql::SqlResult;

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

// Every question below selects campaign, tier, time, state, currency, orders, tickets, amount.
SqlResult<std::vector<Figure>> read_figures(sql::Statement& row) {
    std::vector<Figure> figures;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return figures;
        Figure figure;
        figure.key.campaign = id_from_row<domain::CampaignId>(row.integer(0));
        figure.key.tier = id_from_row<domain::TierId>(row.integer(1));
        figure.key.at = records::time_from_row(row.integer(2));
        figure.key.state = static_cast<domain::OrderState>(row.integer(3));
        figure.key.currency = static_cast<base::Currency>(row.integer(4));
        figure.count = {row.integer(5), row.integer(6), row.integer(7)};
        figures.push_back(figure);
    }
}

SqlResult<SessionFigures> read_session(sql::Connection& connection, domain::SessionId session) {
    SessionFigures figures;
    ONSALE_TRY_ASSIGN(totals,
                      connection.prepare(
                          "SELECT t.campaign, t.tier, 0, t.state, t.currency, t.orders, t.tickets, "
                          "t.amount FROM statistics_campaigns c JOIN statistics_totals t "
                          "USING (campaign) WHERE c.session = ? ORDER BY 1, 2, 4, 5"));
    totals.bind(1, to_row(session));
    ONSALE_TRY_ASSIGN(read_totals, read_figures(totals));
    figures.totals = std::move(read_totals);
    ONSALE_TRY_ASSIGN(
        hours, connection.prepare(
                   "SELECT 0, 0, h.at_ms, h.state, h.currency, sum(h.orders), sum(h.tickets), "
                   "sum(h.amount) FROM statistics_campaigns c JOIN statistics_hours h "
                   "USING (campaign) WHERE c.session = ? GROUP BY 3, 4, 5 ORDER BY 3, 4, 5 "
                   "LIMIT ?"));
    hours.bind(1, to_row(session)).bind(2, static_cast<std::int64_t>(kCurvePointsMax));
    ONSALE_TRY_ASSIGN(read_hours, read_figures(hours));
    figures.hours = std::move(read_hours);
    return figures;
}

struct Span {
    Timestamp first;
    Timestamp last;
};

// From the first step with an order to the last one; nothing without orders.
SqlResult<std::optional<Span>> span_of(sql::Connection& connection, domain::CampaignId campaign) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT min(at_ms), max(at_ms) FROM statistics_steps "
                                              "WHERE campaign = ? AND tier = 0"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(campaign)).step());
    if (!there || row.is_null(0)) return std::optional<Span>{};
    return std::optional(
        Span{records::time_from_row(row.integer(0)), records::time_from_row(row.integer(1))});
}

base::Duration step_for(const Span& span, Timestamp opens_at, CurveDetail detail) {
    const bool in_fine = span.first >= opens_at && span.last < opens_at + kFineSpan;
    if (detail == CurveDetail::fine || in_fine) return kFineStep;
    const std::int64_t length = (span.last - span.first).count_ms();
    for (const auto step : {kCoarseStep, kHour}) {
        if (length / step.count_ms() < static_cast<std::int64_t>(kCurvePointsMax)) return step;
    }
    return base::Duration::days(1);
}

SqlResult<void> read_points(sql::Connection& connection, domain::CampaignId campaign,
                            CurveDetail detail, Curve& curve) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT at_ms, sum(orders), sum(tickets) FROM statistics_steps "
                                "WHERE campaign = ?1 AND tier = 0 AND at_ms >= ?2 AND at_ms < ?3 "
                                "GROUP BY at_ms ORDER BY at_ms"));
    const bool fine = detail == CurveDetail::fine;
    row.bind(1, to_row(campaign));
    row.bind(2, fine ? to_row(curve.from) : std::numeric_limits<std::int64_t>::min());
    row.bind(3, to_row(fine ? curve.from + kFineSpan : Timestamp::never()));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return {};
        const auto at = step_of(records::time_from_row(row.integer(0)), curve.from, curve.step);
        if (curve.points.empty() || curve.points.back().at != at) {
            if (curve.points.size() == kCurvePointsMax) return {};
            curve.points.push_back({at, 0, 0});
        }
        curve.points.back().orders += row.integer(1);
        curve.points.back().tickets += row.integer(2);
    }
}

SqlResult<Curve> read_curve(sql::Connection& connection, domain::CampaignId campaign,
                            CurveDetail detail) {
    Curve curve;
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT opens_at_ms FROM statistics_campaigns "
                                              "WHERE campaign = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(campaign)).step());
    if (!there) return curve;
    curve.from = records::time_from_row(row.integer(0));
    row.reset();
    ONSALE_TRY_ASSIGN(span, span_of(connection, campaign));
    if (!span) return curve;
    curve.step = step_for(*span, curve.from, detail);
    ONSALE_TRY(read_points(connection, campaign, detail, curve));
    return curve;
}

SqlResult<PeriodFigures> read_period(sql::Connection& connection, const Period& period) {
    PeriodFigures figures;
    ONSALE_TRY_ASSIGN(
        campaigns,
        connection.prepare("SELECT campaign, 0, 0, state, currency, sum(orders), sum(tickets), "
                           "sum(amount) FROM statistics_hours WHERE at_ms >= ? AND at_ms < ? "
                           "GROUP BY 1, 4, 5 ORDER BY 1, 4, 5"));
    campaigns.bind(1, to_row(period.from)).bind(2, to_row(period.until));
    ONSALE_TRY_ASSIGN(by_campaign, read_figures(campaigns));
    figures.campaigns = std::move(by_campaign);
    ONSALE_TRY_ASSIGN(
        steps,
        connection.prepare("SELECT campaign, 0, ?1 + (at_ms - ?1) / ?3 * ?3, 0, 0, sum(orders), "
                           "sum(tickets), 0 FROM statistics_hours WHERE at_ms >= ?1 AND at_ms < ?2 "
                           "GROUP BY 3, 1 ORDER BY 3, 1"));
    steps.bind(1, to_row(period.from)).bind(2, to_row(period.until));
    steps.bind(3, period.step().count_ms());
    ONSALE_TRY_ASSIGN(by_step, read_figures(steps));
    figures.steps = std::move(by_step);
    return figures;
}

}  // namespace

void StatisticsReader::session(domain::SessionId session, env::Executor& home,
                               base::UniqueFunction<void(OfSession)> reply) {
    lists_.ask<OfSession>(
        home,
        [session](sql::Connection& connection) { return told(read_session(connection, session)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void StatisticsReader::curve(domain::CampaignId campaign, CurveDetail detail, env::Executor& home,
                             base::UniqueFunction<void(OfCampaign)> reply) {
    lists_.ask<OfCampaign>(
        home,
        [campaign, detail](sql::Connection& connection) {
            return told(read_curve(connection, campaign, detail));
        },
        std::move(reply), Unexpected{records::store_busy()});
}

void StatisticsReader::period(Period period, env::Executor& home,
                              base::UniqueFunction<void(OfPeriod)> reply) {
    ONSALE_CHECK(period.until - period.from <= kPeriodMax);
    lists_.ask<OfPeriod>(
        home,
        [period](sql::Connection& connection) { return told(read_period(connection, period)); },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::statistics
