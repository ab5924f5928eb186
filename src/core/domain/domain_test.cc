#include <gtest/gtest.h>

#include <set>
#include <string>

#include "domain/command.h"
#include "domain/fact.h"
#include "domain/outcome.h"

namespace onsale::domain {
namespace {

TEST(Ids, an_order_carries_its_shard_and_a_ticket_its_order) {
    const OrderId order = make_order_id(ShardId(255), 123456789);
    EXPECT_EQ(shard_of(order), ShardId(255));
    EXPECT_EQ(number_of(order), 123456789U);
    const TicketId ticket = make_ticket_id(order, 31);
    EXPECT_EQ(order_of(ticket), order);
    EXPECT_EQ(index_of(ticket), 31U);
}

TEST(Ids, a_million_million_orders_stay_exact_in_javascript) {
    const TicketId last =
        make_ticket_id(make_order_id(ShardId(255), (std::uint64_t{1} << 40) - 1), 31);
    EXPECT_LE(last.value(), kIdMax);
}

TEST(Ids, sessions_spread_over_all_shards) {
    std::set<std::uint16_t> seen;
    for (std::uint64_t id = 1; id <= 200; ++id) seen.insert(shard_of(SessionId(id), 16).value());
    EXPECT_EQ(seen.size(), 16U);
}

TEST(OrderState, the_graph_has_no_way_out_of_a_final_state_but_the_refund) {
    using enum OrderState;
    for (const auto from : {completed, cancelled, expired, refunded}) {
        for (const auto to : {reserved, completed, cancelled, expired, refunded}) {
            EXPECT_EQ(can_follow(from, to), from == completed && to == refunded);
        }
    }
    EXPECT_TRUE(can_follow(reserved, expired));
    EXPECT_FALSE(can_follow(reserved, refunded));
    EXPECT_FALSE(is_live(refunded));
    EXPECT_TRUE(is_final(refunded));
}

TEST(Order, its_amount_is_the_sum_of_its_lines) {
    Order order;
    order.lines.push_back({TierId(1), 2, {2550, base::Currency::cny}, 0});
    order.lines.push_back({TierId(2), 1, {100, base::Currency::cny}, 0});
    EXPECT_EQ(order.amount().minor, 5200);
    EXPECT_EQ(order.quantity(), 3U);
}

TEST(Refusal, every_one_has_a_name_of_its_own) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kRefusals; ++i) names.insert(to_string(static_cast<Refusal>(i)));
    EXPECT_EQ(names.size(), kRefusals);
}

TEST(Reserve, only_what_takes_nothing_may_use_it) {
    EXPECT_TRUE(may_use_reserve(CancelOrder{}));
    EXPECT_TRUE(may_use_reserve(ExpireDue{}));
    EXPECT_FALSE(may_use_reserve(PlaceOrder{}));
    EXPECT_FALSE(may_use_reserve(AddStock{}));
}

}  // namespace
}  // namespace onsale::domain
