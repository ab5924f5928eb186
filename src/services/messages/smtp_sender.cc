#include "messages/smtp_sender.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "messages/internal/mail_text.h"

namespace onsale::messages {
namespace {

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t on_read(char* out, std::size_t size, std::size_t count, void* user) {
    auto& rest = *static_cast<std::string_view*>(user);
    const std::size_t bytes = std::min(size * count, rest.size());
    std::memcpy(out, rest.data(), bytes);
    rest.remove_prefix(bytes);
    return bytes;
}

class SmtpSender final : public Sender {
  public:
    SmtpSender(SmtpOptions options, env::Environment& environment)
        : options_(std::move(options)),
          clock_(environment.clock()),
          entropy_(environment.entropy()) {
        // libcurl's global state is set up once and lives as long as the process; doing it again
        // elsewhere only counts.
        static std::once_flag once;
        std::call_once(once,
                       [] { ONSALE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
        handle_ = curl_easy_init();
        ONSALE_CHECK(handle_ != nullptr);
    }
    SmtpSender(const SmtpSender&) = delete;
    SmtpSender& operator=(const SmtpSender&) = delete;
    ~SmtpSender() override { curl_easy_cleanup(handle_); }

    [[nodiscard]] bool sends(Kind kind) const override { return kind == Kind::mail; }

    base::Result<void, SendError> send(const Message& message) override {
        if (message.to.find_first_of("\r\n<> ") != std::string::npos) {
            return base::Unexpected{SendError{false, false, "the recipient is no address"}};
        }
        const std::string text =
            mail_text(message, {options_.from, clock_.wall_now(), entropy_.next_u64()});
        std::string_view rest = text;
        const std::string sender = "<" + options_.from + ">";
        const std::unique_ptr<curl_slist, FreeList> recipients(
            curl_slist_append(nullptr, ("<" + message.to + ">").c_str()));
        ONSALE_CHECK(recipients != nullptr);  // only without memory
        curl_easy_reset(handle_);
        configure();
        curl_easy_setopt(handle_, CURLOPT_MAIL_FROM, sender.c_str());
        curl_easy_setopt(handle_, CURLOPT_MAIL_RCPT, recipients.get());
        curl_easy_setopt(handle_, CURLOPT_READFUNCTION, on_read);
        curl_easy_setopt(handle_, CURLOPT_READDATA, &rest);
        curl_easy_setopt(handle_, CURLOPT_UPLOAD, 1L);
        const CURLcode code = curl_easy_perform(handle_);
        if (code == CURLE_OK) return {};
        long reply = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &reply);
        // A server that says 5xx will say it again; a wrong login may be put right meanwhile.
        constexpr long kClosing = 421;
        const bool away = reply == 0 || reply == kClosing || code == CURLE_LOGIN_DENIED ||
                          code == CURLE_USE_SSL_FAILED || code == CURLE_OPERATION_TIMEDOUT;
        const bool final = reply >= 500 && !away;
        return base::Unexpected{
            SendError{!final, away,
                      std::string(curl_easy_strerror(code)) +
                          (reply > 0 ? ", reply " + std::to_string(reply) : "")}};
    }

  private:
    void configure() {
        const auto deadline_ms =
            static_cast<long>(std::max<std::int64_t>(options_.deadline.count_ms(), 1));
        curl_easy_setopt(handle_, CURLOPT_URL, options_.url.c_str());
        curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, deadline_ms);
        curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, deadline_ms);
        curl_easy_setopt(
            handle_, CURLOPT_USE_SSL,
            static_cast<long>(options_.tls_required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
        if (options_.user.empty()) return;
        curl_easy_setopt(handle_, CURLOPT_USERNAME, options_.user.c_str());
        curl_easy_setopt(handle_, CURLOPT_PASSWORD, options_.password.c_str());
    }

    const SmtpOptions options_;
    env::Clock& clock_;
    env::Entropy& entropy_;
    CURL* handle_;
};

}  // namespace

std::unique_ptr<Sender> make_smtp_sender(SmtpOptions options, env::Environment& environment) {
    return std::make_unique<SmtpSender>(std::move(options), environment);
}

}  // namespace onsale::messages
