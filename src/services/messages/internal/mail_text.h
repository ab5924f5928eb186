// A mail as the bytes that SMTP carries (RFC 5322, MIME): UTF-8 in base64, so that no byte of a
// text can be taken for a header or for the end. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "messages/message.h"

namespace onsale::messages {

struct MailHead {
    std::string from;
    base::Timestamp at;
    std::uint64_t number = 0;  // random: of the Message-ID of a mail without a name
};

[[nodiscard]] std::string mail_text(const Message& message, const MailHead& head);
// Lines of 76 characters with CRLF, as MIME wants them.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace onsale::messages
