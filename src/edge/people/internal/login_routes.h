// What the logins of people and of staff have in common: handlers that differ by the audience only.
// Called at assembly; the handlers run on the event loop of their request.
#pragma once

#include <string>
#include <vector>

#include "accounts/tokens.h"
#include "gate/call.h"

namespace onsale::people {

// POST: username and password for a login.
[[nodiscard]] gate::CallHandler log_in_handler(accounts::Audience audience);
// POST: a refresh token, in the body or the cookie, for the next one.
[[nodiscard]] gate::CallHandler refresh_handler(accounts::Audience audience);
// DELETE: the login of this very request ends.
[[nodiscard]] gate::CallHandler log_out_handler(accounts::Audience audience);
// PUT: {old_password, new_password}.
[[nodiscard]] gate::CallHandler change_password_handler(accounts::Audience audience);

[[nodiscard]] http::Operation log_in_operation(std::string id, std::string tag);
[[nodiscard]] http::Operation refresh_operation(std::string id, std::string tag);
[[nodiscard]] http::Operation log_out_operation(std::string id, std::string tag);
[[nodiscard]] http::Operation change_password_operation(std::string id, std::string tag);

}  // namespace onsale::people
