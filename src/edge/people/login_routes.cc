// Logging in, refreshing, logging out and changing the password: the same for people and staff.
#include "people/internal/login_routes.h"

#include <optional>
#include <utility>

#include "gate/api.h"
#include "people/internal/login_answers.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

using accounts::AccountResult;
using accounts::Audience;

struct CredentialsBody {
    std::string username;
    std::string password;
    std::optional<bool> cookies;
};
BOOST_DESCRIBE_STRUCT(CredentialsBody, (), (username, password, cookies))
struct RefreshBody {
    std::optional<std::string> refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshBody, (), (refresh_token))
struct PasswordChangeBody {
    std::string old_password;
    std::string new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChangeBody, (), (old_password, new_password))

accounts::AccountReply<accounts::OpenedLogin> answer_on(Call call, const LoginAnswer& answer) {
    return [call = std::move(call), answer](AccountResult<accounts::OpenedLogin> login) mutable {
        if (!login) return call.fail(login.error());
        send_login(std::move(call), answer, *login);
    };
}

void log_in(Call call, Audience audience) {
    auto body = http::parse_body<CredentialsBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto carrier = body->cookies.value_or(false) ? Carrier::cookies : Carrier::body;
    if (!admit_carrier(call, carrier)) return;
    accounts::LoginRequest request{audience, std::move(body->username), std::move(body->password),
                                   origin_of(call.request)};
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    const LoginAnswer answer{200, audience, carrier};
    logins.login(std::move(request), home, answer_on(std::move(call), answer));
}

void refresh(Call call, Audience audience) {
    RefreshBody body;
    if (!call.request.body.empty()) {
        auto parsed = http::parse_body<RefreshBody>(call.request.body);
        if (!parsed) return call.fail(parsed.error());
        body = std::move(*parsed);
    }
    const auto carrier = body.refresh_token ? Carrier::body : Carrier::cookies;
    if (!body.refresh_token) {
        const auto name = audience == Audience::staff ? kStaffRefreshCookie : kPersonRefreshCookie;
        const auto token = cookie_of(call.request, name);
        if (token.empty()) return call.fail(Code::login_required);
        if (!admit_carrier(call, carrier)) return;
        body.refresh_token = std::string(token);
    }
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    const LoginAnswer answer{200, audience, carrier};
    logins.refresh(std::move(*body.refresh_token), audience, home,
                   answer_on(std::move(call), answer));
}

void log_out(Call call, Audience audience) {
    const auto login = current_login(call, audience);
    // A token of no login cannot be ended, only expire; its cookies go all the same.
    if (login == accounts::LoginId{}) return send_logged_out(std::move(call), audience);
    const auto person = call.person();
    auto& logins = call.api.context.accounts.logins();
    env::Executor& home = call.home();
    logins.end(person, login, home,
               [call = std::move(call), audience](const AccountResult<void>& ended) mutable {
                   // One that has ended meanwhile is what was asked for.
                   const bool gone =
                       ended || ended.error().refusal == accounts::AccountRefusal::login_unknown;
                   if (!gone) return call.fail(ended.error());
                   send_logged_out(std::move(call), audience);
               });
}

void change_password(Call call, Audience audience) {
    auto body = http::parse_body<PasswordChangeBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (call.subject == 0) return call.fail(Code::person_unknown);
    accounts::PasswordChange change{call.person(), current_login(call, audience),
                                    std::move(body->old_password), std::move(body->new_password),
                                    std::string(call.request.peer)};
    auto& profiles = call.api.context.accounts.profiles();
    env::Executor& home = call.home();
    profiles.change_password(std::move(change), home,
                             [call = std::move(call)](const AccountResult<void>& changed) mutable {
                                 if (!changed) return call.fail(changed.error());
                                 call.send(204, {});
                             });
}

CallHandler with_audience(void (*handler)(Call, Audience), Audience audience) {
    return [handler, audience](Call call) { handler(std::move(call), audience); };
}

http::Operation operation_of(std::string id, std::string tag, std::string summary,
                             std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = std::move(tag);
    operation.summary = std::move(summary);
    operation.errors = std::move(errors);
    return operation;
}

}  // namespace

CallHandler log_in_handler(Audience audience) {
    return with_audience(log_in, audience);
}
CallHandler refresh_handler(Audience audience) {
    return with_audience(refresh, audience);
}
CallHandler log_out_handler(Audience audience) {
    return with_audience(log_out, audience);
}
CallHandler change_password_handler(Audience audience) {
    return with_audience(change_password, audience);
}

http::Operation log_in_operation(std::string id, std::string tag) {
    auto operation = operation_of(std::move(id), std::move(tag), "Log in",
                                  {"invalid_field", "wrong_credentials", "too_many_attempts",
                                   "account_disabled", "cross_site_refused", "busy"});
    operation.description =
        "username: a username, mobile number or e-mail address. With cookies: true the tokens "
        "travel in cookies only; pages of this site may ask for that.";
    operation.request_schema_json = http::schema_of<CredentialsBody>();
    operation.response_schema_json = login_schema_json();
    return operation;
}

http::Operation refresh_operation(std::string id, std::string tag) {
    auto operation =
        operation_of(std::move(id), std::move(tag), "The next token of a login",
                     {"invalid_field", "login_required", "token_invalid", "login_expired",
                      "login_revoked", "account_disabled", "cross_site_refused", "busy"});
    operation.description =
        "Each refresh token is good once; one that comes again ends the login. Without a body the "
        "cookie is taken.";
    operation.request_schema_json = http::schema_of<RefreshBody>();
    operation.response_schema_json = login_schema_json();
    return operation;
}

http::Operation log_out_operation(std::string id, std::string tag) {
    auto operation =
        operation_of(std::move(id), std::move(tag), "Log out; the tokens are refused from now on",
                     {"login_required", "cross_site_refused", "busy"});
    operation.success_status = 204;
    return operation;
}

http::Operation change_password_operation(std::string id, std::string tag) {
    auto operation =
        operation_of(std::move(id), std::move(tag), "Change one's password; all other logins end",
                     {"invalid_field", "password_wrong", "password_invalid", "password_unchanged",
                      "too_many_attempts", "busy"});
    operation.request_schema_json = http::schema_of<PasswordChangeBody>();
    operation.success_status = 204;
    return operation;
}

}  // namespace onsale::people
