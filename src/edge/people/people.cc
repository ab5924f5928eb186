// /api/v1/people, /api/v1/codes and /api/v1/passwords: registering, asking for codes, and a
// forgotten password; importing people.
#include <algorithm>
#include <array>
#include <utility>

#include "gate/api.h"
#include "gate/lines.h"
#include "people/internal/contact_body.h"
#include "people/internal/login_answers.h"
#include "people/internal/resources.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

using accounts::AccountResult;

constexpr std::size_t kImportBytesMax = 512 * 1024;

struct RegistrationBody {
    std::string username;
    std::string password;
    std::string nickname;
    std::optional<std::string> mobile;
    std::optional<std::string> mobile_code;
    std::optional<std::string> email;
    std::optional<std::string> email_code;
    std::optional<bool> cookies;
};
BOOST_DESCRIBE_STRUCT(RegistrationBody, (),
                      (username, password, nickname, mobile, mobile_code, email, email_code,
                       cookies))
struct CodeBody {
    std::string purpose;  // register, change, reset
    std::optional<std::string> mobile;
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (purpose, mobile, email))
struct CodeSentBody {
    std::string resend_after;
    std::string expires_at;
};
BOOST_DESCRIBE_STRUCT(CodeSentBody, (), (resend_after, expires_at))
struct ResetBody {
    std::optional<std::string> mobile;
    std::optional<std::string> email;
    std::string code;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(ResetBody, (), (mobile, email, code, password))
struct FreeBody {
    bool free = false;
};
BOOST_DESCRIBE_STRUCT(FreeBody, (), (free))
struct ImportedBody {
    std::uint64_t first_person = 0;
    std::uint64_t last_person = 0;
    std::uint64_t imported = 0;
};
BOOST_DESCRIBE_STRUCT(ImportedBody, (), (first_person, last_person, imported))

// Without its code a contact is not the person's own; a code without a contact proves nothing.
std::optional<accounts::ProvenContact> proven(std::optional<std::string>& contact,
                                              std::optional<std::string>& code) {
    if (!contact && !code) return std::nullopt;
    return accounts::ProvenContact{std::move(contact).value_or(""), std::move(code).value_or("")};
}

// The language that mails to a new person are written in: as their browser says, if it does.
std::optional<accounts::Language> written_language(const http::Request& request) {
    const auto header = request.header("Accept-Language");
    if (header.empty()) return std::nullopt;
    return language_of(header) == Language::zh ? accounts::Language::zh : accounts::Language::en;
}

// The new person is logged in at once.
void open_login(Call call, domain::PersonId person, Carrier carrier) {
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    auto origin = origin_of(call.request);
    const LoginAnswer answer{201, accounts::Audience::person, carrier};
    logins.open(
        person, std::move(origin), home,
        [call = std::move(call), answer](AccountResult<accounts::OpenedLogin> login) mutable {
            if (!login) return call.fail(login.error());
            send_login(std::move(call), answer, *login);
        });
}

void register_person(Call call) {
    auto body = http::parse_body<RegistrationBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto carrier = body->cookies.value_or(false) ? Carrier::cookies : Carrier::body;
    if (!admit_carrier(call, carrier)) return;
    accounts::Registration registration{std::move(body->username),
                                        std::move(body->password),
                                        std::move(body->nickname),
                                        proven(body->mobile, body->mobile_code),
                                        proven(body->email, body->email_code),
                                        std::string(call.request.peer),
                                        written_language(call.request)};
    auto& people = call.api.context.accounts.people();
    env::Executor& home = call.home();
    people.register_person(
        std::move(registration), home,
        [call = std::move(call), carrier](const AccountResult<domain::PersonId>& made) mutable {
            if (!made) return call.fail(made.error());
            open_login(std::move(call), *made, carrier);
        });
}

void import_people(Call call) {
    auto usernames = split_lines(call.request.body);
    auto& people = call.api.context.accounts.people();
    env::Executor& home = call.home();
    people.import_people(
        std::move(usernames), home,
        [call = std::move(call)](const accounts::ImportResult& result) mutable {
            if (result.refusal == accounts::AccountRefusal::none) {
                return call.send(
                    200, http::to_json(ImportedBody{result.first_person.value(),
                                                    result.last_person.value(), result.imported}));
            }
            if (result.line != 0)
                return call.fail(code_of(result.refusal), line_details(result.line));
            accounts::AccountError error(result.refusal);
            error.message = result.message;
            call.fail(error);
        });
}

void is_free(Call call) {
    struct Kind {
        std::string_view name;
        accounts::NameKind kind;
    };
    constexpr std::array kKinds = {Kind{"username", accounts::NameKind::username},
                                   Kind{"mobile", accounts::NameKind::mobile},
                                   Kind{"email", accounts::NameKind::email}};
    accounts::NameQuestion question;
    std::size_t asked = 0;
    for (const auto& kind : kKinds) {
        auto text = call.request.query_value(kind.name);
        if (!text) continue;
        ++asked;
        question.kind = kind.kind;
        question.text = std::move(*text);
    }
    if (asked != 1) return call.fail_field("username", "or mobile or email: give exactly one");
    question.address = call.request.peer;
    auto& people = call.api.context.accounts.people();
    env::Executor& home = call.home();
    people.is_free(std::move(question), home,
                   [call = std::move(call)](const AccountResult<bool>& free) mutable {
                       if (!free) return call.fail(free.error());
                       call.send(200, http::to_json(FreeBody{*free}));
                   });
}

std::optional<accounts::CodePurpose> purpose_of(std::string_view text) {
    if (text == "register") return accounts::CodePurpose::registration;
    if (text == "change") return accounts::CodePurpose::change;
    if (text == "reset") return accounts::CodePurpose::reset;
    return std::nullopt;
}

void send_code(Call call) {
    auto body = http::parse_body<CodeBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto purpose = purpose_of(body->purpose);
    if (!purpose) return call.fail_field("purpose", "is not register, change or reset");
    auto contact = contact_of(call, body->mobile, body->email);
    if (!contact) return;
    const bool zh = language_of(call.request.header("Accept-Language")) == Language::zh;
    accounts::CodeRequest request{*purpose, std::move(*contact), std::string(call.request.peer),
                                  zh ? accounts::Language::zh : accounts::Language::en};
    auto& codes = call.api.context.accounts.codes();
    env::Executor& home = call.home();
    codes.send(std::move(request), home,
               [call = std::move(call)](const AccountResult<accounts::CodeSent>& sent) mutable {
                   if (!sent) return call.fail(sent.error());
                   call.send(202, http::to_json(CodeSentBody{base::to_rfc3339(sent->resend_after),
                                                             base::to_rfc3339(sent->expires_at)}));
               });
}

void reset_password(Call call) {
    auto body = http::parse_body<ResetBody>(call.request.body);
    if (!body) return call.fail(body.error());
    auto contact = contact_of(call, body->mobile, body->email);
    if (!contact) return;
    accounts::PasswordReset reset{std::move(*contact), std::move(body->code),
                                  std::move(body->password), std::string(call.request.peer),
                                  call.request.request_id};
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.reset_password(std::move(reset), home,
                            [call = std::move(call)](const AccountResult<void>& done) mutable {
                                if (!done) return call.fail(done.error());
                                call.send(204, {});
                            });
}

http::Operation operation_of(std::string id, std::string summary, std::string request_schema,
                             std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "people";
    operation.summary = std::move(summary);
    operation.request_schema_json = std::move(request_schema);
    operation.errors = std::move(errors);
    return operation;
}

void add_code_routes(http::Router& router, const SharedApi& api) {
    auto code_operation =
        operation_of("sendCode", "Have a code sent to a mobile number or an e-mail address",
                     http::schema_of<CodeBody>(),
                     {"invalid_field", "mobile_invalid", "email_invalid", "sender_missing",
                      "code_too_soon", "too_many_attempts", "busy"});
    code_operation.success_status = 202;
    code_operation.response_schema_json = http::schema_of<CodeSentBody>();
    add_route(router, api, RouteId::send_code, std::move(code_operation), send_code);

    auto reset_operation = operation_of(
        "resetPassword", "A new password by a code; all logins end", http::schema_of<ResetBody>(),
        {"invalid_field", "code_wrong", "password_invalid", "too_many_attempts", "busy"});
    reset_operation.success_status = 204;
    add_route(router, api, RouteId::reset_password, std::move(reset_operation), reset_password);
}

}  // namespace

