#include "env/posix/environment.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <utility>

#include "base/check.h"
#include "env/posix/internal/files.h"
#include "env/posix/internal/thread_executor.h"
#include "telemetry/log.h"

namespace onsale::env::posix {
namespace {

timespec read_clock(clockid_t id) {
    timespec now = {};
    ONSALE_CHECK(::clock_gettime(id, &now) == 0);
    return now;
}

class PosixClock final : public Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override {
        const timespec now = read_clock(CLOCK_REALTIME);
        return base::Timestamp::from_unix_ms(std::int64_t{now.tv_sec} * 1000 +
                                             now.tv_nsec / 1'000'000);
    }

    // Counts while the machine is suspended, too: a lease that another machine has taken meanwhile
    // must not look fresh.
    [[nodiscard]] std::int64_t monotonic_us() const override {
        const timespec now = read_clock(CLOCK_BOOTTIME);
        return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
    }
};

class PosixEntropy final : public Entropy {
  public:
    void fill(std::span<std::byte> out) override {
        while (!out.empty()) {
            const ssize_t count = ::getrandom(out.data(), out.size(), 0);
            ONSALE_CHECK(count >= 0 || errno == EINTR);
            if (count > 0) out = out.subspan(static_cast<std::size_t>(count));
        }
    }
};

// Threads belong to the process, so their list does, too.
struct ThreadList {
    std::mutex mutex;
    std::vector<ThreadInfo> threads;  // guarded by mutex
};

ThreadList& thread_list() {
    static ThreadList list;
    return list;
}

void remember_thread(const ExecutorOptions& options) {
    ThreadList& list = thread_list();
    const std::lock_guard lock(list.mutex);
    const auto same = [&](const ThreadInfo& info) {
        return info.name == options.name && info.purpose == options.purpose &&
               info.queue_max == options.queue_max;
    };
    if (std::ranges::any_of(list.threads, same)) return;
    list.threads.push_back(
        {.name = options.name, .purpose = options.purpose, .queue_max = options.queue_max});
}

class PosixEnvironment final : public Environment {
  public:
    Clock& clock() override { return clock_; }
    Entropy& entropy() override { return entropy_; }
    Files& files() override { return files_; }

    std::unique_ptr<Executor> make_executor(ExecutorOptions options) override {
        remember_thread(options);
        return internal::ThreadExecutor::start(options);
    }

    void die(FatalCause cause, std::string_view reason) override {
        telemetry::log_error("env", reason);
        std::fflush(stderr);
        // No destructor and no exit handler runs: they could write what must not be written any
        // more.
        ::_exit(static_cast<int>(cause));
    }

    [[nodiscard]] std::string sqlite_vfs() const override { return {}; }

  private:
    PosixClock clock_;
    PosixEntropy entropy_;
    internal::PosixFiles files_;
};

}  // namespace

std::unique_ptr<env::Environment> make_environment() {
    return std::make_unique<PosixEnvironment>();
}

std::vector<ThreadInfo> threads() {
    ThreadList& list = thread_list();
    const std::lock_guard lock(list.mutex);
    return list.threads;
}

}  // namespace onsale::env::posix
