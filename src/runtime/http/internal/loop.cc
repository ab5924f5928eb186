#include "http/internal/loop.h"

#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "http/internal/connection.h"
#include "http/limits.h"
#include "telemetry/log.h"

namespace onsale::http::internal {
namespace {

thread_local const Loop* current_loop = nullptr;

int make_event() {
    const int event = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    ONSALE_CHECK(event >= 0);  // made when the process starts: without it no loop can work
    return event;
}

void append_hex(std::string& out, std::uint64_t value, std::size_t width) {
    std::array<char, 16> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), value, 16).ptr;
    const auto count = static_cast<std::size_t>(end - digits.begin());
    if (count < width) out.append(width - count, '0');
    out.append(digits.data(), count);
}

}  // namespace

Loop::Loop(const LoopContext& context, std::uint32_t index)
    : options_(context.options),
      router_(context.router),
      clock_(context.clock),
      index_(index),
      metrics_(context.metrics, index),
      border_(options_),
      format_(options_.https_only),
      io_(1),
      guard_(std::in_place, io_.get_executor()),
      wake_up_(io_.get_executor(), make_event()),
      acceptor_(io_.get_executor()),
      sweep_timer_(io_.get_executor()),
      delayed_timer_(io_.get_executor()) {
    append_hex(id_prefix_, context.id_prefix, 16);
    id_prefix_ += '-';
    refresh_time();
}

Loop::~Loop() {
    ONSALE_CHECK(!thread_.joinable());
}

void Loop::post(env::Task task) {
    enqueue({.due = Time{}, .order = 0, .task = std::move(task)});
}

void Loop::post_after(base::Duration delay, env::Task task) {
    const auto due = std::chrono::steady_clock::now() + std::chrono::milliseconds(delay.count_ms());
    enqueue({.due = due, .order = 0, .task = std::move(task)});
}

// Only the first task of a batch wakes the loop, so posting many is a push each. From another
// thread it is woken by an event of our own, outside of any lock: asio::post() makes its system
// call under a lock that the loop takes too, and a thread that the scheduler stops there stops the
// loop.
void Loop::enqueue(Posted posted) {
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        ONSALE_CHECK(posted_.size() < kLoopTasksMax);
        wake = posted_.empty();
        posted_.push_back(std::move(posted));
    }
    if (!wake) return;
    if (on_this_thread()) return asio::post(io_.get_executor(), [this] { run_posted(); });
    const std::uint64_t one = 1;
    // It fails only if the event is set 2^64 times, and then the loop is being woken anyway.
    [[maybe_unused]] const auto written = ::write(wake_up_.native_handle(), &one, sizeof(one));
}

void Loop::await_wake_up() {
    wake_up_.async_read_some(asio::buffer(&wake_ups_, sizeof(wake_ups_)),
                             [this](const ErrorCode& error, std::size_t) {
                                 if (error || stopped_) return;
                                 run_posted();
                                 if (!stopped_) await_wake_up();
                             });
}

void Loop::run_posted() {
    {
        const std::lock_guard lock(mutex_);
        std::swap(posted_, running_);
    }
    for (auto& posted : running_) {
        if (stopped_) break;
        if (posted.due == Time{}) {
            auto task = std::move(posted.task);
            task();
            continue;
        }
        posted.order = ++delayed_count_;
        delayed_.push_back(std::move(posted));
        std::push_heap(delayed_.begin(), delayed_.end(), std::greater<>());
        if (delayed_.front().order == delayed_count_) arm_delayed();
    }
    running_.clear();
}

void Loop::arm_delayed() {
    if (delayed_.empty() || stopped_) return;
    delayed_timer_.expires_at(delayed_.front().due);
    delayed_timer_.async_wait([this](const ErrorCode& error) {
        if (!error) run_delayed();
    });
}

void Loop::run_delayed() {
    const auto now = std::chrono::steady_clock::now();
    while (!stopped_ && !delayed_.empty() && delayed_.front().due <= now) {
        std::pop_heap(delayed_.begin(), delayed_.end(), std::greater<>());
        auto task = std::move(delayed_.back().task);
        delayed_.pop_back();
        task();
    }
    arm_delayed();
}

ErrorCode Loop::listen(const Tcp::endpoint& endpoint, Port port) {
    ErrorCode error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Acceptor::reuse_address(true), error);
    if (!error && port == Port::shared) {
        const int on = 1;
        if (::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)) !=
            0) {
            error = ErrorCode(errno, boost::system::system_category());
        }
    }
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(Acceptor::max_listen_connections, error);
    return error;
}

