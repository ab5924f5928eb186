#include <pthread.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "env/posix/internal/thread_executor.h"
#include "telemetry/log.h"

namespace onsale::env::posix::internal {
namespace {

constexpr std::size_t kThreadNameMax = 15;  // the kernel's limit
// Longer delays mean "never"; the bound keeps the sum with the clock from overflowing.
constexpr base::Duration kDelayMax = base::Duration::days(3650);

}  // namespace

std::unique_ptr<ThreadExecutor> ThreadExecutor::start(const ExecutorOptions& options) {
    ONSALE_CHECK(!options.name.empty() && options.name.size() <= kThreadNameMax);
    ONSALE_CHECK(options.queue_max > 0);
    std::unique_ptr<ThreadExecutor> executor(new ThreadExecutor(options.queue_max));
    try {
        executor->thread_ = std::thread([self = executor.get(), name = options.name] {
            pthread_setname_np(pthread_self(), name.c_str());
            self->run();
        });
    } catch (const std::system_error& error) {
        // Threads are made when the process starts: without one of them it cannot work at all.
        telemetry::log_error("env",
                             std::string("no thread for ") + options.name + ": " + error.what());
        ONSALE_CHECK(executor->thread_.joinable());
    }
    return executor;
}

ThreadExecutor::~ThreadExecutor() {
    close();
}

void ThreadExecutor::close() {
    if (!thread_.joinable()) return;
    ONSALE_CHECK(thread_.get_id() != std::this_thread::get_id());
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_up_->notify_one();
    thread_.join();
    // Tasks may own what posts here when it dies, so they are destroyed while all members are still
    // alive, and without the lock.
    std::vector<Task> dropped_tasks;
    std::vector<Timer> dropped_timers;
    const std::unique_lock lock(mutex_);
    dropped_tasks.swap(queue_);
    dropped_timers.swap(timers_);
}

// Wakes outside the lock: a poster that the scheduler stops in the system call would stop all
// others.
void ThreadExecutor::post(Task task) {
    std::shared_ptr<std::condition_variable> sleeping;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        check_room();
        queue_.push_back(std::move(task));
        sleeping = sleeper();
    }
    if (sleeping) sleeping->notify_one();
}

void ThreadExecutor::post_after(base::Duration delay, Task task) {
    const base::Duration bounded = std::clamp(delay, base::Duration(), kDelayMax);
    const Clock::time_point due = Clock::now() + std::chrono::milliseconds(bounded.count_ms());
    std::shared_ptr<std::condition_variable> sleeping;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        check_room();
        timers_.push_back({.due = due, .sequence = next_sequence_++, .task = std::move(task)});
        std::ranges::push_heap(timers_, later);
        const bool is_first = timers_.front().sequence + 1 == next_sequence_;
        if (is_first) sleeping = sleeper();
    }
    if (sleeping) sleeping->notify_one();
}

// Whoever finds the thread asleep wakes it; the posters after that have nothing to do.
std::shared_ptr<std::condition_variable> ThreadExecutor::sleeper() {
    return std::exchange(sleeping_, false) ? wake_up_ : nullptr;
}

bool ThreadExecutor::later(const Timer& a, const Timer& b) {
    return std::pair(a.due, a.sequence) > std::pair(b.due, b.sequence);
}

void ThreadExecutor::check_room() const {
    ONSALE_CHECK(queue_.size() + timers_.size() < queue_max_);
}

void ThreadExecutor::run() {
    std::vector<Task> batch;
    while (true) {
        take(batch);
        if (batch.empty()) return;
        for (Task& task : batch) {
            if (stopping_.load(std::memory_order_relaxed)) return;
            task();
            task = nullptr;  // what it owns goes before the next task runs
        }
        batch.clear();
    }
}

void ThreadExecutor::take(std::vector<Task>& batch) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        take_due(batch);
        if (batch.empty()) {
            batch.swap(queue_);
        } else {
            std::ranges::move(queue_, std::back_inserter(batch));
            queue_.clear();
        }
        if (!batch.empty()) return;
        sleeping_ = true;
        if (timers_.empty()) {
            wake_up_->wait(lock);
        } else {
            const Clock::time_point due = timers_.front().due;
            wake_up_->wait_until(lock, due);
        }
        sleeping_ = false;
    }
}

void ThreadExecutor::take_due(std::vector<Task>& batch) {
    if (timers_.empty()) return;
    const Clock::time_point now = Clock::now();
    while (!timers_.empty() && timers_.front().due <= now) {
        std::ranges::pop_heap(timers_, later);
        batch.push_back(std::move(timers_.back().task));
        timers_.pop_back();
    }
}

}  // namespace onsale::env::posix::internal
