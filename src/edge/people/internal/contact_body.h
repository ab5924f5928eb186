// {"mobile"} or {"email"} of a body as one contact. Pure; on the event loop of the request.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "accounts/codes.h"
#include "gate/call.h"

namespace onsale::people {

// Exactly one of the two; nothing, and the call is answered, otherwise.
[[nodiscard]] inline std::optional<accounts::Contact> contact_of(
    gate::Call& call, std::optional<std::string>& mobile, std::optional<std::string>& email) {
    if (mobile && !email)
        return accounts::Contact{accounts::ContactKind::mobile, std::move(*mobile)};
    if (email && !mobile) return accounts::Contact{accounts::ContactKind::email, std::move(*email)};
    call.fail_field("mobile", "or email: give exactly one");
    return std::nullopt;
}

}  // namespace onsale::people
