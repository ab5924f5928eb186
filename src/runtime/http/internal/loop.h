// Loop: one event loop on one thread, with its acceptor, its connections and the sweep that watches
// their deadlines. It is the env::Executor that handlers know as home(). Everything else belongs to
// the loop's thread unless it says otherwise. A connection keeps its loop alive, so a Responder
// that somebody still holds after the server has gone can be dropped safely: tasks posted to a
// stopped loop are destroyed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "env/clock.h"
#include "env/executor.h"
#include "http/internal/asio.h"
#include "http/internal/border.h"
#include "http/internal/response_format.h"
#include "http/internal/server_metrics.h"
#include "http/router.h"
#include "http/server.h"

namespace onsale::http::internal {

class Connection;

struct LoopContext {
    const ServerOptions& options;
    const Router& router;
    env::Clock& clock;
    telemetry::Metrics& metrics;
    std::uint64_t id_prefix;  // random, the same for all loops of a process
};

class Loop final : public env::Executor, public std::enable_shared_from_this<Loop> {
  public:
    Loop(const LoopContext& context, std::uint32_t index);
    ~Loop() override;

    void post(env::Task task) override;
    void post_after(base::Duration delay, env::Task task) override;

    // Before the thread runs. shared: other loops listen on the same port.
    enum class Port : std::uint8_t { own, shared };
    [[nodiscard]] ErrorCode listen(const Tcp::endpoint& endpoint, Port port);
    [[nodiscard]] std::uint16_t port() const;
    // Starts the thread; a sentence if there is none to be had.
    [[nodiscard]] std::optional<std::string> start();
    // From another thread: no more new connections; calls `drained` on the loop's thread when the
    // last one has closed.
    void begin_drain(std::function<void()> drained);
    // From another thread: closes everything and joins.
    void stop();

    // On the loop's thread, for connections.
    [[nodiscard]] bool on_this_thread() const;
    [[nodiscard]] bool runs_here() const override { return on_this_thread(); }
    [[nodiscard]] const ServerOptions& options() const { return options_; }
    [[nodiscard]] const Router& router() const { return router_; }
    [[nodiscard]] const Border& border() const { return border_; }
    [[nodiscard]] const ResponseFormat& format() const { return format_; }
    [[nodiscard]] ServerMetrics& metrics() { return metrics_; }
    [[nodiscard]] std::int64_t monotonic_us() const { return clock_.monotonic_us(); }
    [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }  // as of the last sweep
    [[nodiscard]] bool draining() const { return draining_; }
    void next_request_id(std::string& out);
    void remove(Connection& connection);

  private:
    using Time = std::chrono::steady_clock::time_point;
    struct Posted {
        Time due;  // the epoch: at once
        std::uint64_t order = 0;
        env::Task task;
        bool operator>(const Posted& other) const {
            return due != other.due ? due > other.due : order > other.order;
        }
    };

    void enqueue(Posted posted);
    void await_wake_up();
    void run();
    void run_posted();
    void arm_delayed();
    void run_delayed();
    void accept();
    void welcome(Socket socket);
    void arm_sweep();
    void sweep();
    void drain_now(std::function<void()> drained);
    void report_if_drained();
    void stop_now();
    void refresh_time();

    const ServerOptions options_;
    const Router& router_;
    env::Clock& clock_;
    const std::uint32_t index_;
    ServerMetrics metrics_;
    const Border border_;
    ResponseFormat format_;
    std::string id_prefix_;
    std::uint64_t requests_ = 0;

    asio::io_context io_;
    std::optional<asio::executor_work_guard<IoExecutor>> guard_;
    Event wake_up_;  // written by whoever posts from another thread
    std::uint64_t wake_ups_ = 0;
    Acceptor acceptor_;
    Timer sweep_timer_;
    Timer delayed_timer_;
    std::vector<Posted> delayed_;  // a heap, the next one in front
    std::uint64_t delayed_count_ = 0;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::uint32_t refused_open_ = 0;
    std::int64_t now_ms_ = 0;
    bool accepting_ = false;
    bool draining_ = false;
    bool stopped_ = false;
    std::function<void()> drained_;

    std::mutex mutex_;  // owns the two below
    std::vector<Posted> posted_;
    bool closed_ = false;
    std::vector<Posted> running_;  // the loop's; kept for its storage
    std::thread thread_;
};

}  // namespace onsale::http::internal
