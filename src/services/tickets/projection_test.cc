#include "tickets/projection.h"

#include <gtest/gtest.h>

#include "catalog/testing/projected.h"
#include "tickets/reader.h"

namespace onsale::tickets {
namespace {

using domain::AdditionId;
using domain::OrderState;
using domain::PoolKind;

std::shared_ptr<const domain::Session> session() {
    auto made = std::make_shared<domain::Session>();
    made->id = domain::SessionId(1);
    made->pools = {{domain::PoolId(1), PoolKind::codes, {{AdditionId(5001), 2, {}}}},
                   {domain::PoolId(2), PoolKind::count, {{AdditionId(1), 50, {}}}}};
    made->tiers = {{domain::TierId(11), domain::PoolId(1), {}},
                   {domain::TierId(12), domain::PoolId(2), {}}};
    return made;
}

domain::Order order(std::uint64_t number, OrderState state) {
    domain::Order placed;
    placed.id = domain::make_order_id(domain::ShardId(0), number);
    placed.session = domain::SessionId(1);
    placed.state = state;
    return placed;
}

domain::Order of_codes(std::uint64_t number, std::uint32_t quantity, std::uint64_t first_ordinal) {
    auto placed = order(number, OrderState::completed);
    placed.lines.push_back({domain::TierId(11), quantity, {}, first_ordinal});
    return placed;
}

class TicketsProjection_ : public testing::Test {
  protected:
    std::vector<TicketRow> tickets(const domain::Order& placed) {
        auto listed = scratch_.wait<TicketReader::Listed>(
            [&](auto reply) { reader_.of_order(placed.id, scratch_.home(), reply); });
        EXPECT_TRUE(listed);
        return listed ? std::move(*listed) : std::vector<TicketRow>{};
    }

    records::Scratch scratch_{testing::TempDir()};
    catalog::Projected<TicketsProjection> rows_{scratch_};
    TicketReader reader_{rows_.lists()};
};

TEST_F(TicketsProjection_, has_a_row_for_each_ticket_with_the_place_of_its_code) {
    const auto first = of_codes(1, 1, 1);
    const auto second = of_codes(2, 3, 2);
    ASSERT_TRUE(rows_.apply({domain::SessionSetUp{session()}, domain::OrderPlaced{first}}));
    ASSERT_TRUE(rows_.apply(
        {domain::StockAdded{domain::SessionId(1), domain::PoolId(1), {AdditionId(5002), 5, {}}},
         domain::OrderPlaced{second}}));
    const auto found = tickets(second);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].id, domain::make_ticket_id(second.id, 0));
    EXPECT_EQ(found[0].place, (CodePlace{AdditionId(5001), 1}));
    EXPECT_EQ(found[1].place, (CodePlace{AdditionId(5002), 0}));
    EXPECT_EQ(found[2].place, (CodePlace{AdditionId(5002), 1}));
    const auto one = scratch_.wait<TicketReader::Found>(
        [&](auto reply) { reader_.find(found[1].id, scratch_.home(), reply); });
    ASSERT_TRUE(one && *one);
    EXPECT_EQ((*one)->order, second.id);
    EXPECT_EQ((*one)->tier, domain::TierId(11));
}

TEST_F(TicketsProjection_,
       has_no_place_for_a_pool_that_is_a_number_and_no_row_for_a_reserved_order) {
    auto counted = order(1, OrderState::completed);
    counted.lines.push_back({domain::TierId(12), 2, {}, 0});
    auto reserved = order(2, OrderState::reserved);
    reserved.lines.push_back({domain::TierId(12), 2, {}, 0});
    ASSERT_TRUE(rows_.apply(
        {domain::SessionSetUp{session()}, domain::OrderPlaced{counted},
         domain::OrderPlaced{reserved},
         domain::StockAdded{domain::SessionId(1), domain::PoolId(2), {AdditionId(2), 5, {}}}}));
    ASSERT_EQ(tickets(counted).size(), 2U);
    EXPECT_EQ(tickets(counted)[1].place, std::nullopt);
    EXPECT_TRUE(tickets(reserved).empty());
    EXPECT_EQ(rows_.number("SELECT count(*) FROM tickets_pools"), 1);
}

