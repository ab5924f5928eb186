#include "statistics/projection.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/prng.h"
#include "orders/projection.h"
#include "records/testing/scratch.h"
#include "statistics/reader.h"

namespace onsale::statistics {
namespace {

using base::Timestamp;
using domain::CampaignId;
using domain::OrderId;
using domain::OrderState;

constexpr auto kOpens = Timestamp::from_unix_ms(1'600'000'030'500);

// Both projections on a file of their own, in transactions of a chosen length.
class Rows {
  public:
    Rows(records::Scratch& scratch, const std::string& file)
        : store_(scratch.open(file)), lists_(scratch.open(file, sql::Access::read_only)) {
        for (follow::Projection* projection : all()) {
            ONSALE_CHECK(sql::migrate(store_->connection(), projection->component(),
                                      projection->migrations())
                             .has_value());
        }
    }
    enum class End : std::uint8_t { commit, roll_back };
    void apply(std::span<const domain::Fact> facts, End end = End::commit) {
        auto& connection = store_->connection();
        auto transaction = sql::Transaction::begin(connection);
        ONSALE_CHECK(transaction.has_value());
        auto batch = std::make_shared<follow::CommittedBatch>();
        batch->sequence = next_;
        batch->facts.assign(facts.begin(), facts.end());
        const follow::SharedBatch batches[] = {std::move(batch)};
        const auto projections = all();
        ASSERT_TRUE(follow::project(connection, projections, batches));
        if (end == End::roll_back) return;
        ASSERT_TRUE(transaction->commit());
        ++next_;
    }
    std::string text(const std::string& sql) {
        auto row = store_->connection().prepare(sql);
        EXPECT_TRUE(row) << (row ? "" : row.error().message);
        std::string out;
        while (row && *row->step()) out += std::string(row->text(0)) + '\n';
        return out;
    }
    records::Store& lists() { return *lists_; }

  private:
    std::vector<follow::Projection*> all() { return {&statistics_, &orders_}; }

