#include "webhooks/internal/event_body.h"

#include <array>
#include <string_view>

#include "base/check.h"

namespace onsale::webhooks {
namespace {

using domain::RefundState;

// The words of the enums, in the order of their numbers; 0 is none.
constexpr std::array<std::string_view, 3> kWays = {"", "token", "cashier"};
constexpr std::array<std::string_view, 6> kPaymentStates = {"",         "open",   "authorised",
                                                            "captured", "failed", "closed"};
constexpr std::array<std::string_view, 5> kUses = {"", "order", "late", "duplicate", "mismatch"};
constexpr std::array<std::string_view, 9> kReasons = {"",
                                                      "given_up",
                                                      "expired",
                                                      "authorisation_refused",
                                                      "insufficient",
                                                      "closed_by_us",
                                                      "bank_refused",
                                                      "bank_silent",
                                                      "bank_contradictory"};
constexpr std::array<std::string_view, 7> kCauses = {
    "", "buyer", "session_cancelled", "late", "duplicate", "mismatch", "replaced"};
constexpr std::array<std::string_view, 6> kRefundStates = {"",          "requested", "approved",
                                                           "completed", "rejected",  "cancelled"};

template <class Enum, std::size_t Count>
std::string word_of(const std::array<std::string_view, Count>& words, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    ONSALE_CHECK(index < Count);
    return std::string(words[index]);
}
template <class Enum, std::size_t Count>
std::optional<std::string> word_or_null(const std::array<std::string_view, Count>& words,
                                        Enum value) {
    auto word = word_of(words, value);
    return word.empty() ? std::nullopt : std::optional(std::move(word));
}

MoneyBody body_of(base::Money money) {
    switch (money.currency) {
        case base::Currency::cny:
            return {money.minor, "CNY"};
        case base::Currency::usd:
            return {money.minor, "USD"};
        case base::Currency::eur:
            return {money.minor, "EUR"};
    }
    return {};
}

}  // namespace

std::optional<PaymentNews> payment_news_of(const domain::Fact& fact) {
    if (const auto* captured = std::get_if<domain::PaymentCaptured>(&fact))
        return PaymentNews{
            captured->payment, domain::PaymentState::captured, captured->amount, captured->use, {},
            captured->at};
    if (const auto* ended = std::get_if<domain::PaymentEnded>(&fact))
        return PaymentNews{ended->payment, ended->state, {}, {}, ended->reason, ended->at};
    return std::nullopt;
}

std::optional<RefundNews> refund_news_of(const domain::Fact& fact) {
    if (const auto* requested = std::get_if<domain::RefundRequested>(&fact))
        return RefundNews{requested->refund.id, requested->refund.state,
                          requested->refund.requested_at};
    if (const auto* reviewed = std::get_if<domain::RefundReviewed>(&fact))
        return RefundNews{reviewed->refund, reviewed->state, reviewed->at};
    if (const auto* cancelled = std::get_if<domain::RefundCancelled>(&fact))
        return RefundNews{cancelled->refund, RefundState::cancelled, cancelled->at};
    if (const auto* completed = std::get_if<domain::RefundCompleted>(&fact))
        return RefundNews{completed->refund, RefundState::completed, completed->at};
    if (const auto* settled = std::get_if<domain::RefundSettled>(&fact))
        return RefundNews{settled->refund, RefundState::completed, settled->at};
    return std::nullopt;
}

OrderBody body_of(const domain::Order& order) {
    OrderBody body{order.id.value(),
                   order.person.value(),
                   order.campaign.value(),
                   order.quantity(),
                   body_of(order.amount()),
                   {},
                   base::to_rfc3339(order.created_at)};
    for (const auto& line : order.lines)
        body.lines.push_back({line.tier.value(), line.quantity, body_of(line.unit_price)});
    return body;
}

PaymentBody body_of(const domain::Payment& payment, const PaymentNews& news) {
    const bool is_captured = news.state == domain::PaymentState::captured;
    return {payment.id.value(),
            payment.bank.value(),
            word_of(kWays, payment.way),
            word_of(kPaymentStates, news.state),
            body_of(is_captured ? news.captured : payment.amount),
            word_or_null(kUses, news.use),
            word_or_null(kReasons, news.reason)};
}

RefundBody body_of(const domain::Refund& refund, const RefundNews& news) {
    return {refund.id.value(),
            refund.payment.value(),
            word_of(kCauses, refund.cause),
            word_of(kRefundStates, news.state),
            body_of(refund.amount),
            body_of(refund.fee)};
}

}  // namespace onsale::webhooks
