#include "orders/projection.h"

#include <gtest/gtest.h>

#include "catalog/testing/projected.h"
#include "orders/reader.h"

namespace onsale::orders {
namespace {

using base::Timestamp;
using domain::OrderId;
using domain::OrderState;

domain::Order order(std::uint64_t number, std::uint64_t person, std::uint64_t session,
                    OrderState state) {
    domain::Order placed;
    placed.id = domain::make_order_id(domain::ShardId(0), number);
    placed.person = domain::PersonId(person);
    placed.session = domain::SessionId(session);
    placed.campaign = domain::CampaignId(session + 1000);
    placed.state = state;
    placed.created_at = Timestamp::from_unix_ms(static_cast<std::int64_t>(1000 + number));
    placed.changed_at = placed.created_at;
    if (state == OrderState::reserved) placed.deadline = Timestamp::from_unix_ms(99'000);
    placed.lines.push_back({domain::TierId(7), 2, {150, base::Currency::usd}, 5});
    return placed;
}

class OrdersProjection_ : public testing::Test {
  protected:
    std::optional<domain::Order> find(OrderId id) {
        auto found = scratch_.wait<OrderReader::Found>(
            [&](auto reply) { reader_.find(id, scratch_.home(), reply); });
        EXPECT_TRUE(found);
        return found ? *found : std::nullopt;
    }
    std::vector<std::uint64_t> retired(ListQuery query) {
        auto listed = scratch_.wait<OrderReader::Listed>(
            [&](auto reply) { reader_.list_retired(query, scratch_.home(), reply); });
        std::vector<std::uint64_t> numbers;
        if (listed) {
            for (const auto& found : *listed) numbers.push_back(domain::number_of(found.id));
        }
        return numbers;
    }
    static ListQuery of(std::uint64_t person) { return {domain::PersonId(person), {}, 10, {}}; }

    records::Scratch scratch_{testing::TempDir()};
    catalog::Projected<OrdersProjection> rows_{scratch_};
    OrderReader reader_{rows_.lists()};
};

TEST_F(OrdersProjection_, gives_an_order_back_as_it_was_placed) {
    auto wide = order(2, 9, 1, OrderState::completed);
    wide.lines.push_back({domain::TierId(8), 1, {300, base::Currency::usd}, 0});
    wide.lines.push_back({domain::TierId(9), 4, {0, base::Currency::usd}, 70});
    const auto plain = order(1, 8, 1, OrderState::reserved);
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{plain}, domain::OrderPlaced{wide}}));
    EXPECT_EQ(find(plain.id), plain);
    EXPECT_EQ(find(wide.id), wide);
    EXPECT_EQ(find(OrderId(4)), std::nullopt);
}

TEST_F(OrdersProjection_, follows_an_order_to_its_end) {
    const auto placed = order(1, 8, 1, OrderState::reserved);
    const auto other = order(2, 8, 1, OrderState::reserved);
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{placed}, domain::OrderPlaced{other}}));
    ASSERT_TRUE(rows_.apply({domain::OrderCancelled{placed.id, Timestamp::from_unix_ms(5000)},
                             domain::OrderExpired{other.id, Timestamp::from_unix_ms(6000)}}));
    ASSERT_TRUE(rows_.apply({domain::OrderHidden{placed.id}}));
    const auto cancelled = find(placed.id);
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->state, OrderState::cancelled);
    EXPECT_TRUE(cancelled->hidden);
    EXPECT_EQ(cancelled->deadline, Timestamp());
    EXPECT_EQ(cancelled->changed_at, Timestamp::from_unix_ms(5000));
    EXPECT_EQ(find(other.id)->state, OrderState::expired);
    const auto bought = order(3, 8, 1, OrderState::completed);
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{bought}}));
    ASSERT_TRUE(rows_.apply({domain::OrderRefunded{bought.id, Timestamp::from_unix_ms(7000)}}));
    EXPECT_EQ(find(bought.id)->state, OrderState::refunded);
    EXPECT_EQ(find(bought.id)->changed_at, Timestamp::from_unix_ms(7000));
}

