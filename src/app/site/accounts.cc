// The parts of a site that know people: how messages leave, and the accounts.
#include <utility>

#include "messages/file_sender.h"
#include "messages/smtp_sender.h"
#include "site/internal/impl.h"
#include "site/layout.h"
#include "telemetry/log.h"

namespace onsale::site {
namespace {

using base::Unexpected;

// A login of the mail server; the password is the file's first line.
base::Result<std::string, std::string> mail_password(const Config& config,
                                                     env::Environment& environment) {
    if (config.mail_user.empty()) return std::string();
    if (config.mail_password_file.empty()) {
        return Unexpected{"mail.user needs mail.password_file"};
    }
    const auto text = env::read_file(environment.files(), config.mail_password_file);
    if (!text) {
        return Unexpected{"mail.password_file " + config.mail_password_file +
                          " cannot be read: " + std::string(env::to_string(text.error()))};
    }
    return text->substr(0, text->find_first_of("\r\n"));
}

using MadeSender = base::Result<std::unique_ptr<messages::Sender>, std::string>;

MadeSender make_sender(const Config& config, env::Environment& environment) {
    if (!config.outward) return MadeSender(nullptr);
    switch (config.sender) {
        case SenderKind::none:
            break;
        case SenderKind::file:
            return MadeSender(std::make_unique<messages::FileSender>(environment.files(),
                                                                     outbox_path(config.folder)));
        case SenderKind::smtp: {
            if (config.smtp_url.empty() || config.mail_from.empty()) {
                return Unexpected{"messages.sender = \"smtp\" needs mail.smtp_url and mail.from"};
            }
            ONSALE_TRY_ASSIGN(password, mail_password(config, environment));
            messages::SmtpOptions options;
            options.url = config.smtp_url;
            options.from = config.mail_from;
            options.user = config.mail_user;
            options.password = std::move(password);
            options.tls_required = config.mail_tls;
            return messages::make_smtp_sender(std::move(options), environment);
        }
    }
    return MadeSender(nullptr);
}

}  // namespace

Site::Impl::Done Site::Impl::open_outbox() {
    ONSALE_TRY_ASSIGN(sender, make_sender(config, environment));
    outbox = std::make_unique<messages::Outbox>(environment, metrics, std::move(sender),
                                                messages::OutboxOptions{});
    return {};
}

Site::Impl::Done Site::Impl::open_accounts() {
    accounts::AccountsOptions options;
    options.person_keys_path = person_keys_path(config.folder);
    options.access_lifetime = config.token_lifetime;
    options.person_refresh_lifetime = config.person_login_lifetime;
    options.staff_refresh_lifetime = config.staff_login_lifetime;
    auto made = accounts::Accounts::create({*records, *outbox, master, environment}, options);
    if (!made) return Unexpected{"accounts: " + made.error()};
    accounts = std::move(*made);
    if (!config.first_admin) return {};
    const std::string path = first_admin_path(config.folder);
    ONSALE_TRY_ASSIGN(first, accounts->ensure_first_admin(environment.files(), path));
    if (first) {
        telemetry::log_info("accounts",
                            "made the first administrator: name and password stand in " + path);
    }
    return {};
}

}  // namespace onsale::site
