#include "stock/projection.h"

#include <gtest/gtest.h>

#include <map>

#include "base/prng.h"
#include "catalog/testing/projected.h"
#include "stock/reader.h"

namespace onsale::stock {
namespace {

using base::Timestamp;
using domain::OrderState;
using domain::PoolId;
using domain::SessionId;

std::shared_ptr<const domain::Session> session() {
    auto made = std::make_shared<domain::Session>();
    made->id = SessionId(1);
    made->pools = {{PoolId(1), domain::PoolKind::count, {{domain::AdditionId(1), 1000, {}}}},
                   {PoolId(2), domain::PoolKind::codes, {{domain::AdditionId(5001), 500, {}}}}};
    made->tiers = {{domain::TierId(11), PoolId(1), {}}, {domain::TierId(12), PoolId(2), {}}};
    return made;
}

domain::Order order(std::uint64_t number, OrderState state, std::uint32_t first,
                    std::uint32_t second) {
    domain::Order placed;
    placed.id = domain::make_order_id(domain::ShardId(0), number);
    placed.session = SessionId(1);
    placed.state = state;
    if (first > 0) placed.lines.push_back({domain::TierId(11), first, {}, 0});
    if (second > 0) placed.lines.push_back({domain::TierId(12), second, {}, 0});
    return placed;
}

class StockProjection_ : public testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(rows_.apply({domain::SessionSetUp{session()}})); }
    std::vector<PoolRow> pools() {
        auto found = scratch_.wait<StockReader::Pools>(
            [&](auto reply) { reader_.pools(SessionId(1), scratch_.home(), reply); });
        return found ? std::move(*found) : std::vector<PoolRow>{};
    }
    std::vector<ChangeRow> changes(ChangeCursor after, std::size_t max) {
        auto found = scratch_.wait<StockReader::Changes>(
            [&](auto reply) { reader_.changes(SessionId(1), after, max, scratch_.home(), reply); });
        return found ? std::move(*found) : std::vector<ChangeRow>{};
    }

    records::Scratch scratch_{testing::TempDir()};
    catalog::Projected<StockProjection> rows_{scratch_};
    StockReader reader_{rows_.lists()};
};

TEST_F(StockProjection_, counts_what_orders_hold_and_give_back) {
    const auto reserved = order(1, OrderState::reserved, 3, 2);
    const auto other = order(2, OrderState::reserved, 4, 0);
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{reserved}, domain::OrderPlaced{other},
                             domain::OrderPlaced{order(3, OrderState::completed, 5, 1)}}));
    ASSERT_EQ(pools().size(), 2U);
    EXPECT_EQ(pools()[0].count, (domain::StockCount{1000, 988, 7, 5, 0}));
    EXPECT_EQ(pools()[1].count, (domain::StockCount{500, 497, 2, 1, 0}));
    EXPECT_EQ(pools()[1].kind, domain::PoolKind::codes);
    ASSERT_TRUE(rows_.apply(
        {domain::OrderCancelled{reserved.id, {}}, domain::OrderExpired{other.id, {}},
         domain::StockWithdrawn{SessionId(1), PoolId(1), 100},
         domain::StockAdded{SessionId(1), PoolId(2), {domain::AdditionId(5002), 50, {}}}}));
    EXPECT_EQ(pools()[0].count, (domain::StockCount{1000, 895, 0, 5, 100}));
    EXPECT_EQ(pools()[1].count, (domain::StockCount{550, 549, 0, 1, 0}));
    EXPECT_EQ(rows_.number("SELECT count(*) FROM stock_held"), 0);
}

TEST_F(StockProjection_, withdraws_what_a_cancelled_session_had_sold) {
    const auto bought = order(1, OrderState::completed, 5, 2);
    const auto reserved = order(2, OrderState::reserved, 4, 0);
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{bought}, domain::OrderPlaced{reserved}}));
    ASSERT_TRUE(rows_.apply({domain::SessionCancelled{SessionId(1), {}}}));
    EXPECT_EQ(pools()[0].count, (domain::StockCount{1000, 991, 4, 5, 0}));
    ASSERT_TRUE(rows_.apply(
        {domain::OrderRefunded{bought.id, {}}, domain::OrderCancelled{reserved.id, {}}}));
    EXPECT_EQ(pools()[0].count, (domain::StockCount{1000, 995, 0, 0, 5}));
    EXPECT_EQ(pools()[1].count, (domain::StockCount{500, 498, 0, 0, 2}));
    EXPECT_EQ(rows_.number("SELECT count(*) FROM stock_held"), 0);
    EXPECT_FALSE(rows_.apply({domain::OrderRefunded{bought.id, {}}}));
}

TEST_F(StockProjection_, adds_up_from_its_changes) {
    base::Prng random(20261120);
    std::vector<domain::OrderId> reserved;
    for (std::uint64_t i = 1; i <= 200; ++i) {
        const auto quantity = [&] { return static_cast<std::uint32_t>(random.below(3)); };
        const bool hold = random.chance(1, 2);
        const auto placed = order(i, hold ? OrderState::reserved : OrderState::completed,
                                  1 + quantity(), quantity());
        if (hold) reserved.push_back(placed.id);
        std::vector<domain::Fact> facts = {domain::OrderPlaced{placed}};
        if (random.chance(1, 3) && !reserved.empty()) {
            facts.push_back(domain::OrderExpired{reserved.back(), {}});
            reserved.pop_back();
        }
        if (random.chance(1, 20))
            facts.push_back(domain::StockWithdrawn{SessionId(1), PoolId(1), 2});
        ASSERT_TRUE(rows_.apply(std::move(facts)));
    }
    std::map<PoolId, domain::StockCount> sums;
    ChangeCursor after;
    while (true) {
        const auto page = changes(after, 37);
        for (const auto& change : page) {
            EXPECT_LT(after, change.cursor);
            after = change.cursor;
            add_to(sums[change.pool], change.kind, change.quantity);
            EXPECT_TRUE(sums[change.pool].balances());
        }
        if (page.size() < 37) break;
    }
    for (const auto& pool : pools()) EXPECT_EQ(sums[pool.pool], pool.count);
}

TEST_F(StockProjection_, names_order_time_and_kind_of_a_change) {
    const auto placed = order(1, OrderState::reserved, 3, 0);
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{placed}}));
    const auto found = changes({1, 255}, 10);  // behind the session's own
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].order, placed.id);
    EXPECT_EQ(found[0].kind, ChangeKind::held);
    EXPECT_EQ(found[0].quantity, 3U);
    EXPECT_EQ(found[0].at, Timestamp::from_unix_ms(2));
}

TEST_F(StockProjection_, does_not_digest_what_does_not_fit) {
    EXPECT_FALSE(rows_.apply({domain::OrderCancelled{domain::OrderId(256), {}}}));
    EXPECT_FALSE(rows_.apply({domain::StockWithdrawn{SessionId(1), PoolId(1), 1001}}));
    EXPECT_FALSE(rows_.apply({domain::StockWithdrawn{SessionId(1), PoolId(9), 1}}));
    EXPECT_FALSE(rows_.apply({domain::OrderPlaced{order(1, OrderState::completed, 1001, 0)}}));
}

TEST(ChangeCursor, survives_its_text) {
    EXPECT_EQ(parse_cursor(to_text({812, 3})), (ChangeCursor{812, 3}));
    for (const auto* wrong : {"", "812", "-", "812-", "-3", "812-3x", "812-3-4", "a-b"}) {
        EXPECT_EQ(parse_cursor(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace onsale::stock
