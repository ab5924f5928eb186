// The rules of names, passwords and contacts, as functions for the service, its tests and the
// edge. Pure; no owner.
#pragma once

#include <string>
#include <string_view>

#include "accounts/refusals.h"

namespace onsale::accounts {

[[nodiscard]] bool is_username(std::string_view text);  // 4 to 16, a letter first
[[nodiscard]] bool is_password(std::string_view text);  // 8 to 20, a letter and a digit
[[nodiscard]] bool is_mobile(std::string_view text);    // 1[3-9] and nine digits
[[nodiscard]] bool is_email(std::string_view text);
// none, nickname_missing or nickname_invalid; 1 to 32 characters (not bytes) of UTF-8.
[[nodiscard]] AccountRefusal check_nickname(std::string_view text);
[[nodiscard]] bool is_avatar(std::string_view text);

// "138****1234" and "a***@example.org": enough to be recognised by who knows it.
[[nodiscard]] std::string masked_mobile(std::string_view mobile);
[[nodiscard]] std::string masked_email(std::string_view email);

}  // namespace onsale::accounts
