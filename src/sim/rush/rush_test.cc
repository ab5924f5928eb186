#include <gtest/gtest.h>

#include <set>
#include <string>

#include "rush/history.h"
#include "rush/json_field.h"
#include "rush/sale.h"

namespace onsale::rush {
namespace {

TEST(Sale, a_seed_replays_bit_for_bit) {
    const auto specs = built_in_specs();
    ASSERT_FALSE(specs.empty());
    for (const auto& spec : specs) {
        const SaleResult first = run_sale(11, spec);
        const SaleResult second = run_sale(11, spec);
        EXPECT_EQ(first.failure, "") << spec.name;
        EXPECT_EQ(first.digest, second.digest) << spec.name;
        EXPECT_EQ(first.steps, second.steps) << spec.name;
        EXPECT_GE(first.commands, kCommandsLeast) << spec.name;
        EXPECT_GT(first.snapshots, 0U) << spec.name;
        EXPECT_NE(first.digest, run_sale(12, spec).digest) << spec.name;
    }
}

TEST(Sale, every_workload_and_every_fault_is_in_a_spec) {
    std::set<std::string> used;
    for (const auto& spec : built_in_specs()) {
        for (const auto& share : spec.workloads) used.insert(share.name);
        for (const auto& share : spec.kinds) used.insert(share.name);
    }
    EXPECT_EQ(used.size(), spec_names().workloads.size() + spec_names().faults.size());
}

// What is asserted of a sale with banks is asserted inside it; here, that it is worth something.
TEST(Sale, has_money_where_somebody_pays) {
    for (const auto& spec : built_in_specs()) {
        if (spec.name != "banks") continue;
        SaleResult sale = run_sale(3, spec);
        EXPECT_EQ(sale.failure, "");
        EXPECT_GE(sale.money["payments for an order"], kFlowsLeast / 2);
        EXPECT_GT(sale.money["payments closed"], 0U);
        EXPECT_GT(sale.money["refunds completed"], 0U);
        EXPECT_GT(sale.money["events taken"], 0U);
        return;
    }
    FAIL() << "there is no spec with banks";
}

constexpr std::uint64_t kCampaign = 1001;

TEST(History, notices_contradictions) {
    const auto failure = [](const OrderSeen& first, std::uint64_t second_id,
                            const OrderSeen& second) {
        History history;
        history.expect_one_per_person(kCampaign);
        history.saw_order(1, first);
        history.saw_order(second_id, second);
        return history.failure();
    };
    const OrderSeen completed{5, kCampaign, "completed", "A"};
    EXPECT_EQ(failure(completed, 1, completed), "");
    EXPECT_NE(failure(completed, 1, {5, kCampaign, "cancelled", "A"}), "");
    EXPECT_NE(failure(completed, 1, {5, kCampaign, "completed", "B"}), "");
    EXPECT_NE(failure(completed, 1, {5, kCampaign, "refunded", ""}), "");
    EXPECT_NE(failure(completed, 1, {5, kCampaign, "completed", "A", 5}), "");
    EXPECT_NE(failure(completed, 2, {6, kCampaign, "completed", "A"}), "");
    EXPECT_NE(failure(completed, 2, {5, kCampaign, "completed", "B"}), "");
}

TEST(History, knows_of_refunds_when_the_session_is_cancelled) {
    History history;
    history.expect_refunds();
    history.saw_order(1, {5, kCampaign, "completed", "A"});
    history.saw_order(1, {5, kCampaign, "refunded", ""});
    history.saw_order(1, {5, kCampaign, "completed", "A"});  // an older answer
    EXPECT_EQ(history.failure(), "");
    EXPECT_EQ(history.orders().at(1).state, "refunded");
    history.saw_order(1, {5, kCampaign, "refunded", "A"});
    EXPECT_NE(history.failure(), "");
}

TEST(History, binds_a_key_to_one_order_and_a_refusal_to_none) {
    History history;
    const Placement placement{5, 77};
    history.sends(placement);
    history.saw_refused(placement, true);
    EXPECT_TRUE(history.was_refused(placement));
    history.sends(placement);
    EXPECT_FALSE(history.was_refused(placement));
    history.saw_placed(placement, 1);
    EXPECT_EQ(history.order_of(placement), 1U);
    history.saw_placed(placement, 1);
    EXPECT_EQ(history.failure(), "");
    history.saw_placed(placement, 2);
    EXPECT_NE(history.failure(), "");
}

TEST(History, goes_back_and_forgets_what_came_after_the_backup) {
    History history;
    const Placement refused{5, 77};
    const Placement sent_since{5, 78};
    for (const auto& placement : {refused, sent_since}) {
        history.sends(placement);
        history.saw_refused(placement, true);
    }
    const History backup = history;
    history.saw_order(1, {5, kCampaign, "completed", "A"});
    history.sends(sent_since);
    history.go_back_to(backup);
    EXPECT_TRUE(history.orders().empty());
    EXPECT_TRUE(history.was_refused(refused));
    EXPECT_FALSE(history.was_refused(sent_since));  // it may arrive once more
    EXPECT_EQ(history.times_gone_back(), 1U);
    history.saw_order(1, {6, kCampaign, "completed", "A"});
    EXPECT_EQ(history.failure(), "");
}

TEST(JsonField, reads_numbers_and_texts_by_name) {
    EXPECT_EQ(number_field(R"({"order":{"id":12,"person":3}})", "person"), 3U);
    EXPECT_EQ(text_field(R"({"code":"sold_out"})", "code"), "sold_out");
    EXPECT_FALSE(number_field(R"({"id":"12"})", "id").has_value());
    EXPECT_FALSE(text_field(R"({"id":12})", "id").has_value());
}

}  // namespace
}  // namespace onsale::rush
