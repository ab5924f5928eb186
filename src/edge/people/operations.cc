// /api/v1/operations and /api/v1/audit: what was done, and whether everything that is stored
// agrees. For administrators.
#include <utility>

#include "answers/json_text.h"
#include "gate/api.h"
#include "people/internal/profile_body.h"
#include "people/internal/resources.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

struct OperationPageBody {
    std::vector<OperationBody> operations;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(OperationPageBody, (), (operations, next))

// A time in the query; nothing, and the call is answered, when it is none.
bool time_query(Call& call, std::string_view name, std::optional<base::Timestamp>& out) {
    const auto text = call.request.query_value(name);
    if (!text) return true;
    const auto time = base::parse_rfc3339(*text);
    if (!time) {
        call.fail_field(name, "is not a time such as 2026-11-20T12:00:00Z");
        return false;
    }
    out = *time;
    return true;
}

void list(Call call) {
    const auto person = number_query(call, {"person", 0, 1, domain::kIdMax});
    if (!person) return;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    const auto limit = limit_query(call);
    if (!limit) return;
    accounts::OperationQuery query;
    if (*person != 0) query.person = domain::PersonId(*person);
    query.action = call.request.query_value("action").value_or("");
    if (!time_query(call, "from", query.from) || !time_query(call, "until", query.until)) return;
    query.before = *before;
    query.limit = *limit;
    auto& operations = call.api.context.accounts.operations();
    env::Executor& home = call.home();
    operations.list(std::move(query), home,
                    [call = std::move(call)](
                        const accounts::AccountResult<accounts::OperationPage>& page) mutable {
                        if (!page) return call.fail(page.error());
                        OperationPageBody body;
                        for (const auto& record : page->operations)
                            body.operations.push_back(operation_body(record));
                        if (page->next != 0) body.next = page->next;
                        call.send(200, http::to_json(body));
                    });
}

std::string audit_json(const AuditState& state) {
    std::string json = R"({"state":)";
    append_text(json, to_string(state.progress));
    json += R"(,"started_at":)";
    state.started_at ? append_time(json, *state.started_at) : void(json += "null");
    json += R"(,"finished_at":)";
    state.finished_at ? append_time(json, *state.finished_at) : void(json += "null");
    json += R"(,"report":)";
    json += state.report_json.empty() ? "null" : state.report_json;
    if (!state.error.empty()) {
        json += R"(,"error":)";
        append_text(json, state.error);
    }
    return json + '}';
}

void get_audit(Call call) {
    call.send(200, audit_json(call.api.context.audit.state()));
}

// One at a time: asking again while one runs changes nothing.
void start_audit(Call call) {
    call.api.context.audit.start();
    call.send(202, audit_json(call.api.context.audit.state()));
}

http::Operation operation_of(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "operations";
    operation.summary = std::move(summary);
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"admin_only", "busy"};
    return operation;
}

}  // namespace

void add_operation_routes(http::Router& router, const SharedApi& api) {
    auto list_operation =
        operation_of("listOperations", "Who changed what, and how it ended, the newest first",
                     http::schema_of<OperationPageBody>());
    list_operation.query_parameters = {
        {"person", "Only of this person", false, R"({"type":"integer","format":"int64"})"},
        {"action", "Only of this name, as in `onsale routes`", false},
        {"from", "From this time on", false},
        {"until", "Before this time", false},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.errors.emplace_back("invalid_field");
    add_route(router, api, RouteId::list_operations, std::move(list_operation), list);

    const std::string kSchema =
        R"({"type":"object","required":["state","started_at","finished_at","report"],"properties":{)"
        R"("state":{"type":"string","enum":["none","running","clean","breaches","failed"]},)"
        R"("started_at":{"type":["string","null"]},"finished_at":{"type":["string","null"]},)"
        R"("report":{"type":["object","null"]},"error":{"type":"string"}}})";
    add_route(router, api, RouteId::get_audit,
              operation_of("getAudit", "The last check of everything that is stored", kSchema),
              get_audit);
    auto start_operation = operation_of("startAudit", "Check everything that is stored", kSchema);
    start_operation.success_status = 202;
    add_route(router, api, RouteId::start_audit, std::move(start_operation), start_audit);
}

}  // namespace onsale::people
