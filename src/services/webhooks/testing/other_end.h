// For tests of webhooks: an environment where pauses take no time, and the other end of the calls.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "env/environment.h"
#include "http/client.h"

namespace onsale::webhooks {

// Pauses take no time, and the clock goes as the test says.
class HastyExecutor final : public env::Executor {
  public:
    HastyExecutor(std::unique_ptr<env::Executor> inner, std::shared_ptr<int> living)
        : inner_(std::move(inner)), living_(std::move(living)) {}
    void post(env::Task task) override { inner_->post(std::move(task)); }
    void post_after(base::Duration, env::Task task) override { inner_->post(std::move(task)); }
    void close() override { inner_->close(); }

  private:
    std::unique_ptr<env::Executor> inner_;
    const std::shared_ptr<int> living_;
};

class HastyEnvironment final : public env::Environment, public env::Clock {
  public:
    explicit HastyEnvironment(env::Environment& inner) : inner_(inner) {}
    env::Clock& clock() override { return *this; }
    env::Entropy& entropy() override { return inner_.entropy(); }
    env::Files& files() override { return inner_.files(); }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions options) override {
        return std::make_unique<HastyExecutor>(inner_.make_executor(std::move(options)), living);
    }
    void die(env::FatalCause cause, std::string_view reason) override { inner_.die(cause, reason); }
    std::string sqlite_vfs() const override { return inner_.sqlite_vfs(); }
    base::Timestamp wall_now() const override { return base::Timestamp::from_unix_ms(now_ms); }
    std::int64_t monotonic_us() const override { return now_ms * 1000; }
    // Each executor that there is holds it.
    const std::shared_ptr<int> living = std::make_shared<int>();
    std::atomic<std::int64_t> now_ms = 1'600'000'000'000;

  private:
    env::Environment& inner_;
};

// The other end: remembers what it was sent and answers as the test says.
class OtherEnd {
  public:
    using Answer = base::Result<http::ClientResponse, http::ClientError>;
    static Answer status(std::uint16_t code) {
        http::ClientResponse response;
        response.status = code;
        return response;
    }
    Answer take(const http::ClientRequest& request) {
        std::unique_lock lock(mutex_);
        calls_.push_back(request);
        changed_.notify_all();
        if (wait) {
            lock.unlock();
            wait(request);
            lock.lock();
        }
        return answer(request, calls_.size());
    }
    // The first `count` calls, as soon as there are as many.
    std::vector<http::ClientRequest> calls(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return calls_.size() >= count; });
        return calls_;
    }
    std::function<Answer(const http::ClientRequest&, std::size_t number)> answer =
        [](const http::ClientRequest&, std::size_t) { return status(204); };
    std::function<void(const http::ClientRequest&)> wait;  // before it answers

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<http::ClientRequest> calls_;
};

class FakeClient final : public http::Client {
  public:
    explicit FakeClient(OtherEnd& other_end) : other_end_(other_end) {}
    OtherEnd::Answer call(const http::ClientRequest& request) override {
        return other_end_.take(request);
    }

  private:
    OtherEnd& other_end_;
};

}  // namespace onsale::webhooks
