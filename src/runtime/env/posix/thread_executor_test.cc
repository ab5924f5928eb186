#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "env/posix/environment.h"
#include "env/posix/internal/thread_executor.h"

namespace onsale::env::posix::internal {
namespace {

using base::Duration;
using testing::ElementsAre;

std::unique_ptr<ThreadExecutor> make_executor(std::size_t queue_max = 1 << 20) {
    return ThreadExecutor::start({.name = "test", .purpose = "tests", .queue_max = queue_max});
}

// Returns when everything posted before has run.
void drain(Executor& executor) {
    std::promise<void> done;
    executor.post([&done] { done.set_value(); });
    done.get_future().wait();
}

TEST(ThreadExecutor, keeps_the_order_of_each_of_four_posters) {
    constexpr std::size_t kPosters = 4;
    constexpr std::size_t kTasks = 20'000;
    std::array<std::vector<std::size_t>, kPosters> seen;
    const auto executor = make_executor();
    {
        std::vector<std::jthread> posters;
        for (std::size_t poster = 0; poster < kPosters; ++poster) {
            posters.emplace_back([&executor, &list = seen[poster]] {
                for (std::size_t i = 0; i < kTasks; ++i) {
                    executor->post([&list, i] { list.push_back(i); });
                }
            });
        }
    }
    drain(*executor);
    for (const auto& list : seen) {
        ASSERT_EQ(list.size(), kTasks);
        EXPECT_TRUE(std::ranges::is_sorted(list));
    }
}

TEST(ThreadExecutor, wakes_up_for_every_task_that_finds_it_asleep) {
    const auto executor = make_executor();
    for (int i = 0; i < 2000; ++i) drain(*executor);
}

TEST(ThreadExecutor, runs_what_a_task_posts_after_what_waits_already) {
    std::vector<int> seen;
    const auto executor = make_executor();
    std::promise<void> both_posted;
    executor->post([&, posted = both_posted.get_future()]() mutable {
        posted.wait();
        executor->post([&] { seen.push_back(2); });
    });
    executor->post([&] { seen.push_back(1); });
    both_posted.set_value();
    drain(*executor);
    drain(*executor);
    EXPECT_THAT(seen, ElementsAre(1, 2));
}

TEST(ThreadExecutor, runs_timers_in_the_order_of_their_times) {
    std::vector<int> seen;
    std::promise<void> last;
    const auto executor = make_executor();
    executor->post([&] {
        executor->post_after(Duration::milliseconds(20), [&] {
            seen.push_back(4);
            last.set_value();
        });
        executor->post_after(Duration::milliseconds(5), [&] { seen.push_back(2); });
        executor->post_after(Duration::milliseconds(5), [&] { seen.push_back(3); });
        executor->post_after(Duration::milliseconds(-1), [&] { seen.push_back(1); });
    });
    last.get_future().wait();
    EXPECT_THAT(seen, ElementsAre(1, 2, 3, 4));
}

TEST(ThreadExecutor, an_earlier_timer_wakes_it_from_waiting_for_a_later_one) {
    const auto executor = make_executor();
    executor->post_after(Duration::hours(1), [] { FAIL() << "an hour too early"; });
    executor->post_after(Duration::milliseconds(base::Timestamp::never().unix_ms()),
                         [] { FAIL() << "never means never"; });
    drain(*executor);
    std::promise<void> ran;
    executor->post_after(Duration::milliseconds(1), [&ran] { ran.set_value(); });
    ran.get_future().wait();
}

TEST(ThreadExecutor, never_runs_a_timer_early) {
    const auto executor = make_executor();
    std::promise<std::chrono::steady_clock::time_point> ran;
    const auto start = std::chrono::steady_clock::now();
    executor->post_after(Duration::milliseconds(3),
                         [&ran] { ran.set_value(std::chrono::steady_clock::now()); });
    EXPECT_GE(ran.get_future().get() - start, std::chrono::milliseconds(3));
}

TEST(ThreadExecutor, its_destruction_finishes_the_running_task_and_drops_the_rest) {
    auto executor = make_executor(1 << 26);
    Executor* const raw = executor.get();
    const auto token = std::make_shared<int>();
    bool finished = false;
    bool dropped_ran = false;
    std::promise<void> started;
    executor->post([&, raw] {
        started.set_value();
        // Posts until it sees a task destroyed at once: then the destructor has begun.
        for (bool stopping = false; !stopping;) {
            auto probe = std::make_shared<int>();
            const std::weak_ptr<int> alive = probe;
            raw->post([probe = std::move(probe)] {});
            stopping = alive.expired();
            std::this_thread::yield();
        }
        finished = true;
    });
    started.get_future().wait();
    executor->post([&dropped_ran, token] { dropped_ran = true; });
    executor->post_after(Duration::hours(1), [&dropped_ran, token] { dropped_ran = true; });
    executor.reset();
    EXPECT_TRUE(finished);
    EXPECT_FALSE(dropped_ran);
    EXPECT_EQ(token.use_count(), 1);
}

TEST(ThreadExecutor, a_task_that_posts_while_it_is_dropped_does_no_harm) {
    auto executor = make_executor();
    Executor* const raw = executor.get();
    const auto post_again = [raw](int*) { raw->post([] { FAIL() << "after the end"; }); };
    int value = 0;
    std::unique_ptr<int, decltype(post_again)> owned(&value, post_again);
    executor->post_after(Duration::hours(1), [owned = std::move(owned)] {});
    executor.reset();
}

TEST(ThreadExecutor, a_task_is_destroyed_before_the_next_one_runs) {
    const auto executor = make_executor();
    auto token = std::make_shared<int>();
    const std::weak_ptr<int> alive = token;
    bool expired = false;
    std::promise<void> posted;
    executor->post([wait = posted.get_future()]() mutable { wait.wait(); });
    executor->post([token = std::move(token)] {});
    executor->post([&] { expired = alive.expired(); });
    posted.set_value();
    drain(*executor);
    EXPECT_TRUE(expired);
}

TEST(ThreadExecutor, two_that_post_to_each_other_can_be_closed_and_then_destroyed) {
    auto first = make_executor();
    auto second = make_executor();
    std::function<void()> ping = [&] { second->post([&] { first->post(ping); }); };
    first->post(ping);
    first->close();
    second->close();
    bool ran = false;
    first->post([&] { ran = true; });
    first.reset();
    second.reset();
    EXPECT_FALSE(ran);
}

TEST(ThreadExecutor, its_thread_has_the_name) {
    const auto executor = make_executor();
    std::array<char, 16> name{};
    executor->post([&name] { pthread_getname_np(pthread_self(), name.data(), name.size()); });
    drain(*executor);
    EXPECT_STREQ(name.data(), "test");
}

TEST(ThreadExecutorDeathTest, more_waiting_tasks_than_the_bound_are_a_programmers_error) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const auto overfill = [] {
        const auto executor = make_executor(2);
        std::promise<void> started;
        std::promise<void> never;
        executor->post([&] {
            started.set_value();
            never.get_future().wait();
        });
        started.get_future().wait();
        executor->post([] {});
        executor->post_after(Duration::hours(1), [] {});
        executor->post([] {});
    };
    EXPECT_DEATH(overfill(), "check failed");
}

}  // namespace
}  // namespace onsale::env::posix::internal
