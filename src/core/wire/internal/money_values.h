// Numbers and texts of records about money that may be wrong: each is read in one way.
#pragma once

#include <cstdint>
#include <string>

#include "wire/internal/convert.h"

namespace onsale::wire::internal {

inline auto damaged(const char* what) {
    return base::Unexpected{DecodeError{what}};
}

// An enum value that a record holds as a number: from `first` to `last`.
template <class Enum>
DecodeResult<Enum> decode_enum(std::uint32_t value, Enum first, Enum last, const char* what) {
    if (value < static_cast<std::uint32_t>(first) || value > static_cast<std::uint32_t>(last))
        return damaged(what);
    return static_cast<Enum>(value);
}

inline DecodeResult<std::string> decode_transaction(const std::string& text) {
    if (text.size() > domain::kTransactionBytesMax) return damaged("a bank's transaction: length");
    return text;
}

inline DecodeResult<domain::PaymentState> decode_payment_state(std::uint32_t value) {
    return decode_enum(value, domain::PaymentState::open, domain::PaymentState::closed,
                       "payment: unknown state");
}

inline DecodeResult<domain::PaymentReason> decode_payment_reason(std::uint32_t value) {
    return decode_enum(value, domain::PaymentReason::none,
                       domain::PaymentReason::bank_contradictory, "payment: unknown reason");
}

inline DecodeResult<domain::MoneyUse> decode_use(std::uint32_t value) {
    return decode_enum(value, domain::MoneyUse::none, domain::MoneyUse::mismatch,
                       "payment: unknown use");
}

inline DecodeResult<domain::RefundState> decode_refund_state(std::uint32_t value) {
    return decode_enum(value, domain::RefundState::requested, domain::RefundState::cancelled,
                       "refund: unknown state");
}

}  // namespace onsale::wire::internal
