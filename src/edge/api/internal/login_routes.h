// What the logins of people and of staff have in common: handlers that differ by the audience only.
// Called at assembly; the handlers run on the event loop of their request.
#pragma once

#include <string>
#include <vector>

#include "accounts/tokens.h"
#include "api/internal/call.h"

namespace onsale::api {

// POST: username and password for a login.
[[nodiscard]] CallHandler log_in_handler(accounts::Audience audience);
// POST: a refresh token, in the body or the cookie, for the next one.
[[nodiscard]] CallHandler refresh_handler(accounts::Audience audience);
// DELETE: the login of this very request ends.
[[nodiscard]] CallHandler log_out_handler(accounts::Audience audience);
// PUT: {old_password, new_password}.
[[nodiscard]] CallHandler change_password_handler(accounts::Audience audience);

[[nodiscard]] http::Operation log_in_operation(std::string id, std::string tag);
[[nodiscard]] http::Operation refresh_operation(std::string id, std::string tag);
[[nodiscard]] http::Operation log_out_operation(std::string id, std::string tag);
[[nodiscard]] http::Operation change_password_operation(std::string id, std::string tag);

// The login that the request belongs to; 0 for a token of none.
[[nodiscard]] accounts::LoginId current_login(const Call& call, accounts::Audience audience);

}  // namespace onsale::api
