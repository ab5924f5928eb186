// /api/v1/me: what a person has told about themselves, and the end of it.
#include <utility>

#include "gate/api.h"
#include "people/internal/login_answers.h"
#include "people/internal/login_routes.h"
#include "people/internal/profile_body.h"
#include "people/internal/resources.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

using accounts::AccountResult;

struct ProfileChangeBody {
    std::optional<std::string> nickname;
    std::optional<std::string> gender;
    std::optional<std::string> avatar;
    std::optional<std::string> language;  // zh, en
};
BOOST_DESCRIBE_STRUCT(ProfileChangeBody, (), (nickname, gender, avatar, language))
struct MobileBody {
    std::string mobile;
    std::string code;
    std::optional<std::string> password;
};
BOOST_DESCRIBE_STRUCT(MobileBody, (), (mobile, code, password))
struct EmailBody {
    std::string email;
    std::string code;
    std::optional<std::string> password;
};
BOOST_DESCRIBE_STRUCT(EmailBody, (), (email, code, password))
struct ErasureBody {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(ErasureBody, (), (password))

accounts::AccountReply<accounts::Profile> answer_on(Call call) {
    return [call = std::move(call)](const AccountResult<accounts::Profile>& profile) mutable {
        if (!profile) return call.fail(profile.error());
        auto body = profile_body(call, *profile);
        call.send(200, http::to_json(body));
    };
}

void get(Call call) {
    const auto person = call.person();
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.find(person, home, answer_on(std::move(call)));
}

void change(Call call) {
    auto body = http::parse_body<ProfileChangeBody>(call.request.body);
    if (!body) return call.fail(body.error());
    accounts::ProfileChange change{std::move(body->nickname), std::nullopt,
                                   std::move(body->avatar), std::nullopt};
    if (body->gender) {
        change.gender = accounts::gender_of(*body->gender);
        if (!change.gender)
            return call.fail_field("gender", "is not unknown, female, male or other");
    }
    if (body->language) {
        change.language = accounts::parse_language(*body->language);
        if (!change.language) return call.fail_field("language", "is not zh or en");
    }
    const auto person = call.person();
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.change(person, std::move(change), home, answer_on(std::move(call)));
}

template <class Body>
void set_contact(Call call, accounts::ContactKind kind, std::string Body::*contact) {
    auto body = http::parse_body<Body>(call.request.body);
    if (!body) return call.fail(body.error());
    const bool zh = language_of(call.request.header("Accept-Language")) == Language::zh;
    accounts::ContactChange change{call.person(),
                                   {kind, std::move((*body).*contact)},
                                   std::move(body->code),
                                   std::move(body->password).value_or(""),
                                   std::string(call.request.peer),
                                   zh ? accounts::Language::zh : accounts::Language::en};
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.set_contact(std::move(change), home, answer_on(std::move(call)));
}

void set_mobile(Call call) {
    set_contact(std::move(call), accounts::ContactKind::mobile, &MobileBody::mobile);
}

void set_email(Call call) {
    set_contact(std::move(call), accounts::ContactKind::email, &EmailBody::email);
}

void erase(Call call) {
    auto body = http::parse_body<ErasureBody>(call.request.body);
    if (!body) return call.fail(body.error());
    accounts::Erasure erasure{call.person(), std::move(body->password),
                              std::string(call.request.peer)};
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.erase(std::move(erasure), home,
                   [call = std::move(call)](const AccountResult<void>& erased) mutable {
                       if (!erased) return call.fail(erased.error());
                       send_logged_out(std::move(call), accounts::Audience::person);
                   });
}

http::Operation operation_of(std::string id, std::string summary, std::string request_schema,
                             std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "me";
    operation.summary = std::move(summary);
    operation.request_schema_json = std::move(request_schema);
    operation.response_schema_json = http::schema_of<ProfileBody>();
    operation.errors = std::move(errors);
    operation.errors.emplace_back("login_required");
    operation.errors.emplace_back("busy");
    return operation;
}

}  // namespace

void add_me_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::get_me, operation_of("getMe", "One's own profile", {}, {}),
              get);
    add_route(
        router, api, RouteId::change_me,
        operation_of("changeMe", "Change one's nickname, gender, avatar or language of mails",
                     http::schema_of<ProfileChangeBody>(),
                     {"invalid_field", "nickname_missing", "nickname_invalid", "avatar_invalid"}),
        change);
    add_route(
        router, api, RouteId::set_mobile,
        operation_of("setMobile", "Another mobile number, by the code sent to it and the password",
                     http::schema_of<MobileBody>(),
                     {"invalid_field", "mobile_invalid", "password_wrong", "code_wrong",
                      "too_many_attempts", "mobile_taken"}),
        set_mobile);
    add_route(
        router, api, RouteId::set_email,
        operation_of("setEmail", "Another e-mail address, by the code sent to it and the password",
                     http::schema_of<EmailBody>(),
                     {"invalid_field", "email_invalid", "password_wrong", "code_wrong",
                      "too_many_attempts", "email_taken"}),
        set_email);
    add_route(router, api, RouteId::change_password,
              change_password_operation("changePassword", "me"),
              change_password_handler(accounts::Audience::person));
    auto erase_operation =
        operation_of("eraseMe", "Erase one's account for good: the key of all personal data goes",
                     http::schema_of<ErasureBody>(),
                     {"invalid_field", "password_wrong", "too_many_attempts", "last_admin"});
    erase_operation.response_schema_json.clear();
    erase_operation.success_status = 204;
    add_route(router, api, RouteId::erase_me, std::move(erase_operation), erase);
}

}  // namespace onsale::people
