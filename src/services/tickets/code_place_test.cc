#include "tickets/code_place.h"

#include <gtest/gtest.h>

#include <vector>

#include "tickets/tickets.h"

namespace onsale::tickets {
namespace {

using domain::AdditionId;

TEST(CodePlace, runs_through_the_additions_in_order) {
    const std::vector<domain::Addition> additions = {
        {AdditionId(5001), 3, {}}, {AdditionId(5009), 1, {}}, {AdditionId(5002), 2, {}}};
    const std::vector<std::pair<std::uint64_t, CodePlace>> expected = {{1, {AdditionId(5001), 0}},
                                                                       {3, {AdditionId(5001), 2}},
                                                                       {4, {AdditionId(5009), 0}},
                                                                       {5, {AdditionId(5002), 0}},
                                                                       {6, {AdditionId(5002), 1}}};
    for (const auto& [ordinal, place] : expected) {
        EXPECT_EQ(code_place(additions, ordinal), place) << ordinal;
    }
    EXPECT_EQ(code_place(additions, 0), std::nullopt);
    EXPECT_EQ(code_place(additions, 7), std::nullopt);
    EXPECT_EQ(code_place({}, 1), std::nullopt);
}

class TicketsOf : public testing::Test {
  protected:
    TicketsOf() {
        domain::Session session;
        session.id = domain::SessionId(1);
        session.pools = {{domain::PoolId(1), domain::PoolKind::codes, {{AdditionId(5001), 10, {}}}},
                         {domain::PoolId(2), domain::PoolKind::count, {{AdditionId(1), 10, {}}}}};
        session.tiers = {{domain::TierId(11), domain::PoolId(1), {}},
                         {domain::TierId(12), domain::PoolId(2), {}}};
        for (const auto& tier : session.tiers) entry_.tiers.push_back({tier, {}, {}, {}, {}});
        entry_.definition = std::make_shared<const domain::Session>(session);
        order_.id = domain::OrderId(256);
        order_.state = domain::OrderState::completed;
        order_.lines.push_back({domain::TierId(12), 1, {}, 0});
        order_.lines.push_back({domain::TierId(11), 2, {}, 4});
    }
    catalog::SessionEntry entry_;
    domain::Order order_;
};

TEST_F(TicketsOf, a_completed_order_are_numbered_through_its_lines) {
    const auto tickets = tickets_of(order_, entry_);
    ASSERT_EQ(tickets.size(), 3U);
    EXPECT_EQ(tickets[0].id, domain::make_ticket_id(order_.id, 0));
    EXPECT_EQ(tickets[0].pool, domain::PoolId(2));
    EXPECT_EQ(tickets[0].place, std::nullopt);
    EXPECT_EQ(tickets[2].id, domain::make_ticket_id(order_.id, 2));
    EXPECT_EQ(tickets[2].ordinal, 5U);
    EXPECT_EQ(tickets[2].place, (CodePlace{AdditionId(5001), 4}));
}

TEST_F(TicketsOf, any_other_order_are_none) {
    for (const auto state : {domain::OrderState::reserved, domain::OrderState::cancelled,
                             domain::OrderState::expired}) {
        order_.state = state;
        EXPECT_TRUE(tickets_of(order_, entry_).empty());
    }
}

TEST_F(TicketsOf, a_list_not_shown_yet_have_an_ordinal_and_no_place) {
    order_.lines[1].first_ordinal = 10;
    const auto tickets = tickets_of(order_, entry_);
    EXPECT_TRUE(tickets[1].place.has_value());
    EXPECT_EQ(tickets[2].ordinal, 11U);
    EXPECT_EQ(tickets[2].place, std::nullopt);
}

}  // namespace
}  // namespace onsale::tickets
