#include "http/server.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/internal/test_server.h"

namespace onsale::http {
namespace {

using test::Answer;
using test::Peer;
using test::route;
using test::TestServer;
using test::text_response;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

// Answers with what came in.
void echo(const Request& request, Responder responder) {
    responder.send(text_response(std::string(request.body)));
}

class ServerTest : public testing::Test {
  protected:
    void SetUp() override {
        server.router.add(route(Method::get, "/", [](const Request&, Responder responder) {
            responder.send(text_response("hello"));
        }));
        server.router.add(route(Method::post, "/echo", echo));
        server.router.add(
            route(Method::get, "/where/{place}", [](const Request& request, Responder responder) {
                responder.send(text_response(
                    std::string(request.parameters[0]) + "?" + std::string(request.query) + " " +
                    std::string(request.peer) + " " + std::string(request.header("X-mixed-CASE"))));
            }));
        server.router.add(route(Method::get, "/later", [this](const Request&, Responder responder) {
            waiting.set_value(std::make_unique<Responder>(std::move(responder)));
        }));
    }

    TestServer server;
    // The responder of /later, for another thread to answer.
    std::promise<std::unique_ptr<Responder>> waiting;
};

TEST_F(ServerTest, keeps_connections_and_sends_the_headers_of_every_response) {
    server.start();
    Peer peer(server);
    for (int i = 0; i < 3; ++i) {
        const Answer answer = peer.ask(kGet);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "hello");
        EXPECT_EQ(answer.headers.at("Content-Type"), "text/plain");
        EXPECT_EQ(answer.headers.at("Server"), "onsale");
        EXPECT_EQ(answer.headers.at("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.headers.at("Referrer-Policy"), "no-referrer");
        EXPECT_EQ(answer.headers.at("X-Frame-Options"), "DENY");
        EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
        EXPECT_EQ(answer.headers.at("Date"), "Fri, 20 Nov 2026 12:00:00 GMT");
        EXPECT_FALSE(answer.headers.contains("Connection"));
    }
}

TEST_F(ServerTest, names_each_request) {
    server.start();
    Peer peer(server);
    const auto first = peer.ask(kGet).headers.at("X-Request-Id");
    const auto second = peer.ask(kGet).headers.at("X-Request-Id");
    EXPECT_EQ(first.substr(0, 17), "0807060504030201-");
    EXPECT_EQ(second.substr(0, 17), "0807060504030201-");
    EXPECT_NE(first, second);
    EXPECT_EQ(peer.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a_B-9\r\n\r\n")
                  .headers.at("X-Request-Id"),
              "a_B-9");
    for (const std::string& bad : {std::string("a b"), std::string("a\"b"), std::string(65, 'a')}) {
        const auto answer =
            peer.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + bad + "\r\n\r\n");
        EXPECT_EQ(answer.headers.at("X-Request-Id").substr(0, 17), "0807060504030201-") << bad;
    }
}

TEST_F(ServerTest, shows_a_handler_the_request) {
    server.start();
    Peer peer(server);
    EXPECT_EQ(
        peer.ask("GET /where/%20a?b=c&d HTTP/1.1\r\nHost: x\r\nx-MIXED-case:  v \r\n\r\n").body,
        "%20a?b=c&d 127.0.0.1 v");
    EXPECT_EQ(peer.ask("GET http://x:80/where/z HTTP/1.1\r\nHost: x\r\n\r\n").body,
              "z? 127.0.0.1 ");
    EXPECT_EQ(peer.ask("GET http://x HTTP/1.1\r\nHost: x\r\n\r\n").body, "hello");
}

TEST_F(ServerTest, names_a_client_of_ipv4_the_same_on_every_socket) {
    server.start({.address = "::"});
    Peer peer(server);
    EXPECT_EQ(peer.ask("GET /where/z HTTP/1.1\r\nHost: x\r\n\r\n").body, "z? 127.0.0.1 ");
}

TEST_F(ServerTest, answers_a_pipeline_in_order) {
    server.start();
    Peer peer(server);
    peer.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1GET /later HTTP/1.1\r\nHost: "
        "x\r\n\r\n"
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n3GET /nowhere "
        "HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(peer.read_answer().body, "1");
    auto later = waiting.get_future().get();
    env::Executor& home = later->home();
    home.post([later = std::move(later)] { later->send(text_response("2")); });
    EXPECT_EQ(peer.read_answer().body, "2");
    EXPECT_EQ(peer.read_answer().body, "3");
    EXPECT_EQ(peer.read_answer().body, "no_such_route");
}

TEST_F(ServerTest, reads_requests_in_pieces) {
    server.start();
    Peer peer(server);
    for (const char c :
         std::string("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"))
        peer.send({&c, 1});
    EXPECT_EQ(peer.read_answer().body, "abc");
}

TEST_F(ServerTest, reads_chunked_bodies_and_ignores_trailers) {
    server.start();
    Peer peer(server);
    const Answer answer = peer.ask(
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nX-Request-Id: trailer\r\n\r\n");
    EXPECT_EQ(answer.body, "abcde");
    EXPECT_NE(answer.headers.at("X-Request-Id"), "trailer");
    EXPECT_EQ(peer.ask(kGet).body, "hello");
}

TEST_F(ServerTest, answers_head_without_a_body) {
    server.start();
    Peer peer(server);
    peer.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    const Answer head = peer.read_answer(Method::head);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.at("Content-Length"), "5");
    EXPECT_EQ(peer.ask(kGet).body, "hello")
        << "a body would have been taken for this answer's head";
}

TEST_F(ServerTest, tells_a_client_to_send_its_body) {
    server.start();
    Peer peer(server);
    peer.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(peer.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    peer.send("ab");
    EXPECT_EQ(peer.read_answer().body, "ab");
    EXPECT_EQ(peer.ask("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
                       "999999\r\n\r\n")
                  .status,
              413);
}

TEST_F(ServerTest, speaks_http_1_0) {
    server.start();
    Peer lasting(server);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(lasting.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                      .headers.at("Connection"),
                  "keep-alive");
    }
    Peer once(server);
    const Answer answer = once.ask("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.headers.at("Connection"), "close");
    EXPECT_TRUE(once.at_end());
}

TEST_F(ServerTest, closes_when_asked_to) {
    server.start();
    Peer peer(server);
    EXPECT_EQ(
        peer.ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").headers.at("Connection"),
        "close");
    EXPECT_TRUE(peer.at_end());
}

TEST_F(ServerTest, delivers_a_large_body_to_a_slow_reader) {
    std::string body(8 * 1024 * 1024, 'a');
    for (std::size_t i = 0; i < body.size(); i += 4096)
        body[i] = static_cast<char>('b' + i / 4096 % 20);
    server.router.add(route(Method::get, "/large", [&](const Request&, Responder responder) {
        responder.send(text_response(body));
    }));
    server.start();
    Peer peer(server, 4096);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(peer.ask("GET /large HTTP/1.1\r\nHost: x\r\n\r\n").body, body);
}

TEST_F(ServerTest, lets_no_header_value_end_itself) {
    server.router.add(route(Method::get, "/split", [](const Request&, Responder responder) {
        Response response = text_response("");
        response.headers.push_back({"Location", "/a\r\nSet-Cookie: b"});
        response.headers.push_back({"cache-control", "max-age=60"});
        responder.send(std::move(response));
    }));
    server.start();
    Peer peer(server);
    const Answer answer = peer.ask("GET /split HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.headers.at("Location"), "/a  Set-Cookie: b");
    EXPECT_EQ(answer.headers.at("cache-control"), "max-age=60");
    EXPECT_FALSE(answer.headers.contains("Cache-Control"));
}

TEST_F(ServerTest, answers_500_for_a_responder_that_dies) {
    server.router.add(route(Method::get, "/drop", [](const Request&, const Responder&) {}));
    server.start();
    Peer peer(server);
    EXPECT_EQ(peer.ask("GET /drop HTTP/1.1\r\nHost: x\r\n\r\n").body, "no_answer");
    peer.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    waiting.get_future().get().reset();  // on this thread, which is not the loop's
    EXPECT_EQ(peer.read_answer().body, "no_answer");
    EXPECT_EQ(peer.ask(kGet).body, "hello");
}

TEST_F(ServerTest, may_go_before_a_responder_does) {
    server.start();
    Peer peer(server);
    peer.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    auto later = waiting.get_future().get();
    server.server.reset();
    bool ran = false;
    later->home().post([&ran] { ran = true; });
    later.reset();
    EXPECT_FALSE(ran);
    EXPECT_EQ(peer.read_answer().status, 0);
}

TEST_F(ServerTest, survives_clients_that_leave_before_their_answer) {
    server.start();
    {
        Peer peer(server);
        peer.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        auto later = waiting.get_future().get();
        peer.close();
        env::Executor& home = later->home();
        std::promise<void> sent;
        home.post([&sent, later = std::move(later)] {
            later->send(text_response("too late"));
            sent.set_value();
        });
        sent.get_future().get();
    }
    Peer peer(server);
    EXPECT_EQ(peer.ask(kGet).body, "hello");
}

TEST_F(ServerTest, runs_posted_tasks_in_order_and_delayed_ones_by_time) {
    server.start();
    Peer peer(server);
    peer.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto later = waiting.get_future().get();
    std::string order;
    std::promise<void> last;
    later->home().post_after(base::Duration::milliseconds(30), [&] {
        order += 'd';
        last.set_value();
    });
    later->home().post_after(base::Duration::milliseconds(1), [&] { order += 'c'; });
    later->home().post([&] { order += 'a'; });
    later->home().post([&] { order += 'b'; });
    last.get_future().get();
    EXPECT_EQ(order, "abcd");
}

TEST_F(ServerTest, drains_what_is_in_progress) {
    server.start();
    Peer idle(server);
    EXPECT_EQ(idle.ask(kGet).status, 200);
    Peer busy(server);
    busy.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    auto later = waiting.get_future().get();
    std::thread draining([this] { server.server->drain(base::Duration::seconds(20)); });
    EXPECT_TRUE(idle.at_end());
    Peer late(server);
    EXPECT_EQ(late.ask(kGet).status, 0) << "nobody accepts any more";
    env::Executor& home = later->home();
    home.post([later = std::move(later)] { later->send(text_response("done")); });
    const Answer answer = busy.read_answer();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.headers.at("Connection"), "close");
    busy.close();
    draining.join();
}

TEST_F(ServerTest, gives_up_draining_at_the_deadline) {
    server.start();
    Peer busy(server);
    busy.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto later = waiting.get_future().get();
    server.server->drain(base::Duration::milliseconds(20));
    server.server.reset();
    EXPECT_EQ(busy.read_answer().status, 0);
}

TEST_F(ServerTest, shares_a_port_between_loops) {
    server.start({.loops = 3});
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 16; ++i) peers.push_back(std::make_unique<Peer>(server));
    for (const auto& peer : peers) EXPECT_EQ(peer->ask(kGet).body, "hello");
}

TEST_F(ServerTest, counts_requests) {
    server.start();
    Peer peer(server);
    for (int i = 0; i < 20; ++i) peer.ask(kGet);
    peer.ask("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
    server.server.reset();
    EXPECT_EQ(server.metrics
                  .counter("onsale_http_requests_total", "", {{"method", "GET"}, {"status", "2xx"}})
                  .value(),
              20.0);
    EXPECT_EQ(server.metrics
                  .counter("onsale_http_requests_total", "", {{"method", "GET"}, {"status", "4xx"}})
                  .value(),
              1.0);
    EXPECT_NE(server.metrics.scrape().find("onsale_http_request_seconds_count 1\n"),
              std::string::npos);
}

TEST_F(ServerTest, says_why_it_cannot_start) {
    for (const std::uint32_t loops : {1U, 2U}) {
        server.start();
        const ServerOptions taken{.port = server.server->port(), .loops = loops};
        const auto second = Server::start(taken, server.router, server.environment, server.metrics);
        ASSERT_FALSE(second.has_value());
        EXPECT_EQ(second.error(), "port " + std::to_string(taken.port) +
                                      " is taken: stop the other program or choose another port");
    }
    const auto nowhere =
        Server::start({.address = "localhost"}, server.router, server.environment, server.metrics);
    ASSERT_FALSE(nowhere.has_value());
    EXPECT_EQ(nowhere.error(),
              "address localhost is not an IP address: give one such as 127.0.0.1 or 0.0.0.0");
}

}  // namespace
}  // namespace onsale::http
