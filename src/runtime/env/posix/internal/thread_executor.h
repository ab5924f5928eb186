// ThreadExecutor: an Executor that is one thread with one queue and one heap of timers, both under
// one mutex. Posting costs a lock and a move; the thread is woken only if it sleeps, and takes the
// whole queue at once. post() may be called from any thread; the destructor from any thread but its
// own. Nothing survives a crash: a task that waits is lost.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "env/environment.h"
#include "env/executor.h"

namespace onsale::env::posix::internal {

class ThreadExecutor final : public Executor {
  public:
    [[nodiscard]] static std::unique_ptr<ThreadExecutor> start(const ExecutorOptions& options);
    ~ThreadExecutor() override;
    ThreadExecutor(const ThreadExecutor&) = delete;
    ThreadExecutor& operator=(const ThreadExecutor&) = delete;

    void post(Task task) override;
    void post_after(base::Duration delay, Task task) override;
    void close() override;

  private:
    using Clock = std::chrono::steady_clock;

    struct Timer {
        Clock::time_point due;
        std::uint64_t sequence;  // equal times run in the order of posting
        Task task;
    };

    explicit ThreadExecutor(std::size_t queue_max) : queue_max_(queue_max) {}

    static bool later(const Timer& a, const Timer& b);
    void run();
    // Waits until there is something to do and moves all of it to `batch`; leaves it empty when the
    // executor stops.
    void take(std::vector<Task>& batch);
    void take_due(std::vector<Task>& batch);
    void check_room() const;
    // Under the lock: whom to notify once it is given up, if anybody sleeps.
    [[nodiscard]] std::shared_ptr<std::condition_variable> sleeper();

    const std::size_t queue_max_;
    std::atomic<bool> stopping_ = false;  // written under mutex_; read between two tasks without it
    std::mutex mutex_;                    // guards everything below but thread_
    // Notified outside the lock, when the executor may be gone already.
    std::shared_ptr<std::condition_variable> wake_up_ = std::make_shared<std::condition_variable>();
    bool sleeping_ = false;
    std::uint64_t next_sequence_ = 0;
    std::vector<Task> queue_;
    std::vector<Timer> timers_;  // a heap, the earliest in front
    std::thread thread_;
};

}  // namespace onsale::env::posix::internal
