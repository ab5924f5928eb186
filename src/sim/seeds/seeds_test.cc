#include <gtest/gtest.h>

#include <map>

#include "seeds/message.h"
#include "seeds/report.h"
#include "seeds/runner.h"

namespace onsale::seeds {
namespace {

rush::SaleResult result_of(std::uint64_t digest) {
    rush::SaleResult result;
    result.digest = digest;
    result.steps = 2;
    result.commands = 3;
    result.answers = 4;
    result.orders = 5;
    result.receipts = 6;
    result.snapshots = 7;
    result.faults = {{"kill", 8}, {"strike", 9}};
    result.workloads = {{"holders", 10}};
    result.money = {{"payments", 11}};
    return result;
}

TEST(Message, comes_back_as_it_was_written) {
    EXPECT_EQ(read_message(write_message({12, {}}))->seed, 12U);
    EXPECT_FALSE(read_message(write_message({12, {}}))->result.has_value());
    rush::SaleResult result = result_of(~std::uint64_t{0});
    result.failure = "two\nlines";
    const auto read = read_message(write_message({13, result}));
    ASSERT_TRUE(read && read->result);
    EXPECT_EQ(read->seed, 13U);
    EXPECT_EQ(read->result->digest, result.digest);
    EXPECT_EQ(read->result->snapshots, 7U);
    EXPECT_EQ(read->result->faults, result.faults);
    EXPECT_EQ(read->result->workloads, result.workloads);
    EXPECT_EQ(read->result->money, result.money);
    EXPECT_EQ(read->result->failure, "two lines");
    EXPECT_FALSE(read_message("12\t1\t2").has_value());
    EXPECT_FALSE(read_message("seed").has_value());
}

TEST(Report, sums_up_names_what_never_came_up_and_how_to_repeat) {
    Report report({{"holders", "readers"}, {"kill", "strike"}});
    report.add("rush", 1, result_of(5));
    EXPECT_FALSE(report.failed());
    EXPECT_NE(report.text(1).find("readers                     never"), std::string::npos);
    EXPECT_NE(report.json(1).find("\"failure\":null}"), std::string::npos);
    rush::SaleResult bad;
    bad.failure = "says \"no\"";
    report.add("holds", 7, bad);
    EXPECT_TRUE(report.failed());
    EXPECT_EQ(report.green(), 1U);
    EXPECT_NE(report.text(1).find("onsale-sim --spec holds --from 7 --seeds 1"), std::string::npos);
    EXPECT_NE(report.json(1).find(R"("what":"says \"no\"")"), std::string::npos);
}

TEST(Report, has_one_digest_whatever_the_order_of_the_seeds) {
    const auto digest_of = [](std::uint64_t first, std::uint64_t second) {
        Report report({});
        report.add("x", first, result_of(first * 100));
        report.add("x", second, result_of(second * 100));
        return report.json(1);
    };
    EXPECT_EQ(digest_of(1, 2), digest_of(2, 1));
    EXPECT_NE(digest_of(1, 2), digest_of(1, 3));
}

TEST(Runner, gives_the_same_results_with_one_process_and_with_two) {
    Plan plan;
    plan.seeds = 4;
    plan.specs = rush::built_in_specs();
    const auto digests = [&](std::uint64_t jobs) {
        plan.jobs = jobs;
        std::map<std::uint64_t, std::uint64_t> found;
        const auto keep = [&](std::uint64_t seed, const rush::SaleResult& result) {
            EXPECT_EQ(result.failure, "");
            found[seed] = result.digest;
            return true;
        };
        EXPECT_EQ(play(plan, keep), "");
        return found;
    };
    const auto one = digests(1);
    EXPECT_EQ(one.size(), 4U);
    EXPECT_EQ(one, digests(2));
}

}  // namespace
}  // namespace onsale::seeds
