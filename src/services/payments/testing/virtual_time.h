// For tests: an environment whose clock goes only as far as its tasks need, on a disk in memory.
// Tasks of one executor run in order; the threads that call banks take their time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/prng.h"
#include "env/environment.h"
#include "sql/testing/memory_world.h"

namespace onsale::payments {

class VirtualTime {
  public:
    explicit VirtualTime(std::uint64_t seed) : prng(seed) {}

    void add(base::Duration delay, std::weak_ptr<bool> owner, env::Task task) {
        tasks_.emplace(std::pair(now_us + delay.count_ms() * 1000, ++sequence_),
                       Entry{std::move(owner), std::move(task)});
    }
    void run_for(base::Duration duration) {
        const std::int64_t end_us = now_us + duration.count_ms() * 1000;
        while (!tasks_.empty() && tasks_.begin()->first.first <= end_us) {
            auto first = tasks_.extract(tasks_.begin());
            now_us = std::max(now_us, first.key().first);
            const auto owner = first.mapped().owner.lock();
            if (owner != nullptr && *owner) first.mapped().task();
        }
        now_us = end_us;
    }

    std::int64_t now_us = 0;
    base::Prng prng;

  private:
    struct Entry {
        std::weak_ptr<bool> owner;
        env::Task task;
    };
    std::map<std::pair<std::int64_t, std::uint64_t>, Entry> tasks_;
    std::uint64_t sequence_ = 0;
};

class VirtualClock final : public env::Clock {
  public:
    explicit VirtualClock(VirtualTime& time) : time_(time) {}
    [[nodiscard]] base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(1'795'000'000'000 + time_.now_us / 1000);
    }
    [[nodiscard]] std::int64_t monotonic_us() const override { return time_.now_us; }

  private:
    VirtualTime& time_;
};

class VirtualExecutor final : public env::Executor {
  public:
    VirtualExecutor(VirtualTime& time, bool slow) : time_(time), slow_(slow) {}
    void post(env::Task task) override {
        const auto ms = slow_ ? static_cast<std::int64_t>(time_.prng.below(3000)) : 0;
        time_.add(base::Duration::milliseconds(ms), open_, std::move(task));
    }
    void post_after(base::Duration delay, env::Task task) override {
        time_.add(delay, open_, std::move(task));
    }
    void close() override { *open_ = false; }

  private:
    VirtualTime& time_;
    const bool slow_;
    std::shared_ptr<bool> open_ = std::make_shared<bool>(true);
};

class VirtualEnvironment final : public env::Environment {
  public:
    explicit VirtualEnvironment(std::uint64_t seed)
        : time(seed), clock_(time), world_(seed), entropy_(seed) {}

    env::Clock& clock() override { return clock_; }
    env::Entropy& entropy() override { return entropy_; }
    env::Files& files() override { return world_.files; }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions options) override {
        return std::make_unique<VirtualExecutor>(time, options.name.starts_with("bank-"));
    }
    void die(env::FatalCause, std::string_view reason) override { died = reason; }
    [[nodiscard]] std::string sqlite_vfs() const override { return world_.options().vfs; }

    VirtualTime time;
    std::string died;

  private:
    VirtualClock clock_;
    sql::testing::MemoryWorld world_;
    sql::testing::SeededEntropy entropy_;
};

}  // namespace onsale::payments
