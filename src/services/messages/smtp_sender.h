// SmtpSender: mails by SMTP through libcurl, with STARTTLS where the server offers it or where it
// is required. Used on the outbox's executor, where one mail blocks at most kSendDeadline.
#pragma once

#include <memory>
#include <string>

#include "env/environment.h"
#include "messages/limits.h"
#include "messages/sender.h"

namespace onsale::messages {

struct SmtpOptions {
    std::string url;   // smtp://host:587, or smtps://host:465
    std::string from;  // an e-mail address
    std::string user;  // empty: no login
    std::string password;
    bool tls_required = true;  // false: STARTTLS only where the server offers it
    base::Duration deadline = kSendDeadline;
};

[[nodiscard]] std::unique_ptr<Sender> make_smtp_sender(SmtpOptions options,
                                                       env::Environment& environment);

}  // namespace onsale::messages
