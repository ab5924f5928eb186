#include "shard/internal/doors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

namespace onsale::shard {
namespace {

// An event loop that runs its tasks when the test says so.
class Loop : public env::Executor {
  public:
    void post(env::Task task) override { tasks_.push_back(std::move(task)); }
    void post_after(base::Duration, env::Task task) override { post(std::move(task)); }
    [[nodiscard]] bool runs_here() const override { return is_here; }
    void end_round() {
        while (!tasks_.empty()) {
            env::Task task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }
    bool is_here = true;

  private:
    std::deque<env::Task> tasks_;
};

// What came in, by shard number, hand-over by hand-over.
class DoorsTest : public testing::Test {
  protected:
    void submit(Loop& loop, std::uint16_t number) {
        Submission submission;
        submission.shard = domain::ShardId(number);
        submission.home = &loop;
        doors_.submit(std::move(submission));
    }
    std::vector<std::vector<std::uint16_t>> came_in_;
    Doors doors_{[this](std::vector<Submission>& entering) {
        came_in_.emplace_back();
        for (const auto& one : entering) came_in_.back().push_back(one.shard.value());
        entering.clear();
    }};
};

using Rounds = std::vector<std::vector<std::uint16_t>>;

TEST_F(DoorsTest, what_a_round_submits_comes_in_together_and_in_order) {
    Loop loop;
    for (std::uint16_t i = 1; i <= 3; ++i) submit(loop, i);
    EXPECT_EQ(came_in_, Rounds{});
    loop.end_round();
    EXPECT_EQ(came_in_, (Rounds{{1, 2, 3}}));
    submit(loop, 4);
    loop.end_round();
    EXPECT_EQ(came_in_, (Rounds{{1, 2, 3}, {4}}));
}

TEST_F(DoorsTest, a_long_round_comes_in_by_parts_and_whole) {
    Loop loop;
    for (std::uint16_t i = 0; i < 100; ++i) submit(loop, i);
    EXPECT_GT(came_in_.size(), 2U);
    loop.end_round();
    std::uint16_t expected = 0;
    for (const auto& part : came_in_) {
        for (const auto number : part) EXPECT_EQ(number, expected++);
    }
    EXPECT_EQ(expected, 100);
}

TEST_F(DoorsTest, another_thread_of_the_loops_and_other_executors_go_in_at_once) {
    Loop loop;
    loop.is_here = false;
    submit(loop, 7);
    EXPECT_EQ(came_in_, (Rounds{{7}}));
}

TEST_F(DoorsTest, loops_do_not_mix_and_one_more_than_there_are_doors_is_served) {
    std::array<Loop, 20> loops;
    for (std::uint16_t i = 0; i < loops.size(); ++i) submit(loops[i], i);
    for (auto& loop : loops) loop.end_round();
    std::vector<std::uint16_t> all;
    for (const auto& part : came_in_) {
        ASSERT_EQ(part.size(), 1U);
        all.push_back(part.front());
    }
    std::sort(all.begin(), all.end());
    ASSERT_EQ(all.size(), loops.size());
    for (std::uint16_t i = 0; i < loops.size(); ++i) EXPECT_EQ(all[i], i);
}

}  // namespace
}  // namespace onsale::shard
