// The words of a bank's books: kinds and states, as they are stored (never renumbered) and as they
// are spelled outside. Pure values and functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "sql/database.h"

namespace onsale::books {

enum class AccountKind : std::uint8_t {
    available = 1,  // of a customer
    held = 2,       // of a customer: set aside for open authorisations
    merchant = 3,   // captured and not refunded
    cash = 4,       // the other side of what was paid in; the only one below zero
    suspense = 5,   // refunds to customers who are no longer there
};

enum class TransactionKind : std::uint8_t {
    deposit = 1,
    withdrawal = 2,
    hold = 3,
    release = 4,
    deduction = 5,  // of a held amount, by its token
    bill = 6,       // paid at the cashier
    refund = 7,
};

enum class AuthorisationState : std::uint8_t {
    open = 1,
    used = 2,
    expired = 3,
    closed = 4,   // by the merchant
    revoked = 5,  // by the customer
};

// unknown: no such reference. It is never stored.
enum class PaymentState : std::uint8_t {
    unknown = 0,
    open = 1,
    captured = 2,
    failed = 3,
    closed = 4
};

// Why a payment failed.
enum class Reason : std::uint8_t {
    none = 0,
    authorisation_expired = 1,
    authorisation_used = 2,
    authorisation_unknown = 3,
    other_order = 4,
    over_authorised = 5,
    insufficient = 6,
    closed = 7,
    abandoned = 8,  // the customer gave up at the cashier
};

enum class RefundState : std::uint8_t { unknown = 0, accepted = 1, completed = 2, refused = 3 };

enum class RefundReason : std::uint8_t {
    none = 0,
    unknown = 1,  // nothing was captured by this name
    over_captured = 2,
    wrong_currency = 3,
    declined = 4,         // accepted first, refused when it was to be settled
    refunded_before = 5,  // more or less has gone back than the merchant knows of
};

enum class CallbackState : std::uint8_t { waiting = 1, acknowledged = 2, given_up = 3, lost = 4 };

// What a customer or teller may not do now; each is an answer, never a failure.
enum class Refusal : std::uint8_t {
    unknown,  // no such thing, or not theirs
    name_taken,
    insufficient,
    balance_left,  // an account that has money or holds cannot be deleted
    not_open,      // it has ended in another way
    expired,
    too_many,    // of one customer
    key_reused,  // the same key with another body
    disabled,
};

[[nodiscard]] std::string_view to_string(TransactionKind kind);
[[nodiscard]] std::string_view to_string(AuthorisationState state);
[[nodiscard]] std::string_view to_string(PaymentState state);
[[nodiscard]] std::string_view to_string(Reason reason);
[[nodiscard]] std::string_view to_string(RefundState state);
[[nodiscard]] std::string_view to_string(RefundReason reason);
[[nodiscard]] std::string_view to_string(CallbackState state);
[[nodiscard]] std::optional<TransactionKind> parse_transaction_kind(std::string_view text);
[[nodiscard]] std::optional<CallbackState> parse_callback_state(std::string_view text);

// "T17" and 17. Names of transactions, authorisations ("A") and events ("E").
[[nodiscard]] std::string spell(char letter, std::uint64_t number);
[[nodiscard]] std::optional<std::uint64_t> parse_name(char letter, std::string_view text);

// A refusal inside of what the database may fail at.
template <class T>
using Answer = sql::SqlResult<base::Result<T, Refusal>>;

template <class Value>
[[nodiscard]] constexpr std::int64_t row(Value value) {
    return static_cast<std::int64_t>(value);
}
[[nodiscard]] constexpr std::int64_t row(base::Timestamp time) {
    return time.unix_ms();
}
[[nodiscard]] constexpr std::uint64_t number(std::int64_t stored) {
    return static_cast<std::uint64_t>(stored);
}
[[nodiscard]] constexpr base::Timestamp time_of(std::int64_t stored) {
    return base::Timestamp::from_unix_ms(stored);
}

}  // namespace onsale::books
