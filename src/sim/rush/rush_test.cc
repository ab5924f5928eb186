#include <gtest/gtest.h>

#include "rush/history.h"
#include "rush/json_field.h"
#include "rush/sale.h"

namespace onsale::rush {
namespace {

TEST(Sale, a_seed_replays_bit_for_bit) {
    const SaleResult first = run_sale(11);
    const SaleResult second = run_sale(11);
    EXPECT_EQ(first.failure, "");
    EXPECT_EQ(first.digest, second.digest);
    EXPECT_EQ(first.steps, second.steps);
    EXPECT_GT(first.answers, 100U);
    EXPECT_GT(first.snapshots, 0U);
    EXPECT_NE(first.digest, run_sale(12).digest);
}

TEST(Sale, a_handful_of_seeds_is_green) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed)
        EXPECT_EQ(run_sale(seed).failure, "") << "seed " << seed;
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

TEST(JsonField, reads_numbers_and_texts_by_name) {
    EXPECT_EQ(number_field(R"({"order":{"id":12,"person":3}})", "person"), 3U);
    EXPECT_EQ(text_field(R"({"code":"sold_out"})", "code"), "sold_out");
    EXPECT_FALSE(number_field(R"({"id":"12"})", "id").has_value());
    EXPECT_FALSE(text_field(R"({"id":12})", "id").has_value());
}

}  // namespace
}  // namespace onsale::rush
