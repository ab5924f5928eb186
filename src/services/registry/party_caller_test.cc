// Calls over a real network: what the other end receives is what was signed.
#include "registry/party_caller.h"

#include <gtest/gtest.h>

#include "env/posix/environment.h"
#include "http/curl_client.h"
#include "http/server.h"
#include "registry/testing/party.h"

namespace onsale::registry {
namespace {

http::Response problem(http::Problem, const std::string&, const std::vector<std::string>&) {
    http::Response response;
    response.status = 404;
    return response;
}

// A bank's program, as far as it looks at signatures.
class Counter {
  public:
    Counter(const crypto::CallKey& key, const env::Clock& clock) : keys_{key}, clock_(clock) {
        for (const http::Method method : {http::Method::get, http::Method::post}) {
            http::Route route;
            route.method = method;
            route.pattern = "/merchant/v1/{what}";
            route.handler = [this](const http::Request& request, http::Responder responder) {
                answer(request, std::move(responder));
            };
            router_.add(std::move(route));
        }
        http::ServerOptions options;
        options.port = 0;
        auto started = http::Server::start(options, router_, *environment_, metrics_);
        ONSALE_CHECK(started.has_value());
        server_ = std::move(*started);
    }
    [[nodiscard]] std::string port() const { return std::to_string(server_->port()); }

  private:
    void answer(const http::Request& request, http::Responder responder) {
        std::string path(request.path);
        if (!request.query.empty()) path += "?" + std::string(request.query);
        const crypto::CallMark mark{std::string(request.header(crypto::kKeyHeader)),
                                    std::string(request.header(crypto::kTimeHeader)),
                                    std::string(request.header(crypto::kSignatureHeader))};
        const auto checked = crypto::check_call(
            keys_, {http::to_string(request.method), path, request.body}, mark, clock_.wall_now());
        http::Response response;
        response.status = checked ? 200 : 401;
        response.body = path + " " + std::string(request.body);
        responder.send(std::move(response));
    }

    const std::vector<crypto::CallKey> keys_;
    const env::Clock& clock_;
    const std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    telemetry::Metrics metrics_;
    http::Router router_{problem};
    std::unique_ptr<http::Server> server_;
};

class NetworkTest : public testing::Test {
  protected:
    NetworkTest() {
        world_.make_client = [] { return http::make_curl_client(); };
    }
    bool beat(const std::string& name, const std::string& port) {
        return world_.beat(credentials_.keys.back().to_site, RegistryWorld::instance(name, port));
    }

    RegistryWorld world_;
    const Credentials credentials_ = world_.make_bank();
    Counter counter_{credentials_.keys.back().to_party, world_.environment.moved};
    const std::unique_ptr<PartyCaller> caller_ = world_.registry->make_caller();
};

TEST_F(NetworkTest, the_other_end_receives_what_was_signed) {
    ASSERT_TRUE(beat("a", counter_.port()));
    PartyCall call{.party = bank_party(1), .path = "/merchant/v1/queries?a=%E4%B8%AD&b=1"};
    call.body = R"({"items":[{"reference":"P1-00c0ffee00c0ffee","title":"中文"}]})";
    const auto posted = caller_->call(call);
    ASSERT_TRUE(posted.has_value()) << posted.error().message;
    EXPECT_EQ(*posted, call.path + " " + call.body);
    call.method = http::Method::get;
    call.path = "/merchant/v1/2026-11-20.csv";
    call.body.clear();
    const auto got = caller_->call(call);
    ASSERT_TRUE(got.has_value()) << got.error().message;
    EXPECT_EQ(*got, call.path + " ");
}

TEST_F(NetworkTest, an_instance_where_nobody_listens_is_passed_over) {
    // The lowest port is nobody's.
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(beat("b", counter_.port()));
    for (int i = 0; i < 4; ++i) {
        const auto answer = caller_->call({.party = bank_party(1), .path = "/merchant/v1/queries"});
        EXPECT_TRUE(answer.has_value()) << answer.error().message;
    }
    EXPECT_GE(world_.view().instances.at(0).failures, 2U);
    EXPECT_EQ(world_.view().instances.at(1).failures, 0U);
}

}  // namespace
}  // namespace onsale::registry
