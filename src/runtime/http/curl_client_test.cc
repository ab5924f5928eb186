#include "http/curl_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include "http/internal/test_server.h"

namespace onsale::http {
namespace {

using test::route;
using test::TestServer;
using test::text_response;

class CurlClientTest : public testing::Test {
  protected:
    void SetUp() override {
        for (const Method method :
             {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
            server.router.add(
                route(method, "/echo", [method](const Request& request, Responder responder) {
                    auto response = text_response(std::string(to_string(method)) + " " +
                                                  std::string(request.header("Content-Type")) +
                                                  " " + std::string(request.header("X-Key")) + " " +
                                                  std::string(request.body));
                    response.status = 201;
                    response.headers.push_back({"X-Back", "yes"});
                    responder.send(std::move(response));
                }));
        }
        auto upload =
            route(Method::post, "/upload", [](const Request& request, Responder responder) {
                responder.send(text_response(std::to_string(request.body.size())));
            });
        upload.body_bytes_max = 10'000'000;
        server.router.add(std::move(upload));
        server.router.add(route(Method::get, "/large", [](const Request&, Responder responder) {
            responder.send(text_response(std::string(1001, 'x')));
        }));
        server.router.add(
            route(Method::get, "/silent", [this](const Request&, Responder responder) {
                kept.push_back(std::make_unique<Responder>(std::move(responder)));
            }));
        server.start();
        url = "http://127.0.0.1:" + std::to_string(server.server->port());
    }
    void TearDown() override { server.server.reset(); }

    TestServer server;
    std::vector<std::unique_ptr<Responder>> kept;  // the loop's until the server has gone
    std::string url;
    std::unique_ptr<Client> client = make_curl_client();
};

TEST_F(CurlClientTest, sends_and_receives) {
    for (const Method method : {Method::post, Method::put, Method::patch, Method::del}) {
        ClientRequest request;
        request.method = method;
        request.url = url + "/echo";
        request.headers = {{"X-Key", "k"}};
        request.body = "{}";
        const auto response = client->call(request);
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->status, 201);
        EXPECT_EQ(response->body, std::string(to_string(method)) + " application/json k {}");
    }
}

TEST_F(CurlClientTest, gets_without_body_or_type_and_keeps_nothing_of_the_call_before) {
    ClientRequest post;
    post.method = Method::post;
    post.url = url + "/echo";
    post.headers = {{"Content-Type", "text/csv"}, {"X-Key", ""}};
    post.body = "a,b";
    const auto posted = client->call(post);
    ASSERT_TRUE(posted.has_value());
    EXPECT_EQ(posted->body, "POST text/csv  a,b");
    ClientRequest get;
    get.url = url + "/echo";
    const auto got = client->call(get);
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->body, "GET   ");
    const auto back = std::find_if(got->headers.begin(), got->headers.end(),
                                   [](const Header& header) { return header.name == "X-Back"; });
    ASSERT_NE(back, got->headers.end());
    EXPECT_EQ(back->value, "yes");
    get.method = Method::head;
    const auto head = client->call(get);
    ASSERT_TRUE(head.has_value());
    EXPECT_EQ(head->status, 201);
    EXPECT_EQ(head->body, "");
}

TEST_F(CurlClientTest, reports_the_progress_of_uploads) {
    ClientRequest request;
    request.method = Method::post;
    request.url = url + "/upload";
    request.body.assign(5'000'000, 'u');
    std::uint64_t most = 0;
    request.on_upload_progress = [&](std::uint64_t sent) { most = std::max(most, sent); };
    const auto response = client->call(request);
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "5000000");
    EXPECT_EQ(most, 5'000'000U);
}

TEST_F(CurlClientTest, limits_the_response) {
    ClientRequest request;
    request.url = url + "/large";
    request.response_bytes_max = 1000;
    const auto refused = client->call(request);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error(), ClientError::too_large);
    request.response_bytes_max = 1001;
    EXPECT_TRUE(client->call(request).has_value());
}

TEST_F(CurlClientTest, tells_unreachable_from_unknown) {
    ClientRequest request;
    request.url = url + "/silent";
    request.deadline = base::Duration::milliseconds(100);
    const auto silent = client->call(request);
    ASSERT_FALSE(silent.has_value());
    EXPECT_EQ(silent.error(), ClientError::unknown);

    // A port that is taken but where nobody listens.
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ASSERT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
    request.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    request.deadline = base::Duration::seconds(10);
    const auto nobody = client->call(request);
    ::close(socket);
    ASSERT_FALSE(nobody.has_value());
    EXPECT_EQ(nobody.error(), ClientError::unreachable);
}

TEST_F(CurlClientTest, refuses_other_urls) {
    for (const char* bad : {"", "file:///etc/hostname", "http://", "ftp://127.0.0.1/"}) {
        ClientRequest request;
        request.url = bad;
        const auto response = client->call(request);
        ASSERT_FALSE(response.has_value()) << bad;
        EXPECT_EQ(response.error(), ClientError::bad_url) << bad;
    }
}

TEST_F(CurlClientTest, reaches_only_the_addresses_it_may) {
    ClientRequest request;
    request.url = url + "/large";
    request.reach = Reach::public_only;
    const auto refused = client->call(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), ClientError::unreachable);
    request.url = "http://localhost:" + std::to_string(server.server->port()) + "/large";
    EXPECT_FALSE(client->call(request));
    request.reach = Reach::private_only;
    EXPECT_TRUE(client->call(request));
    // A connection that is open already is no way around the rule.
    request.reach = Reach::public_only;
    EXPECT_FALSE(client->call(request));
}

TEST(Addresses, special_ranges_are_not_public) {
    for (const char* text : {"127.0.0.1",
                             "10.1.2.3",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.168.1.1",
                             "169.254.169.254",
                             "100.64.0.1",
                             "0.0.0.0",
                             "224.0.0.1",
                             "255.255.255.255",
                             "::1",
                             "::",
                             "fe80::1",
                             "fd00::1",
                             "::ffff:10.0.0.1",
                             "64:ff9b::7f00:1",
                             "2002:7f00:1::",
                             "2001:db8::1",
                             "2001::1",
                             "x",
                             ""})
        EXPECT_FALSE(is_public_address(text)) << text;
    for (const char* text : {"1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111",
                             "::ffff:8.8.8.8", "64:ff9b::808:808"})
        EXPECT_TRUE(is_public_address(text)) << text;
}

}  // namespace
}  // namespace onsale::http
