#include "rehearsal/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "rehearsal/limits.h"

namespace onsale::rehearsal {
namespace {

Audience audience() {
    Audience out;
    out.people = 2000;
    out.bots = 4;
    out.duration_us = 60'000'000;
    out.tiers = 3;
    out.tickets_max = 2;
    return out;
}

TEST(Plan, the_same_seed_gives_the_same_steps_and_another_one_others) {
    const auto first = make_plan(audience());
    const auto again = make_plan(audience());
    auto changed = audience();
    changed.seed = 2;
    const auto other = make_plan(changed);
    ASSERT_TRUE(first && again && other);
    EXPECT_EQ(first->steps, again->steps);
    EXPECT_NE(first->steps, other->steps);
}

TEST(Plan, people_come_in_a_burst_that_decays) {
    const auto plan = make_plan(audience());
    ASSERT_TRUE(plan);
    const auto in = [&](std::int64_t from_s, std::int64_t to_s) {
        return std::ranges::count_if(plan->arrival, [&](std::int64_t at) {
            return at >= from_s * 1'000'000 && at < to_s * 1'000'000;
        });
    };
    EXPECT_EQ(in(0, 61), 2000);
    EXPECT_GT(in(0, 10), in(10, 20) * 2);
    EXPECT_GT(in(10, 20), in(20, 30) * 2);
    EXPECT_TRUE(std::ranges::is_sorted(plan->steps, {}, &Step::at_us));
}

TEST(Plan, a_given_peak_is_the_rate_of_the_first_second) {
    auto given = audience();
    given.peak_per_second = 500;
    const auto plan = make_plan(given);
    ASSERT_TRUE(plan);
    const auto first =
        std::ranges::count_if(plan->arrival, [](std::int64_t at) { return at < 1'000'000; });
    EXPECT_GT(first, 380);
    EXPECT_LT(first, 500);
}

TEST(Plan, everybody_orders_and_a_second_click_is_the_same_order) {
    const auto plan = make_plan(audience());
    ASSERT_TRUE(plan);
    std::map<std::uint32_t, std::vector<Step>> orders;
    for (const auto& step : plan->steps) {
        EXPECT_LT(step.tier, 3);
        if (step.action == Action::order) orders[step.actor].push_back(step);
    }
    EXPECT_EQ(orders.size(), plan->actors);
    std::size_t second_clicks = 0;
    for (const auto& [actor, steps] : orders) {
        if (plan->is_bot(actor)) continue;
        ASSERT_LE(steps.size(), 2U);
        if (steps.size() == 1) continue;
        ++second_clicks;
        EXPECT_EQ(steps[0].key, steps[1].key);
        EXPECT_EQ(steps[0].tier, steps[1].tier);
        EXPECT_EQ(steps[0].quantity, steps[1].quantity);
    }
    EXPECT_GT(second_clicks, 300U);
}

TEST(Plan, a_bot_hammers_from_one_address_with_all_its_accounts_and_new_keys) {
    const auto plan = make_plan(audience());
    ASSERT_TRUE(plan);
    std::set<std::pair<std::uint32_t, std::uint16_t>> keys;
    std::map<std::uint32_t, std::set<std::uint32_t>> accounts;  // by address
    std::size_t orders = 0;
    for (const auto& step : plan->steps) {
        if (!plan->is_bot(step.actor)) continue;
        ++orders;
        keys.insert({step.actor, step.key});
        accounts[address_of(*plan, step.actor)].insert(step.actor);
    }
    EXPECT_EQ(orders, 4 * kTriesPerBot);
    EXPECT_EQ(keys.size(), orders);
    ASSERT_EQ(accounts.size(), 4U);
    for (const auto& [address, actors] : accounts) EXPECT_EQ(actors.size(), kAccountsPerBot);
}

TEST(Plan, what_cannot_be_played_is_said) {
    auto none = audience();
    none.people = 0;
    EXPECT_FALSE(make_plan(none));
    auto crowded = audience();
    crowded.peak_per_second = 20;
    EXPECT_FALSE(make_plan(crowded));
    auto nothing = audience();
    nothing.tiers = 0;
    EXPECT_FALSE(make_plan(nothing));
}

}  // namespace
}  // namespace onsale::rehearsal