std::uint16_t Loop::port() const {
    ErrorCode error;
    return acceptor_.local_endpoint(error).port();
}

std::optional<std::string> Loop::start() {
    try {
        thread_ = std::thread([this] { run(); });
    } catch (const std::system_error& error) {
        return std::string("no thread for an event loop: ") + error.what();
    }
    const std::string name = "http-" + std::to_string(index_);
    pthread_setname_np(thread_.native_handle(), name.c_str());
    return std::nullopt;
}

void Loop::run() {
    current_loop = this;
    accept();
    arm_sweep();
    await_wake_up();
    io_.run();
    current_loop = nullptr;
}

bool Loop::on_this_thread() const {
    return current_loop == this;
}

void Loop::accept() {
    accepting_ = true;
    acceptor_.async_accept([this](const ErrorCode& error, Socket socket) {
        accepting_ = false;
        if (!acceptor_.is_open()) return;
        if (!error) {
            welcome(std::move(socket));
            accept();
        } else if (error == asio::error::connection_aborted) {
            accept();
        } else {
            // No descriptors left, most likely: the next sweep tries again, for trying at once
            // would spin.
            telemetry::log_warning("http", "cannot accept a connection: " + error.message());
        }
    });
}

void Loop::welcome(Socket socket) {
    ErrorCode error;
    socket.non_blocking(true, error);
    if (!error) socket.set_option(Tcp::no_delay(true), error);
    if (error) return;  // gone already
    const bool refused = connections_.size() - refused_open_ >= options_.connections_max;
    if (refused) metrics_.count_refused_connection();
    if (refused && refused_open_ >= kRefusedOpenMax) return;
    auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket));
    connection->slot = connections_.size();
    connection->refused = refused;
    connections_.push_back(connection);
    if (refused) {
        ++refused_open_;
        connection->refuse();
    } else {
        connection->start();
    }
}

void Loop::remove(Connection& connection) {
    const auto last = std::move(connections_.back());
    connections_.pop_back();
    if (connection.refused) --refused_open_;
    if (last.get() != &connection) {
        last->slot = connection.slot;
        connections_[connection.slot] = last;
    }
    report_if_drained();
}

void Loop::next_request_id(std::string& out) {
    out.assign(id_prefix_);
    append_hex(out, ++requests_ * options_.loops + index_, 1);
}

void Loop::arm_sweep() {
    sweep_timer_.expires_after(std::chrono::milliseconds(kSweepMs));
    sweep_timer_.async_wait([this](const ErrorCode& error) {
        if (!error && !stopped_) sweep();
    });
}

void Loop::refresh_time() {
    now_ms_ = clock_.monotonic_us() / 1000;
    format_.set_date(clock_.wall_now());
}

void Loop::sweep() {
    refresh_time();
    // Backwards, since a connection that closes is replaced by the last one, which has had its
    // turn.
    for (std::size_t i = connections_.size(); i-- > 0;) {
        const auto connection = connections_[i];
        connection->check_deadline(now_ms_);
    }
    metrics_.publish(connections_.size());
    if (!accepting_ && acceptor_.is_open()) accept();
    arm_sweep();
}

void Loop::begin_drain(std::function<void()> drained) {
    post([this, drained = std::move(drained)]() mutable { drain_now(std::move(drained)); });
}

void Loop::drain_now(std::function<void()> drained) {
    ErrorCode ignored;
    acceptor_.close(ignored);
    draining_ = true;
    drained_ = std::move(drained);
    for (std::size_t i = connections_.size(); i-- > 0;) {
        const auto connection = connections_[i];
        connection->drain();
    }
    report_if_drained();
}

void Loop::report_if_drained() {
    if (!draining_ || !connections_.empty() || !drained_) return;
    const auto report = std::exchange(drained_, nullptr);
    report();
}

void Loop::stop() {
    if (!thread_.joinable()) return;
    post([this] { stop_now(); });
    thread_.join();
}

void Loop::stop_now() {
    stopped_ = true;
    ErrorCode ignored;
    acceptor_.close(ignored);
    sweep_timer_.cancel();
    delayed_timer_.cancel();
    wake_up_.cancel(ignored);
    while (!connections_.empty()) {
        const auto connection = connections_.back();
        connection->close();
    }
    metrics_.publish(0);
    std::vector<Posted> dropped;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        dropped = std::move(posted_);
    }
    delayed_.clear();
    guard_.reset();
}

}  // namespace onsale::http::internal
