// A whole site on a folder of its own, driven through its router without a network.
#include "site/site.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <thread>

#include "accounts/keys.h"
#include "accounts/tokens.h"
#include "env/posix/environment.h"
#include "site/rebuild.h"

namespace onsale::site {
namespace {

class PlainRequest final : public http::Request {
  public:
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        if (name == "Authorization") return authorization;
        return name == "Idempotency-Key" ? std::string_view(key) : std::string_view();
    }
    std::string authorization;
    std::string key;
};

class FutureSink final : public http::ResponseSink {
  public:
    explicit FutureSink(env::Executor& home) : home_(home) {}
    void send(http::Response response) override { promise.set_value(std::move(response)); }
    std::shared_ptr<http::EventStream> open_event_stream() override { return nullptr; }
    env::Executor& home() override { return home_; }
    std::promise<http::Response> promise;

  private:
    env::Executor& home_;
};

struct Ask {
    http::Method method = http::Method::get;
    std::string path;
    std::string body = {};
    std::string token = {};
    std::string key = {};
};

constexpr std::string_view kSession =
    R"({"organiser":{"id":1,"name":{"zh":"甲","en":"A"}},"show":{"id":10,"name":{"zh":"乙","en":"B"}},
"session":{"id":100,"starts_at":"2020-01-01T00:00:00Z","ends_at":"2999-01-01T00:00:00Z"},
"pools":[{"id":1,"list":5001},{"id":2,"count":1}],
"tiers":[{"id":2001,"name":{"zh":"丙","en":"C"},"pool":1},{"id":2002,"name":{"zh":"丁","en":"D"},"pool":2,"price":"12.50"}],
"campaigns":[{"id":1001,"name":{"zh":"戊","en":"E"},"opens_at":"2020-01-01T00:00:00Z",
"closes_at":"2998-01-01T00:00:00Z","one_per_person":true,"tiers":[2001]},
{"id":1002,"name":{"zh":"己","en":"F"},"opens_at":"2020-01-01T00:00:00Z","closes_at":"2998-01-01T00:00:00Z","tiers":[2002]}]})";

