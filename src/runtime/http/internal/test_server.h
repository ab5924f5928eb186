// For the tests of this module: an environment whose clock stands still until it is told, a server
// on a free port, and a peer that speaks plain bytes over a blocking socket, as no well-behaved
// client would. A read that gets nothing for 20 s ends, so a fault fails a test instead of hanging
// it.
// tidy: allow third-party-header: its assertions are GoogleTest's; only tests include it
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "env/environment.h"
#include "http/router.h"
#include "http/server.h"
#include "telemetry/metrics.h"

namespace onsale::http::test {

class StillClock final : public env::Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(1'795'176'000'123);
    }
    [[nodiscard]] std::int64_t monotonic_us() const override { return now_us_.load(); }
    void advance(base::Duration by) { now_us_ += by.count_ms() * 1000; }

  private:
    std::atomic<std::int64_t> now_us_ = 1'000'000;
};

class CountingEntropy final : public env::Entropy {
  public:
    void fill(std::span<std::byte> out) override {
        for (auto& byte : out) byte = static_cast<std::byte>(++next_);
    }

  private:
    unsigned next_ = 0;
};

class TestEnvironment final : public env::Environment {
  public:
    StillClock& clock() override { return clock_; }
    env::Entropy& entropy() override { return entropy_; }
    env::Files& files() override { std::abort(); }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions) override { return nullptr; }
    void die(env::FatalCause, std::string_view) override { std::abort(); }
    [[nodiscard]] std::string sqlite_vfs() const override { return {}; }

  private:
    StillClock clock_;
    CountingEntropy entropy_;
};

// Bodies name the problem: "no_such_route".
Response plain_problem(Problem problem, const std::string& request_id,
                       const std::vector<std::string>& allowed_methods);
Response text_response(std::string body);
Route route(Method method, std::string pattern, Handler handler);

// A router, its server and the metrics, in the order in which they must live.
class TestServer {
  public:
    TestServer() : router(plain_problem) {}
    void start(const ServerOptions& options = {});

    TestEnvironment environment;
    telemetry::Metrics metrics;
    Router router;
    std::unique_ptr<Server> server;
};

struct Answer {
    int status = 0;  // 0: the connection ended instead
    std::map<std::string, std::string> headers;
    std::string body;
};

class Peer {
  public:
    explicit Peer(const TestServer& server, int receive_buffer_bytes = 0);
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() { close(); }

    void send(std::string_view bytes);
    void close();
    // The next answer; without a body for answers to HEAD.
    Answer read_answer(Method method = Method::get);
    Answer ask(std::string_view request) {
        send(request);
        return read_answer();
    }
    // What comes up to and with `end`, or up to the end of the connection.
    std::string read_until(std::string_view end);
    // True if the other side has closed in order and had nothing more to say.
    bool at_end();

  private:
    bool fill();

    int socket_ = -1;
    bool ended_in_order_ = false;
    std::string buffer_;
};

}  // namespace onsale::http::test
