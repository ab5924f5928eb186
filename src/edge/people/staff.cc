// /api/v1/staff: logins of staff, apart from those of people, and making staff.
#include <utility>

#include "gate/api.h"
#include "people/internal/login_routes.h"
#include "people/internal/resources.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

using accounts::AccountResult;
using accounts::Audience;

struct StaffBody {
    std::uint64_t person = 0;
    std::optional<std::string> username;
    std::optional<std::string> nickname;
    std::vector<std::string> roles;
    std::vector<std::uint64_t> organisers;
    bool must_change_password = false;
};
BOOST_DESCRIBE_STRUCT(StaffBody, (),
                      (person, username, nickname, roles, organisers, must_change_password))
struct NewStaffBody {
    std::string username;
    std::string password;
    std::string nickname;
    std::vector<std::string> roles;
    std::vector<std::uint64_t> organisers;
};
BOOST_DESCRIBE_STRUCT(NewStaffBody, (), (username, password, nickname, roles, organisers))
struct MadeBody {
    std::uint64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(MadeBody, (), (person))

void get_me(Call call) {
    StaffBody body;
    // The owner of the data folder has no account.
    if (call.subject == 0) {
        body.roles = {"admin"};
        return call.send(200, http::to_json(body));
    }
    const auto person = call.person();
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.find(
        person, home,
        [call = std::move(call)](const AccountResult<accounts::Profile>& profile) mutable {
            if (!profile) return call.fail(profile.error());
            StaffBody found;
            found.person = profile->person.value();
            found.username = profile->username;
            found.nickname = profile->nickname;
            const auto member = call.api.context.accounts.staff().member(profile->person);
            if (!member) return call.fail(Code::staff_only);
            found.roles = member->roles.names();
            found.organisers = member->organisers;
            found.must_change_password = member->must_change_password;
            call.send(200, http::to_json(found));
        });
}

void create(Call call) {
    auto body = http::parse_body<NewStaffBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto roles = accounts::roles_of(body->roles);
    if (!roles) return call.fail(Code::roles_invalid);
    accounts::NewStaff member{std::move(body->username), std::move(body->password),
                              std::move(body->nickname), *roles, std::move(body->organisers)};
    auto& staff = call.api.context.accounts.staff();
    env::Executor& home = call.home();
    staff.create(std::move(member), home,
                 [call = std::move(call)](const AccountResult<domain::PersonId>& made) mutable {
                     if (!made) return call.fail(made.error());
                     call.send(201, http::to_json(MadeBody{made->value()}));
                 });
}

}  // namespace

void add_staff_routes(http::Router& router, const SharedApi& api) {
    auto login_operation = log_in_operation("loginStaff", "staff");
    login_operation.errors.emplace_back("staff_only");
    add_route(router, api, RouteId::log_in_staff, std::move(login_operation),
              log_in_handler(Audience::staff));
    add_route(router, api, RouteId::refresh_staff_login,
              refresh_operation("refreshStaffLogin", "staff"), refresh_handler(Audience::staff));
    add_route(router, api, RouteId::log_out_staff, log_out_operation("logOutStaff", "staff"),
              log_out_handler(Audience::staff));
    add_route(router, api, RouteId::change_staff_password,
              change_password_operation("changeStaffPassword", "staff"),
              change_password_handler(Audience::staff));

    http::Operation me_operation;
    me_operation.id = "getStaffMe";
    me_operation.tag = "staff";
    me_operation.summary = "Who one is as a member of staff, and for whom one acts";
    me_operation.response_schema_json = http::schema_of<StaffBody>();
    me_operation.errors = {"login_required", "staff_only"};
    add_route(router, api, RouteId::get_staff_me, std::move(me_operation), get_me);

    http::Operation create_operation;
    create_operation.id = "createStaff";
    create_operation.tag = "staff";
    create_operation.summary =
        "Make a member of staff, who has to change the password at the first login";
    create_operation.request_schema_json = http::schema_of<NewStaffBody>();
    create_operation.success_status = 201;
    create_operation.response_schema_json = http::schema_of<MadeBody>();
    create_operation.errors = {"admin_only",       "invalid_field",    "username_invalid",
                               "password_invalid", "nickname_missing", "nickname_invalid",
                               "username_taken",   "roles_invalid",    "busy"};
    add_route(router, api, RouteId::create_staff, std::move(create_operation), create);
}

}  // namespace onsale::people
