#include "env/posix/signals.h"

#include <cerrno>
#include <csignal>
#include <string>

#include "base/check.h"
#include "telemetry/log.h"

namespace onsale::env::posix {
namespace {

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

}  // namespace

void block_stop_signals() {
    const sigset_t signals = stop_signals();
    ONSALE_CHECK(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
    ONSALE_CHECK(std::signal(SIGPIPE, SIG_IGN) != SIG_ERR);
}

void wait_for_stop() {
    const sigset_t signals = stop_signals();
    int received = 0;
    int code = 0;
    do {
        code = sigwait(&signals, &received);
    } while (code == EINTR);
    ONSALE_CHECK(code == 0);
    telemetry::log_info("env", received == SIGTERM ? "stopping: SIGTERM" : "stopping: SIGINT");
}

}  // namespace onsale::env::posix
