// Exports: results of a campaign (one row per issued ticket) and orders of a session, as files.
#include <utility>

#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "shop/order_json.h"
#include "statistics/exporter.h"
#include "telemetry/log.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

using statistics::ExportRequest;
using statistics::Format;

enum class What : std::uint8_t { results, orders };

std::string_view content_type_of(Format format) {
    switch (format) {
        case Format::csv:
            return "text/csv; charset=utf-8";
        case Format::json:
            return "application/json";
        case Format::xlsx:
            break;
    }
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

std::string_view ending_of(Format format) {
    switch (format) {
        case Format::csv:
            return ".csv";
        case Format::json:
            return ".json";
        case Format::xlsx:
            break;
    }
    return ".xlsx";
}

void fail_export(Call& call, const statistics::ExportError& error) {
    switch (error.trouble) {
        case statistics::ExportTrouble::busy:
            return call.fail(Code::busy);
        case statistics::ExportTrouble::session_unknown:
            return call.fail(Code::session_unknown);
        case statistics::ExportTrouble::too_many_rows:
            return call.fail(Code::too_many_rows);
        case statistics::ExportTrouble::stopping:
            return call.fail(Code::stopping);
        case statistics::ExportTrouble::failed:
            break;
    }
    telemetry::log_error("api", "export: " + error.message);
    call.fail(Code::internal_error);
}

// False, and the call is answered, when it is no time.
bool read_time(Call& call, std::string_view name, std::optional<base::Timestamp>& out) {
    const auto text = call.request.query_value(name);
    if (!text) return true;
    out = base::parse_rfc3339(*text);
    if (!out) call.fail_field(name, "is not a time such as 2026-11-20T12:00:00Z");
    return out.has_value();
}

// What both kinds of export can be asked for; nothing, and the call is answered, when something is
// wrong.
std::optional<ExportRequest> request_of(Call& call, Format format) {
    ExportRequest request;
    request.format = format;
    if (!read_time(call, "from", request.from) || !read_time(call, "until", request.until))
        return std::nullopt;
    const auto language = call.request.query_value("language");
    if (language && *language != "zh" && *language != "en") {
        call.fail_field("language", "is not zh or en");
        return std::nullopt;
    }
    const bool zh = language ? *language == "zh"
                             : language_of(call.request.header("Accept-Language")) == Language::zh;
    request.language = zh ? statistics::Language::zh : statistics::Language::en;
    return request;
}

void send_file(Call call, const ExportRequest& request, What what) {
    auto& exporter = call.api.context.exporter;
    env::Executor& home = call.home();
    const bool results = what == What::results;
    const std::string name =
        results ? "campaign-" + std::to_string(request.campaign->value()) + "-results"
                : "session-" + std::to_string(request.session.value()) + "-orders";
    statistics::Exporter::Reply reply =
        [call = std::move(call), format = request.format,
         name](base::Result<statistics::ExportFile, statistics::ExportError> file) mutable {
            if (!file) return fail_export(call, file.error());
            http::Response response;
            response.content_type = content_type_of(format);
            response.headers.push_back(
                {"Content-Disposition",
                 "attachment; filename=\"" + name + std::string(ending_of(format)) + "\""});
            response.headers.push_back({"Cache-Control", "private, no-store"});
            response.shared_body = std::move(file->bytes);
            call.responder.send(std::move(response));
        };
    if (results) return exporter.results(request, home, std::move(reply));
    exporter.orders(request, home, std::move(reply));
}

void results(Call call, Format format) {
    const auto id = parse_id(call.request.parameters[0]);
    const domain::CampaignId campaign(id.value_or(0));
    const auto session = call.api.context.catalog.directory()->session_of(campaign);
    if (session == nullptr) return call.fail(Code::campaign_unknown);
    auto request = request_of(call, format);
    if (!request) return;
    request->session = session->definition->id;
    request->campaign = campaign;
    const auto tier = number_query(call, {"tier", 0, 1, domain::kIdMax});
    if (!tier) return;
    if (*tier != 0) request->tier = domain::TierId(*tier);
    send_file(std::move(call), *request, What::results);
}

void session_orders(Call call, Format format) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::session_unknown);
    auto request = request_of(call, format);
    if (!request) return;
    request->session = domain::SessionId(*id);
    if (const auto state = call.request.query_value("state")) {
        request->state = parse_order_state(*state);
        if (!request->state) return call.fail_field("state", "is not a state of orders");
    }
    send_file(std::move(call), *request, What::orders);
}

http::Operation operation_of(std::string id, What what, Format format) {
    const bool results = what == What::results;
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "exports";
    operation.summary =
        results ? "One row per issued ticket: person, username, tier, order, ticket, code, time, "
                  "state (effective, void, refunded)"
                : "One row per order of the session";
    operation.description =
        format == Format::xlsx ? "At most 1,048,575 rows." : "At most 3,000,000 rows.";
    operation.path_parameters = {{results ? "campaign" : "session", "Number", true,
                                  R"({"type":"integer","format":"int64"})"}};
    operation.query_parameters = {
        {"from", "Only orders that were created at this time or later", false},
        {"until", "Only orders that were created before this time", false},
        {"language", "zh or en; by Accept-Language when absent", false,
         R"({"type":"string","enum":["zh","en"]})"}};
    if (results) {
        operation.query_parameters.push_back(
            {"tier", "Only tickets of this tier", false, R"({"type":"integer","format":"int64"})"});
    } else {
        operation.query_parameters.push_back({"state", "Only orders in this state", false});
    }
    operation.response_content_type = content_type_of(format);
    operation.errors = {results ? "campaign_unknown" : "session_unknown", "invalid_field",
                        "too_many_rows", "busy", "stopping"};
    return operation;
}

}  // namespace

void add_result_routes(http::Router& router, const SharedApi& api) {
    const auto add_results = [&](RouteId route, std::string id, Format format) {
        add_route(router, api, route, operation_of(std::move(id), What::results, format),
                  [format](Call call) { results(std::move(call), format); });
    };
    add_results(RouteId::get_results_csv, "getResultsCsv", Format::csv);
    add_results(RouteId::get_results_xlsx, "getResultsXlsx", Format::xlsx);
    add_results(RouteId::get_results_json, "getResultsJson", Format::json);
    const auto add_orders = [&](RouteId route, std::string id, Format format) {
        add_route(router, api, route, operation_of(std::move(id), What::orders, format),
                  [format](Call call) { session_orders(std::move(call), format); });
    };
    add_orders(RouteId::get_session_orders_csv, "getSessionOrdersCsv", Format::csv);
    add_orders(RouteId::get_session_orders_xlsx, "getSessionOrdersXlsx", Format::xlsx);
}

}  // namespace onsale::backstage
