#include "messages/outbox.h"

#include <string>
#include <utility>

#include "telemetry/log.h"

namespace onsale::messages {

std::string_view to_string(Kind kind) {
    switch (kind) {
        case Kind::mail:
            return "mail";
        case Kind::sms:
            return "sms";
    }
    return "unknown";
}

Outbox::Outbox(env::Environment& environment, telemetry::Metrics& metrics,
               std::unique_ptr<Sender> sender, const OutboxOptions& options)
    : clock_(environment.clock()),
      sent_(metrics.counter("onsale_messages_sent_total", "messages that a sender has taken")),
      failed_(metrics.counter("onsale_messages_failed_total", "messages that were given up")),
      options_(options),
      sender_(std::move(sender)) {
    if (sender_ == nullptr) return;
    executor_ = environment.make_executor(
        {"messages", "sends mails and short messages", options.waiting_max + 1});
}

Outbox::~Outbox() = default;

bool Outbox::can_send(Kind kind) const {
    return sender_ != nullptr && sender_->sends(kind);
}

bool Outbox::may_wait(Kind kind) {
    if (!can_send(kind)) return false;
    if (waiting_.fetch_add(1, std::memory_order_relaxed) < options_.waiting_max) return true;
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    return false;
}

bool Outbox::offer(Message message) {
    if (!may_wait(message.kind)) return false;
    auto shared = std::make_shared<const Message>(std::move(message));
    executor_->post(
        [this, shared = std::move(shared)]() mutable { attempt(std::move(shared), 1); });
    return true;
}

bool Outbox::try_once(Message message, Told told) {
    if (!may_wait(message.kind)) return false;
    executor_->post([this, message = std::move(message), told = std::move(told)]() mutable {
        auto result = sender_->send(message);
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        if (result) sent_.add();
        told(std::move(result));
    });
    return true;
}

void Outbox::attempt(std::shared_ptr<const Message> message, int number) {
    if (clock_.wall_now() >= message->useless_after) return give_up(*message, "it is too late");
    const auto result = sender_->send(*message);
    if (result) {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        return sent_.add();
    }
    if (!result.error().again || number >= kAttemptsMax) {
        return give_up(*message, result.error().message);
    }
    telemetry::log_warning("messages", "a message (" + std::string(to_string(message->kind)) +
                                           ") was not taken, attempt " + std::to_string(number) +
                                           ": " + result.error().message);
    const auto pause =
        base::Duration::milliseconds(options_.first_back_off.count_ms() << (number - 1));
    executor_->post_after(pause, [this, message = std::move(message), number]() mutable {
        attempt(std::move(message), number + 1);
    });
}

void Outbox::give_up(const Message& message, const std::string& why) {
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    failed_.add();
    telemetry::log_error("messages", "a message (" + std::string(to_string(message.kind)) +
                                         ") was given up: " + why);
}

}  // namespace onsale::messages