TEST_F(TicketsProjection_, keeps_the_tickets_of_a_refunded_order_as_void) {
    const auto first = of_codes(1, 1, 1);
    const auto second = of_codes(2, 1, 2);
    ASSERT_TRUE(rows_.apply({domain::SessionSetUp{session()}, domain::OrderPlaced{first},
                             domain::OrderPlaced{second}}));
    ASSERT_TRUE(rows_.apply({domain::OrderRefunded{first.id, {}}}));
    ASSERT_EQ(tickets(first).size(), 1U);
    EXPECT_TRUE(tickets(first)[0].is_void);
    EXPECT_FALSE(tickets(second)[0].is_void);
}

TEST_F(TicketsProjection_, has_the_tickets_of_a_paid_order_once_it_is_completed) {
    auto bought = order(1, OrderState::reserved);
    bought.lines.push_back({domain::TierId(12), 1, {}, 0});
    bought.lines.push_back({domain::TierId(11), 2, {}, 0});
    domain::OrderMoved done{bought.id, OrderState::completed, {}, {}};
    done.first_ordinals.push_back(0);
    done.first_ordinals.push_back(1);
    ASSERT_TRUE(rows_.apply({domain::SessionSetUp{session()}, domain::OrderPlaced{bought},
                             domain::OrderMoved{bought.id, OrderState::paid, {}, {}}}));
    EXPECT_TRUE(tickets(bought).empty());
    ASSERT_TRUE(rows_.apply({done}));
    const auto found = tickets(bought);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].tier, domain::TierId(12));
    EXPECT_EQ(found[0].session, domain::SessionId(1));
    EXPECT_EQ(found[2].place, (CodePlace{AdditionId(5001), 1}));

    // A refund that was given up changes nothing; one that was made voids them.
    ASSERT_TRUE(rows_.apply({domain::OrderMoved{bought.id, OrderState::refunding, {}, {}},
                             domain::OrderMoved{bought.id, OrderState::completed, {}, {}}}));
    EXPECT_EQ(tickets(bought).size(), 3U);
    EXPECT_FALSE(tickets(bought)[0].is_void);
    ASSERT_TRUE(rows_.apply({domain::OrderMoved{bought.id, OrderState::refunding, {}, {}},
                             domain::OrderMoved{bought.id, OrderState::refunded, {}, {}}}));
    EXPECT_TRUE(tickets(bought)[0].is_void);
}

TEST_F(TicketsProjection_, has_the_better_tickets_that_a_late_payment_bought) {
    auto bought = order(1, OrderState::reserved);
    bought.lines.push_back({domain::TierId(12), 2, {}, 0});
    domain::LatePaymentAccepted late{bought.id, bought.session, {}, true, {}};
    late.lines.push_back({domain::TierId(11), 2, {}, 0});
    domain::OrderMoved done{bought.id, OrderState::completed, {}, {}};
    done.first_ordinals.push_back(1);
    ASSERT_TRUE(rows_.apply({domain::SessionSetUp{session()}, domain::OrderPlaced{bought},
                             domain::OrderExpired{bought.id, {}}, late, done}));
    ASSERT_EQ(tickets(bought).size(), 2U);
    EXPECT_EQ(tickets(bought)[0].tier, domain::TierId(11));
    EXPECT_EQ(tickets(bought)[0].place, (CodePlace{AdditionId(5001), 0}));
}

TEST_F(TicketsProjection_, does_not_digest_a_code_beyond_its_pool) {
    ASSERT_TRUE(rows_.apply({domain::SessionSetUp{session()}}));
    EXPECT_FALSE(rows_.apply({domain::OrderPlaced{of_codes(1, 1, 3)}}));
}

TEST_F(TicketsProjection_, forgets_stock_that_was_added_in_vain) {
    ASSERT_TRUE(
        rows_.apply({domain::SessionSetUp{session()}, domain::OrderPlaced{of_codes(1, 2, 1)}}));
    const domain::StockAdded added{
        domain::SessionId(1), domain::PoolId(1), {AdditionId(5002), 5, {}}};
    ASSERT_TRUE(rows_.apply_in_vain({added, domain::OrderPlaced{of_codes(2, 1, 3)}}));
    ASSERT_TRUE(rows_.apply({added, domain::OrderPlaced{of_codes(2, 1, 3)}}));
    EXPECT_EQ(rows_.number("SELECT position FROM tickets_tickets WHERE list = 5002"), 0);
}

}  // namespace
}  // namespace onsale::tickets
