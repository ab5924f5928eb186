// A message to a person: a mail or a short message. Plain value; it holds a secret (a code), so it
// is never logged and lives no longer than it must.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace onsale::messages {

enum class Kind : std::uint8_t { mail, sms };
[[nodiscard]] std::string_view to_string(Kind kind);

struct Message {
    Kind kind = Kind::mail;
    std::string to;
    std::string subject;  // of a mail
    std::string text;
    base::Timestamp useless_after = base::Timestamp::never();  // it is not sent any more then
    // Of a mail: names it for ever, so that who gets it twice can tell; empty: a random one.
    std::string name = {};
};

}  // namespace onsale::messages
