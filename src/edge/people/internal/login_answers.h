// Answers that carry a login: an access token of some minutes and a refresh token, in the body or,
// for pages, in cookies that no script can read. Used on the event loop of the request; nothing to
// promise after a crash.
#pragma once

#include <cstdint>
#include <string>

#include "accounts/logins.h"
#include "gate/call.h"

namespace onsale::people {

enum class Carrier : std::uint8_t { body, cookies };

// 201 or 200 with the login, for persons or staff.
struct LoginAnswer {
    std::uint16_t status = 200;
    accounts::Audience audience = accounts::Audience::person;
    Carrier carrier = Carrier::body;
};
void send_login(gate::Call call, const LoginAnswer& answer, const accounts::OpenedLogin& login);

// 204 that takes the audience's cookies away.
void send_logged_out(gate::Call call, accounts::Audience audience);

[[nodiscard]] std::string login_schema_json();
[[nodiscard]] accounts::Origin origin_of(const http::Request& request);
// A login by cookies is only for pages of ours: elsewhere a form could log a browser in as somebody
// else. False, and the call is answered, if it is not.
[[nodiscard]] bool admit_carrier(gate::Call& call, Carrier carrier);

}  // namespace onsale::people
