#include "http/internal/connection.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "http/internal/loop.h"
#include "http/limits.h"

namespace onsale::http::internal {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::int64_t kNoDeadline = std::numeric_limits<std::int64_t>::max();

bool is_request_id(std::string_view text) {
    constexpr std::string_view kAllowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return !text.empty() && text.size() <= kRequestIdBytesMax &&
           text.find_first_not_of(kAllowed) == std::string_view::npos;
}

// What handlers hold of a stream. Its end is noticed here: the last owner gone, nothing more can
// come.
class StreamHandle final : public EventStream {
  public:
    StreamHandle(std::shared_ptr<Loop> loop, std::shared_ptr<EventChannel> channel,
                 std::weak_ptr<Connection> connection)
        : loop_(std::move(loop)),
          channel_(std::move(channel)),
          connection_(std::move(connection)) {}
    StreamHandle(const StreamHandle&) = delete;
    StreamHandle& operator=(const StreamHandle&) = delete;
    ~StreamHandle() override {
        if (!channel_->closed() && channel_->end()) wake();
    }

    bool send(std::string_view event, std::string_view data) override {
        const auto result = channel_->append(event, data);
        if (result == EventChannel::Append::wake || result == EventChannel::Append::overflow)
            wake();
        return result == EventChannel::Append::wake || result == EventChannel::Append::waiting;
    }
    [[nodiscard]] bool closed() const override { return channel_->closed(); }

  private:
    void wake() {
        loop_->post([connection = connection_] {
            if (const auto alive = connection.lock()) alive->flush_events();
        });
    }

    const std::shared_ptr<Loop> loop_;
    const std::shared_ptr<EventChannel> channel_;
    const std::weak_ptr<Connection> connection_;
};

// A socket that listens on "::" names an IPv4 client "::ffff:192.0.2.1"; everybody else shall know
// it by one name, whatever the socket.
std::string address_of(const Socket& socket) {
    ErrorCode error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return {};
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

void give_back_if_large(std::string& text) {
    text.clear();
    if (text.capacity() > kKeepBytesMax) text.shrink_to_fit();
}

}  // namespace

struct Connection::ReadDone {
    using allocator_type = SlotAllocator<void>;
    std::shared_ptr<Connection> connection;
    [[nodiscard]] allocator_type get_allocator() const noexcept {
        return allocator_type(connection->read_slot_);
    }
    void operator()(const ErrorCode& error, std::size_t count) {
        connection->on_read(error, count);
    }
};

struct Connection::WriteDone {
    using allocator_type = SlotAllocator<void>;
    std::shared_ptr<Connection> connection;
    [[nodiscard]] allocator_type get_allocator() const noexcept {
        return allocator_type(connection->write_slot_);
    }
    void operator()(const ErrorCode& error, std::size_t count) {
        connection->on_written(error, count);
    }
};

Connection::Connection(std::shared_ptr<Loop> loop, Socket socket)
    : loop_(std::move(loop)),
      socket_(std::move(socket)),
      request_(loop_->router(), loop_->options().header_bytes_max),
      in_(loop_->options().header_bytes_max + kReadBytesFirst),
      peer_(address_of(socket_)),
      proxied_(loop_->border().trusts(peer_)) {}

Connection::~Connection() = default;

void Connection::start() {
    set_read_deadline();
    arm_read();
}

void Connection::refuse() {
    loop_->next_request_id(request_.request_id);
    keep_alive_ = false;
    state_ = State::waiting;
    write_response(loop_->router().problem(Problem::overloaded, request_.request_id));
}

void Connection::drain() {
    if (state_ == State::streaming) {
        close();
        return;
    }
    if (state_ != State::reading || !fresh_ || !in_.empty()) return;
    ErrorCode error;
    // A request that is here already, though not read, is still answered.
    if (socket_.available(error) == 0 || error) close();
}

void Connection::check_deadline(std::int64_t now_ms) {
    if (now_ms >= deadline_ms_) {
        close();
        return;
    }
    if (state_ != State::streaming || writing_events() || now_ms - events_sent_ms_ < kHeartbeatMs)
        return;
    // Otherwise proxies cut a silent stream, and we would never learn that a browser has gone.
    events_sent_ms_ = now_ms;
    out_ = ":\n\n";
    written_ = 0;
    write();
}

void Connection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    if (events_) events_->close();
    ErrorCode ignored;
    socket_.close(ignored);
    loop_->remove(*this);
}

void Connection::set_deadline(base::Duration from_now) {
    deadline_ms_ = loop_->now_ms() + from_now.count_ms();
}

// A request has its own deadline from its first byte on, so that one byte a second does not hold a
// connection for ever.
void Connection::set_read_deadline() {
    set_deadline(fresh_ ? loop_->options().idle_timeout : loop_->options().request_timeout);
}

