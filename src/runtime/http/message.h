// What a handler sees of HTTP: a request, and a responder that is answered exactly once. No socket,
// no Asio and no Beast here, so the simulator drives the same routes without a network.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "env/executor.h"

namespace onsale::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };
[[nodiscard]] std::string_view to_string(Method method);

struct Header {
    std::string name;
    std::string value;
};

// A parsed request. Views live until the responder has answered (the connection owns the bytes).
class Request {
  public:
    virtual ~Request() = default;
    // The first header of this name (case-insensitive); empty if absent.
    [[nodiscard]] virtual std::string_view header(std::string_view name) const = 0;

    Method method = Method::get;
    std::string_view path;   // without query, still percent-encoded
    std::string_view query;  // after '?', still encoded; may be empty
    std::string_view body;
    std::string_view peer;   // address of the client; behind a trusted proxy: as that one says
    bool https = false;      // a trusted proxy says that the client came by https
    std::string request_id;  // ours, or the caller's if it is 1 to 64 of [A-Za-z0-9_-]
    std::array<std::string_view, 4>
        parameters;  // values of {…} in the route's pattern, in order, still encoded

    // The decoded value of a query parameter; nothing if absent or badly encoded.
    [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
};

// What a browser may load for an answer (Content-Security-Policy). Answers of an API are data and
// load nothing; pages load from their own origin, with style elements made by scripts.
inline constexpr std::string_view kClosedPolicy = "default-src 'none'; frame-ancestors 'none'";
inline constexpr std::string_view kPagesPolicy =
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'";

struct Response {
    std::uint16_t status = 200;
    std::string_view content_type = "application/json";  // a literal
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of `body`: ready-made, not copied
    std::vector<Header> headers;  // besides Content-Type, Content-Length, Date, Server,
                                  // X-Request-Id, the security headers and those of CORS
    std::string_view content_policy = kClosedPolicy;  // a literal

    [[nodiscard]] std::string_view content() const {
        return shared_body ? std::string_view(*shared_body) : std::string_view(body);
    }
};

// The server's end of a text/event-stream. Thread-safe; send() is false and does nothing once the
// browser has gone or does not read: what waits to be sent is bounded, and a browser that falls
// behind is cut off (it reconnects and gets the state anew).
class EventStream {
  public:
    virtual ~EventStream() = default;
    virtual bool send(std::string_view event, std::string_view data) = 0;
    [[nodiscard]] virtual bool closed() const = 0;
};

// What stands behind a Responder: a connection, or a simulated client.
class ResponseSink {
  public:
    virtual ~ResponseSink() = default;
    virtual void send(Response response) = 0;
    virtual std::shared_ptr<EventStream> open_event_stream() = 0;
    virtual env::Executor& home() = 0;
    // The responder died unanswered, on whatever thread. The server answers with its router's
    // `no_answer` on home(); this default sends a bare 500 at once.
    virtual void abandon();
};

// Answer exactly once, on home(). A responder that dies unanswered answers 500, so no client waits
// for ever.
class Responder {
  public:
    explicit Responder(std::shared_ptr<ResponseSink> sink) : sink_(std::move(sink)) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&& other) noexcept;
    ~Responder();

    void send(Response response);
    // Answers 200 text/event-stream and keeps the connection for events.
    std::shared_ptr<EventStream> open_event_stream();
    [[nodiscard]] env::Executor& home() const { return sink_->home(); }
    // Gives up what stands behind it, for a sink that wraps another one. Nothing is owed after.
    [[nodiscard]] std::shared_ptr<ResponseSink> release() { return std::move(sink_); }

  private:
    std::shared_ptr<ResponseSink> sink_;
};

}  // namespace onsale::http
