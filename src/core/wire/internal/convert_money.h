// Payments, refunds and strays to records and back, and the facts about them.
#pragma once

#include "wire/internal/convert.h"

namespace onsale::wire::internal {

void encode(base::Money value, records::Money& out);
void encode(const domain::RefundPolicy& value, records::RefundPolicy& out);
void encode(const domain::Payment& value, records::Payment& out);
void encode(const domain::Refund& value, records::Refund& out);
void encode(const domain::Stray& value, records::Stray& out);

DecodeResult<base::Money> decode(const records::Money& in);
DecodeResult<domain::RefundPolicy> decode(const records::RefundPolicy& in);
DecodeResult<domain::LatePayment> decode_late_payment(std::uint32_t value);
DecodeResult<domain::Payment> decode(const records::Payment& in);
DecodeResult<domain::Refund> decode(const records::Refund& in);
DecodeResult<domain::Stray> decode(const records::Stray& in);

// The facts about money; `out` is a fact of another kind, or empty, before.
void encode_fact(const domain::TermsChanged& fact, records::Fact& out);
void encode_fact(const domain::OrderMoved& fact, records::Fact& out);
void encode_fact(const domain::LatePaymentAccepted& fact, records::Fact& out);
void encode_fact(const domain::PaymentStarted& fact, records::Fact& out);
void encode_fact(const domain::PaymentStepTried& fact, records::Fact& out);
void encode_fact(const domain::PaymentCaptured& fact, records::Fact& out);
void encode_fact(const domain::PaymentEnded& fact, records::Fact& out);
void encode_fact(const domain::PaymentParked& fact, records::Fact& out);
void encode_fact(const domain::PaymentResumed& fact, records::Fact& out);
void encode_fact(const domain::RefundRequested& fact, records::Fact& out);
void encode_fact(const domain::RefundReviewed& fact, records::Fact& out);
void encode_fact(const domain::RefundCancelled& fact, records::Fact& out);
void encode_fact(const domain::RefundTried& fact, records::Fact& out);
void encode_fact(const domain::RefundCompleted& fact, records::Fact& out);
void encode_fact(const domain::RefundReopened& fact, records::Fact& out);
void encode_fact(const domain::RefundParked& fact, records::Fact& out);
void encode_fact(const domain::RefundResumed& fact, records::Fact& out);
void encode_fact(const domain::RefundSettled& fact, records::Fact& out);
void encode_fact(const domain::StrayReceived& fact, records::Fact& out);
void encode_fact(const domain::StrayTried& fact, records::Fact& out);
void encode_fact(const domain::StrayReturned& fact, records::Fact& out);
void encode_fact(const domain::StrayParked& fact, records::Fact& out);
void encode_fact(const domain::StrayResumed& fact, records::Fact& out);

// Of the kinds above; for any other an error.
DecodeResult<domain::Fact> decode_money_fact(const records::Fact& in);

}  // namespace onsale::wire::internal
