#include "finance/money_body.h"

#include <array>
#include <utility>

#include "gate/api.h"
#include "registry/registry.h"

namespace onsale::finance {
namespace {

// The words of the enums, in the order of their numbers; 0 is none.
constexpr std::array<std::string_view, 3> kWays = {"", "token", "cashier"};
constexpr std::array<std::string_view, 6> kPaymentStates = {"",         "open",   "authorised",
                                                            "captured", "failed", "closed"};
constexpr std::array<std::string_view, 5> kUses = {"", "order", "late", "duplicate", "mismatch"};
constexpr std::array<std::string_view, 9> kPaymentReasons = {"",
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
constexpr std::array<std::string_view, 5> kReasons = {"", "schedule", "cannot_attend",
                                                      "bought_by_mistake", "other"};
constexpr std::array<std::string_view, 6> kRefundStates = {"",          "requested", "approved",
                                                           "completed", "rejected",  "cancelled"};

template <class Enum, std::size_t Count>
std::string_view word_of(const std::array<std::string_view, Count>& words, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    ONSALE_CHECK(index < Count);
    return words[index];
}
template <class Enum, std::size_t Count>
std::optional<Enum> parse(const std::array<std::string_view, Count>& words, std::string_view text) {
    for (std::size_t i = 1; i < Count; ++i) {
        if (words[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

std::optional<std::string> or_null(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return std::string(text);
}

std::optional<std::uint64_t> or_null(domain::PersonId person) {
    if (person == domain::PersonId()) return std::nullopt;
    return person.value();
}

// What both faces of a payment have.
template <class Body>
Body common_payment(const gate::Call& call, const domain::Payment& payment) {
    Body body;
    body.payment = payment.id.value();
    body.order = domain::order_of(payment.id).value();
    body.bank = payment.bank.value();
    body.bank_name = bank_name(call, payment.bank);
    body.way = word_of(kWays, payment.way);
    body.state = word_of(kPaymentStates, payment.state);
    body.amount = payment.amount.minor;
    body.currency = currency_text(payment.amount);
    body.captured = payment.captured.minor;
    body.use = or_null(word_of(kUses, payment.use));
    body.parked = payment.parked;
    body.reason = or_null(word_of(kPaymentReasons, payment.reason));
    body.started_at = base::to_rfc3339(payment.started_at);
    body.changed_at = base::to_rfc3339(payment.changed_at);
    return body;
}

template <class Body>
Body common_refund(const domain::Refund& refund, const refunds::NotesOfRefund& notes) {
    const bool waits = refund.parked && refund.state == domain::RefundState::approved;
    Body body;
    body.refund = refund.id.value();
    body.order = domain::order_of(refund.id).value();
    body.payment = refund.payment.value();
    body.state = waits ? "parked" : word_of(kRefundStates, refund.state);
    body.cause = word_of(kCauses, refund.cause);
    body.reason = or_null(word_of(kReasons, refund.reason));
    body.note = or_null(notes.buyer);
    body.review = or_null(notes.review);
    body.amount = refund.amount.minor;
    body.fee = refund.fee.minor;
    body.currency = currency_text(refund.amount);
    const bool rejected = refund.state == domain::RefundState::rejected;
    const std::uint32_t reviews = (refund.first_reviewer != domain::PersonId() ? 1U : 0U) +
                                  (refund.second_reviewer != domain::PersonId() ? 1U : 0U);
    body.approvals = reviews - (rejected && reviews > 0 ? 1U : 0U);
    body.approvals_needed = refund.reviews_needed;
    body.requested_at = base::to_rfc3339(refund.requested_at);
    body.changed_at = base::to_rfc3339(refund.changed_at);
    return body;
}

}  // namespace

std::string currency_text(base::Money money) {
    switch (money.currency) {
        case base::Currency::cny:
            return "CNY";
        case base::Currency::usd:
            return "USD";
        case base::Currency::eur:
            return "EUR";
    }
    return {};
}

NameBody bank_name(const gate::Call& call, domain::BankId bank) {
    const auto view = call.api.context.registry.find(registry::bank_party(bank.value()));
    if (!view) return {};
    return {view->party.name_zh, view->party.name_en};
}

PaymentBody payment_body(const gate::Call& call, const domain::Payment& payment,
                         const domain::Order* order) {
    auto body = common_payment<PaymentBody>(call, payment);
    const bool can_be_paid = payment.state == domain::PaymentState::open && order != nullptr &&
                             order->state == domain::OrderState::reserved;
    if (can_be_paid) body.expires_at = base::to_rfc3339(order->deadline);
    return body;
}

StaffPaymentBody staff_payment_body(const gate::Call& call, const refunds::PaymentRow& row) {
    auto body = common_payment<StaffPaymentBody>(call, row.payment);
    body.person = row.person.value();
    body.session = row.session.value();
    body.tries = row.payment.tries;
    body.transaction = or_null(row.payment.transaction);
    return body;
}

RefundBody refund_body(const domain::Refund& refund, const refunds::NotesOfRefund& notes) {
    return common_refund<RefundBody>(refund, notes);
}

StaffRefundBody staff_refund_body(const gate::Call& call, const refunds::RefundRow& row,
                                  const refunds::NotesOfRefund& notes) {
    auto body = common_refund<StaffRefundBody>(row.refund, notes);
    body.person = row.person.value();
    body.session = row.session.value();
    body.bank_name = bank_name(call, row.refund.bank);
    body.parked = row.refund.parked;
    body.first_reviewer = or_null(row.refund.first_reviewer);
    body.second_reviewer = or_null(row.refund.second_reviewer);
    body.refused = row.refund.refused && row.refund.state == domain::RefundState::approved;
    body.given_before = body.refused && row.refund.given_before;
    body.first_settler = or_null(row.refund.first_settler);
    body.second_settler = or_null(row.refund.second_settler);
    return body;
}

std::string_view to_string(domain::RefundCause cause) {
    return word_of(kCauses, cause);
}
std::optional<domain::PaymentState> parse_payment_state(std::string_view text) {
    return parse<domain::PaymentState>(kPaymentStates, text);
}
std::optional<domain::RefundState> parse_refund_state(std::string_view text) {
    return parse<domain::RefundState>(kRefundStates, text);
}
std::optional<domain::RefundReason> parse_refund_reason(std::string_view text) {
    return parse<domain::RefundReason>(kReasons, text);
}

}  // namespace onsale::finance
