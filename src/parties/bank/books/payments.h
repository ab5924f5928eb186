// Payments and refunds of merchants, by reference. A reference has one fate: whoever asks again
// gets the first answer. Two ways lead to a capture: a deduction of an authorisation, and a bill
// paid at the cashier. Changes happen inside a transaction of the caller, on the writer's executor.
//
// INVARIANT: of a payment, never more is refunded (or accepted for a refund) than was captured.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bank/books/words.h"

namespace onsale::books {

struct Payment {
    std::string reference;
    PaymentState state = PaymentState::unknown;
    Reason reason = Reason::none;
    std::int64_t amount = 0;
    std::string order;
    std::optional<std::uint64_t> customer;
    std::optional<std::uint64_t> transaction;
    std::int64_t refunded = 0;
};

// Merchant and time of what is asked.
struct Asked {
    std::uint64_t merchant = 0;
    base::Timestamp now;
};

struct Deduction {
    std::string_view reference;
    // What the token names, if its signature was right.
    std::optional<std::uint64_t> authorisation;
    std::string_view order;
    std::int64_t amount = 0;  // above zero
    bool own_currency = true;
    bool refuse = false;  // on purpose, for tests: as if there were too little money
};

[[nodiscard]] sql::SqlResult<Payment> deduct(sql::Connection& connection,
                                             const Deduction& deduction, const Asked& asked);
// State unknown if there is none.
[[nodiscard]] sql::SqlResult<Payment> find_payment(sql::Connection& connection,
                                                   std::string_view reference, const Asked& asked);
// Final: either it was captured, or it never will be. An open authorisation is released.
[[nodiscard]] sql::SqlResult<Payment> close_payment(sql::Connection& connection,
                                                    std::string_view reference,
                                                    std::optional<std::uint64_t> authorisation,
                                                    const Asked& asked);

// What a link to the cashier says, its signature seen.
struct Bill {
    std::string reference;
    std::string order;
    std::string title;
    std::int64_t amount = 0;
    base::Timestamp expires_at;
};
[[nodiscard]] Answer<Payment> open_bill(sql::Connection& connection, const Bill& bill,
                                        const Asked& asked);
[[nodiscard]] Answer<Payment> pay_bill(sql::Connection& connection, const Bill& bill,
                                       std::uint64_t customer, const Asked& asked);
// The customer gave up.
[[nodiscard]] Answer<Payment> abandon_bill(sql::Connection& connection, const Bill& bill,
                                           const Asked& asked);

struct Refund {
    std::string refund;
    RefundState state = RefundState::unknown;
    RefundReason reason = RefundReason::none;
    std::int64_t amount = 0;
    std::optional<std::uint64_t> transaction;
};
struct NewRefund {
    std::string_view refund;
    std::string_view reference;                // of the payment; empty: `transaction` says which
    std::optional<std::uint64_t> transaction;  // of the capture
    std::int64_t amount = 0;                   // above zero
    bool own_currency = true;
    // What has gone back of the payment, as the merchant knows it; absent: it does not say.
    std::optional<std::int64_t> refunded_before;
    // Accepted now, settled then; absent: at once.
    std::optional<base::Timestamp> settle_at;
    bool declined = false;  // refused when it is to be settled
};
[[nodiscard]] sql::SqlResult<Refund> refund(sql::Connection& connection, const NewRefund& refund,
                                            const Asked& asked);
[[nodiscard]] sql::SqlResult<Refund> find_refund(sql::Connection& connection,
                                                 std::string_view refund, const Asked& asked);
// Settles accepted refunds whose time has come, a bounded number; returns how many.
[[nodiscard]] sql::SqlResult<std::size_t> settle_refunds(sql::Connection& connection,
                                                         base::Timestamp now);

}  // namespace onsale::books
