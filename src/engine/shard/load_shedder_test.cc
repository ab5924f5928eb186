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
            if (shedder_.sheds(waiting_.size(), now_us_)) {
                ++seen.shed;
                continue;
            }
            ++seen.let_in;
            waiting_.push_back(now_us_);
        }
        return seen;
    }

  private:
    void serve(std::int64_t service_us, Seen& seen) {
        while (!waiting_.empty() && free_at_us_ <= now_us_) {
            const std::int64_t begins = std::max(free_at_us_, waiting_.front());
            shedder_.decides_first(waiting_.front(), begins);
            seen.longest_wait_us = std::max(seen.longest_wait_us, begins - waiting_.front());
            waiting_.pop_front();
            shedder_.decided(1, begins);
            free_at_us_ = begins + service_us;
        }
    }
    LoadShedder shedder_;
    std::deque<std::int64_t> waiting_;
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

TEST(LoadShedder, a_calm_second_ends_it) {
    Queue queue;
    queue.offer(20, 200, 5'000'000);
    queue.offer(400, 200, 2'000'000);
    EXPECT_EQ(queue.offer(1, 10, 5'000).shed, 0);
}

}  // namespace
}  // namespace onsale::shard
