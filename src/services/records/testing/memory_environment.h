// For tests of records: an environment on a disk in memory, whose executors run only when they are
// told to, and which remembers that it was told to die instead of dying.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "env/environment.h"
#include "sql/testing/memory_world.h"

namespace onsale::records {

// Queues of its tasks, shared with whoever runs them. A task of post_after() waits in `later`.
struct HandQueue {
    std::deque<env::Task> now;
    std::deque<env::Task> later;

    void run() {
        while (!now.empty()) {
            env::Task task = std::move(now.front());
            now.pop_front();
            task();
        }
    }
    // As if the longest delay had passed.
    void pass_time() {
        now = std::exchange(later, {});
        run();
    }
};

class HandExecutor final : public env::Executor {
  public:
    explicit HandExecutor(HandQueue& queue) : queue_(queue) {}
    void post(env::Task task) override { queue_.now.push_back(std::move(task)); }
    void post_after(base::Duration, env::Task task) override {
        queue_.later.push_back(std::move(task));
    }
    void close() override { queue_ = {}; }

  private:
    HandQueue& queue_;
};

class MemoryEnvironment final : public env::Environment {
  public:
    sql::testing::MemoryWorld world;
    HandQueue queue;
    std::optional<env::FatalCause> died;

    env::Clock& clock() override { return clock_; }
    env::Entropy& entropy() override { return entropy_; }
    env::Files& files() override { return world.files; }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions) override {
        return std::make_unique<HandExecutor>(queue);
    }
    void die(env::FatalCause cause, std::string_view) override { died = cause; }
    [[nodiscard]] std::string sqlite_vfs() const override { return world.options().vfs; }

  private:
    sql::testing::StandingClock clock_;
    sql::testing::SeededEntropy entropy_{7};
};

}  // namespace onsale::records
