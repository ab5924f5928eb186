// Every refusal of a scripted sale, explained from the journal: the rules, asked again at the place
// that its receipt names, refuse for the same reason and with the same free stock.
#include "replay/refusal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "replay/testing/scripted_sale.h"

namespace onsale::replay {
namespace {

using domain::Refusal;
using testing::Refused;
using testing::ScriptedSale;

RefusalQuestion question_of(const Refused& refused, domain::ShardId shard) {
    const auto& outcome = refused.answer.outcome;
    return {outcome.refusal,
            shard,
            outcome.session,
            outcome.campaign,
            refused.answer.sequence,
            refused.answer.refusal_ordinal,
            outcome.explanation.free,
            refused.answer.at,
            refused.person};
}

// Whether only one moment of the batch fits the refusal's time.
bool is_exact(const std::vector<domain::Fact>& facts, base::Timestamp at) {
    for (const auto& fact : facts) {
        const auto time = time_of(fact);
        if (!time || *time == at) return false;
    }
    return true;
}

// Memory at the very fact, by a plain fold from the first record.
boxoffice::BoxOffice fold(Replayer& replayer, domain::ShardId shard, const RefusalStory& story) {
    boxoffice::BoxOffice box_office(shard);
    const auto walked = replayer.walk(shard, 0, [&](const Step& step) {
        std::size_t facts = step.decoded.facts.size();
        if (step.batch.sequence == story.place.sequence) facts = story.facts_before;
        for (std::size_t i = 0; i < facts; ++i) box_office.apply(step.decoded.facts[i]);
        return step.batch.sequence == story.place.sequence ? Walk::done : Walk::on;
    });
    EXPECT_TRUE(walked.has_value());
    return box_office;
}

struct Seen {
    std::map<Refusal, std::uint64_t> reasons;
    std::uint64_t exact = 0;
    std::uint64_t unknown = 0;
};

void check(Replayer& replayer, ScriptedSale& sale, const Refused& refused, Seen& seen) {
    const auto question = question_of(refused, sale.shard);
    const auto story = explain_refusal(replayer, question);
    ASSERT_TRUE(story.has_value()) << story.error().message;
    ++seen.reasons[question.refusal];
    SCOPED_TRACE(std::string(domain::to_string(question.refusal)) + " at " +
                 std::to_string(question.sequence) + ", " + std::to_string(question.at.unix_ms()) +
                 " ms");
    EXPECT_EQ(story->place.sequence, question.sequence);
    EXPECT_NE(story->agreement, Agreement::differs);
    if (story->agreement == Agreement::unknown) {
        ++seen.unknown;
        EXPECT_TRUE(question.refusal == Refusal::key_reused ||
                    question.refusal == Refusal::order_not_cancellable ||
                    question.refusal == Refusal::order_unknown);
        return;
    }
    const auto batch = replayer.batch(sale.shard, question.sequence);
    const auto decoded = wire::decode_batch(batch->body);
    const bool whole = story->facts_before == decoded->facts.size();
    if (!whole && !is_exact(decoded->facts, question.at)) return;
    ++seen.exact;
    const auto box_office = fold(replayer, sale.shard, *story);
    boxoffice::Decision again;
    box_office.decide(refused.command, question.at, again);
    EXPECT_EQ(again.outcome.refusal, question.refusal);
    EXPECT_EQ(again.outcome.explanation.free, question.free);
    const auto pools = box_office.stock_of(question.session);
    for (const auto& pool : story->pools) {
        const auto there = std::ranges::find(pools, pool.pool, &boxoffice::PoolView::pool);
        ASSERT_NE(there, pools.end());
        EXPECT_EQ(pool.count, there->count);
    }
}

TEST(Refusals, every_one_is_what_the_rules_decide_at_its_place) {
    Seen seen;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        // In every second sale most commands share a millisecond.
        ScriptedSale sale(seed, seed % 2 == 0 ? 3 : 700);
        sale.run(60);
        const auto replayer = sale.open();
        for (std::size_t i = 0; i < sale.refused.size(); i += 2)
            check(*replayer, sale, sale.refused[i], seen);
    }
    for (const Refusal reason :
         {Refusal::sold_out, Refusal::not_enough_stock, Refusal::not_open_yet,
          Refusal::over_orders_per_person, Refusal::over_tickets_per_person,
          Refusal::over_tickets_per_order, Refusal::tier_unknown, Refusal::tier_repeated,
          Refusal::tier_not_on_sale, Refusal::quantity_invalid, Refusal::campaign_unknown,
          Refusal::key_reused, Refusal::session_cancelled, Refusal::order_not_cancellable}) {
        EXPECT_GT(seen.reasons[reason], 0U) << domain::to_string(reason);
    }
    EXPECT_GT(seen.exact, 200U);
}

TEST(Refusals, another_reason_free_stock_or_place_is_found_out) {
    ScriptedSale sale(5);
    sale.run(60);
    const auto replayer = sale.open();
    std::size_t checked = 0;
    for (const auto& refused : sale.refused) {
        auto question = question_of(refused, sale.shard);
        if (question.refusal != Refusal::sold_out) continue;
        ++checked;
        question.free = 1;
        EXPECT_EQ(explain_refusal(*replayer, question)->agreement, Agreement::differs);
        question.free = 0;
        question.refusal = Refusal::campaign_ended;
        EXPECT_EQ(explain_refusal(*replayer, question)->agreement, Agreement::differs);
        question.refusal = Refusal::sold_out;
        question.sequence = 2;  // the session was being set up
        EXPECT_EQ(explain_refusal(*replayer, question)->agreement, Agreement::differs);
        question.sequence = 1'000'000;
        EXPECT_EQ(explain_refusal(*replayer, question).error().trouble,
                  ReplayTrouble::position_unknown);
        if (checked == 20) break;
    }
    EXPECT_GT(checked, 5U);
}

TEST(Refusals, own_orders_and_the_last_sale_are_told) {
    ScriptedSale sale(5);
    sale.run(60);
    const auto replayer = sale.open();
    std::size_t limits = 0;
    std::size_t sales = 0;
    for (const auto& refused : sale.refused) {
        const auto question = question_of(refused, sale.shard);
        const bool of_limit = question.refusal == Refusal::over_orders_per_person;
        if (!of_limit && question.refusal != Refusal::sold_out) continue;
        const auto story = explain_refusal(*replayer, question);
        ASSERT_TRUE(story.has_value());
        if (of_limit) {
            ++limits;
            EXPECT_EQ(story->own->orders, refused.answer.outcome.explanation.used);
            EXPECT_EQ(story->own->counted.size(), story->own->orders);
            EXPECT_EQ(story->orders_per_person, refused.answer.outcome.explanation.limit);
        }
        for (const auto& pool : story->pools) {
            if (of_limit || !pool.last_sale) continue;
            ++sales;
            EXPECT_EQ(pool.count.free, 0U);
            // What ended since took none of the tickets that are missing.
            const auto then = fold(*replayer, sale.shard, *story);
            EXPECT_TRUE(
                domain::is_live(then.find_order(pool.last_sale->order, base::Timestamp())->state));
            EXPECT_LE(pool.last_sale->at, question.at);
            EXPECT_LE(pool.last_sale->place.sequence, question.sequence);
            EXPECT_GE(pool.last_sale->place.at, pool.last_sale->at);
        }
    }
    EXPECT_GT(limits, 5U);
    EXPECT_GT(sales, 5U);
}

}  // namespace
}  // namespace onsale::replay
