// After a restore: records that are newer than the journal.
#include <gtest/gtest.h>

#include <filesystem>

#include "catalog/internal/repair.h"
#include "catalog/testing/site.h"

namespace onsale::catalog {
namespace {

using domain::OutcomeKind;

constexpr domain::SessionId kSession(1);
constexpr domain::TierId kTier(1001);
constexpr domain::CampaignId kCampaign(1501);

class RepairTest : public testing::Test {
  protected:
    // The journal of the site as it is now.
    void keep_journal() {
        site_.stop();
        std::filesystem::copy(site_.scratch.path("engine"), site_.scratch.path("kept"),
                              std::filesystem::copy_options::recursive);
        site_.start();
    }
    // The same records with the journal that was kept.
    void restore_journal() {
        site_.stop();
        std::filesystem::remove_all(site_.scratch.path("engine"));
        std::filesystem::rename(site_.scratch.path("kept"), site_.scratch.path("engine"));
        site_.start();
    }
    std::uint64_t resume() {
        return site_.scratch.wait<std::uint64_t>([&](auto reply) {
            site_.catalog->resume_intents(site_.scratch.home(), std::move(reply));
        });
    }
    shard::Answer place() {
        return site_.decide(site_.engine->shard_of(kSession),
                            domain::PlaceOrder{domain::PersonId(1), kCampaign, {}, 0, 0});
    }

    Site site_{testing::TempDir()};
};

TEST_F(RepairTest, a_session_that_the_journal_does_not_have_is_set_up_again) {
    keep_journal();
    ASSERT_EQ(site_.set_up(open_now(1)).kind, ChangeKind::accepted);
    restore_journal();
    EXPECT_EQ(place().outcome.refusal, domain::Refusal::campaign_unknown);
    EXPECT_EQ(resume(), 1U);
    EXPECT_EQ(place().outcome.kind, OutcomeKind::accepted);
    EXPECT_EQ(resume(), 0U);
}

TEST_F(RepairTest, changes_and_stock_that_the_journal_does_not_have_are_submitted_again) {
    ASSERT_EQ(site_.set_up(open_now(1)).kind, ChangeKind::accepted);
    keep_journal();
    TierEdit tier;
    tier.id = kTier.value();
    tier.price = "3.00";
    const auto priced = site_.scratch.wait<ChangeResult>(
        [&](auto reply) { site_.catalog->edit_tier(tier, site_.scratch.home(), reply); });
    ASSERT_EQ(priced.kind, ChangeKind::accepted) << priced.message;
    SessionEdit session;
    session.id = kSession.value();
    session.orders_per_person = 1;
    const auto limited = site_.scratch.wait<ChangeResult>(
        [&](auto reply) { site_.catalog->edit_session(session, site_.scratch.home(), reply); });
    ASSERT_EQ(limited.kind, ChangeKind::accepted) << limited.message;
    const auto added = site_.scratch.wait<ChangeResult>([&](auto reply) {
        site_.catalog->add_stock({kSession, domain::PoolId(1), 77, 9, 0}, site_.scratch.home(),
                                 reply);
    });
    ASSERT_EQ(added.kind, ChangeKind::accepted);
    restore_journal();
    EXPECT_EQ(resume(), 3U);
    EXPECT_EQ(resume(), 0U);
    const auto order = place().outcome.order;
    EXPECT_EQ(order.amount().minor, 300);
    EXPECT_EQ(place().outcome.refusal, domain::Refusal::over_orders_per_person);
}

TEST_F(RepairTest, a_session_that_was_cancelled_is_cancelled_again) {
    ASSERT_EQ(site_.set_up(open_now(1)).kind, ChangeKind::accepted);
    keep_journal();
    const auto cancelled = site_.scratch.wait<ChangeResult>([&](auto reply) {
        site_.catalog->cancel_session(kSession, {"雨", "Rain"}, site_.scratch.home(), reply);
    });
    ASSERT_EQ(cancelled.kind, ChangeKind::accepted);
    restore_journal();
    EXPECT_EQ(resume(), 1U);
    EXPECT_EQ(place().outcome.refusal, domain::Refusal::session_cancelled);
}

TEST_F(RepairTest, an_ordinary_start_submits_nothing) {
    ASSERT_EQ(site_.set_up(open_now(1)).kind, ChangeKind::accepted);
    ASSERT_EQ(place().outcome.kind, OutcomeKind::accepted);
    site_.stop();
    site_.start();
    EXPECT_EQ(resume(), 0U);
}

}  // namespace
}  // namespace onsale::catalog
