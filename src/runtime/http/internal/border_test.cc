#include "http/internal/border.h"

#include <gtest/gtest.h>

#include "http/internal/test_server.h"

namespace onsale::http::internal {
namespace {

using test::Peer;

class BorderTest : public testing::Test {
  protected:
    void SetUp() override {
        server.router.add(
            test::route(Method::post, "/who", [](const Request& request, Responder responder) {
                responder.send(test::text_response(std::string(request.peer) +
                                                   (request.https ? " https" : " http")));
            }));
    }
    std::string who(const std::string& headers) {
        Peer peer(server);
        return peer.ask("POST /who HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + headers + "\r\n")
            .body;
    }
    test::TestServer server;
};

TEST_F(BorderTest, believes_the_proxy_and_nobody_else) {
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1", "10.0.0.2"};
    server.start(options);
    EXPECT_EQ(who(""), "127.0.0.1 http");
    EXPECT_EQ(who("X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"), "192.0.2.7 https");
    // What the client wrote itself stands in front.
    EXPECT_EQ(who("X-Forwarded-For: 1.1.1.1, 192.0.2.7\r\n"), "192.0.2.7 http");
    EXPECT_EQ(who("X-Forwarded-For: 1.1.1.1, 192.0.2.7, 10.0.0.2\r\n"), "192.0.2.7 http");
    EXPECT_EQ(who("X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 192.0.2.7\r\n"), "192.0.2.7 http");
    EXPECT_EQ(who("X-Forwarded-For: ::ffff:192.0.2.7\r\n"), "192.0.2.7 http");
    EXPECT_EQ(who("X-Forwarded-For: nonsense\r\n"), "127.0.0.1 http");
}

TEST_F(BorderTest, a_stranger_says_nothing_about_addresses) {
    server.start();
    EXPECT_EQ(who("X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"), "127.0.0.1 http");
}

TEST_F(BorderTest, only_listed_origins_may_read_and_never_with_cookies) {
    ServerOptions options;
    options.allowed_origins = {"https://shop.example"};
    server.start(options);
    Peer peer(server);
    const auto asked = peer.ask(
        "OPTIONS /who HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\n"
        "Access-Control-Request-Method: POST\r\n\r\n");
    EXPECT_EQ(asked.status, 204);
    EXPECT_EQ(asked.headers.at("Access-Control-Allow-Origin"), "https://shop.example");
    EXPECT_EQ(asked.headers.at("Access-Control-Allow-Methods"), "POST, OPTIONS");
    EXPECT_TRUE(asked.headers.contains("Access-Control-Allow-Headers"));
    EXPECT_FALSE(asked.headers.contains("Access-Control-Allow-Credentials"));
    const auto other = peer.ask(
        "POST /who HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
        "Origin: https://shop.example.evil\r\n\r\n");
    EXPECT_EQ(other.status, 200);
    EXPECT_FALSE(other.headers.contains("Access-Control-Allow-Origin"));
    EXPECT_EQ(other.headers.at("Vary"), "Origin");
}

TEST_F(BorderTest, answers_carry_the_policy_of_data) {
    ServerOptions options;
    options.https_only = true;
    server.start(options);
    Peer peer(server);
    const auto answer = peer.ask("GET /none HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.headers.at("Content-Security-Policy"), kClosedPolicy);
    EXPECT_EQ(answer.headers.at("Strict-Transport-Security"),
              "max-age=31536000; includeSubDomains");
}

}  // namespace
}  // namespace onsale::http::internal
