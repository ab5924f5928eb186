#include "env/posix/signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

namespace onsale::env::posix {
namespace {

TEST(Signals, a_stop_signal_ends_the_wait_and_nothing_else) {
    block_stop_signals();
    for (const int signal : {SIGTERM, SIGINT}) {
        ASSERT_EQ(::kill(::getpid(), signal), 0);
        wait_for_stop();
    }
    sigset_t pending;
    sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGTERM), 0);
    EXPECT_EQ(sigismember(&pending, SIGINT), 0);
}

TEST(Signals, threads_made_later_do_not_take_the_signal) {
    block_stop_signals();
    bool blocked = false;
    std::thread([&blocked] {
        sigset_t mask;
        pthread_sigmask(SIG_BLOCK, nullptr, &mask);
        blocked = sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGINT) == 1;
    }).join();
    EXPECT_TRUE(blocked);
}

TEST(Signals, writing_to_a_peer_that_is_gone_is_an_error_and_not_the_end) {
    block_stop_signals();
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(::pipe(pipe_ends.data()), 0);
    ::close(pipe_ends[0]);
    EXPECT_EQ(::write(pipe_ends[1], "x", 1), -1);
    EXPECT_EQ(errno, EPIPE);
    ::close(pipe_ends[1]);
}

}  // namespace
}  // namespace onsale::env::posix