void Connection::arm_read() {
    const auto room = in_.room();
    reading_ = true;
    socket_.async_read_some(asio::buffer(room.data(), room.size()), ReadDone{shared_from_this()});
}

void Connection::on_read(const ErrorCode& error, std::size_t count) {
    reading_ = false;
    if (state_ == State::closed) return;
    if (error) {
        close();
        return;
    }
    in_.commit(count);
    if (state_ == State::reading) {
        pump();
        return;
    }
    // Nothing is expected while events flow or after our last word: thrown away.
    in_.consume(in_.bytes().size());
    arm_read();
}

// Requests one after another, as long as they are here and answered at once. An answer given inside
// dispatch() comes back to this loop and not by recursion, so a pipeline of any length needs no
// stack.
void Connection::pump() {
    pumping_ = true;
    while (state_ == State::reading && !in_.empty() && parse_some()) {
    }
    pumping_ = false;
    if (state_ == State::reading) arm_read();
}

// False if more bytes are needed, or none are wanted.
bool Connection::parse_some() {
    if (fresh_) {
        fresh_ = false;
        request_.begin();
        loop_->next_request_id(request_.request_id);
        set_read_deadline();
    }
    std::size_t used = 0;
    const auto progress = request_.take(in_.bytes(), used);
    in_.consume(used);
    switch (progress) {
        case ParsedRequest::Progress::complete:
            dispatch();
            return true;
        case ParsedRequest::Progress::refused:
            refuse_request(request_.problem());
            return false;
        case ParsedRequest::Progress::need_more:
            break;
    }
    if (in_.full()) {
        refuse_request(request_.header_done() ? Problem::malformed_request
                                              : Problem::headers_too_large);
        return false;
    }
    if (request_.take_expectation()) {
        ErrorCode error;
        // 25 bytes on a connection whose last response has left: if they do not fit, the client
        // goes on without them after its timeout.
        socket_.write_some(asio::buffer(kContinue), error);
    }
    return used > 0 && !in_.empty();
}

void Connection::dispatch() {
    state_ = State::waiting;
    deadline_ms_ = kNoDeadline;
    keep_alive_ = request_.keep_alive() && request_.known_method();
    started_us_ = loop_->metrics().sample() ? loop_->monotonic_us() : 0;
    request_.peer = peer_;
    request_.https = false;
    if (proxied_) look_behind_proxy();
    const auto id = request_.header("X-Request-Id");
    if (is_request_id(id)) request_.request_id = id;
    if (!request_.known_method()) {
        write_response(loop_->router().problem(Problem::method_not_allowed, request_.request_id));
        return;
    }
    loop_->router().dispatch(request_, Responder(shared_from_this()));
}

// What the proxy in front of us says of its client. Anybody else's word for it is not looked at.
void Connection::look_behind_proxy() {
    request_.https = request_.header("X-Forwarded-Proto") == "https";
    if (loop_->border().client_of(request_.last_header("X-Forwarded-For"), client_))
        request_.peer = client_;
}

// What follows a request that we do not understand cannot be told apart from it, so the connection
// ends.
void Connection::refuse_request(Problem problem) {
    state_ = State::waiting;
    keep_alive_ = false;
    started_us_ = 0;
    write_response(loop_->router().problem(problem, request_.request_id));
}

void Connection::send(Response response) {
    ONSALE_CHECK(loop_->on_this_thread());
    if (state_ == State::waiting) write_response(std::move(response));
}

env::Executor& Connection::home() {
    return *loop_;
}

void Connection::abandon() {
    if (!loop_->on_this_thread()) {
        loop_->post([self = shared_from_this()] { self->abandon(); });
        return;
    }
    if (state_ == State::waiting)
        write_response(loop_->router().problem(Problem::no_answer, request_.request_id));
}

void Connection::write_response(Response response) {
    state_ = State::writing;
    deadline_ms_ = kNoDeadline;  // none before the client makes us wait
    loop_->metrics().count_request(request_.method, response.status);
    if (started_us_ != 0) {
        loop_->metrics().observe_seconds(static_cast<double>(loop_->monotonic_us() - started_us_) /
                                         1e6);
    }
    if (loop_->draining()) keep_alive_ = false;
    loop_->border().add_cors(request_, response);
    out_.clear();
    written_ = 0;
    loop_->format().append_head(out_, response,
                                {.request_id = request_.request_id,
                                 .keep_alive = keep_alive_,
                                 .http_1_0 = request_.http_1_0()});
    const bool bodyless =
        request_.method == Method::head || response.status == 204 || response.status == 304;
    if (!bodyless) {
        if (response.content().size() < kGatherBytesMin) {
            out_ += response.content();
        } else {
            large_body_ = std::move(response.body);
            shared_body_ = std::move(response.shared_body);
            tail_ = shared_body_ ? std::string_view(*shared_body_) : std::string_view(large_body_);
        }
    }
    write();
}

