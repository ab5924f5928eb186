#include "shop/order_json.h"

#include <gtest/gtest.h>

#include "answers/json_text.h"
#include "http/described.h"

namespace onsale::shop {
using namespace answers;
namespace {

domain::Order sample(domain::OrderState state) {
    domain::Order order;
    order.id = domain::OrderId(0x1234507);
    order.person = domain::PersonId(42);
    order.session = domain::SessionId(100);
    order.campaign = domain::CampaignId(1001);
    order.state = state;
    order.created_at = base::Timestamp::from_unix_ms(1'795'176'000'123);
    order.deadline = base::Timestamp::from_unix_ms(1'795'176'900'123);
    order.lines.push_back({domain::TierId(2001), 2, {1250, base::Currency::usd}, 7});
    order.lines.push_back({domain::TierId(2002), 1, {0, base::Currency::usd}, 0});
    return order;
}

OrderBody read(const std::string& json) {
    const auto body = http::parse_body<OrderBody>(json);
    EXPECT_TRUE(body.has_value()) << json;
    return body ? *body : OrderBody{};
}

TEST(OrderJson, says_what_the_document_says) {
    std::string json;
    append_order(json, sample(domain::OrderState::reserved), nullptr);
    const auto body = read(json);
    EXPECT_EQ(body.id, 0x1234507U);
    EXPECT_EQ(body.person, 42U);
    EXPECT_EQ(body.session, 100U);
    EXPECT_EQ(body.campaign, 1001U);
    EXPECT_EQ(body.state, "reserved");
    EXPECT_EQ(body.created_at, "2026-11-20T12:00:00.123Z");
    EXPECT_EQ(body.deadline, "2026-11-20T12:15:00.123Z");
    EXPECT_EQ(body.amount.minor, 2500);
    EXPECT_EQ(body.amount.currency, "USD");
    ASSERT_EQ(body.lines.size(), 2U);
    EXPECT_EQ(body.lines[1].tier, 2002U);
    EXPECT_EQ(body.lines[0].unit_price.minor, 1250);
    EXPECT_FALSE(body.tickets.has_value());
}

TEST(OrderJson, only_a_completed_order_shows_tickets_and_only_a_reserved_one_a_deadline) {
    const tickets::IssuedTickets issued = {
        {{domain::TicketId(99), domain::OrderId(1), domain::TierId(2001), domain::PoolId(1), 7,
          std::nullopt},
         "AB\"C\\D"}};
    for (const auto state : {domain::OrderState::completed, domain::OrderState::cancelled,
                             domain::OrderState::expired}) {
        std::string json;
        append_order(json, sample(state), &issued);
        const auto body = read(json);
        EXPECT_EQ(body.state, to_string(state));
        EXPECT_FALSE(body.deadline.has_value());
        EXPECT_NE(json.find(R"("deadline":null)"), std::string::npos);
        ASSERT_EQ(body.tickets.has_value(), state == domain::OrderState::completed);
        if (!body.tickets) continue;
        ASSERT_EQ(body.tickets->size(), 1U);
        EXPECT_EQ((*body.tickets)[0].id, 99U);
        EXPECT_EQ((*body.tickets)[0].code, "AB\"C\\D");
    }
}

TEST(OrderJson, states_are_read_as_they_are_written) {
    using enum domain::OrderState;
    for (const auto state :
         {reserved, paid, completed, failed, cancelled, expired, refunding, refunded})
        EXPECT_EQ(parse_order_state(to_string(state)), state);
    EXPECT_FALSE(parse_order_state("lost").has_value());
    EXPECT_FALSE(parse_order_state("").has_value());
}

TEST(JsonText, escapes_what_json_asks_for) {
    std::string out;
    append_text(out, "plain");
    append_text(out, "\"\\\n");
    append_text(out, "票");
    EXPECT_EQ(out, "\"plain\"\"\\\"\\\\\\n\"\"票\"");
}

}  // namespace
}  // namespace onsale::shop