void add_people_routes(http::Router& router, const SharedApi& api) {
    auto register_operation = operation_of(
        "registerPerson", "Register and log in", http::schema_of<RegistrationBody>(),
        {"invalid_field", "username_invalid", "password_invalid", "nickname_missing",
         "nickname_invalid", "mobile_invalid", "email_invalid", "code_wrong", "username_taken",
         "mobile_taken", "email_taken", "too_many_attempts", "cross_site_refused", "busy"});
    register_operation.description = "A mobile number or an e-mail address only with its code.";
    register_operation.success_status = 201;
    register_operation.response_schema_json = login_schema_json();
    add_route(router, api, RouteId::register_person, std::move(register_operation),
              register_person);

    auto free_operation = operation_of("isNameFree", "Whether a name can still be taken", {},
                                       {"invalid_field", "too_many_attempts"});
    free_operation.query_parameters = {{"username", "Exactly one of the three", false},
                                       {"mobile", "", false},
                                       {"email", "", false}};
    free_operation.response_schema_json = http::schema_of<FreeBody>();
    add_route(router, api, RouteId::is_name_free, std::move(free_operation), is_free);

    auto import_operation = operation_of(
        "importPeople",
        "Import people without a password: text/plain, one username a line, at most 10,000", {},
        {"staff_only", "admin_only", "invalid_field", "username_taken", "username_repeated",
         "busy"});
    import_operation.response_schema_json = http::schema_of<ImportedBody>();
    add_route(router, api, RouteId::import_people, std::move(import_operation), import_people,
              kImportBytesMax);
    add_code_routes(router, api);
}

}  // namespace onsale::people
