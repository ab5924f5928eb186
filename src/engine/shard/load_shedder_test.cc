#include "shard/internal/load_shedder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace onsale::shard {
namespace {

// A queue whose commands each take `service_us`, offered one every `gap_us`; the shedder decides
// who enters. What happened is counted from `from_us` on.
struct Seen {
    std::int64_t let_in = 0;
    std::int64_t shed = 0;
    std::int64_t longest_wait_us = 0;
};

class Queue {
  public:
    Seen offer(std::int64_t gap_us, std::int64_t service_us, std::int64_t duration_us) {
        Seen seen;
        const std::int64_t until = now_us_ + duration_us;
        for (; now_us_ < until; now_us_ += gap_us) {
            serve(service_us, seen);
            ask(kRush, seen);
        }
        return seen;
    }
    // The same, with every so many microseconds one for another campaign, whose figures are given
    // back.
    Seen offer_beside(std::int64_t gap_us, std::int64_t service_us, std::int64_t duration_us,
                      std::int64_t other_gap_us) {
        Seen rush;
        Seen other;
        const std::int64_t until = now_us_ + duration_us;
        for (; now_us_ < until; now_us_ += gap_us) {
            serve(service_us, rush);
            ask(kRush, rush);
            if (now_us_ % other_gap_us < gap_us) ask(kOther, other);
        }
        return other;
    }
    // Nothing comes for so long; what waits is worked off.
    void pause(std::int64_t service_us, std::int64_t duration_us) {
        Seen seen;
        for (const std::int64_t until = now_us_ + duration_us; now_us_ < until;
             now_us_ += service_us)
            serve(service_us, seen);
    }
    // Nobody is served for so long, as when the machine stands still.
    void stand_still(std::int64_t duration_us) { free_at_us_ = now_us_ + duration_us; }

  private:
    static constexpr domain::CampaignId kRush{1};
    static constexpr domain::CampaignId kOther{2};
    struct One {
        domain::CampaignId campaign;
        std::int64_t entered_us = 0;
    };
    void ask(domain::CampaignId campaign, Seen& seen) {
        if (shedder_.sheds(campaign, waiting_.size(), now_us_)) {
            ++seen.shed;
            return;
        }
        ++seen.let_in;
        shedder_.entered(campaign);
        waiting_.push_back({campaign, now_us_});
    }
    void serve(std::int64_t service_us, Seen& seen) {
        while (!waiting_.empty() && free_at_us_ <= now_us_) {
            const One one = waiting_.front();
            const std::int64_t begins = std::max(free_at_us_, one.entered_us);
            shedder_.decides_first(one.entered_us, begins);
            shedder_.leaves(one.campaign);
            seen.longest_wait_us = std::max(seen.longest_wait_us, begins - one.entered_us);
            waiting_.pop_front();
            shedder_.decided(1, begins);
            if (waiting_.empty()) shedder_.nobody_waits();
            free_at_us_ = begins + service_us;
        }
    }
    LoadShedder shedder_;
    std::deque<One> waiting_;
    std::int64_t now_us_ = 1'000'000;
    std::int64_t free_at_us_ = 0;
};

TEST(LoadShedder, what_can_be_served_is_never_shed) {
    Queue queue;
    EXPECT_EQ(queue.offer(200, 190, 10'000'000).shed, 0);
}

TEST(LoadShedder, a_burst_that_is_worked_off_soon_is_let_in_whole) {
    Queue queue;
    EXPECT_EQ(queue.offer(1, 10, 5'000).shed, 0);     // 50 ms of work at once
    EXPECT_EQ(queue.offer(20, 10, 500'000).shed, 0);  // and then less than can be done
}

TEST(LoadShedder, ten_times_too_much_is_shed_at_the_door_and_the_rest_waits_little) {
    Queue queue;
    queue.offer(20, 200, 5'000'000);  // it takes a moment to be sure, and to work that off
    const Seen seen = queue.offer(20, 200, 10'000'000);
    // 5,000 of 50,000 a second can be served.
    EXPECT_GT(seen.let_in, 10 * 4'900);
    EXPECT_LT(seen.let_in, 10 * 5'100);
    EXPECT_LT(seen.longest_wait_us, 2 * LoadShedder::kTargetUs);
}

TEST(LoadShedder, two_orders_that_waited_long_ago_and_now_are_no_overload) {
    Queue queue;
    for (int i = 0; i < 2; ++i) {
        queue.stand_still(300'000);
        EXPECT_EQ(queue.offer(1'000, 10, 1'000).shed, 0);
        queue.pause(1'000'000, 600'000'000);
    }
    EXPECT_EQ(queue.offer(1, 10, 5'000).shed, 0);
}

TEST(LoadShedder, an_overload_that_ends_in_silence_is_over) {
    Queue queue;
    queue.offer(20, 200, 5'000'000);
    queue.pause(200, 5'000'000);
    EXPECT_EQ(queue.offer(400, 200, 1'000'000).shed, 0);
}

TEST(LoadShedder, a_rush_turns_nobody_away_from_another_campaign) {
    Queue queue;
    queue.offer(20, 200, 5'000'000);
    const Seen other = queue.offer_beside(20, 200, 5'000'000, 2'000);  // 500 of 5,000 a second
    EXPECT_EQ(other.shed, 0);
    EXPECT_GT(other.let_in, 2'400);
}

TEST(LoadShedder, a_calm_second_ends_it) {
    Queue queue;
    queue.offer(20, 200, 5'000'000);
    queue.offer(400, 200, 2'000'000);
    EXPECT_EQ(queue.offer(1, 10, 5'000).shed, 0);
}

}  // namespace
}  // namespace onsale::shard
