// Connection: one browser, one request at a time. A state machine driven by callbacks on its loop's
// thread; it is the sink of its responder itself, so a request costs no allocation here. Reading,
// writing and parsing reuse their buffers. The loop's list owns it; pending operations and
// responders keep it alive beyond that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "http/internal/asio.h"
#include "http/internal/event_channel.h"
#include "http/internal/parsed_request.h"
#include "http/internal/read_buffer.h"
#include "http/message.h"

namespace onsale::http::internal {

class Loop;

class Connection final : public ResponseSink, public std::enable_shared_from_this<Connection> {
  public:
    Connection(std::shared_ptr<Loop> loop, Socket socket);
    ~Connection() override;

    void start();
    void refuse();  // 503 instead of start()
    // By the sweep. Idle connections close at once; others after the answer in progress.
    void drain();
    void check_deadline(std::int64_t now_ms);
    void close();
    // Takes what waits in the event channel and writes it.
    void flush_events();

    void send(Response response) override;
    std::shared_ptr<EventStream> open_event_stream() override;
    env::Executor& home() override;
    void abandon() override;

    // Place in the loop's list.
    std::size_t slot = 0;
    bool refused = false;

  private:
    // reading → waiting (a handler has the request) → writing → reading …; streaming after
    // open_event_stream(); lingering: all is said, what still comes in is thrown away so that the
    // other end can read our last words.
    enum class State : std::uint8_t { reading, waiting, writing, streaming, lingering, closed };
    struct ReadDone;
    struct WriteDone;

    void arm_read();
    void on_read(const ErrorCode& error, std::size_t count);
    void pump();
    bool parse_some();
    void dispatch();
    void look_behind_proxy();
    void refuse_request(Problem problem);
    void write_response(Response response);
    void write();
    void arm_write();
    void on_written(const ErrorCode& error, std::size_t count);
    enum class Next : std::uint8_t { rest, write };
    Next finish_write();
    Next finish_event_write();
    void linger();
    void set_deadline(base::Duration from_now);
    void set_read_deadline();
    [[nodiscard]] bool writing_events() const {
        return state_ == State::streaming && written_ < out_.size();
    }

    const std::shared_ptr<Loop> loop_;
    Socket socket_;
    ParsedRequest request_;
    ReadBuffer in_;
    std::string peer_;    // the socket's other end
    std::string client_;  // behind a trusted proxy: who is asking it
    bool proxied_ = false;
    std::string out_;                                 // head, and the body if it is small
    std::string large_body_;                          // else the body
    std::shared_ptr<const std::string> shared_body_;  // or one that others send, too
    std::string_view tail_;                           // what follows out_: of either of these
    std::size_t written_ = 0;                         // of both
    std::shared_ptr<EventChannel> events_;
    std::int64_t deadline_ms_ = 0;
    std::int64_t answer_deadline_ms_ = 0;  // while an answer waits for its client
    std::int64_t events_sent_ms_ = 0;
    std::int64_t started_us_ = 0;  // of a request that is timed; else 0
    State state_ = State::reading;
    bool fresh_ = true;  // nothing of the next request has been parsed
    bool keep_alive_ = true;
    bool pumping_ = false;
    bool reading_ = false;  // an operation is pending
    OperationSlot read_slot_;
    OperationSlot write_slot_;
};

}  // namespace onsale::http::internal