    StatisticsProjection statistics_;
    orders::OrdersProjection orders_;
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<records::Store> lists_;
    std::uint64_t next_ = 1;
};

domain::SessionSetUp set_up(std::uint64_t session) {
    auto made = std::make_shared<domain::Session>();
    made->id = domain::SessionId(session);
    for (const std::uint64_t number : {1U, 2U}) {
        domain::Campaign campaign;
        campaign.id = CampaignId(session * 10 + number);
        campaign.opens_at = kOpens;
        made->campaigns.push_back(campaign);
    }
    return {made};
}

domain::Order order_of(std::uint64_t number, std::uint64_t campaign, Timestamp at,
                       OrderState state) {
    domain::Order order;
    order.id = domain::make_order_id(domain::ShardId(0), number);
    order.person = domain::PersonId(number % 7 + 1);
    order.campaign = CampaignId(campaign);
    order.session = domain::SessionId(campaign / 10);
    order.state = state;
    order.created_at = at;
    order.lines.push_back({domain::TierId(campaign * 10 + 1), 2, {150, base::Currency::cny}, 0});
    return order;
}

// A sale from a seed: orders of two sessions with up to three lines, and what becomes of them.
std::vector<domain::Fact> sale(std::uint64_t seed) {
    base::Prng random(seed);
    std::vector<domain::Fact> facts = {set_up(1), set_up(2)};
    std::vector<domain::Order> live;
    for (std::uint64_t number = 1; number <= 400; ++number) {
        const auto at = kOpens + base::Duration::milliseconds(
                                     static_cast<std::int64_t>(random.below(1'500'000)) - 60'000);
        const std::uint64_t campaign = (random.below(2) + 1) * 10 + random.below(2) + 1;
        auto order = order_of(number, campaign, at,
                              random.below(2) == 0 ? OrderState::reserved : OrderState::completed);
        const auto currency = random.below(4) == 0 ? base::Currency::usd : base::Currency::cny;
        order.lines.clear();
        for (std::uint64_t line = 0; line <= random.below(3); ++line) {
            order.lines.push_back({domain::TierId(campaign * 10 + line),
                                   static_cast<std::uint32_t>(random.below(4) + 1),
                                   {static_cast<std::int64_t>(random.below(9)) * 100, currency},
                                   0});
        }
        facts.push_back(domain::OrderPlaced{order});
        live.push_back(order);
        if (random.below(3) != 0) continue;
        const std::size_t place = random.below(live.size());
        const auto ended = live[place];
        live.erase(live.begin() + static_cast<std::ptrdiff_t>(place));
        if (ended.state == OrderState::completed) {
            facts.push_back(domain::OrderRefunded{ended.id, at});
        } else if (random.below(2) == 0) {
            facts.push_back(domain::OrderExpired{ended.id, at});
        } else {
            facts.push_back(domain::OrderCancelled{ended.id, at});
        }
    }
    return facts;
}

constexpr const char* kLines =
    "WITH lines AS (SELECT order_id, tier, quantity, unit_price FROM orders_orders UNION ALL "
    "SELECT order_id, tier, quantity, unit_price FROM orders_lines), whole AS (SELECT order_id, "
    "sum(quantity) AS tickets, sum(quantity * unit_price) AS amount FROM lines GROUP BY 1) ";

// The step of an order's row, as a sum of whole steps from the opening.
std::string step_sql() {
    const std::string opens = std::to_string(kOpens.unix_ms());
    const std::string since = "(o.created_at_ms - " + opens + ")";
    return "(CASE WHEN " + since + " BETWEEN 0 AND 599999 THEN " + opens + " + " + since +
           " / 1000 * 1000 ELSE " + opens + " + (" + since + " + 60000000) / 60000 * 60000 - " +
           "60000000 END)";
}

// Rows that one side has and the other has not.
std::string difference(Rows& rows, const std::string& counted, const std::string& brute_force) {
    return rows.text(std::string(kLines) + counted + " EXCEPT " + brute_force) +
           rows.text(std::string(kLines) + brute_force + " EXCEPT " + counted);
}

std::string dump(Rows& rows) {
    return rows.text(
               "SELECT campaign||' '||tier||' '||at_ms||' '||state||' '||currency||' '||orders||' "
               "'||tickets||' '||amount FROM statistics_steps ORDER BY campaign, tier, at_ms, "
               "state, currency") +
           rows.text(
               "SELECT campaign||' '||tier||' '||state||' '||currency||' '||orders||' "
               "'||tickets||' '||amount FROM statistics_totals ORDER BY campaign, tier, state, "
               "currency") +
           rows.text(
               "SELECT campaign||' '||at_ms||' '||state||' '||currency||' '||orders||' "
               "'||tickets||' '||amount FROM statistics_hours ORDER BY campaign, at_ms, state, "
               "currency") +
           rows.text(
               "SELECT campaign||' '||session||' '||opens_at_ms||' '||started FROM "
               "statistics_campaigns ORDER BY campaign");
}

class StatisticsProjection_ : public testing::Test {
  protected:
    records::Scratch scratch_{testing::TempDir()};
};

TEST_F(StatisticsProjection_, random_sales_equal_a_count_of_all_orders) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Rows rows(scratch_, "sale-" + std::to_string(seed));
        rows.apply(sale(seed));
        EXPECT_EQ(difference(rows,
                             "SELECT campaign, at_ms, state, currency, orders, tickets, amount "
                             "FROM statistics_steps WHERE tier = 0 AND orders <> 0",
                             "SELECT campaign, " + step_sql() +
                                 ", state, currency, count(*), sum(w.tickets), sum(w.amount) FROM "
                                 "orders_orders o JOIN whole w USING (order_id) GROUP BY 1,2,3,4"),
                  "");
        EXPECT_EQ(difference(rows,
                             "SELECT campaign, tier, state, currency, orders, tickets, amount "
                             "FROM statistics_totals WHERE tier <> 0 AND orders <> 0",
                             "SELECT campaign, l.tier, state, currency, count(*), sum(l.quantity), "
                             "sum(l.quantity * l.unit_price) FROM orders_orders o JOIN lines l "
                             "USING (order_id) GROUP BY 1,2,3,4"),
                  "");
        EXPECT_EQ(difference(rows,
                             "SELECT campaign, at_ms, state, currency, orders, tickets, amount "
                             "FROM statistics_hours WHERE orders <> 0",
                             "SELECT campaign, created_at_ms / 3600000 * 3600000, state, currency, "
                             "count(*), sum(w.tickets), sum(w.amount) FROM orders_orders o JOIN "
                             "whole w USING (order_id) GROUP BY 1,2,3,4"),
                  "");
    }
}

TEST_F(StatisticsProjection_, rows_do_not_depend_on_transactions_nor_on_those_rolled_back) {
    const auto facts = sale(77);
    Rows at_once(scratch_, "at-once");
    at_once.apply(facts);
    Rows in_parts(scratch_, "in-parts");
    base::Prng random(5);
    for (std::size_t done = 0; done < facts.size();) {
        const auto length = std::min<std::size_t>(random.below(9) + 1, facts.size() - done);
        const auto part = std::span(facts).subspan(done, length);
        if (random.below(3) == 0) in_parts.apply(part, Rows::End::roll_back);
        in_parts.apply(part);
        done += length;
    }
    EXPECT_EQ(dump(at_once), dump(in_parts));
}

TEST_F(StatisticsProjection_, a_window_that_moves_does_not_move_steps_that_have_orders) {
    Rows rows(scratch_, "moved");
    auto moved = std::make_shared<domain::Campaign>();
    moved->id = CampaignId(11);
    moved->opens_at = kOpens + base::Duration::milliseconds(1234);
    const auto at = kOpens + base::Duration::seconds(5);
    const auto order = order_of(1, 11, at, OrderState::reserved);
    rows.apply(std::vector<domain::Fact>{set_up(1), domain::OrderPlaced{order}});
    rows.apply(std::vector<domain::Fact>{domain::CampaignChanged{domain::SessionId(1), moved},
                                         domain::OrderExpired{order.id, at}});
    EXPECT_EQ(rows.text("SELECT at_ms FROM statistics_steps WHERE tier = 0 GROUP BY 1"),
              std::to_string(at.unix_ms()) + "\n");
    EXPECT_EQ(rows.text("SELECT state FROM statistics_totals WHERE tier = 0 AND orders = 1"),
              "4\n");
}

TEST_F(StatisticsProjection_, the_reader_tells_sessions_curves_and_periods) {
    Rows rows(scratch_, "read");
    const auto at = [](std::int64_t seconds) { return kOpens + base::Duration::seconds(seconds); };
    rows.apply(std::vector<domain::Fact>{
        set_up(1), set_up(2), domain::OrderPlaced{order_of(1, 11, at(0), OrderState::completed)},
        domain::OrderPlaced{order_of(2, 11, at(3), OrderState::reserved)},
        domain::OrderPlaced{order_of(3, 11, at(3), OrderState::completed)},
        domain::OrderPlaced{order_of(4, 21, at(7200), OrderState::completed)},
        domain::OrderPlaced{order_of(5, 21, at(1), OrderState::completed)}});
    StatisticsReader reader(rows.lists());

    const auto session = scratch_.wait<StatisticsReader::OfSession>(
        [&](auto reply) { reader.session(domain::SessionId(1), scratch_.home(), reply); });
    ASSERT_TRUE(session);
    ASSERT_EQ(session->totals.size(), 4U);  // two states, as orders and by tier
    EXPECT_EQ(session->totals[1].key.state, OrderState::completed);
    EXPECT_EQ(session->totals[1].count, (Count{2, 4, 600}));
    ASSERT_EQ(session->hours.size(), 2U);

    const auto curve = [&](std::uint64_t campaign, CurveDetail detail) {
        const auto got = scratch_.wait<StatisticsReader::OfCampaign>([&](auto reply) {
            reader.curve(CampaignId(campaign), detail, scratch_.home(), reply);
        });
        EXPECT_TRUE(got);
        return got ? *got : Curve{};
    };
    const auto rush = curve(11, CurveDetail::automatic);
    EXPECT_EQ(rush.step, kFineStep);
    EXPECT_EQ(rush.points, (std::vector<CurvePoint>{{at(0), 1, 2}, {at(3), 2, 4}}));
    const auto slow = curve(21, CurveDetail::automatic);
    EXPECT_EQ(slow.step, kCoarseStep);
    EXPECT_EQ(slow.points, (std::vector<CurvePoint>{{at(0), 1, 2}, {at(7200), 1, 2}}));
    EXPECT_EQ(curve(21, CurveDetail::fine).points, (std::vector<CurvePoint>{{at(1), 1, 2}}));
    EXPECT_TRUE(curve(99, CurveDetail::automatic).points.empty());

    const Period period{hour_of(at(0)), hour_of(at(0)) + kHour};
    const auto figures = scratch_.wait<StatisticsReader::OfPeriod>(
        [&](auto reply) { reader.period(period, scratch_.home(), reply); });
    ASSERT_TRUE(figures);
    ASSERT_EQ(figures->campaigns.size(), 3U);  // 11 in two states, 21 in one
    EXPECT_EQ(figures->campaigns[2].count, (Count{1, 2, 300}));
    ASSERT_EQ(figures->steps.size(), 2U);
    EXPECT_EQ(figures->steps[0].count.orders, 3);
}

}  // namespace
}  // namespace onsale::statistics
