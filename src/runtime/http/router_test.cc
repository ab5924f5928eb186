#include "http/router.h"

#include <gtest/gtest.h>

#include <map>

#include "http/internal/test_server.h"
#include "http/limits.h"

namespace onsale::http {
namespace {

using test::route;
using test::text_response;

class PlainRequest final : public Request {
  public:
    std::map<std::string, std::string, std::less<>> headers;
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string_view{} : std::string_view(found->second);
    }
};

class NoExecutor final : public env::Executor {
  public:
    void post(env::Task task) override { task(); }
    void post_after(base::Duration, env::Task task) override { task(); }
};

class PlainSink final : public ResponseSink {
  public:
    void send(Response response) override { answers.push_back(std::move(response)); }
    std::shared_ptr<EventStream> open_event_stream() override { return nullptr; }
    env::Executor& home() override { return executor_; }
    std::vector<Response> answers;

  private:
    NoExecutor executor_;
};

// A handler that answers its own name and the parameters it got.
Handler named(std::string name) {
    return [name](const Request& request, Responder responder) {
        std::string body = name;
        for (const auto parameter : request.parameters) {
            if (!parameter.empty()) body += " " + std::string(parameter);
        }
        responder.send(text_response(body));
    };
}

Response ask(const Router& router, Method method, std::string_view path,
             std::string_view body = {}) {
    PlainRequest request;
    request.method = method;
    request.path = path;
    request.body = body;
    const auto sink = std::make_shared<PlainSink>();
    router.dispatch(request, Responder(sink));
    EXPECT_EQ(sink->answers.size(), 1U);
    return sink->answers.empty() ? Response{} : sink->answers.front();
}

std::string allow_of(const Response& response) {
    for (const auto& header : response.headers) {
        if (header.name == "Allow") return header.value;
    }
    return {};
}

TEST(Router, prefers_literals_to_parameters_and_both_to_the_rest) {
    Router router(test::plain_problem);
    router.add(route(Method::get, "/a/{x}/c", named("middle")));
    router.add(route(Method::get, "/a/b/d", named("literal")));
    router.add(route(Method::get, "/a/{x}", named("one")));
    router.add(route(Method::get, "/a/b", named("b")));
    router.add(route(Method::get, "/{rest...}", named("rest")));
    EXPECT_EQ(ask(router, Method::get, "/a/b").body, "b");
    EXPECT_EQ(ask(router, Method::get, "/a/z").body, "one z");
    EXPECT_EQ(ask(router, Method::get, "/a/b/d").body, "literal");
    EXPECT_EQ(ask(router, Method::get, "/a/b/c").body, "middle b");  // back from the literal b
    EXPECT_EQ(ask(router, Method::get, "/a/b/e").body, "rest a/b/e");
    EXPECT_EQ(ask(router, Method::get, "/").body, "rest");
}

TEST(Router, fills_parameters_in_order_still_encoded) {
    Router router(test::plain_problem);
    router.add(route(Method::get, "/{a}/{b}/x/{c}/{d}", named("four")));
    EXPECT_EQ(ask(router, Method::get, "/1/%32/x/3/4").body, "four 1 %32 3 4");
    EXPECT_EQ(ask(router, Method::get, "/1//x/3/4").status, 404) << "an empty segment is no value";
}

TEST(Router, does_not_know_other_paths) {
    Router router(test::plain_problem);
    router.add(route(Method::get, "/api/v1/orders/{order}", named("order")));
    for (const char* path : {"/", "/api/v1/orders", "/api/v1/orders/", "/api/v1/orders/1/",
                             "/API/v1/orders/1", "api", "*", "//"}) {
        EXPECT_EQ(ask(router, Method::get, path).body, "no_such_route") << path;
    }
    std::string deep;
    for (std::size_t i = 0; i < 10 * kSegmentsMax; ++i) deep += "/a";
    EXPECT_EQ(ask(router, Method::get, deep).status, 404);
}

TEST(Router, answers_other_methods_with_all_that_are_allowed) {
    Router router(test::plain_problem);
    router.add(route(Method::get, "/a/{x}", named("get")));
    router.add(route(Method::post, "/a/b", named("post")));
    EXPECT_EQ(ask(router, Method::get, "/a/b").body, "get b")
        << "the literal has no GET, the parameter has";
    const auto refused = ask(router, Method::put, "/a/b");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(allow_of(refused), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(allow_of(ask(router, Method::put, "/a/c")), "GET, HEAD, OPTIONS");
    const auto options = ask(router, Method::options, "/a/b");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(allow_of(options), "GET, HEAD, POST, OPTIONS");
}

TEST(Router, serves_head_by_get) {
    Router router(test::plain_problem);
    router.add(route(Method::get, "/a", named("get")));
    router.add(route(Method::post, "/b", named("post")));
    EXPECT_EQ(ask(router, Method::head, "/a").body, "get");
    EXPECT_EQ(ask(router, Method::head, "/b").status, 405);
}

TEST(Router, holds_each_route_to_its_body_limit) {
    Router router(test::plain_problem);
    auto small = route(Method::post, "/small", named("small"));
    small.body_bytes_max = 3;
    router.add(std::move(small));
    EXPECT_EQ(ask(router, Method::post, "/small", "123").body, "small");
    EXPECT_EQ(ask(router, Method::post, "/small", "1234").body, "body_too_large");
    EXPECT_EQ(router.body_bytes_max(Method::post, "/small"), 3U);
    EXPECT_EQ(router.body_bytes_max(Method::post, "/unknown"), kBodyBytesMaxDefault);
}

TEST(RouterDeathTest, refuses_the_same_route_twice) {
    Router router(test::plain_problem);
    router.add(route(Method::get, "/a/{x}", named("a")));
    EXPECT_DEATH(router.add(route(Method::get, "/a/{y}", named("b"))), "");
    EXPECT_DEATH(router.add(route(Method::get, "/{rest...}/a", named("c"))), "");
    EXPECT_DEATH(router.add(route(Method::get, "relative", named("d"))), "");
}

TEST(Request, decodes_query_values) {
    PlainRequest request;
    request.query = "a=1&name=%E7%A5%A8+x%26y&empty=&flag&bad=%zz&half=%2&binary=%ff&n%61med=b&a=2";
    EXPECT_EQ(request.query_value("a"), "1");
    EXPECT_EQ(request.query_value("name"), "\xE7\xA5\xA8 x&y");
    EXPECT_EQ(request.query_value("empty"), "");
    EXPECT_EQ(request.query_value("flag"), "");
    EXPECT_EQ(request.query_value("named"), "b");
    EXPECT_FALSE(request.query_value("bad").has_value());
    EXPECT_FALSE(request.query_value("half").has_value());
    EXPECT_FALSE(request.query_value("binary").has_value());
    EXPECT_FALSE(request.query_value("missing").has_value());
}

TEST(Responder, answers_once_even_if_nobody_does) {
    const auto sink = std::make_shared<PlainSink>();
    {
        Responder first(sink);
        Responder second(std::move(first));
        second.send(text_response("x"));
    }
    ASSERT_EQ(sink->answers.size(), 1U);
    { const Responder dropped(sink); }
    ASSERT_EQ(sink->answers.size(), 2U);
    EXPECT_EQ(sink->answers[1].status, 500);
    Responder replaced(sink);
    replaced = Responder(std::make_shared<PlainSink>());
    ASSERT_EQ(sink->answers.size(), 3U);
    EXPECT_EQ(sink->answers[2].status, 500);
}

TEST(OpenApi, describes_routes_and_refers_to_one_error_schema) {
    Router router(test::plain_problem);
    auto order = route(Method::get, "/orders/{order}", named("order"));
    order.operation.id = "readOrder";
    order.operation.path_parameters = {{.name = "order", .description = "its \"number\""}};
    order.operation.response_schema_json = R"({"type":"object"})";
    order.operation.errors = {"no_such_order"};
    order.operation.access = "person";
    router.add(std::move(order));
    auto create = route(Method::post, "/orders/{order}", named("create"));
    create.operation.request_schema_json = R"({"type":"string"})";
    router.add(std::move(create));
    const auto document = openapi_document(
        router,
        {.title = "T", .version = "1", .description = "", .error_schema_json = R"({"title":"E"})"});
    EXPECT_EQ(
        document,
        R"({"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/orders/{order}":{"get":{"operationId":"readOrder",)"
        R"("parameters":[{"name":"order","in":"path","description":"its \"number\"","required":true,"schema":{"type":"string"}}],)"
        R"("responses":{"200":{"description":"Success","content":{"application/json":{"schema":{"type":"object"}}}},)"
        R"("default":{"description":"Refused or failed. Codes: no_such_order","content":{"application/json":{"schema":)"
        R"({"$ref":"#/components/schemas/Error"}}},"x-error-codes":["no_such_order"]}},"security":[{"person":[]}]},)"
        R"("post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"string"}}}},)"
        R"("responses":{"200":{"description":"Success"},"default":{"description":"Refused or failed.","content":)"
        R"({"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}}}}}},)"
        R"("components":{"schemas":{"Error":{"title":"E"}},"securitySchemes":{"person":{"type":"http","scheme":"bearer",)"
        R"("bearerFormat":"JWT","description":"Login token of a person"},"operator":{"type":"http","scheme":"bearer",)"
        R"("bearerFormat":"JWT","description":"Login token of an operator"}}}})");
}

}  // namespace
}  // namespace onsale::http
