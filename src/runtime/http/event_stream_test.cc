#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "http/internal/event_channel.h"
#include "http/internal/test_server.h"
#include "http/server.h"

namespace onsale::http {
namespace {

using test::Answer;
using test::Peer;
using test::route;
using test::TestServer;

constexpr std::string_view kOpen = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";

class EventStreamTest : public testing::Test {
  protected:
    void SetUp() override {
        server.router.add(
            route(Method::get, "/events", [this](const Request&, Responder responder) {
                opened.set_value(responder.open_event_stream());
            }));
    }
    std::shared_ptr<EventStream> open(Peer& peer) {
        peer.send(kOpen);
        return opened.get_future().get();
    }
    // True once the stream has noticed its end; the loop's thread needs a moment.
    static bool comes_to_its_end(const EventStream& stream) {
        const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!stream.closed() && std::chrono::steady_clock::now() < limit)
            std::this_thread::yield();
        return stream.closed();
    }

    TestServer server;
    std::promise<std::shared_ptr<EventStream>> opened;
};

TEST_F(EventStreamTest, delivers_events_in_order) {
    server.start();
    Peer peer(server);
    const auto stream = open(peer);
    const Answer head = peer.read_answer();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.at("Content-Type"), "text/event-stream");
    EXPECT_EQ(head.headers.at("Connection"), "close");
    EXPECT_FALSE(head.headers.contains("Content-Length"));
    EXPECT_FALSE(head.headers.contains("Transfer-Encoding"));
    EXPECT_TRUE(stream->send("stock", R"({"free":1})"));
    EXPECT_EQ(peer.read_until("\n\n"), "event: stock\ndata: {\"free\":1}\n\n");
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(stream->send("", std::to_string(i)));
    for (int i = 0; i < 1000; ++i)
        EXPECT_EQ(peer.read_until("\n\n"), "data: " + std::to_string(i) + "\n\n");
    EXPECT_FALSE(stream->closed());
}

TEST_F(EventStreamTest, keeps_lines_inside_their_event) {
    internal::EventChannel channel(1000);
    channel.append("a\nb", "1\n\n2\r\n3\r4");
    std::string text;
    ASSERT_TRUE(channel.take(text));
    EXPECT_EQ(text, "event: a\ndata: 1\ndata: \ndata: 2\ndata: 3\ndata: 4\n\n");
}

TEST_F(EventStreamTest, bounds_what_waits) {
    using Append = internal::EventChannel::Append;
    internal::EventChannel channel(30);
    EXPECT_EQ(channel.append("", "12345"), Append::wake);     // 13 bytes
    EXPECT_EQ(channel.append("", "12345"), Append::waiting);  // 26
    std::string text;
    ASSERT_TRUE(channel.take(text));
    EXPECT_EQ(channel.append("", "12345"), Append::overflow)
        << "what is being written still counts";
    EXPECT_TRUE(channel.closed());
    EXPECT_EQ(channel.append("", ""), Append::closed);
}

TEST_F(EventStreamTest, cuts_off_a_browser_that_does_not_read) {
    server.start({.event_bytes_max = 64 * 1024});
    Peer peer(server, 4096);
    const auto stream = open(peer);
    const std::string data(1000, 'x');
    std::size_t accepted = 0;
    while (accepted < 100'000 && stream->send("", data)) ++accepted;
    EXPECT_LT(accepted, 10'000U) << "kernel buffers and our bound together are far below 10 MB";
    EXPECT_TRUE(stream->closed());
    EXPECT_FALSE(stream->send("", "more"));
}

TEST_F(EventStreamTest, shows_that_nothing_else_happens) {
    server.start();
    Peer peer(server);
    const auto stream = open(peer);
    peer.read_answer();
    server.environment.clock().advance(base::Duration::seconds(16));
    EXPECT_EQ(peer.read_until("\n\n"), ":\n\n");
    EXPECT_TRUE(stream->send("", "still here"));
    EXPECT_EQ(peer.read_until("\n\n"), "data: still here\n\n");
}

TEST_F(EventStreamTest, ends_with_its_last_owner_after_what_was_sent) {
    server.start();
    Peer peer(server);
    auto stream = open(peer);
    peer.read_answer();
    EXPECT_TRUE(stream->send("", "last"));
    stream.reset();
    EXPECT_EQ(peer.read_until("\n\n"), "data: last\n\n");
    EXPECT_TRUE(peer.at_end());
}

TEST_F(EventStreamTest, notices_that_the_browser_has_gone) {
    server.start();
    Peer peer(server);
    const auto stream = open(peer);
    peer.read_answer();
    peer.close();
    EXPECT_TRUE(comes_to_its_end(*stream));
    EXPECT_FALSE(stream->send("", "x"));
}

TEST_F(EventStreamTest, is_closed_by_draining_and_outlives_the_server) {
    server.start();
    Peer peer(server);
    const auto stream = open(peer);
    peer.read_answer();
    server.server->drain(base::Duration::seconds(20));
    EXPECT_TRUE(stream->closed());
    server.server.reset();
    EXPECT_FALSE(stream->send("", "x"));
}

TEST_F(EventStreamTest, has_no_events_for_head) {
    server.start();
    Peer peer(server);
    peer.send("HEAD /events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(peer.read_answer(Method::head).status, 200);
    EXPECT_TRUE(opened.get_future().get()->closed());
    EXPECT_TRUE(peer.at_end());
}

}  // namespace
}  // namespace onsale::http
