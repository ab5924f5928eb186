#include "shop/explain_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "shop/explain_body.h"

namespace onsale::shop {
namespace {

base::Timestamp at(std::int64_t ms) {
    return base::Timestamp::from_unix_ms(1'800'000'000'000 + ms);
}

replay::RefusalQuestion question_of(domain::Refusal refusal) {
    return {refusal, domain::ShardId(3), domain::SessionId(7), domain::CampaignId(1001), 42, 17, 0,
            at(112), domain::PersonId(9)};
}

replay::RefusalStory sold_out_story() {
    replay::RefusalStory story;
    story.place = {42, at(100)};
    story.agreement = replay::Agreement::agrees;
    story.pools.push_back({domain::PoolId(1), {domain::TierId(11)}, {5, 0, 2, 3, 0}, {}});
    story.pools[0].last_sale = replay::Sale{domain::OrderId(771), {42, at(100)}, at(100), 1};
    story.orders_before = 5;
    return story;
}

bool has(const std::vector<std::string>& sentences, std::string_view part) {
    return std::ranges::any_of(sentences, [&](const std::string& sentence) {
        return sentence.find(part) != std::string::npos;
    });
}

TEST(ExplainText, sold_out_names_the_last_sale_by_place_and_time) {
    const auto told =
        tell_refusal(question_of(domain::Refusal::sold_out), sold_out_story(), Audience::staff);
    EXPECT_TRUE(has(told.en, "order #771 at position 42"));
    EXPECT_TRUE(has(told.en, ", 12 ms before your request"));
    EXPECT_TRUE(has(told.en, "5 tickets: 0 free, 2 held, 3 sold, 0 withdrawn"));
    EXPECT_TRUE(has(told.zh, "比您的请求早 12 毫秒"));
    EXPECT_TRUE(has(told.zh, "第 17 次"));
    EXPECT_EQ(told.zh.size(), told.en.size());
}

TEST(ExplainText, a_replay_that_decides_otherwise_says_so) {
    auto story = sold_out_story();
    story.agreement = replay::Agreement::differs;
    const auto told = tell_refusal(question_of(domain::Refusal::sold_out), story, Audience::person);
    EXPECT_TRUE(has(told.en, "decides otherwise"));
    EXPECT_TRUE(has(told.zh, "不一致"));
}

TEST(ExplainText, every_reason_is_told_in_both_languages_without_holes) {
    replay::RefusalStory story = sold_out_story();
    story.campaign = domain::Campaign{};
    story.status = domain::SessionStatus{false, true, at(5)};
    story.own.emplace();
    story.own->counted.push_back(
        {domain::OrderId(771), domain::CampaignId(1001), domain::OrderState::reserved, 2, at(1)});
    for (std::size_t i = 1; i < domain::kRefusals; ++i) {
        const auto refusal = static_cast<domain::Refusal>(i);
        const auto told = tell_refusal(question_of(refusal), story, Audience::staff);
        EXPECT_EQ(told.zh.size(), told.en.size());
        EXPECT_GE(told.en.size(), 3U);
        EXPECT_FALSE(has(told.en, "{}") || has(told.zh, "{}")) << domain::to_string(refusal);
    }
}

TEST(ExplainText, an_order_tells_prices_ordinals_and_its_end) {
    replay::OrderStory story;
    story.order.id = domain::OrderId(771);
    story.order.state = domain::OrderState::expired;
    story.order.deadline = at(900);
    story.order.lines.push_back({domain::TierId(11), 2, {1205, base::Currency::cny}, 6});
    story.facts.push_back({domain::OrderState::reserved, {40, at(0)}, at(0)});
    story.facts.push_back({domain::OrderState::expired, {45, at(901)}, at(901)});
    story.cause = replay::OrderEndCause::deadline;
    const auto told = tell_order(story);
    EXPECT_TRUE(has(told.en, "2 tickets, 24.10 CNY"));
    EXPECT_TRUE(has(told.en, "12.05 CNY each"));
    EXPECT_TRUE(has(told.zh, "自 6 起"));
    EXPECT_TRUE(has(told.en, "expired (position 45"));
    EXPECT_TRUE(has(told.en, "was not paid by " + plain_time(at(900))));
    EXPECT_EQ(plain_time(base::Timestamp::from_unix_ms(0)), "1970-01-01 08:00:00.000 +08:00");
}

TEST(ExplainBody, figures_are_those_of_the_story) {
    const auto question = question_of(domain::Refusal::sold_out);
    const auto body = explanation_body(question, sold_out_story(), Audience::staff);
    ASSERT_TRUE(body.refusal.has_value());
    EXPECT_EQ(body.refusal->reason, "sold_out");
    EXPECT_EQ(body.refusal->pools.at(0).last_sale->ms_before, 12U);
    EXPECT_EQ(body.refusal->position.sequence, 42U);
    EXPECT_FALSE(body.refusal->counted.has_value());
    EXPECT_EQ(body.refusal->orders_before, 5U);
    EXPECT_EQ(body.refusal->pools[0].sold, 3U);
}

TEST(ExplainBody, persons_do_not_read_the_books_of_the_organiser) {
    const auto question = question_of(domain::Refusal::sold_out);
    const auto body = explanation_body(question, sold_out_story(), Audience::person);
    EXPECT_FALSE(body.refusal->ordinal || body.refusal->orders_before);
    const auto& pool = body.refusal->pools.at(0);
    EXPECT_EQ(pool.held, 2U);
    EXPECT_FALSE(pool.capacity || pool.sold || pool.withdrawn);
    EXPECT_EQ(pool.last_sale->order, 771U);
    EXPECT_TRUE(has(body.sentences.en, "0 free, 2 held."));
    for (const auto* figure : {"5 tickets", "sold,", "5 orders", "number 17"})
        EXPECT_FALSE(has(body.sentences.en, figure)) << figure;
    for (const auto* figure : {"共 5 张", "已售", "共有 5 个订单", "第 17 次"})
        EXPECT_FALSE(has({body.sentences.zh.begin() + 1, body.sentences.zh.end()}, figure));
    const auto provoked = question_of(domain::Refusal::tier_unknown);
    EXPECT_TRUE(
        explanation_body(provoked, sold_out_story(), Audience::person).refusal->pools.empty());
}

}  // namespace
}  // namespace onsale::shop
