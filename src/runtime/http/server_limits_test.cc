#include <gtest/gtest.h>

#include <future>

#include "http/internal/test_server.h"
#include "http/limits.h"
#include "http/server.h"

namespace onsale::http {
namespace {

using test::Answer;
using test::Peer;
using test::route;
using test::TestServer;
using test::text_response;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

class ServerLimits : public testing::Test {
  protected:
    void SetUp() override {
        server.router.add(route(Method::get, "/", [](const Request&, Responder responder) {
            responder.send(text_response("hello"));
        }));
        auto post = route(Method::post, "/", [](const Request& request, Responder responder) {
            responder.send(text_response(std::to_string(request.body.size())));
        });
        post.body_bytes_max = 100;
        server.router.add(std::move(post));
    }
    // Sends, and expects this refusal with the end of the connection behind it.
    void expect_refusal(const std::string& request, int status) {
        Peer peer(server);
        const Answer answer = peer.ask(request);
        EXPECT_EQ(answer.status, status) << request.substr(0, 200);
        if (status == 0) return;
        EXPECT_EQ(answer.headers.at("Connection"), "close");
        EXPECT_TRUE(peer.at_end()) << request.substr(0, 200);
    }

    TestServer server;
};

TEST_F(ServerLimits, refuse_bodies_over_the_routes_limit) {
    server.start();
    Peer peer(server);
    EXPECT_EQ(peer.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" +
                       std::string(100, 'a'))
                  .body,
              "100");
    expect_refusal(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'a'), 413);
    expect_refusal("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n", 413);
    expect_refusal("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" +
                       std::string(64, 'a') + "\r\n40\r\n",
                   413);
    expect_refusal("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 16385\r\n\r\n", 413);
}

