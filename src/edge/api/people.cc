// /api/v1/people and /api/v1/logins: registering, logging in, and importing people.
#include <utility>

#include "api/internal/api.h"
#include "api/internal/lines.h"
#include "telemetry/log.h"

namespace onsale::api {
namespace {

constexpr std::size_t kImportBytesMax = 512 * 1024;

struct CredentialsBody {
    std::string username;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(CredentialsBody, (), (username, password))
struct LoginBody {
    std::uint64_t person = 0;
    std::string token;
    std::string expires_at;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (person, token, expires_at))
struct ImportBody {
    std::uint64_t first_person = 0;
    std::uint64_t last_person = 0;
    std::uint64_t imported = 0;
};
BOOST_DESCRIBE_STRUCT(ImportBody, (), (first_person, last_person, imported))

void fail_account(Call& call, accounts::AccountRefusal refusal, std::uint64_t line,
                  const std::string& message) {
    using enum accounts::AccountRefusal;
    if (refusal == failed) telemetry::log_error("api", message);
    if (line != 0) {
        ErrorExtras extras = line_details(line);
        return call.fail(code_of(refusal), extras);
    }
    if (refusal == username_invalid) {
        return call.fail_field(
            "username", "is not a letter followed by 3 to 15 letters, digits or underscores");
    }
    if (refusal == password_invalid) {
        return call.fail_field(
            "password", "is not 8 to 20 printable characters with a letter and a digit among them");
    }
    if (code_of(refusal) == Code::invalid_field) return call.fail_field("body", to_string(refusal));
    call.fail(code_of(refusal));
}

void answer_login(Call call, const accounts::PersonResult& result, std::uint16_t status) {
    if (result.refusal != accounts::AccountRefusal::none)
        return fail_account(call, result.refusal, 0, result.message);
    const auto& context = call.api.context;
    const auto issued =
        call.api.issuers.of(call.home())
            .issue(result.person.value(), context.clock.wall_now(), context.options.token_lifetime);
    call.send(status, http::to_json(LoginBody{result.person.value(), issued.token,
                                              base::to_rfc3339(issued.expires_at)}));
}

void register_person(Call call) {
    auto body = http::parse_body<CredentialsBody>(call.request.body);
    if (!body) return call.fail(body.error());
    auto& people = call.api.context.people;
    env::Executor& home = call.home();
    people.register_person({std::move(body->username), std::move(body->password)}, home,
                           [call = std::move(call)](const accounts::PersonResult& result) mutable {
                               answer_login(std::move(call), result, 201);
                           });
}

void login(Call call) {
    auto body = http::parse_body<CredentialsBody>(call.request.body);
    if (!body) return call.fail(body.error());
    auto& people = call.api.context.people;
    env::Executor& home = call.home();
    people.login({std::move(body->username), std::move(body->password)}, home,
                 [call = std::move(call)](const accounts::PersonResult& result) mutable {
                     answer_login(std::move(call), result, 200);
                 });
}

void import_people(Call call) {
    auto usernames = split_lines(call.request.body);
    auto& people = call.api.context.people;
    env::Executor& home = call.home();
    people.import_people(
        std::move(usernames), home,
        [call = std::move(call)](const accounts::ImportResult& result) mutable {
            if (result.refusal != accounts::AccountRefusal::none) {
                return fail_account(call, result.refusal, result.line, result.message);
            }
            call.send(200, http::to_json(ImportBody{result.first_person.value(),
                                                    result.last_person.value(), result.imported}));
        });
}

http::Operation credentials_operation(std::string id, std::string summary, std::uint16_t status,
                                      std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "people";
    operation.summary = std::move(summary);
    operation.request_schema_json = http::schema_of<CredentialsBody>();
    operation.success_status = status;
    operation.response_schema_json = http::schema_of<LoginBody>();
    operation.errors = std::move(errors);
    return operation;
}

}  // namespace

void add_people_routes(http::Router& router, const SharedApi& api) {
    http::Operation import_operation;
    import_operation.id = "importPeople";
    import_operation.tag = "people";
    import_operation.summary =
        "Import people without a password: text/plain, one username a line, at most 10,000";
    import_operation.response_schema_json = http::schema_of<ImportBody>();
    import_operation.errors = {"staff_only", "invalid_field", "username_taken", "username_repeated",
                               "busy"};
    import_operation.access = "operator";

    router.add({http::Method::post, "/api/v1/people",
                credentials_operation("registerPerson", "Register", 201,
                                      {"invalid_field", "username_taken", "busy"}),
                public_handler(api, register_person)});
    router.add({http::Method::post, "/api/v1/logins",
                credentials_operation("login", "Log in", 200,
                                      {"invalid_field", "wrong_credentials", "busy"}),
                public_handler(api, login)});
    router.add({http::Method::post, "/api/v1/people/import", std::move(import_operation),
                staff_handler(api, import_people), kImportBytesMax});
}

}  // namespace onsale::api
