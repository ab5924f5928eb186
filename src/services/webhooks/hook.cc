#include "webhooks/hook.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/crypto.h"
#include "http/client.h"

namespace onsale::webhooks {
namespace {

// Host without brackets and port; empty when the authority is not a plain one.
std::string host_of(std::string_view authority) {
    if (authority.find('@') != std::string_view::npos)
        return {};  // a password does not belong here
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        return end == std::string_view::npos ? std::string()
                                             : std::string(authority.substr(1, end - 1));
    }
    return std::string(authority.substr(0, authority.find(':')));
}

bool is_ip_address(const std::string& host) {
    if (host.find(':') != std::string::npos) return true;
    return std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

std::optional<EventKind> event_of_state(domain::OrderState state) {
    switch (state) {
        case domain::OrderState::reserved:
            return EventKind::order_reserved;
        case domain::OrderState::paid:
            return EventKind::order_paid;
        case domain::OrderState::completed:
            return EventKind::order_completed;
        case domain::OrderState::cancelled:
            return EventKind::order_cancelled;
        case domain::OrderState::expired:
            return EventKind::order_expired;
        case domain::OrderState::failed:
            return EventKind::order_failed;
        case domain::OrderState::refunding:
            return EventKind::order_refunding;
        case domain::OrderState::refunded:
            return EventKind::order_refunded;
    }
    return std::nullopt;
}

std::optional<EventKind> event_of_money(const domain::Fact& fact) {
    if (std::holds_alternative<domain::PaymentCaptured>(fact)) return EventKind::payment_completed;
    if (std::holds_alternative<domain::PaymentEnded>(fact)) return EventKind::payment_failed;
    if (std::holds_alternative<domain::RefundRequested>(fact)) return EventKind::refund_requested;
    if (std::holds_alternative<domain::RefundCancelled>(fact)) return EventKind::refund_cancelled;
    if (std::holds_alternative<domain::RefundCompleted>(fact)) return EventKind::refund_completed;
    if (const auto* settled = std::get_if<domain::RefundSettled>(&fact))
        return settled->completed ? std::optional(EventKind::refund_completed) : std::nullopt;
    const auto* reviewed = std::get_if<domain::RefundReviewed>(&fact);
    if (reviewed == nullptr || reviewed->state == domain::RefundState::requested)
        return std::nullopt;
    return reviewed->state == domain::RefundState::approved ? EventKind::refund_approved
                                                            : EventKind::refund_rejected;
}

}  // namespace

std::string_view to_string(EventKind kind) {
    switch (kind) {
        case EventKind::order_reserved:
            return "order.reserved";
        case EventKind::order_completed:
            return "order.completed";
        case EventKind::order_cancelled:
            return "order.cancelled";
        case EventKind::order_expired:
            return "order.expired";
        case EventKind::order_refunded:
            return "order.refunded";
        case EventKind::session_cancelled:
            return "session.cancelled";
        case EventKind::order_paid:
            return "order.paid";
        case EventKind::order_failed:
            return "order.failed";
        case EventKind::order_refunding:
            return "order.refunding";
        case EventKind::payment_completed:
            return "payment.completed";
        case EventKind::payment_failed:
            return "payment.failed";
        case EventKind::refund_requested:
            return "refund.requested";
        case EventKind::refund_approved:
            return "refund.approved";
        case EventKind::refund_rejected:
            return "refund.rejected";
        case EventKind::refund_cancelled:
            return "refund.cancelled";
        case EventKind::refund_completed:
            return "refund.completed";
    }
    return {};
}

std::optional<EventKind> parse_event(std::string_view text) {
    for (const auto kind : kEventKinds) {
        if (to_string(kind) == text) return kind;
    }
    return std::nullopt;
}

std::optional<EventKind> event_of(const domain::Fact& fact) {
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        return placed->order.state == domain::OrderState::completed ? EventKind::order_completed
                                                                    : EventKind::order_reserved;
    }
    // An order whose refund was given up is completed again, as it was told before.
    const auto* moved = std::get_if<domain::OrderMoved>(&fact);
    const bool is_again = moved != nullptr && moved->to == domain::OrderState::completed &&
                          moved->first_ordinals.empty();
    if (is_again) return std::nullopt;
    if (const auto change = domain::order_change(fact)) return event_of_state(change->to);
    if (std::holds_alternative<domain::SessionCancelled>(fact)) return EventKind::session_cancelled;
    return event_of_money(fact);
}

std::string_view to_string(HookState state) {
    switch (state) {
        case HookState::on:
            return "on";
        case HookState::off:
            return "off";
        case HookState::failing:
            return "failing";
    }
    return {};
}

std::optional<UrlProblem> check_url(std::string_view url, bool private_addresses) {
    const bool plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f; });
    if (!plain || url.size() > kUrlCharactersMax) return UrlProblem::malformed;
    const bool https = url.starts_with("https://");
    if (!https && !url.starts_with("http://")) return UrlProblem::not_https;
    if (!https && !private_addresses) return UrlProblem::not_https;
    url.remove_prefix(https ? 8 : 7);
    const std::string host = host_of(url.substr(0, url.find_first_of("/?#\\")));
    if (host.empty()) return UrlProblem::malformed;
    // A name is looked at when it is called, at the address that it then has.
    if (!private_addresses && is_ip_address(host) && !http::is_public_address(host))
        return UrlProblem::private_address;
    return std::nullopt;
}

base::Duration pause_after(std::uint32_t failures, std::uint64_t random) {
    ONSALE_CHECK(failures > 0);
    const std::uint32_t doublings = std::min<std::uint32_t>(failures - 1, 20);
    const std::int64_t whole = std::min(kPauseMin.count_ms() << doublings, kPauseMax.count_ms());
    const auto half = static_cast<std::uint64_t>(whole / 2);
    return base::Duration::milliseconds(whole / 2 + static_cast<std::int64_t>(random % (half + 1)));
}

std::string signature_of(std::string_view secret, base::Timestamp at, std::string_view body) {
    crypto::Key key{};
    ONSALE_CHECK(secret.size() == key.size());
    static_assert(kSecretCharacters == key.size(), "the secret's characters are the key");
    std::transform(secret.begin(), secret.end(), key.begin(),
                   [](char c) { return static_cast<std::byte>(c); });
    const std::string seconds = std::to_string(at.unix_ms() / 1000);
    crypto::Hmac hmac(key);
    return "t=" + seconds + ",v1=" + crypto::to_hex(hmac.sign(seconds + "." + std::string(body)));
}

}  // namespace onsale::webhooks
