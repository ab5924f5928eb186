#include "rehearsal/figures.h"

#include <gtest/gtest.h>

#include "rehearsal/limits.h"

namespace onsale::rehearsal {
namespace {

// Two people, who come after half a second and after five, and one bot with its accounts.
Plan plan() {
    Plan out;
    out.arrival = {500'000, 5'000'000};
    out.actors = 2 + kAccountsPerBot;
    return out;
}
Step order_of(std::uint32_t actor, std::uint8_t quantity = 1) {
    Step step;
    step.actor = actor;
    step.action = Action::order;
    step.quantity = quantity;
    return step;
}

TEST(Figures, people_and_bots_are_counted_apart) {
    const Plan crowd = plan();
    Figures figures(crowd, 10'000'000);
    for (const auto& step : {order_of(0, 2), order_of(2, 4), order_of(2, 4), order_of(1)})
        figures.sent(step);
    figures.answered(order_of(0, 2), {201, 11, {}, 900'000, 5000});
    figures.answered(order_of(2, 4), {201, 12, {}, 950'000, 5000});
    figures.answered(order_of(2, 4), {201, 13, {}, 960'000, 5000});
    figures.answered(order_of(1), {409, 0, "sold_out", 6'000'000, 7000});

    EXPECT_EQ(figures.people().tickets, 2U);
    EXPECT_EQ(figures.people().accounts_served, 1U);
    EXPECT_EQ(figures.people().orders_sent, 2U);
    EXPECT_EQ(figures.bots().tickets, 8U);
    EXPECT_EQ(figures.bots().accounts_served, 1U);
    EXPECT_EQ(figures.bots().accounts, kAccountsPerBot);
    EXPECT_EQ(figures.refusals().at("sold_out"), 1U);
    EXPECT_EQ(figures.slices()[0].tickets, 10U);
    EXPECT_EQ(figures.slices()[6].refused, 1U);
}

TEST(Figures, who_was_served_counts_in_the_slice_of_their_arrival) {
    const Plan crowd = plan();
    Figures figures(crowd, 10'000'000);
    figures.answered(order_of(1), {201, 11, {}, 9'000'000, 100});
    EXPECT_EQ(figures.slices()[5].arrived, 1U);
    EXPECT_EQ(figures.slices()[5].served, 1U);
    EXPECT_EQ(figures.slices()[0].served, 0U);
    EXPECT_EQ(figures.slices()[9].accepted, 1U);
}

TEST(Figures, a_second_click_that_names_another_order_is_found) {
    const Plan crowd = plan();
    Figures figures(crowd, 10'000'000);
    figures.answered(order_of(0), {201, 11, {}, 0, 0});
    figures.answered(order_of(0), {200, 11, {}, 0, 0});
    EXPECT_EQ(figures.second_clicks(), 1U);
    EXPECT_EQ(figures.doubled(), 0U);
    figures.answered(order_of(0), {201, 12, {}, 0, 0});
    EXPECT_EQ(figures.doubled(), 1U);
}

TEST(Figures, an_open_outcome_is_a_failure_and_an_overload_is_a_refusal) {
    const Plan crowd = plan();
    Figures figures(crowd, 10'000'000);
    figures.answered(order_of(0), {0, 0, {}, 0, 0});
    figures.answered(order_of(0), {500, 0, "internal", 0, 0});
    figures.answered(order_of(0), {503, 0, "busy", 0, 0});
    EXPECT_EQ(figures.failed(), 2U);
    EXPECT_EQ(figures.refused(), 1U);
}

TEST(Figures, a_long_rehearsal_has_longer_slices) {
    const Plan crowd = plan();
    const Figures figures(crowd, 3'600'000'000);
    EXPECT_LE(figures.slices().size(), kSlicesMax + 1);
    EXPECT_EQ(figures.slice_us() % 1'000'000, 0);
}

}  // namespace
}  // namespace onsale::rehearsal
