// Answers about payments and refunds, for buyers and for staff, and how they are made. Plain values
// and pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/order.h"
#include "domain/payment.h"
#include "domain/refund.h"
#include "finance/bank_body.h"
#include "gate/call.h"
#include "http/described.h"
#include "refunds/notes.h"
#include "refunds/reader.h"

namespace onsale::finance {

struct PaymentBody {
    std::uint64_t payment = 0;
    std::uint64_t order = 0;
    std::uint64_t bank = 0;
    NameBody bank_name;
    std::string way;    // token, cashier
    std::string state;  // open, authorised, captured, failed, closed
    std::int64_t amount = 0;
    std::string currency;
    std::int64_t captured = 0;
    std::optional<std::string> use;  // order, late, duplicate, mismatch; null until captured
    bool parked = false;
    std::optional<std::string> reason;
    std::string started_at;
    std::string changed_at;
    std::optional<std::string> expires_at;   // while it can be paid: the order's deadline
    std::optional<std::string> cashier_url;  // way cashier, while it can be paid
};
BOOST_DESCRIBE_STRUCT(PaymentBody, (),
                      (payment, order, bank, bank_name, way, state, amount, currency, captured, use,
                       parked, reason, started_at, changed_at, expires_at, cashier_url))
struct StaffPaymentBody : PaymentBody {
    std::uint64_t person = 0;
    std::uint64_t session = 0;
    std::uint32_t tries = 0;
    std::optional<std::string> transaction;  // the bank's name for the capture
};
BOOST_DESCRIBE_STRUCT(StaffPaymentBody, (PaymentBody), (person, session, tries, transaction))
struct RefundBody {
    std::uint64_t refund = 0;
    std::uint64_t order = 0;
    std::uint64_t payment = 0;
    std::string state;  // requested, approved, completed, rejected, cancelled, parked
    std::string cause;  // buyer, session_cancelled, late, duplicate, mismatch, replaced
    std::optional<std::string> reason;  // schedule, cannot_attend, bought_by_mistake, other
    std::optional<std::string> note;    // the buyer's words
    std::optional<std::string> review;  // the last reviewer's words
    std::int64_t amount = 0;            // that goes back
    std::int64_t fee = 0;               // that stays
    std::string currency;
    std::uint32_t approvals = 0;
    std::uint32_t approvals_needed = 0;
    std::string requested_at;
    std::string changed_at;
};
BOOST_DESCRIBE_STRUCT(RefundBody, (),
                      (refund, order, payment, state, cause, reason, note, review, amount, fee,
                       currency, approvals, approvals_needed, requested_at, changed_at))
struct StaffRefundBody : RefundBody {
    std::uint64_t person = 0;
    std::uint64_t session = 0;
    NameBody bank_name;
    bool parked = false;
    bool refused = false;       // by the bank, for good: resumed, it goes under a new name
    bool given_before = false;  // because it has given the money back already
    std::optional<std::uint64_t> first_reviewer;
    std::optional<std::uint64_t> second_reviewer;
    std::optional<std::uint64_t> first_settler;  // who says that it was given back otherwise
    std::optional<std::uint64_t> second_settler;
};
BOOST_DESCRIBE_STRUCT(StaffRefundBody, (RefundBody),
                      (person, session, bank_name, parked, refused, given_before, first_reviewer,
                       second_reviewer, first_settler, second_settler))

[[nodiscard]] std::string currency_text(base::Money money);
[[nodiscard]] NameBody bank_name(const gate::Call& call, domain::BankId bank);

// `order`: of the payment, where it is known; while it is reserved, its deadline is the payment's.
[[nodiscard]] PaymentBody payment_body(const gate::Call& call, const domain::Payment& payment,
                                       const domain::Order* order);
[[nodiscard]] StaffPaymentBody staff_payment_body(const gate::Call& call,
                                                  const refunds::PaymentRow& row);
[[nodiscard]] RefundBody refund_body(const domain::Refund& refund,
                                     const refunds::NotesOfRefund& notes);
[[nodiscard]] StaffRefundBody staff_refund_body(const gate::Call& call,
                                                const refunds::RefundRow& row,
                                                const refunds::NotesOfRefund& notes);

[[nodiscard]] std::string_view to_string(domain::RefundCause cause);
[[nodiscard]] std::optional<domain::PaymentState> parse_payment_state(std::string_view text);
[[nodiscard]] std::optional<domain::RefundState> parse_refund_state(std::string_view text);
[[nodiscard]] std::optional<domain::RefundReason> parse_refund_reason(std::string_view text);

}  // namespace onsale::finance
