#include "statistics/projection.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "orders/reader.h"
#include "records/rows.h"

namespace onsale::statistics {
namespace {

using base::Unexpected;
using follow::FollowError;
using follow::FollowResult;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE statistics_campaigns (
        campaign INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        opens_at_ms INTEGER NOT NULL,    -- as it was when the first order came
        started INTEGER NOT NULL         -- 1: there are orders
    );
    CREATE INDEX statistics_campaigns_by_session ON statistics_campaigns (session);
    CREATE TABLE statistics_steps (      -- tier 0: whole orders
        campaign INTEGER NOT NULL,
        tier INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        state INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        orders INTEGER NOT NULL,
        tickets INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (campaign, tier, at_ms, state, currency)
    ) WITHOUT ROWID;
    CREATE TABLE statistics_totals (     -- the same without time
        campaign INTEGER NOT NULL,
        tier INTEGER NOT NULL,
        state INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        orders INTEGER NOT NULL,
        tickets INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (campaign, tier, state, currency)
    ) WITHOUT ROWID;
    CREATE TABLE statistics_hours (      -- whole orders only
        campaign INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        state INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        orders INTEGER NOT NULL,
        tickets INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        PRIMARY KEY (campaign, at_ms, state, currency)
    ) WITHOUT ROWID;
    CREATE INDEX statistics_hours_by_time ON statistics_hours (at_ms);
)sql"}};

constexpr std::array<std::string_view, 4> kTables = {"statistics_campaigns", "statistics_steps",
                                                     "statistics_totals", "statistics_hours"};

// A window that moves after the first order came does not move the steps of its curve.
SqlResult<void> note_campaign(sql::Connection& connection, domain::SessionId session,
                              const domain::Campaign& campaign) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("INSERT INTO statistics_campaigns VALUES (?1, ?2, ?3, 0) "
                                         "ON CONFLICT (campaign) DO UPDATE SET opens_at_ms = ?3 "
                                         "WHERE started = 0"));
    row.bind(1, to_row(campaign.id)).bind(2, to_row(session));
    return row.bind(3, to_row(campaign.opens_at)).run();
}

SqlResult<void> note_session(sql::Connection& connection, const domain::Session& session) {
    for (const auto& campaign : session.campaigns)
        ONSALE_TRY(note_campaign(connection, session.id, campaign));
    return {};
}

SqlResult<base::Timestamp> start_campaign(sql::Connection& connection,
                                          domain::CampaignId campaign) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT opens_at_ms, started FROM "
                                              "statistics_campaigns WHERE campaign = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(campaign)).step());
    if (!there)
        return Unexpected{sql::SqlError{
            sql::ErrorCode::corrupt,
            "campaign " + std::to_string(campaign.value()) + " is not there; run onsale rebuild"}};
    const auto opens_at = records::time_from_row(row.integer(0));
    const bool started = row.integer(1) != 0;
    row.reset();
    if (started) return opens_at;
    ONSALE_TRY_ASSIGN(
        update,
        connection.prepare("UPDATE statistics_campaigns SET started = 1 WHERE campaign = ?"));
    ONSALE_TRY(update.bind(1, to_row(campaign)).run());
    return opens_at;
}

// Sorted, so that neighbours in a table are written one after the other.
template <class Counts>
std::vector<std::pair<CountKey, Count>> sorted(const Counts& counts) {
    std::vector<std::pair<CountKey, Count>> all(counts.begin(), counts.end());
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return all;
}

using Sorted = std::vector<std::pair<CountKey, Count>>;

constexpr std::string_view kAddToStep =
    "INSERT INTO statistics_steps (campaign, state, currency, orders, tickets, amount, at_ms, "
    "tier) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET orders = orders + ?4, "
    "tickets = tickets + ?5, amount = amount + ?6";
constexpr std::string_view kAddToTotal =
    "INSERT INTO statistics_totals (campaign, state, currency, orders, tickets, amount, tier) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET orders = orders + ?4, "
    "tickets = tickets + ?5, amount = amount + ?6";
constexpr std::string_view kAddToHour =
    "INSERT INTO statistics_hours (campaign, state, currency, orders, tickets, amount, at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET orders = orders + ?4, "
    "tickets = tickets + ?5, amount = amount + ?6";

void bind_count(sql::Statement& row, const CountKey& key, const Count& count) {
    row.bind(1, to_row(key.campaign)).bind(2, static_cast<std::int64_t>(key.state));
    row.bind(3, static_cast<std::int64_t>(key.currency)).bind(4, count.orders);
    row.bind(5, count.tickets).bind(6, count.amount_minor);
}

