// The facts about money to records and back.
#include <utility>

#include "wire/internal/convert_money.h"
#include "wire/internal/money_values.h"

namespace onsale::wire::internal {
namespace {

using base::Timestamp;

template <class Id>
void encode_happened(Id id, Timestamp at, records::Happened& out) {
    out.set_id(id.value());
    out.set_at_ms(at.unix_ms());
}

template <class Id>
void encode_resumed(Id id, domain::PersonId by, Timestamp at, records::Resumed& out) {
    out.set_id(id.value());
    out.set_by(by.value());
    out.set_at_ms(at.unix_ms());
}

template <class Fact, class Id>
domain::Fact happened(const records::Happened& in) {
    return Fact{Id(in.id()), Timestamp::from_unix_ms(in.at_ms())};
}

template <class Fact, class Id>
domain::Fact resumed(const records::Resumed& in) {
    return Fact{Id(in.id()), domain::PersonId(in.by()), Timestamp::from_unix_ms(in.at_ms())};
}

DecodeResult<domain::Fact> decode_terms(const records::TermsChanged& in) {
    domain::TermsChanged fact;
    fact.session = domain::SessionId(in.session());
    ONSALE_TRY_ASSIGN(policy, decode(in.refunds()));
    ONSALE_TRY_ASSIGN(late, decode_late_payment(in.late_payment()));
    fact.refunds = policy;
    fact.late_payment = late;
    return domain::Fact(fact);
}

DecodeResult<domain::Fact> decode_moved(const records::OrderMoved& in) {
    domain::OrderMoved fact;
    fact.order = domain::OrderId(in.order());
    ONSALE_TRY_ASSIGN(to, decode_order_state(in.to()));
    fact.to = to;
    fact.at = Timestamp::from_unix_ms(in.at_ms());
    if (in.first_ordinals_size() > static_cast<int>(domain::kLinesPerOrderMax))
        return damaged("order: number of lines");
    for (const auto ordinal : in.first_ordinals()) fact.first_ordinals.push_back(ordinal);
    return domain::Fact(fact);
}

DecodeResult<domain::Fact> decode_accepted(const records::LatePaymentAccepted& in) {
    domain::LatePaymentAccepted fact;
    fact.order = domain::OrderId(in.order());
    ONSALE_TRY_ASSIGN(lines, decode_lines(in.lines()));
    fact.lines = lines;
    fact.session = domain::SessionId(in.session());
    fact.replaced = in.replaced();
    fact.at = Timestamp::from_unix_ms(in.at_ms());
    return domain::Fact(fact);
}

DecodeResult<domain::Fact> decode_tried(const records::PaymentStepTried& in) {
    ONSALE_TRY_ASSIGN(step, decode_enum(in.step(), domain::PaymentStep::deduct,
                                        domain::PaymentStep::close, "payment: unknown step"));
    return domain::Fact(domain::PaymentStepTried{domain::PaymentId(in.payment()), step,
                                                 Timestamp::from_unix_ms(in.at_ms())});
}

DecodeResult<domain::Fact> decode_captured(const records::PaymentCaptured& in) {
    domain::PaymentCaptured fact;
    fact.payment = domain::PaymentId(in.payment());
    ONSALE_TRY_ASSIGN(amount, decode(in.amount()));
    ONSALE_TRY_ASSIGN(use, decode_use(in.use()));
    ONSALE_TRY_ASSIGN(transaction, decode_transaction(in.transaction()));
    fact.amount = amount;
    fact.transaction = std::move(transaction);
    fact.use = use;
    fact.at = Timestamp::from_unix_ms(in.at_ms());
    return domain::Fact(std::move(fact));
}

DecodeResult<domain::Fact> decode_ended(const records::PaymentEnded& in) {
    ONSALE_TRY_ASSIGN(state, decode_payment_state(in.state()));
    ONSALE_TRY_ASSIGN(reason, decode_payment_reason(in.reason()));
    return domain::Fact(domain::PaymentEnded{domain::PaymentId(in.payment()), state, reason,
                                             Timestamp::from_unix_ms(in.at_ms())});
}

DecodeResult<domain::Fact> decode_parked(const records::PaymentParked& in) {
    ONSALE_TRY_ASSIGN(reason, decode_payment_reason(in.reason()));
    return domain::Fact(domain::PaymentParked{domain::PaymentId(in.payment()), reason,
                                              Timestamp::from_unix_ms(in.at_ms())});
}

DecodeResult<domain::Fact> decode_reviewed(const records::RefundReviewed& in) {
    ONSALE_TRY_ASSIGN(state, decode_refund_state(in.state()));
    return domain::Fact(domain::RefundReviewed{domain::RefundId(in.refund()),
                                               domain::PersonId(in.by()), in.approved(), state,
                                               Timestamp::from_unix_ms(in.at_ms())});
}

DecodeResult<domain::Fact> decode_completed(const records::RefundCompleted& in) {
    ONSALE_TRY_ASSIGN(transaction, decode_transaction(in.transaction()));
    return domain::Fact(domain::RefundCompleted{domain::RefundId(in.refund()),
                                                std::move(transaction),
                                                Timestamp::from_unix_ms(in.at_ms()), in.round()});
}

domain::Fact decode_refund_parked(const records::Happened& in) {
    return domain::RefundParked{domain::RefundId(in.id()), Timestamp::from_unix_ms(in.at_ms()),
                                in.refused(), in.given_before()};
}

domain::Fact decode_reopened(const records::Happened& in) {
    return domain::RefundReopened{domain::RefundId(in.id()), Timestamp::from_unix_ms(in.at_ms()),
                                  in.refused()};
}

domain::Fact decode_settled(const records::RefundSettled& in) {
    return domain::RefundSettled{domain::RefundId(in.refund()), domain::PersonId(in.by()),
                                 in.completed(), Timestamp::from_unix_ms(in.at_ms())};
}

domain::Fact decode_stray_returned(const records::Happened& in) {
    return domain::StrayReturned{domain::StrayId(in.id()), Timestamp::from_unix_ms(in.at_ms()),
                                 in.round()};
}

domain::Fact decode_stray_parked(const records::Happened& in) {
    return domain::StrayParked{domain::StrayId(in.id()), Timestamp::from_unix_ms(in.at_ms()),
                               in.refused()};
}

}  // namespace

void encode_fact(const domain::TermsChanged& fact, records::Fact& out) {
    auto& record = *out.mutable_terms_changed();
    record.set_session(fact.session.value());
    encode(fact.refunds, *record.mutable_refunds());
    record.set_late_payment(static_cast<std::uint32_t>(fact.late_payment));
}
void encode_fact(const domain::OrderMoved& fact, records::Fact& out) {
    auto& record = *out.mutable_order_moved();
    record.set_order(fact.order.value());
    record.set_to(static_cast<std::uint32_t>(fact.to));
    record.set_at_ms(fact.at.unix_ms());
    for (const auto ordinal : fact.first_ordinals) record.add_first_ordinals(ordinal);
}
void encode_fact(const domain::LatePaymentAccepted& fact, records::Fact& out) {
    auto& record = *out.mutable_late_payment_accepted();
    record.set_order(fact.order.value());
    for (const auto& line : fact.lines) encode(line, *record.add_lines());
    record.set_session(fact.session.value());
    record.set_replaced(fact.replaced);
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::PaymentStarted& fact, records::Fact& out) {
    encode(fact.payment, *out.mutable_payment_started());
}
void encode_fact(const domain::PaymentStepTried& fact, records::Fact& out) {
    auto& record = *out.mutable_payment_step_tried();
    record.set_payment(fact.payment.value());
    record.set_step(static_cast<std::uint32_t>(fact.step));
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::PaymentCaptured& fact, records::Fact& out) {
    auto& record = *out.mutable_payment_captured();
    record.set_payment(fact.payment.value());
    encode(fact.amount, *record.mutable_amount());
    record.set_transaction(fact.transaction);
    record.set_use(static_cast<std::uint32_t>(fact.use));
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::PaymentEnded& fact, records::Fact& out) {
    auto& record = *out.mutable_payment_ended();
    record.set_payment(fact.payment.value());
    record.set_state(static_cast<std::uint32_t>(fact.state));
    record.set_reason(static_cast<std::uint32_t>(fact.reason));
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::PaymentParked& fact, records::Fact& out) {
    auto& record = *out.mutable_payment_parked();
    record.set_payment(fact.payment.value());
    record.set_reason(static_cast<std::uint32_t>(fact.reason));
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::PaymentResumed& fact, records::Fact& out) {
    encode_resumed(fact.payment, fact.by, fact.at, *out.mutable_payment_resumed());
}
void encode_fact(const domain::RefundRequested& fact, records::Fact& out) {
    encode(fact.refund, *out.mutable_refund_requested());
}
void encode_fact(const domain::RefundReviewed& fact, records::Fact& out) {
    auto& record = *out.mutable_refund_reviewed();
    record.set_refund(fact.refund.value());
    record.set_by(fact.by.value());
    record.set_approved(fact.approved);
    record.set_state(static_cast<std::uint32_t>(fact.state));
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::RefundCancelled& fact, records::Fact& out) {
    encode_happened(fact.refund, fact.at, *out.mutable_refund_cancelled());
}
void encode_fact(const domain::RefundTried& fact, records::Fact& out) {
    encode_happened(fact.refund, fact.at, *out.mutable_refund_tried());
}
void encode_fact(const domain::RefundCompleted& fact, records::Fact& out) {
    auto& record = *out.mutable_refund_completed();
    record.set_refund(fact.refund.value());
    record.set_transaction(fact.transaction);
    record.set_at_ms(fact.at.unix_ms());
    record.set_round(fact.round);
}
void encode_fact(const domain::RefundReopened& fact, records::Fact& out) {
    encode_happened(fact.refund, fact.at, *out.mutable_refund_reopened());
    out.mutable_refund_reopened()->set_refused(fact.refused);
}
void encode_fact(const domain::RefundParked& fact, records::Fact& out) {
    encode_happened(fact.refund, fact.at, *out.mutable_refund_parked());
    out.mutable_refund_parked()->set_refused(fact.refused);
    out.mutable_refund_parked()->set_given_before(fact.given_before);
}
void encode_fact(const domain::RefundResumed& fact, records::Fact& out) {
    encode_resumed(fact.refund, fact.by, fact.at, *out.mutable_refund_resumed());
}
void encode_fact(const domain::RefundSettled& fact, records::Fact& out) {
    auto& record = *out.mutable_refund_settled();
    record.set_refund(fact.refund.value());
    record.set_by(fact.by.value());
    record.set_completed(fact.completed);
    record.set_at_ms(fact.at.unix_ms());
}
void encode_fact(const domain::StrayReceived& fact, records::Fact& out) {
    encode(fact.stray, *out.mutable_stray_received());
}
void encode_fact(const domain::StrayTried& fact, records::Fact& out) {
    encode_happened(fact.stray, fact.at, *out.mutable_stray_tried());
}
void encode_fact(const domain::StrayReturned& fact, records::Fact& out) {
    encode_happened(fact.stray, fact.at, *out.mutable_stray_returned());
    out.mutable_stray_returned()->set_round(fact.round);
}
void encode_fact(const domain::StrayParked& fact, records::Fact& out) {
    encode_happened(fact.stray, fact.at, *out.mutable_stray_parked());
    out.mutable_stray_parked()->set_refused(fact.refused);
}
void encode_fact(const domain::StrayResumed& fact, records::Fact& out) {
    encode_resumed(fact.stray, fact.by, fact.at, *out.mutable_stray_resumed());
}

DecodeResult<domain::Fact> decode_money_fact(const records::Fact& in) {
    using records::Fact;
    switch (in.kind_case()) {
        case Fact::kTermsChanged:
            return decode_terms(in.terms_changed());
        case Fact::kOrderMoved:
            return decode_moved(in.order_moved());
        case Fact::kLatePaymentAccepted:
            return decode_accepted(in.late_payment_accepted());
        case Fact::kPaymentStarted: {
            ONSALE_TRY_ASSIGN(payment, decode(in.payment_started()));
            return domain::Fact(domain::PaymentStarted{std::move(payment)});
        }
        case Fact::kPaymentStepTried:
            return decode_tried(in.payment_step_tried());
        case Fact::kPaymentCaptured:
            return decode_captured(in.payment_captured());
        case Fact::kPaymentEnded:
            return decode_ended(in.payment_ended());
        case Fact::kPaymentParked:
            return decode_parked(in.payment_parked());
        case Fact::kPaymentResumed:
            return resumed<domain::PaymentResumed, domain::PaymentId>(in.payment_resumed());
        case Fact::kRefundRequested: {
            ONSALE_TRY_ASSIGN(refund, decode(in.refund_requested()));
            return domain::Fact(domain::RefundRequested{std::move(refund)});
        }
        case Fact::kRefundReviewed:
            return decode_reviewed(in.refund_reviewed());
        case Fact::kRefundCancelled:
            return happened<domain::RefundCancelled, domain::RefundId>(in.refund_cancelled());
        case Fact::kRefundTried:
            return happened<domain::RefundTried, domain::RefundId>(in.refund_tried());
        case Fact::kRefundCompleted:
            return decode_completed(in.refund_completed());
        case Fact::kRefundReopened:
            return decode_reopened(in.refund_reopened());
        case Fact::kRefundParked:
            return decode_refund_parked(in.refund_parked());
        case Fact::kRefundResumed:
            return resumed<domain::RefundResumed, domain::RefundId>(in.refund_resumed());
        case Fact::kRefundSettled:
            return decode_settled(in.refund_settled());
        case Fact::kStrayReceived: {
            ONSALE_TRY_ASSIGN(stray, decode(in.stray_received()));
            return domain::Fact(domain::StrayReceived{std::move(stray)});
        }
        case Fact::kStrayTried:
            return happened<domain::StrayTried, domain::StrayId>(in.stray_tried());
        case Fact::kStrayReturned:
            return decode_stray_returned(in.stray_returned());
        case Fact::kStrayParked:
            return decode_stray_parked(in.stray_parked());
        case Fact::kStrayResumed:
            return resumed<domain::StrayResumed, domain::StrayId>(in.stray_resumed());
        default:
            return damaged("fact: a kind this program does not know");
    }
}

}  // namespace onsale::wire::internal
