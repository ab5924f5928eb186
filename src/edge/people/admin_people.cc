// /api/v1/people for administrators: looking people up, their roles, and disabling them.
#include <utility>

#include "gate/api.h"
#include "people/internal/resources.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

using accounts::AccountResult;

struct PersonBody {
    std::uint64_t id = 0;
    std::string username;
    std::string nickname;
    std::optional<std::string> mobile_masked;
    std::optional<std::string> email_masked;
    std::vector<std::string> roles;
    std::vector<std::uint64_t> organisers;
    bool must_change_password = false;
    bool has_password = false;
    bool disabled = false;
    std::optional<std::string> disabled_reason;
    std::string created_at;
    bool erased = false;
};
BOOST_DESCRIBE_STRUCT(PersonBody, (),
                      (id, username, nickname, mobile_masked, email_masked, roles, organisers,
                       must_change_password, has_password, disabled, disabled_reason, created_at,
                       erased))
struct PeoplePageBody {
    std::vector<PersonBody> people;
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(PeoplePageBody, (), (people, next))
struct RolesBody {
    std::vector<std::string> roles;
    std::vector<std::uint64_t> organisers;
};
BOOST_DESCRIBE_STRUCT(RolesBody, (), (roles, organisers))
struct DisabledBody {
    bool disabled = false;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(DisabledBody, (), (disabled, reason))

std::optional<std::string> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

PersonBody person_body(const accounts::PersonSummary& person) {
    return {person.person.value(),
            person.username,
            person.nickname,
            unless_empty(person.mobile_masked),
            unless_empty(person.email_masked),
            person.roles.names(),
            person.organisers,
            person.must_change_password,
            person.has_password,
            person.disabled,
            unless_empty(person.disabled_reason),
            base::to_rfc3339(person.created_at),
            person.erased};
}

// The person whom the path names; nothing, and the call is answered, when it names none.
std::optional<domain::PersonId> person_of(Call& call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (id) return domain::PersonId(*id);
    call.fail(Code::person_unknown);
    return std::nullopt;
}

// Answers with the person as it is now.
void send_person(Call call, domain::PersonId person) {
    auto& staff = call.api.context.accounts.staff();
    env::Executor& home = call.home();
    staff.find(
        person, home,
        [call = std::move(call)](const AccountResult<accounts::PersonSummary>& found) mutable {
            if (!found) return call.fail(found.error());
            call.send(200, http::to_json(person_body(*found)));
        });
}

accounts::AccountReply<void> then_send(Call call, domain::PersonId person) {
    return [call = std::move(call), person](const AccountResult<void>& done) mutable {
        if (!done) return call.fail(done.error());
        send_person(std::move(call), person);
    };
}

void list(Call call) {
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    const auto limit = limit_query(call);
    if (!limit) return;
    accounts::PeopleQuery query{call.request.query_value("query").value_or(""), *before, *limit};
    auto& staff = call.api.context.accounts.staff();
    env::Executor& home = call.home();
    staff.list(std::move(query), home,
               [call = std::move(call)](const AccountResult<accounts::PeoplePage>& page) mutable {
                   if (!page) return call.fail(page.error());
                   PeoplePageBody body;
                   for (const auto& person : page->people)
                       body.people.push_back(person_body(person));
                   if (page->next != 0) body.next = page->next;
                   call.send(200, http::to_json(body));
               });
}

void get(Call call) {
    if (const auto person = person_of(call)) send_person(std::move(call), *person);
}

void set_roles(Call call) {
    const auto person = person_of(call);
    if (!person) return;
    auto body = http::parse_body<RolesBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto roles = accounts::roles_of(body->roles);
    if (!roles) return call.fail(Code::roles_invalid);
    accounts::RoleChange change{*person, *roles, std::move(body->organisers)};
    auto& staff = call.api.context.accounts.staff();
    env::Executor& home = call.home();
    staff.set_roles(std::move(change), home, then_send(std::move(call), *person));
}

void set_disabled(Call call) {
    const auto person = person_of(call);
    if (!person) return;
    auto body = http::parse_body<DisabledBody>(call.request.body);
    if (!body) return call.fail(body.error());
    accounts::Disabling change{*person, body->disabled, std::move(body->reason).value_or("")};
    auto& staff = call.api.context.accounts.staff();
    env::Executor& home = call.home();
    staff.set_disabled(std::move(change), home, then_send(std::move(call), *person));
}

http::Operation operation_of(std::string id, std::string summary, std::string request_schema,
                             std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "people";
    operation.summary = std::move(summary);
    operation.request_schema_json = std::move(request_schema);
    operation.response_schema_json = http::schema_of<PersonBody>();
    operation.errors = std::move(errors);
    operation.errors.emplace_back("admin_only");
    operation.errors.emplace_back("busy");
    return operation;
}

}  // namespace

void add_admin_people_routes(http::Router& router, const SharedApi& api) {
    const http::Parameter person{"person", "Number of the person", true,
                                 R"({"type":"integer","format":"int64"})"};
    auto list_operation =
        operation_of("listPeople", "People, the newest first", {}, {"invalid_field"});
    list_operation.query_parameters = {
        {"query", "A whole username, mobile number, e-mail address or number", false},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<PeoplePageBody>();
    add_route(router, api, RouteId::list_people, std::move(list_operation), list);

    auto get_operation = operation_of("getPerson", "A person", {}, {"person_unknown"});
    get_operation.path_parameters = {person};
    add_route(router, api, RouteId::get_person, std::move(get_operation), get);

    auto roles_operation = operation_of(
        "setRoles", "What a person may do, and for which organisers", http::schema_of<RolesBody>(),
        {"invalid_field", "person_unknown", "roles_invalid", "last_admin"});
    roles_operation.path_parameters = {person};
    add_route(router, api, RouteId::set_roles, std::move(roles_operation), set_roles);

    auto disabled_operation =
        operation_of("setDisabled", "Shut a person out, or let them in again; effective at once",
                     http::schema_of<DisabledBody>(),
                     {"invalid_field", "person_unknown", "reason_invalid", "last_admin"});
    disabled_operation.path_parameters = {person};
    add_route(router, api, RouteId::set_disabled, std::move(disabled_operation), set_disabled);
}

}  // namespace onsale::people
