// /api/v1/sessions: setting up a session, and changing its stock. For staff. (session_list.cc shows
// sessions, session_edits.cc changes them.)
#include <utility>

#include "backstage/internal/change_answers.h"
#include "backstage/internal/resources.h"
#include "backstage/internal/session_body.h"
#include "gate/ownership.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
namespace {

constexpr std::size_t kDefinitionBytesMax = 1024 * 1024;

// A number of tickets under the operator's own id, or a sealed list of codes.
struct AdditionBody {
    std::optional<std::uint64_t> addition;
    std::optional<std::uint64_t> count;
    std::optional<std::uint64_t> list;
};
BOOST_DESCRIBE_STRUCT(AdditionBody, (), (addition, count, list))
struct WithdrawalBody {
    std::uint64_t count = 0;
    std::optional<std::uint64_t> withdrawal;  // the operator's own id
};
BOOST_DESCRIBE_STRUCT(WithdrawalBody, (), (count, withdrawal))

void set_up(Call call) {
    auto body = http::parse_body<NewSessionBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (!may_act_for(call, body->organiser.id)) return call.fail(Code::not_your_organiser);
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    const auto by = list_user_of(call);
    catalog.set_up_session(definition_of(std::move(*body)), by, home, answer_made(std::move(call)));
}

// The pool that the path names; nothing, and the call is answered, when it names none.
struct Place {
    domain::SessionId session;
    domain::PoolId pool;
};
std::optional<Place> place_of(Call& call) {
    const auto session = parse_id(call.request.parameters[0]);
    const auto pool = parse_id(call.request.parameters[1]);
    if (session && pool) return Place{domain::SessionId(*session), domain::PoolId(*pool)};
    call.fail(session ? Code::pool_unknown : Code::session_unknown);
    return std::nullopt;
}

void add_stock(Call call) {
    const auto place = place_of(call);
    if (!place) return;
    const auto body = http::parse_body<AdditionBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (body->list && (body->addition || body->count))
        return call.fail_field("list", "is given beside addition or count");
    if (!body->list && !body->addition) return call.fail_field("addition", "is missing");
    if (!body->list && !body->count) return call.fail_field("count", "is missing");
    const catalog::AddStockRequest request{place->session,
                                           place->pool,
                                           body->addition.value_or(0),
                                           body->count.value_or(0),
                                           body->list.value_or(0),
                                           list_user_of(call)};
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    catalog.add_stock(request, home, answer_made(std::move(call)));
}

void withdraw_stock(Call call) {
    const auto place = place_of(call);
    if (!place) return;
    const auto body = http::parse_body<WithdrawalBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (body->withdrawal && (*body->withdrawal == 0 || *body->withdrawal > domain::kIdMax))
        return call.fail_field("withdrawal", "must be an id of your own");
    auto& catalog = call.api.context.catalog;
    env::Executor& home = call.home();
    const catalog::WithdrawStockRequest request{place->session, place->pool, body->count,
                                                body->withdrawal.value_or(0)};
    catalog.withdraw_stock(request, home, answer_made(std::move(call)));
}

http::Operation pool_operation(std::string id, std::string summary, std::string request_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "sessions";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"},
        {"pool", "Number of the pool within its session", true,
         R"({"type":"integer","format":"int64"})"}};
    operation.request_schema_json = std::move(request_schema);
    operation.success_status = 201;
    operation.response_schema_json = http::schema_of<ChangedBody>();
    operation.errors = {"staff_only",     "invalid_field", "session_unknown",
                        "session_closed", "pool_unknown",  "definition_conflict",
                        "stock_not_free", "busy",          "storage_full",
                        "stopping"};
    return operation;
}

}  // namespace

void add_session_routes(http::Router& router, const SharedApi& api) {
    http::Operation set_up_operation;
    set_up_operation.id = "setUpSession";
    set_up_operation.tag = "sessions";
    set_up_operation.summary = "Set up a session with its stock, tiers and campaigns, in one step";
    set_up_operation.description =
        "201 when it is new; 200 with outcome unchanged when the same content was there.";
    set_up_operation.request_schema_json = http::schema_of<NewSessionBody>();
    set_up_operation.success_status = 201;
    set_up_operation.response_schema_json = http::schema_of<ChangedBody>();
    set_up_operation.errors = {"staff_only", "invalid_field", "definition_conflict",
                               "busy",       "storage_full",  "stopping"};

    add_route(router, api, RouteId::set_up_session, std::move(set_up_operation), set_up,
              kDefinitionBytesMax);
    add_route(
        router, api, RouteId::add_stock,
        pool_operation("addStock", "Add stock to a pool; repeating an addition changes nothing",
                       http::schema_of<AdditionBody>()),
        add_stock);
    add_route(
        router, api, RouteId::withdraw_stock,
        pool_operation("withdrawStock",
                       "Take free stock away; with `withdrawal`, repeating it changes nothing",
                       http::schema_of<WithdrawalBody>()),
        withdraw_stock);
}

}  // namespace onsale::backstage
