#include "people/internal/login_answers.h"

#include <optional>
#include <utility>
#include <vector>

#include "gate/api.h"

namespace onsale::people {
using namespace answers;
using namespace gate;
namespace {

struct LoginBody {
    std::uint64_t person = 0;
    std::vector<std::string> roles;
    bool must_change_password = false;
    std::optional<std::string> token;
    std::string expires_at;
    std::string refresh_after;
    std::optional<std::string> refresh_token;
    std::string refresh_expires_at;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (),
                      (person, roles, must_change_password, token, expires_at, refresh_after,
                       refresh_token, refresh_expires_at))

struct CookieNames {
    std::string_view access;
    std::string_view refresh;
};
CookieNames names_of(accounts::Audience audience) {
    if (audience == accounts::Audience::staff) return {kStaffCookie, kStaffRefreshCookie};
    return {kPersonCookie, kPersonRefreshCookie};
}

http::Header cookie(std::string_view name, std::string_view value, std::int64_t seconds) {
    std::string text(name);
    text += '=';
    text += value;
    text += "; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=";
    text += std::to_string(seconds);
    return {"Set-Cookie", std::move(text)};
}

std::int64_t seconds_until(base::Timestamp then, base::Timestamp now) {
    constexpr std::int64_t kSecondMs = 1000;
    return (then.unix_ms() - now.unix_ms()) / kSecondMs;
}

}  // namespace

void send_login(Call call, const LoginAnswer& answer, const accounts::OpenedLogin& login) {
    const auto& context = call.api.context;
    const auto now = context.clock.wall_now();
    const auto lifetime = context.options.token_lifetime;
    auto& issuers = call.api.issuers.of(call.home());
    auto& issuer = answer.audience == accounts::Audience::staff ? issuers.staff : issuers.person;
    const auto issued = issuer.issue(login.person.value(), login.login, now, lifetime);
    LoginBody body;
    body.person = login.person.value();
    body.roles = login.roles.names();
    body.must_change_password = login.must_change_password;
    body.expires_at = base::to_rfc3339(issued.expires_at);
    // At half of its life there is time left to try again.
    body.refresh_after =
        base::to_rfc3339(now + base::Duration::milliseconds(lifetime.count_ms() / 2));
    body.refresh_expires_at = base::to_rfc3339(login.refresh_expires_at);
    http::Response response;
    response.status = answer.status;
    if (answer.carrier == Carrier::cookies) {
        const auto names = names_of(answer.audience);
        response.headers.push_back(
            cookie(names.access, issued.token, seconds_until(issued.expires_at, now)));
        response.headers.push_back(cookie(names.refresh, login.refresh_token,
                                          seconds_until(login.refresh_expires_at, now)));
    } else {
        body.token = issued.token;
        body.refresh_token = login.refresh_token;
    }
    response.body = http::to_json(body);
    call.responder.send(std::move(response));
}

void send_logged_out(Call call, accounts::Audience audience) {
    const auto names = names_of(audience);
    http::Response response;
    response.status = 204;
    response.headers.push_back(cookie(names.access, {}, 0));
    response.headers.push_back(cookie(names.refresh, {}, 0));
    call.responder.send(std::move(response));
}

std::string login_schema_json() {
    return http::schema_of<LoginBody>();
}

accounts::Origin origin_of(const http::Request& request) {
    return {std::string(request.peer), std::string(request.header("User-Agent"))};
}

bool admit_carrier(Call& call, Carrier carrier) {
    if (carrier == Carrier::body || is_same_origin(call.request)) return true;
    call.fail(Code::cross_site_refused);
    return false;
}

}  // namespace onsale::people
