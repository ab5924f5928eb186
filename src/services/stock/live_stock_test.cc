#include "stock/live_stock.h"

#include <gtest/gtest.h>

#include <future>

#include "catalog/testing/site.h"

namespace onsale::stock {
namespace {

class LiveStock_ : public testing::Test {
  protected:
    LiveStock_() {
        EXPECT_EQ(site_.set_up(catalog::open_now(1)).kind, catalog::ChangeKind::accepted);
        EXPECT_EQ(site_.set_up(catalog::open_now(2)).kind, catalog::ChangeKind::accepted);
        executor_ = site_.scratch.environment().make_executor({"live", "test"});
        live_ = std::make_unique<LiveStock>(*site_.engine, *site_.feed, *site_.catalog, *executor_);
        live_->subscribe(*executor_,
                         [this](const FreeNotice& notice) { notices_.push_back(notice); });
    }
    ~LiveStock_() override {
        site_.stop_engine();
        executor_.reset();
    }
    // One round; returns what it has told.
    std::vector<CampaignFree> refresh() {
        std::promise<void> done;
        live_->refresh([&] { executor_->post([&] { done.set_value(); }); });
        done.get_future().wait();
        std::vector<CampaignFree> told;
        for (const auto& notice : std::exchange(notices_, {})) {
            told.insert(told.end(), notice->begin(), notice->end());
        }
        return told;
    }
    void place(std::uint64_t session) {
        const auto shard = site_.engine->shard_of(domain::SessionId(session));
        const auto answer = site_.decide(
            shard, domain::PlaceOrder{
                       domain::PersonId(7), domain::CampaignId(session * 1000 + 501), {}, 0, 0});
        EXPECT_EQ(answer.outcome.kind, domain::OutcomeKind::accepted);
    }

    catalog::Site site_{testing::TempDir()};
    std::vector<FreeNotice> notices_;
    std::unique_ptr<env::Executor> executor_;
    std::unique_ptr<LiveStock> live_;
};

TEST_F(LiveStock_, tells_what_has_changed_and_nothing_else) {
    EXPECT_EQ(live_->free_of(domain::SessionId(1), domain::PoolId(1)), std::nullopt);
    EXPECT_EQ(refresh().size(), 2U);
    EXPECT_EQ(live_->free_of(domain::SessionId(1), domain::PoolId(1)), 500U);
    EXPECT_TRUE(refresh().empty());
    place(2);
    place(2);
    const auto told = refresh();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].campaign, domain::CampaignId(2501));
    EXPECT_EQ(told[0].tiers, (std::vector<TierFree>{{domain::TierId(2001), 498}}));
    EXPECT_EQ(live_->free_of(domain::SessionId(2), domain::PoolId(1)), 498U);
    const auto session = site_.catalog->directory()->find_session(domain::SessionId(2));
    EXPECT_EQ(live_->free_of(*session, session->campaigns[0]), told[0].tiers);
}

}  // namespace
}  // namespace onsale::stock