TEST_F(OrdersProjection_, does_not_digest_a_fact_about_an_order_that_is_not_there) {
    EXPECT_FALSE(rows_.apply({domain::OrderCancelled{OrderId(256), Timestamp()}}));
    EXPECT_FALSE(rows_.apply({domain::OrderHidden{OrderId(256)}}));
}

TEST_F(OrdersProjection_, lists_the_orders_of_retired_sessions_by_person) {
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{order(1, 8, 1, OrderState::completed)},
                             domain::OrderPlaced{order(2, 8, 2, OrderState::completed)},
                             domain::OrderPlaced{order(3, 9, 1, OrderState::completed)},
                             domain::OrderPlaced{order(4, 8, 1, OrderState::reserved)},
                             domain::OrderPlaced{order(5, 8, 1, OrderState::completed)}}));
    ASSERT_TRUE(
        rows_.apply({domain::OrderExpired{order(4, 8, 1, OrderState::reserved).id, Timestamp()},
                     domain::OrderHidden{order(5, 8, 1, OrderState::completed).id}}));
    EXPECT_TRUE(retired(of(8)).empty());
    ASSERT_TRUE(rows_.apply({domain::SessionRetired{domain::SessionId(1), 4, 3, 6}}));
    EXPECT_EQ(retired(of(8)), (std::vector<std::uint64_t>{4, 1}));
    EXPECT_EQ(retired(of(9)), (std::vector<std::uint64_t>{3}));
    ListQuery completed = of(8);
    completed.state = OrderState::completed;
    EXPECT_EQ(retired(completed), (std::vector<std::uint64_t>{1}));
    ListQuery older = of(8);
    older.before = {Timestamp::from_unix_ms(1004), domain::make_order_id(domain::ShardId(0), 4)};
    EXPECT_EQ(retired(older), (std::vector<std::uint64_t>{1}));
    ListQuery one = of(8);
    one.max = 1;
    EXPECT_EQ(retired(one), (std::vector<std::uint64_t>{4}));
}

TEST_F(OrdersProjection_, notes_a_session_again_after_a_transaction_that_was_rolled_back) {
    const auto first = order(1, 8, 1, OrderState::completed);
    ASSERT_TRUE(rows_.apply_in_vain({domain::OrderPlaced{first}}));
    ASSERT_TRUE(rows_.apply({domain::OrderPlaced{first}}));
    EXPECT_EQ(rows_.number("SELECT first_order FROM orders_sessions WHERE session = 1"), 256);
}

TEST_F(OrdersProjection_, gives_a_sessions_orders_part_by_part_in_both_directions) {
    std::vector<domain::Fact> facts;
    for (std::uint64_t number = 1; number <= 9; ++number)
        facts.push_back(domain::OrderPlaced{order(
            number, 8, number % 3, number == 4 ? OrderState::reserved : OrderState::completed)});
    ASSERT_TRUE(rows_.apply(std::move(facts)));
    const auto walk = [this](SessionQuery query) {
        std::vector<std::uint64_t> numbers;
        do {
            auto part = scratch_.wait<OrderReader::Part>(
                [&](auto reply) { reader_.of_session(query, scratch_.home(), reply); });
            EXPECT_TRUE(part);
            if (!part) return numbers;
            EXPECT_LE(part->orders.size(), query.max);
            for (const auto& found : part->orders) numbers.push_back(domain::number_of(found.id));
            query.beyond = part->next;
        } while (query.beyond);
        return numbers;
    };
    SessionQuery query{.session = domain::SessionId(1), .max = 1};
    EXPECT_EQ(walk(query), (std::vector<std::uint64_t>{1, 4, 7}));
    query.direction = Direction::newest_first;
    EXPECT_EQ(walk(query), (std::vector<std::uint64_t>{7, 4, 1}));
    query.examined_max = 2;
    EXPECT_EQ(walk(query), (std::vector<std::uint64_t>{7, 4, 1}));
    query.state = OrderState::reserved;
    EXPECT_EQ(walk(query), (std::vector<std::uint64_t>{4}));
    query.session = domain::SessionId(77);
    EXPECT_TRUE(walk(query).empty());
}

}  // namespace
}  // namespace onsale::orders
