#include "env/posix/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace onsale::env::posix {
namespace {

TEST(PosixEnvironment, reads_a_wall_clock_and_a_clock_that_never_goes_back) {
    const auto environment = make_environment();
    const base::Timestamp year_2020 = base::Timestamp::from_unix_ms(1'577'836'800'000);
    EXPECT_GT(environment->clock().wall_now(), year_2020);
    std::int64_t before = environment->clock().monotonic_us();
    for (int i = 0; i < 1000; ++i) {
        const std::int64_t now = environment->clock().monotonic_us();
        EXPECT_GE(now, before);
        before = now;
    }
}

TEST(PosixEnvironment, fills_all_of_the_memory_with_randomness) {
    const auto environment = make_environment();
    std::array<std::byte, 1000> first{};
    std::array<std::byte, 1000> second{};
    environment->entropy().fill(first);
    environment->entropy().fill(second);
    EXPECT_NE(first, second);
    // Each hundred bytes of zeros would be an accident of 1 in 2^800.
    for (auto part = first.begin(); part != first.end(); part += 100) {
        EXPECT_FALSE(std::all_of(part, part + 100, [](std::byte b) { return b == std::byte{}; }));
    }
    EXPECT_NE(environment->entropy().next_u64(), environment->entropy().next_u64());
}

TEST(PosixEnvironment, lists_every_thread_once) {
    const auto environment = make_environment();
    const ExecutorOptions options{.name = "listed", .purpose = "is seen", .queue_max = 77};
    for (int i = 0; i < 3; ++i) environment->make_executor(options);
    const std::vector<ThreadInfo> all = threads();
    const auto is_ours = [](const ThreadInfo& info) {
        return info.name == "listed" && info.purpose == "is seen" && info.queue_max == 77;
    };
    EXPECT_EQ(std::ranges::count_if(all, is_ours), 1);
}

TEST(PosixEnvironment, uses_the_file_system_of_sqlite) {
    EXPECT_EQ(make_environment()->sqlite_vfs(), "");
}

TEST(PosixEnvironmentDeathTest, dies_with_the_code_of_the_cause_and_says_why) {
    const auto environment = make_environment();
    EXPECT_EXIT(environment->die(FatalCause::journal_conflict, "another writer"),
                testing::ExitedWithCode(71), "error env: another writer");
}

TEST(PosixEnvironmentDeathTest, a_thread_name_that_the_kernel_would_cut_is_a_programmers_error) {
    const auto environment = make_environment();
    EXPECT_DEATH(environment->make_executor({.name = "sixteen_letters_", .purpose = ""}),
                 "check failed");
}

}  // namespace
}  // namespace onsale::env::posix