TEST_F(ServerLimits, refuse_floods_of_headers) {
    server.start();
    std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (std::size_t i = 0; i < kFieldsMax; ++i) many += "a: b\r\n";
    expect_refusal(many + "\r\n", 431);
    expect_refusal("GET / HTTP/1.1\r\nHost: x\r\na: " + std::string(9000, 'b') + "\r\n\r\n", 431);
    expect_refusal("GET / HTTP/1.1\r\nHost: x\r\na: " + std::string(90'000, 'b'), 431);
    expect_refusal("GET /" + std::string(9000, 'b') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431);
    expect_refusal(std::string(90'000, 'G'), 431);
}

TEST_F(ServerLimits, count_headers_that_come_one_by_one) {
    server.start();
    Peer peer(server);
    peer.send("GET / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 50; ++i) peer.send("a: " + std::string(500, 'b') + "\r\n");
    EXPECT_EQ(peer.read_answer().status, 431);
}

TEST_F(ServerLimits, refuse_what_two_programs_could_read_differently) {
    server.start();
    const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
    const std::string chunks = "\r\n1\r\na\r\n0\r\n\r\n";
    for (const std::string& request : {
             post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n" + chunks,
             post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n" + chunks,
             post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
             post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\naa",
             post + "Content-Length: 1, 2\r\n\r\naa",
             post + "Content-Length: 1, 1\r\n\r\na",
             post + "Content-Length:\r\n 1\r\n\r\na",
             post + "Content-Length: \r\n \r\n\t1\r\n\r\na",
             post + "Content-Length: 1\r\n \r\n\r\na",
             post + "Transfer-Encoding:\r\n chunked\r\n" + chunks,
             post + "Transfer-Encoding: chunked\r\n ,identity\r\n" + chunks,
             post + "Content-Length: +1\r\n\r\na",
             post + "Content-Length: -1\r\n\r\na",
             post + "Content-Length: 0x1\r\n\r\na",
             post + "Content-Length:\r\n\r\na",
             post + "Content-Length: 99999999999999999999999\r\n\r\na",
             post + "Content-Length : 1\r\n\r\na",
             post + "Transfer-Encoding: gzip\r\n" + chunks,
             post + "Transfer-Encoding: gzip, chunked\r\n" + chunks,
             post + "Transfer-Encoding: xchunked\r\n" + chunks,
             post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" + chunks,
             post + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n" + chunks,
             post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\na\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
             std::string("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n" + chunks),
             std::string("GET / HTTP/1.1\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\na: b\r\n c\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\na:\r\n b\r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\na:\r\n \r\n\r\n"),
             std::string("GET / HTTP/1.1\r\nHost: x\r\n : y\r\n\r\n"),
             std::string("GET http://x?/ HTTP/1.1\r\nHost: x\r\n\r\n"),
             std::string("GET / HTTP/1.1\nHost: x\n\n\r\n\r\n"),
             std::string("GET  / HTTP/1.1\r\nHost: x\r\n\r\n"),
             std::string("GET / HTTP/2.0\r\nHost: x\r\n\r\n"),
             std::string("GET relative HTTP/1.1\r\nHost: x\r\n\r\n"),
         }) {
        SCOPED_TRACE(request);
        expect_refusal(request, 400);
    }
}

TEST_F(ServerLimits, refuse_methods_nobody_knows) {
    server.start();
    expect_refusal("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    expect_refusal("CONNECT /a HTTP/1.1\r\nHost: x\r\n\r\n", 405);
}

TEST_F(ServerLimits, refuse_connections_over_the_maximum) {
    server.start({.connections_max = 2});
    Peer first(server);
    Peer second(server);
    EXPECT_EQ(first.ask(kGet).status, 200);
    EXPECT_EQ(second.ask(kGet).status, 200);
    Peer third(server);
    const Answer answer = third.read_answer();  // without having asked
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body, "overloaded");
    EXPECT_TRUE(third.at_end());
    EXPECT_EQ(first.ask(kGet).status, 200);
    server.server.reset();
    EXPECT_EQ(server.metrics.counter("onsale_http_refused_connections_total", "").value(), 1.0);
}

TEST_F(ServerLimits, close_idle_connections) {
    server.start();
    Peer peer(server);
    EXPECT_EQ(peer.ask(kGet).status, 200);
    server.environment.clock().advance(base::Duration::seconds(76));
    EXPECT_TRUE(peer.at_end());
}

TEST_F(ServerLimits, close_connections_that_take_an_answer_too_slowly) {
    constexpr int kPieces = 12;  // each more than the kernel keeps to itself when it is read
    std::string body;
    for (int i = 0; i < kPieces; ++i) body += std::string(1'500'000, 'a') + "\n";
    server.router.add(route(Method::get, "/large", [&body](const Request&, Responder responder) {
        responder.send(text_response(body));
    }));
    server.start({.idle_timeout = base::Duration::seconds(1000)});
    Peer slow(server, 4096);
    slow.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    slow.read_until("\r\n\r\n");
    // A piece within each idle timeout is progress, and yet there is an end: here before 5,600 s.
    for (int i = 0; i < 7; ++i) {
        slow.read_until("\n");
        Peer half(server);
        half.send(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        half.read_until("\r\n\r\n");
        server.environment.clock().advance(base::Duration::seconds(900));
        EXPECT_TRUE(half.at_end()) << "the sweep has looked at all of them";
    }
    EXPECT_LT(slow.read_until("no such text").size(), body.size() / kPieces * 5);
}

TEST_F(ServerLimits, close_connections_that_take_too_long_over_a_request) {
    server.start();
    Peer idle(server);
    EXPECT_EQ(idle.ask(kGet).status, 200);
    Peer slow(server);
    EXPECT_EQ(slow.ask(kGet).status, 200);
    // The first bytes of the next request start its own, shorter, time.
    slow.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(slow.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    slow.send("a");
    server.environment.clock().advance(base::Duration::seconds(16));
    EXPECT_EQ(slow.read_answer().status, 0);
    EXPECT_EQ(idle.ask(kGet).status, 200) << "idle for less than its own limit";
}

}  // namespace
}  // namespace onsale::http
