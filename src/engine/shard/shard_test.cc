#include <gtest/gtest.h>

#include "shard/internal/refusal_ledger.h"
#include "shard/internal/shard_clock.h"

namespace onsale::shard {
namespace {

using base::Duration;
using base::Timestamp;

class ManualClock : public env::Clock {
  public:
    [[nodiscard]] Timestamp wall_now() const override { return wall; }
    [[nodiscard]] std::int64_t monotonic_us() const override { return monotonic; }
    void pass(std::int64_t ms) {
        wall = wall + Duration::milliseconds(ms);
        monotonic += ms * 1000;
    }
    Timestamp wall = Timestamp::from_unix_ms(1'000'000);
    std::int64_t monotonic = 0;
};

TEST(ShardClock, does_not_follow_a_wall_clock_that_jumps) {
    ManualClock clock;
    ShardClock shard(clock);
    clock.pass(500);
    clock.wall = clock.wall + Duration::hours(1);
    EXPECT_TRUE(shard.follow_wall_clock());
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(1'000'500));
    clock.wall = clock.wall - Duration::hours(2);
    EXPECT_TRUE(shard.follow_wall_clock());
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(1'000'500));
}

TEST(ShardClock, follows_a_small_difference_slowly_and_never_goes_back) {
    ManualClock clock;
    ShardClock shard(clock);
    clock.wall = clock.wall + Duration::milliseconds(50);
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(shard.follow_wall_clock());
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(1'000'010));
    clock.wall = clock.wall - Duration::milliseconds(200);
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(shard.follow_wall_clock());
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(1'000'010));
    clock.pass(30);
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(1'000'030));
}

TEST(ShardClock, goes_on_from_the_last_batch_when_the_wall_clock_was_set_back) {
    ManualClock clock;
    ShardClock shard(clock);
    shard.raise_floor(Timestamp::from_unix_ms(5'000'000));
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(5'000'000));
    clock.pass(700);
    EXPECT_EQ(shard.now(), Timestamp::from_unix_ms(5'000'700));
    EXPECT_TRUE(shard.follow_wall_clock());
}

TEST(RefusalLedger, counts_by_campaign_and_reason_and_reports_each_change_once) {
    RefusalLedger ledger;
    ledger.restore({domain::CampaignId(2), domain::Refusal::sold_out, 41});
    EXPECT_TRUE(ledger.take_changed().empty());
    EXPECT_EQ(ledger.count(domain::CampaignId(2), domain::Refusal::sold_out), 42U);
    EXPECT_EQ(ledger.count(domain::CampaignId(1), domain::Refusal::sold_out), 1U);
    EXPECT_EQ(ledger.count(domain::CampaignId(2), domain::Refusal::not_open_yet), 1U);
    EXPECT_EQ(ledger.count(domain::CampaignId(2), domain::Refusal::sold_out), 43U);
    const auto changed = ledger.take_changed();
    ASSERT_EQ(changed.size(), 3U);
    EXPECT_EQ(changed[0].count, 43U);
    EXPECT_TRUE(ledger.take_changed().empty());
    EXPECT_EQ(ledger.all().front().campaign, domain::CampaignId(1));
}

}  // namespace
}  // namespace onsale::shard
