// Addresses about the server itself: health, readiness, metrics, the API document and the error
// catalogue.
#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include "api/internal/resources.h"
#include "api/router.h"
#include "gate/api.h"

namespace onsale::api {
using namespace answers;
using namespace gate;
namespace {

struct DependencyBody {
    std::string name;
    bool ready = false;
    bool needed = true;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(DependencyBody, (), (name, ready, needed, detail))
struct ReadyBody {
    bool ready = false;
    std::string version;
    std::vector<DependencyBody> dependencies;
};
BOOST_DESCRIBE_STRUCT(ReadyBody, (), (ready, version, dependencies))

void alive(Call call) {
    call.send(200, R"({"alive":true})");
}

void ready(Call call) {
    ReadyBody body;
    body.version = call.api.context.options.version;
    for (auto& one : call.api.context.dependencies()) {
        body.dependencies.push_back(
            {std::move(one.name), one.ready, one.needed, std::move(one.detail)});
    }
    body.ready = std::ranges::all_of(
        body.dependencies, [](const DependencyBody& one) { return one.ready || !one.needed; });
    call.send(body.ready ? 200 : 503, http::to_json(body));
}

void metrics(Call call) {
    http::Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = call.api.context.metrics.scrape();
    call.responder.send(std::move(response));
}

// /openapi.json, made when it is first asked for: a site that is only simulated never is.
struct Document {
    std::once_flag made;
    std::string text;
};

CallHandler document_handler(const http::Router& router) {
    return [&router, document = std::make_shared<Document>()](Call call) {
        std::call_once(document->made, [&] {
            document->text = document_of(router, call.api.context.options.version);
        });
        call.send(200, document->text);
    };
}

void errors(Call call) {
    static const std::string kJson = catalogue_json();
    call.send(200, kJson);
}

http::Operation system_operation(std::string id, std::string summary) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "system";
    operation.summary = std::move(summary);
    operation.response_schema_json = R"({"type":"object"})";
    return operation;
}

}  // namespace

void add_system_routes(http::Router& router, const SharedApi& api) {
    auto ready_operation =
        system_operation("getReady", "Whether it can serve, with each dependency; 503 when not");
    ready_operation.response_schema_json = http::schema_of<ReadyBody>();
    auto metrics_operation = system_operation("getMetrics", "Metrics in Prometheus' text format");
    metrics_operation.response_schema_json.clear();
    metrics_operation.response_content_type = "text/plain";
    add_route(router, api, RouteId::get_health,
              system_operation("getHealth", "The process is alive"), alive);
    add_route(router, api, RouteId::get_ready, std::move(ready_operation), ready);
    add_route(router, api, RouteId::get_metrics, std::move(metrics_operation), metrics);
    add_route(router, api, RouteId::get_document, system_operation("getDocument", "This document"),
              document_handler(router));
    add_route(router, api, RouteId::list_errors,
              system_operation("listErrors", "The catalogue of error codes"), errors);
}

}  // namespace onsale::api