class SiteTest : public testing::Test {
  protected:
    SiteTest() {
        config_.folder = folder_.string();
        config_.shards = 4;
        config_.reserve_mib = 1;
        start();
    }
    ~SiteTest() override {
        stop();
        home_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    void start() {
        auto made = assemble_all(config_, *environment_);
        ASSERT_TRUE(made.has_value()) << made.error();
        site_ = std::move(*made);
        const auto key = accounts::load_or_create_master_key(
            environment_->files(), environment_->entropy(), config_.folder);
        ASSERT_TRUE(key.has_value());
        master_ = *key;
    }
    void stop() {
        if (!site_) return;
        std::promise<void> stopped;
        site_->stop([&stopped] { stopped.set_value(); });
        stopped.get_future().wait();
        site_.reset();
    }
    std::string token(accounts::Audience audience, std::uint64_t subject) {
        accounts::TokenIssuer issuer(master_, audience);
        return issuer.issue(subject, environment_->clock().wall_now()).token;
    }
    // On the executor that plays the event loop, as the contract of responders asks for.
    http::Response ask(Ask ask) {
        PlainRequest request;
        const auto query = ask.path.find('?');
        request.method = ask.method;
        request.path = std::string_view(ask.path).substr(0, query);
        request.query = query == std::string::npos ? std::string_view()
                                                   : std::string_view(ask.path).substr(query + 1);
        request.body = ask.body;
        request.key = ask.key;
        request.request_id = "test";
        if (!ask.token.empty()) request.authorization = "Bearer " + ask.token;
        const auto sink = std::make_shared<FutureSink>(*home_);
        auto response = sink->promise.get_future();
        home_->post([&] { site_->router().dispatch(request, http::Responder(sink)); });
        return response.get();
    }
    void set_up() {
        const auto staff = token(accounts::Audience::staff, 1);
        EXPECT_EQ(
            ask({http::Method::put, "/api/v1/code-lists/5001/chunks/0", "AAA-1\nBBB-2\n", staff})
                .status,
            200);
        EXPECT_EQ(ask({http::Method::post, "/api/v1/code-lists/5001/seal", "", staff}).status, 200);
        const auto response =
            ask({http::Method::post, "/api/v1/sessions", std::string(kSession), staff});
        EXPECT_EQ(response.status, 201) << response.body;
    }

    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    const std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        ("onsale_" + std::to_string(environment_->entropy().next_u64()));
    std::unique_ptr<env::Executor> home_ =
        environment_->make_executor({"home", "plays the event loop", 1024});
    Config config_;
    crypto::Key master_{};
    std::unique_ptr<Site> site_;
};

bool has(const http::Response& response, std::string_view text) {
    return response.content().find(text) != std::string::npos;
}

TEST_F(SiteTest, sells_codes_once_each_and_remembers_after_a_restart) {
    set_up();
    const auto staff = token(accounts::Audience::staff, 1);
    EXPECT_EQ(ask({http::Method::post, "/api/v1/sessions", std::string(kSession), staff}).status,
              200);
    const auto first = token(accounts::Audience::person, 41);
    const auto order =
        ask({http::Method::post, "/api/v1/orders", R"({"campaign":1001})", first, "k1"});
    EXPECT_EQ(order.status, 201) << order.body;
    EXPECT_TRUE(has(order, R"("outcome":"accepted")") && has(order, R"("code":"AAA-1")"))
        << order.body;
    const auto again = ask({http::Method::post, "/ticket/get", R"({"actId":1001})", first});
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(has(again, R"("code":"AAA-1")") && has(again, "already_joined")) << again.body;

    stop();
    start();

    const auto second = ask({http::Method::post, "/ticket/get", R"({"id":1001})",
                             token(accounts::Audience::person, 42)});
    EXPECT_EQ(second.status, 201);
    EXPECT_TRUE(has(second, R"("code":"BBB-2")")) << second.body;
    const auto late = ask({http::Method::post, "/api/v1/orders", R"({"campaign":1001})",
                           token(accounts::Audience::person, 43)});
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(has(late, "sold_out") && has(late, R"("free":0)") && has(late, "receipt"))
        << late.body;
    EXPECT_TRUE(has(ask({http::Method::get, "/api/v1/tickets", "", first}), R"("code":"AAA-1")"));
    EXPECT_TRUE(has(ask({http::Method::get, "/ticket/list", "", first}), R"("code":"AAA-1")"));
}

TEST_F(SiteTest, a_reserved_order_is_cancelled_once_and_its_stock_is_free_again) {
    set_up();
    const auto person = token(accounts::Audience::person, 41);
    const auto order =
        ask({http::Method::post, "/api/v1/orders",
             R"({"campaign":1002,"lines":[{"tier":2002,"quantity":1}]})", person, "k"});
    ASSERT_EQ(order.status, 201) << order.body;
    EXPECT_TRUE(has(order, R"("state":"reserved")") &&
                has(order, R"("amount":{"minor":1250,"currency":"CNY"})"))
        << order.body;
    const auto begin = order.body.find("\"id\":") + 5;
    const auto path = "/api/v1/orders/" + order.body.substr(begin, order.body.find(',') - begin);
    const auto stranger = token(accounts::Audience::person, 99);
    EXPECT_EQ(ask({http::Method::get, path, "", stranger}).status, 404);
    EXPECT_EQ(ask({http::Method::post, path + "/cancel", "", stranger}).status, 404);
    EXPECT_EQ(ask({http::Method::del, path, "", person}).status, 409);
    EXPECT_EQ(ask({http::Method::post, "/api/v1/orders", R"({"campaign":1002})", stranger}).status,
              409);
    EXPECT_EQ(ask({http::Method::post, path + "/cancel", "", person}).status, 200);
    EXPECT_EQ(ask({http::Method::post, path + "/cancel", "", person}).status, 200);
    EXPECT_EQ(ask({http::Method::post, "/api/v1/orders", R"({"campaign":1002})", stranger}).status,
              201);
    EXPECT_EQ(ask({http::Method::del, path, "", person}).status, 204);
    EXPECT_TRUE(
        has(ask({http::Method::get, "/api/v1/orders", "", person}), R"("orders":[],"next":null)"));
}

TEST_F(SiteTest, a_key_binds_an_order_and_its_body) {
    set_up();
    const auto person = token(accounts::Audience::person, 41);
    const auto first =
        ask({http::Method::post, "/api/v1/orders", R"({"campaign":1002})", person, "k"});
    EXPECT_EQ(first.status, 201) << first.body;
    const auto repeated =
        ask({http::Method::post, "/api/v1/orders", R"({ "campaign" : 1002 })", person, "k"});
    EXPECT_EQ(repeated.status, 200);
    EXPECT_TRUE(has(repeated, R"("outcome":"repeated")")) << repeated.body;
    const std::string other = R"({"campaign":1002,"lines":[{"tier":2002,"quantity":2}]})";
    EXPECT_EQ(ask({http::Method::post, "/api/v1/orders", other, person, "k"}).status, 422);
    EXPECT_EQ(
        ask({http::Method::post, "/api/v1/orders", R"({"campaign":1001})", person, "k"}).status,
        201);
    EXPECT_EQ(
        ask({http::Method::post, "/api/v1/orders", R"({"campaign":1002})", person, "two words"})
            .status,
        400);
}

TEST_F(SiteTest, unknown_things_are_404_whatever_the_number) {
    set_up();
    const auto person = token(accounts::Audience::person, 41);
    const auto staff = token(accounts::Audience::staff, 1);
    for (const std::string id :
         {"1", "255", "513", "9007199254740991", "9007199254740992", "x", "-1", "0"}) {
        EXPECT_EQ(ask({http::Method::get, "/api/v1/orders/" + id, "", person}).status, 404) << id;
        EXPECT_EQ(ask({http::Method::post, "/api/v1/orders/" + id + "/cancel", "", person}).status,
                  404)
            << id;
        EXPECT_EQ(ask({http::Method::del, "/api/v1/orders/" + id, "", person}).status, 404) << id;
        EXPECT_EQ(ask({http::Method::get, "/api/v1/tickets/" + id, "", person}).status, 404) << id;
        EXPECT_EQ(ask({http::Method::get, "/api/v1/campaigns/" + id}).status, 404) << id;
        EXPECT_EQ(ask({http::Method::get, "/api/v1/stock/sessions/" + id, "", staff}).status, 404)
            << id;
        EXPECT_EQ(ask({http::Method::post, "/api/v1/sessions/" + id + "/pools/1/withdrawals",
                       R"({"count":1})", staff})
                      .status,
                  404)
            << id;
        EXPECT_EQ(ask({http::Method::get, "/ticket/detail?ticketId=" + id, "", person}).status, 404)
            << id;
        EXPECT_EQ(ask({http::Method::get, "/act/detail?actId=" + id}).status, 404) << id;
    }
    EXPECT_EQ(ask({http::Method::post, "/api/v1/orders", R"({"campaign":7})", person}).status, 404);
    EXPECT_EQ(ask({http::Method::get, "/nothing"}).status, 404);
}

TEST_F(SiteTest, pages_show_what_is_on_and_whether_one_has_joined) {
    set_up();
    const auto person = token(accounts::Audience::person, 41);
    EXPECT_TRUE(has(ask({http::Method::get, "/api/v1/campaigns"}), R"("id":1001)"));
    EXPECT_TRUE(has(ask({http::Method::get, "/api/v1/campaigns/1001"}), R"("joined":false)"));
    EXPECT_TRUE(
        has(ask({http::Method::get, "/api/v1/campaigns/1001", "", person}), R"("joined":false)"));
    EXPECT_EQ(ask({http::Method::post, "/api/v1/orders", R"({"campaign":1001})", person}).status,
              201);
    const auto detail = ask({http::Method::get, "/api/v1/campaigns/1001", "", person});
    EXPECT_TRUE(has(detail, R"("joined":true,"order":{)")) << detail.body;
    EXPECT_TRUE(
        has(ask({http::Method::get, "/act/detail?actId=1001", "", person}), R"("joined":true)"));
    EXPECT_TRUE(has(ask({http::Method::get, "/act/list?page=1"}), R"("actId":1001)"));
    EXPECT_TRUE(has(ask({http::Method::get, "/act/list?page=2"}), R"("list":[])"));
}

TEST_F(SiteTest, people_register_log_in_and_are_imported) {
    const std::string credentials = R"({"username":"Annabel","password":"secret12"})";
    const std::string person = R"({"username":"Annabel","password":"secret12","nickname":"Anna"})";
    const auto registered = ask({http::Method::post, "/api/v1/people", person});
    EXPECT_EQ(registered.status, 201) << registered.body;
    EXPECT_EQ(ask({http::Method::post, "/api/v1/people", person}).status, 409);
    EXPECT_EQ(ask({http::Method::post, "/api/v1/logins", credentials}).status, 200);
    EXPECT_EQ(ask({http::Method::post, "/api/v1/logins",
                   R"({"username":"Annabel","password":"secret13"})"})
                  .status,
              401);
    EXPECT_EQ(
        ask({http::Method::post, "/api/v1/logins", R"({"username":["a"],"password":"secret13"})"})
            .status,
        400);
    const auto staff = token(accounts::Audience::staff, 1);
    EXPECT_TRUE(has(ask({http::Method::post, "/api/v1/people/import", "user_1\nuser_2\n", staff}),
                    R"("imported":2)"));
    EXPECT_EQ(ask({http::Method::post, "/api/v1/people/import", "user_3\n",
                   token(accounts::Audience::person, 1)})
                  .status,
              403);
}

TEST_F(SiteTest, a_second_site_cannot_use_the_folder_and_rebuild_waits_for_the_first_to_end) {
    set_up();
    const auto second = assemble_all(config_, *environment_);
    ASSERT_FALSE(second.has_value());
    EXPECT_NE(second.error().find("another onsale is using this folder"), std::string::npos)
        << second.error();
    const auto nothing = [](std::uint64_t, std::uint64_t) {};
    EXPECT_FALSE(rebuild_projections(config_, *environment_, nothing).has_value());
    EXPECT_EQ(ask({http::Method::post, "/api/v1/orders", R"({"campaign":1001})",
                   token(accounts::Audience::person, 41)})
                  .status,
              201);
    stop();
    const auto figures = rebuild_projections(config_, *environment_, nothing);
    ASSERT_TRUE(figures.has_value()) << figures.error();
    EXPECT_GT(figures->batches, 2U);
    start();
    const auto stock = ask(
        {http::Method::get, "/api/v1/stock/sessions/100", "", token(accounts::Audience::staff, 1)});
    EXPECT_TRUE(has(
        stock, R"("pool":1,"kind":"codes","capacity":2,"free":1,"held":0,"sold":1,"withdrawn":0)"))
        << stock.body;
}

TEST_F(SiteTest, is_not_ready_while_rows_from_before_the_start_are_missing) {
    set_up();
    stop();
    sql::OpenOptions options;
    options.path = (folder_ / "projections.sqlite").string();
    auto made = sql::Connection::open(options);
    ASSERT_TRUE(made.has_value());
    auto& rows = **made;
    std::string forget;
    {
        auto tables = rows.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'follow_shapes' AND "
            "name NOT LIKE '%_schema_versions' AND name NOT LIKE 'sqlite_%'");
        ASSERT_TRUE(tables.has_value());
        for (auto there = tables->step(); there && *there; there = tables->step())
            forget += "DELETE FROM " + std::string(tables->text(0)) + ";";
    }
    ASSERT_TRUE(rows.execute(forget).has_value());
    // The projector waits for the file.
    ASSERT_TRUE(rows.begin().has_value());
    start();
    const auto projections = [this] {
        for (auto& dependency : site_->ready()) {
            if (dependency.name == "projections") return dependency;
        }
        return gate::Dependency{};
    };
    EXPECT_FALSE(projections().ready);
    EXPECT_TRUE(projections().needed);
    rows.rollback();
    while (!projections().ready) std::this_thread::yield();
    EXPECT_FALSE(projections().needed);
}

TEST_F(SiteTest, tells_how_it_is) {
    // The catalogue finishes what a former process left on its own executor.
    auto ready = ask({http::Method::get, "/readyz"});
    for (int i = 0; i < 100'000 && ready.status != 200; ++i) {
        ready = ask({http::Method::get, "/readyz"});
    }
    EXPECT_EQ(ready.status, 200) << ready.body;
    EXPECT_TRUE(has(ready, R"("name":"journal")"));
    EXPECT_EQ(ask({http::Method::get, "/healthz"}).status, 200);
    EXPECT_TRUE(has(ask({http::Method::get, "/metrics"}), "onsale_orders_answers_total"));
    EXPECT_TRUE(
        has(ask({http::Method::get, "/openapi.json"}), R"("/api/v1/orders/{order}/cancel")"));
    EXPECT_TRUE(has(ask({http::Method::get, "/api/v1/errors"}), R"("code":"sold_out")"));
    site_->leave_rotation();
    EXPECT_EQ(ask({http::Method::get, "/readyz"}).status, 503);
}

}  // namespace
}  // namespace onsale::site