// Tries at once: the kernel takes a usual response whole, and epoll is asked only when it does not.
void Connection::write() {
    for (;;) {
        const std::size_t total = out_.size() + tail_.size();
        if (written_ == total) {
            if (finish_write() == Next::rest) return;
            continue;
        }
        const std::size_t head = std::min(written_, out_.size());
        const auto first = asio::buffer(std::as_const(out_)) + head;
        ErrorCode error;
        if (tail_.empty()) {
            written_ += socket_.write_some(first, error);
        } else {
            const std::array both = {first, asio::buffer(tail_) + (written_ - head)};
            written_ += socket_.write_some(both, error);
        }
        if (error == asio::error::would_block) {
            arm_write();
            return;
        }
        if (error) {
            close();
            return;
        }
    }
}

// Each piece that leaves gives the client more time, but not for ever: one that takes a byte now
// and then must not hold an answer.
void Connection::arm_write() {
    if (deadline_ms_ == kNoDeadline) {
        const std::size_t left = out_.size() + tail_.size() - written_;
        const auto seconds = static_cast<std::int64_t>(left / kAnswerBytesPerSecondMin);
        set_deadline(loop_->options().idle_timeout + base::Duration::seconds(seconds));
        answer_deadline_ms_ = deadline_ms_;
    }
    set_deadline(loop_->options().idle_timeout);
    deadline_ms_ = std::min(deadline_ms_, answer_deadline_ms_);
    const std::size_t head = std::min(written_, out_.size());
    const std::array buffers = {asio::buffer(std::as_const(out_)) + head,
                                asio::buffer(tail_) + (written_ - head)};
    socket_.async_write_some(buffers, WriteDone{shared_from_this()});
}

void Connection::on_written(const ErrorCode& error, std::size_t count) {
    if (state_ == State::closed) return;
    if (error) {
        close();
        return;
    }
    written_ += count;
    write();
}

Connection::Next Connection::finish_write() {
    give_back_if_large(out_);
    give_back_if_large(large_body_);
    shared_body_.reset();
    tail_ = {};
    written_ = 0;
    if (state_ == State::streaming) return finish_event_write();
    if (!keep_alive_ || loop_->draining()) {
        linger();
        return Next::rest;
    }
    state_ = State::reading;
    fresh_ = true;
    set_read_deadline();
    if (!pumping_) pump();
    return Next::rest;
}

Connection::Next Connection::finish_event_write() {
    deadline_ms_ = kNoDeadline;
    if (events_->take(out_)) {
        events_sent_ms_ = loop_->now_ms();
        return Next::write;
    }
    if (events_->ended()) linger();
    return Next::rest;
}

// Closing with unread bytes would reset the connection, and the other end might never see our
// answer (RFC 9112, 9.6).
void Connection::linger() {
    state_ = State::lingering;
    set_deadline(base::Duration::milliseconds(kLingerMs));
    if (events_) events_->close();
    ErrorCode error;
    socket_.shutdown(Socket::shutdown_send, error);
    if (error) {
        close();
        return;
    }
    in_.consume(in_.bytes().size());
    if (!reading_) arm_read();
}

std::shared_ptr<EventStream> Connection::open_event_stream() {
    ONSALE_CHECK(loop_->on_this_thread());
    events_ = std::make_shared<EventChannel>(loop_->options().event_bytes_max);
    auto handle = std::make_shared<StreamHandle>(loop_, events_, weak_from_this());
    if (state_ != State::waiting || loop_->draining() || request_.method == Method::head)
        events_->close();
    if (state_ != State::waiting) return handle;
    loop_->metrics().count_request(request_.method, 200);
    keep_alive_ = false;
    Response response;
    response.content_type = "text/event-stream";
    loop_->border().add_cors(request_, response);
    response.headers.push_back(
        {"X-Accel-Buffering", "no"});  // proxies of that family would collect events otherwise
    out_.clear();
    written_ = 0;
    loop_->format().append_head(
        out_, response,
        {.request_id = request_.request_id, .keep_alive = false, .event_stream = true});
    if (events_->closed()) {
        state_ = State::writing;
        write();
        return handle;
    }
    state_ = State::streaming;
    events_sent_ms_ = loop_->now_ms();
    ErrorCode ignored;
    // The kernel's buffer would grow to megabytes for a browser that does not read; our bound is
    // meant to hold.
    socket_.set_option(Socket::send_buffer_size(kEventSendBufferBytes), ignored);
    in_.consume(in_.bytes().size());
    if (!reading_) arm_read();
    write();
    return handle;
}

void Connection::flush_events() {
    if (state_ != State::streaming) return;
    if (events_->closed()) {
        close();  // it fell behind
        return;
    }
    if (!writing_events()) write();
}

}  // namespace onsale::http::internal