SqlResult<void> write_steps(sql::Connection& connection, const Sorted& counts) {
    ONSALE_TRY_ASSIGN(step, connection.prepare(kAddToStep));
    ONSALE_TRY_ASSIGN(total, connection.prepare(kAddToTotal));
    for (const auto& [key, count] : counts) {
        bind_count(step, key, count);
        ONSALE_TRY(step.bind(7, to_row(key.at)).bind(8, to_row(key.tier)).run());
        bind_count(total, key, count);
        ONSALE_TRY(total.bind(7, to_row(key.tier)).run());
    }
    return {};
}

SqlResult<void> write_hours(sql::Connection& connection, const Sorted& counts) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(kAddToHour));
    for (const auto& [key, count] : counts) {
        bind_count(row, key, count);
        ONSALE_TRY(row.bind(7, to_row(key.at)).run());
    }
    return {};
}

}  // namespace

std::string_view StatisticsProjection::component() const {
    return "statistics";
}
std::span<const sql::Migration> StatisticsProjection::migrations() const {
    return kMigrations;
}
std::span<const std::string_view> StatisticsProjection::tables() const {
    return kTables;
}

std::size_t StatisticsProjection::KeyHash::operator()(const CountKey& key) const noexcept {
    std::uint64_t hash = base::mix_bits(key.campaign.value());
    hash = base::mix_bits(hash ^ key.tier.value());
    hash ^= static_cast<std::uint64_t>(key.at.unix_ms()) << 8;
    hash ^= static_cast<std::uint64_t>(key.state) << 4 | static_cast<std::uint64_t>(key.currency);
    return base::mix_bits(hash);
}

void StatisticsProjection::begin() {
    by_step_.clear();
    by_hour_.clear();
    openings_.clear();
}

StatisticsProjection::Done StatisticsProjection::apply(sql::Connection& connection,
                                                       const follow::CommittedBatch&,
                                                       const domain::Fact& fact, std::uint32_t) {
    if (const auto* order = std::get_if<domain::OrderPlaced>(&fact))
        return placed(connection, order->order);
    if (const auto change = domain::order_change(fact))
        return changed(connection, change->order, change->to);
    if (const auto* set_up = std::get_if<domain::SessionSetUp>(&fact))
        return told(note_session(connection, *set_up->session));
    if (const auto* campaign = std::get_if<domain::CampaignChanged>(&fact))
        return told(note_campaign(connection, campaign->session, *campaign->campaign));
    return {};
}

StatisticsProjection::Done StatisticsProjection::placed(sql::Connection& connection,
                                                        const domain::Order& order) {
    ONSALE_TRY_ASSIGN(opens, opens_at(connection, order.campaign));
    count(order, opens, order.state, Way::add);
    return {};
}

StatisticsProjection::Done StatisticsProjection::changed(sql::Connection& connection,
                                                         domain::OrderId id,
                                                         domain::OrderState state) {
    ONSALE_TRY_ASSIGN(order, told(orders::find_order(connection, id)));
    if (!order)
        return Unexpected{
            FollowError{"statistics: order " + std::to_string(id.value()) + " is not there"}};
    ONSALE_TRY_ASSIGN(opens, opens_at(connection, order->campaign));
    count(*order, opens, order->state, Way::remove);
    count(*order, opens, state, Way::add);
    return {};
}

void StatisticsProjection::count(const domain::Order& order, base::Timestamp opens,
                                 domain::OrderState state, Way way) {
    const auto signed_count = [way](Count count) { return way == Way::add ? count : -count; };
    const auto amount = order.amount();
    CountKey key{
        order.campaign, {}, curve_step_of(order.created_at, opens), state, amount.currency};
    const Count whole = signed_count({1, order.quantity(), amount.minor});
    by_step_[key] += whole;
    for (const auto& line : order.lines) {
        key.tier = line.tier;
        by_step_[key] += signed_count({1, line.quantity, line.unit_price.minor * line.quantity});
    }
    by_hour_[{order.campaign, {}, hour_of(order.created_at), state, amount.currency}] += whole;
}

FollowResult<base::Timestamp> StatisticsProjection::opens_at(sql::Connection& connection,
                                                             domain::CampaignId campaign) {
    const auto known = openings_.find(campaign.value());
    if (known != openings_.end()) return known->second;
    ONSALE_TRY_ASSIGN(opens, told(start_campaign(connection, campaign)));
    openings_.emplace(campaign.value(), opens);
    return opens;
}

StatisticsProjection::Done StatisticsProjection::flush(sql::Connection& connection) {
    ONSALE_TRY(told(write_steps(connection, sorted(by_step_))));
    ONSALE_TRY(told(write_hours(connection, sorted(by_hour_))));
    begin();
    return {};
}

}  // namespace onsale::statistics
