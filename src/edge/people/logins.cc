// /api/v1/logins: a person's logins.
#include <optional>
#include <utility>

#include "gate/api.h"
#include "people/internal/login_routes.h"
#include "people/internal/resources.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

using accounts::Audience;

struct LoginInfoBody {
    std::uint64_t id = 0;
    std::string audience;
    std::string device;
    std::string address;
    std::string created_at;
    std::string used_at;
    std::string expires_at;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(LoginInfoBody, (),
                      (id, audience, device, address, created_at, used_at, expires_at, current))
struct LoginListBody {
    std::vector<LoginInfoBody> logins;
};
BOOST_DESCRIBE_STRUCT(LoginListBody, (), (logins))
struct EndedBody {
    std::uint64_t ended = 0;
};
BOOST_DESCRIBE_STRUCT(EndedBody, (), (ended))

void list(Call call) {
    const auto current = current_login(call, Audience::person);
    const auto person = call.person();
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    logins.list(person, home,
                [call = std::move(call),
                 current](accounts::AccountResult<std::vector<accounts::LoginInfo>> rows) mutable {
                    if (!rows) return call.fail(rows.error());
                    LoginListBody body;
                    for (auto& row : *rows) {
                        body.logins.push_back(
                            {row.login.value(), std::string(to_string(row.audience)),
                             std::move(row.origin.device), std::move(row.origin.address),
                             base::to_rfc3339(row.created_at), base::to_rfc3339(row.used_at),
                             base::to_rfc3339(row.expires_at), row.login == current});
                    }
                    call.send(200, http::to_json(body));
                });
}

void end_one(Call call) {
    const auto login = parse_id(call.request.parameters[0]);
    if (!login) return call.fail(Code::login_unknown);
    const auto person = call.person();
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    logins.end(person, accounts::LoginId(*login), home,
               [call = std::move(call)](const accounts::AccountResult<void>& ended) mutable {
                   if (!ended) return call.fail(ended.error());
                   call.send(204, {});
               });
}

void end_others(Call call) {
    const auto kept = current_login(call, Audience::person);
    const auto person = call.person();
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    logins.end_others(
        person, kept, home,
        [call = std::move(call)](const accounts::AccountResult<std::uint64_t>& ended) mutable {
            if (!ended) return call.fail(ended.error());
            call.send(200, http::to_json(EndedBody{*ended}));
        });
}

http::Operation operation_of(std::string id, std::string summary) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "logins";
    operation.summary = std::move(summary);
    operation.errors = {"login_required", "busy"};
    return operation;
}

}  // namespace

void add_login_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::log_in, log_in_operation("login", "logins"),
              log_in_handler(Audience::person));
    add_route(router, api, RouteId::refresh_login, refresh_operation("refreshLogin", "logins"),
              refresh_handler(Audience::person));
    add_route(router, api, RouteId::log_out, log_out_operation("logOut", "logins"),
              log_out_handler(Audience::person));

    auto list_operation = operation_of("listLogins", "One's own logins, the one used last first");
    list_operation.response_schema_json = http::schema_of<LoginListBody>();
    add_route(router, api, RouteId::list_logins, std::move(list_operation), list);

    auto end_operation = operation_of("endLogin", "End one of one's logins");
    end_operation.path_parameters = {
        {"login", "Number of the login", true, R"({"type":"integer","format":"int64"})"}};
    end_operation.success_status = 204;
    end_operation.errors.emplace_back("login_unknown");
    add_route(router, api, RouteId::end_login, std::move(end_operation), end_one);

    auto others_operation = operation_of("endOtherLogins", "End all one's logins but this one");
    others_operation.response_schema_json = http::schema_of<EndedBody>();
    add_route(router, api, RouteId::end_other_logins, std::move(others_operation), end_others);
}

}  // namespace onsale::people
