#include "trial/report.h"

#include <gtest/gtest.h>

#include "trial/plots.h"

namespace onsale::trial {
namespace {

Outcome outcome(std::uint64_t rate, std::uint64_t accepted, std::uint64_t latency_us) {
    Outcome outcome;
    outcome.plan = plan_of(Scenario::rush);
    outcome.plan.rate = rate;
    outcome.due = rate * 5;
    outcome.accepted = accepted;
    outcome.crowd.sent = outcome.due;
    outcome.crowd.elapsed_us = 5'000'000;
    outcome.crowd.own_cpu_us = 100'000;
    outcome.latency.add(latency_us, accepted);
    outcome.timeline.add(bench::Verdict::accepted, 0, static_cast<std::int64_t>(latency_us));
    outcome.server_cpu_us = {{"shard", 200'000}, {"http-0", 300'000}};
    return outcome;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(IsHeld, wants_999_of_1000_accepted) {
    EXPECT_TRUE(is_held(outcome(1000, 4995, 10)));
    EXPECT_FALSE(is_held(outcome(1000, 4994, 10)));
}

TEST(IsHeld, wants_no_more_than_one_of_1000_late) {
    Outcome late = outcome(1000, 5000, 10);
    late.crowd.sent_late = 5;
    EXPECT_TRUE(is_held(late));
    late.crowd.never_sent = 1;
    EXPECT_FALSE(is_held(late));
}

TEST(IsHeld, wants_answers_in_time) {
    Outcome slow = outcome(1000, 5000, kHeldP99Us / 2);
    EXPECT_TRUE(is_held(slow));
    slow.read_latency.add(kHeldP99Us * 2);
    EXPECT_FALSE(is_held(slow));
    EXPECT_FALSE(is_held(outcome(1000, 5000, 9'000'000)));
}

TEST(CountUnanswered, puts_what_never_came_into_the_percentiles) {
    constexpr std::uint64_t kPatience = 10'000'000;
    Outcome silent = outcome(1000, 4900, 10);
    silent.crowd.unanswered = 60;
    silent.crowd.never_sent = 40;
    count_unanswered(silent, kPatience);
    EXPECT_EQ(silent.latency.count(), 5000U);
    EXPECT_LT(silent.latency.percentile(9700), 100U);
    EXPECT_EQ(silent.latency.percentile(9900), kPatience);
    EXPECT_EQ(silent.read_latency.count(), 0U);
    silent.plan.scenario = Scenario::mixed;
    count_unanswered(silent, kPatience);
    EXPECT_EQ(silent.read_latency.max(), kPatience);
}

TEST(IsHeld, takes_sold_out_but_no_other_refusal_where_nothing_is_left) {
    Outcome sold = outcome(1000, 0, 10);
    sold.plan.scenario = Scenario::sold_out;
    sold.refusals = {{"sold_out", 4999}};
    EXPECT_TRUE(is_held(sold));
    sold.refusals = {{"busy", 4999}, {"sold_out", 1}};
    EXPECT_FALSE(is_held(sold));
}

TEST(Compare, prints_figures_and_their_ratios) {
    Report a;
    a.runs = {outcome(1000, 5000, 50)};
    Report b;
    b.runs = {outcome(2000, 10'000, 25)};
    const auto table = compare(to_json(a), to_json(b));
    ASSERT_TRUE(table) << table.error();
    EXPECT_TRUE(has(*table, "accepted /s                         1000          2000    2.000"))
        << *table;
    EXPECT_TRUE(has(*table, "p99 us                                50            25    0.500"));
    EXPECT_TRUE(has(*table, "server CPU us/request                100            50    0.500"));
    EXPECT_FALSE(has(*table, "different"));
}

TEST(Compare, says_what_is_no_result) {
    Report a;
    a.runs = {outcome(1000, 5000, 50)};
    const auto table = compare(to_json(a), "{}");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error(), "the second file is not a result of `onsale bench`");
}

TEST(Report, keeps_the_buckets_of_its_histograms) {
    Report report;
    report.runs = {outcome(1000, 5000, 50)};
    EXPECT_TRUE(has(to_json(report), R"("max":50,"buckets":[[50,5000]])"));
}

TEST(Report, says_in_words_whether_the_rate_was_held) {
    EXPECT_TRUE(to_text(outcome(1000, 5000, 50)).starts_with("rush at 1000/s"));
    EXPECT_TRUE(has(to_text(outcome(1000, 10, 50)), ": not held\n"));
}

TEST(Plots, of_a_search_show_the_rate_too) {
    Report report;
    report.runs = {outcome(1000, 5000, 50)};
    EXPECT_EQ(plots_of(report).size(), 2U);
    report.runs.push_back(outcome(2000, 9000, 500));
    ASSERT_EQ(plots_of(report).size(), 3U);
    EXPECT_EQ(plots_of(report)[2].name, "rate");
}

}  // namespace
}  // namespace onsale::trial
