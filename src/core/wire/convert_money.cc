#include "wire/internal/convert_money.h"

#include <utility>

#include "wire/internal/money_values.h"

namespace onsale::wire::internal {

using base::Timestamp;

void encode(base::Money value, records::Money& out) {
    out.set_minor(value.minor);
    out.set_currency(static_cast<std::uint32_t>(value.currency));
}

void encode(const domain::RefundPolicy& value, records::RefundPolicy& out) {
    out.set_allowed(value.allowed);
    out.set_until_before_start_ms(value.until_before_start.count_ms());
    out.set_fee_basis_points(value.fee_basis_points);
    out.set_unreviewed(!value.reviewed);
    out.set_second_review_from_minor(value.second_review_from_minor);
}

void encode(const domain::Payment& value, records::Payment& out) {
    out.set_id(value.id.value());
    out.set_bank(value.bank.value());
    out.set_way(static_cast<std::uint32_t>(value.way));
    out.set_state(static_cast<std::uint32_t>(value.state));
    encode(value.amount, *out.mutable_amount());
    encode(value.captured, *out.mutable_captured());
    out.set_use(static_cast<std::uint32_t>(value.use));
    out.set_reason(static_cast<std::uint32_t>(value.reason));
    out.set_parked(value.parked);
    out.set_tries(value.tries);
    out.set_incarnation(value.incarnation);
    out.set_token(value.token);
    out.set_transaction(value.transaction);
    out.set_started_at_ms(value.started_at.unix_ms());
    out.set_changed_at_ms(value.changed_at.unix_ms());
}

void encode(const domain::Refund& value, records::Refund& out) {
    out.set_id(value.id.value());
    out.set_payment(value.payment.value());
    out.set_bank(value.bank.value());
    out.set_cause(static_cast<std::uint32_t>(value.cause));
    out.set_reason(static_cast<std::uint32_t>(value.reason));
    out.set_state(static_cast<std::uint32_t>(value.state));
    encode(value.amount, *out.mutable_amount());
    encode(value.fee, *out.mutable_fee());
    out.set_reviews_needed(value.reviews_needed);
    out.set_first_reviewer(value.first_reviewer.value());
    out.set_second_reviewer(value.second_reviewer.value());
    out.set_parked(value.parked);
    out.set_tries(value.tries);
    out.set_incarnation(value.incarnation);
    out.set_transaction(value.transaction);
    out.set_requested_at_ms(value.requested_at.unix_ms());
    out.set_changed_at_ms(value.changed_at.unix_ms());
    out.set_refused(value.refused);
    out.set_round(value.round);
    out.set_first_settler(value.first_settler.value());
    out.set_second_settler(value.second_settler.value());
    out.set_given_before(value.given_before);
}

void encode(const domain::Stray& value, records::Stray& out) {
    out.set_id(value.id.value());
    out.set_bank(value.bank.value());
    out.set_state(static_cast<std::uint32_t>(value.state));
    encode(value.amount, *out.mutable_amount());
    out.set_parked(value.parked);
    out.set_tries(value.tries);
    out.set_incarnation(value.incarnation);
    out.set_transaction(value.transaction);
    out.set_received_at_ms(value.received_at.unix_ms());
    out.set_changed_at_ms(value.changed_at.unix_ms());
    out.set_refused(value.refused);
    out.set_round(value.round);
}

DecodeResult<base::Money> decode(const records::Money& in) {
    ONSALE_TRY_ASSIGN(currency, decode_enum(in.currency(), base::Currency::cny, base::Currency::eur,
                                            "money: unknown currency"));
    return base::Money{in.minor(), currency};
}

DecodeResult<domain::RefundPolicy> decode(const records::RefundPolicy& in) {
    if (in.fee_basis_points() > domain::kBasisPoints) return damaged("refunds: fee above all");
    return domain::RefundPolicy{
        in.allowed(), base::Duration::milliseconds(in.until_before_start_ms()),
        in.fee_basis_points(), !in.unreviewed(), in.second_review_from_minor()};
}

DecodeResult<domain::LatePayment> decode_late_payment(std::uint32_t value) {
    return decode_enum(value, domain::LatePayment::refund, domain::LatePayment::same_or_better,
                       "session: unknown rule for late payments");
}

DecodeResult<domain::Payment> decode(const records::Payment& in) {
    domain::Payment payment;
    payment.id = domain::PaymentId(in.id());
    payment.bank = domain::BankId(in.bank());
    ONSALE_TRY_ASSIGN(way, decode_enum(in.way(), domain::PayWay::token, domain::PayWay::cashier,
                                       "payment: unknown way"));
    ONSALE_TRY_ASSIGN(state, decode_payment_state(in.state()));
    ONSALE_TRY_ASSIGN(amount, decode(in.amount()));
    ONSALE_TRY_ASSIGN(captured, decode(in.captured()));
    ONSALE_TRY_ASSIGN(use, decode_use(in.use()));
    ONSALE_TRY_ASSIGN(reason, decode_payment_reason(in.reason()));
    ONSALE_TRY_ASSIGN(transaction, decode_transaction(in.transaction()));
    payment.way = way;
    payment.state = state;
    payment.amount = amount;
    payment.captured = captured;
    payment.use = use;
    payment.reason = reason;
    payment.parked = in.parked();
    payment.tries = in.tries();
    payment.incarnation = in.incarnation();
    payment.token = in.token();
    payment.transaction = std::move(transaction);
    payment.started_at = Timestamp::from_unix_ms(in.started_at_ms());
    payment.changed_at = Timestamp::from_unix_ms(in.changed_at_ms());
    return payment;
}

DecodeResult<domain::Refund> decode(const records::Refund& in) {
    domain::Refund refund;
    refund.id = domain::RefundId(in.id());
    refund.payment = domain::PaymentId(in.payment());
    refund.bank = domain::BankId(in.bank());
    ONSALE_TRY_ASSIGN(cause, decode_enum(in.cause(), domain::RefundCause::buyer,
                                         domain::RefundCause::replaced, "refund: unknown cause"));
    ONSALE_TRY_ASSIGN(reason, decode_enum(in.reason(), domain::RefundReason::none,
                                          domain::RefundReason::other, "refund: unknown reason"));
    ONSALE_TRY_ASSIGN(state, decode_refund_state(in.state()));
    ONSALE_TRY_ASSIGN(amount, decode(in.amount()));
    ONSALE_TRY_ASSIGN(fee, decode(in.fee()));
    ONSALE_TRY_ASSIGN(transaction, decode_transaction(in.transaction()));
    if (in.reviews_needed() > 2) return damaged("refund: number of reviews");
    refund.cause = cause;
    refund.reason = reason;
    refund.state = state;
    refund.amount = amount;
    refund.fee = fee;
    refund.reviews_needed = static_cast<std::uint8_t>(in.reviews_needed());
    refund.first_reviewer = domain::PersonId(in.first_reviewer());
    refund.second_reviewer = domain::PersonId(in.second_reviewer());
    refund.parked = in.parked();
    refund.tries = in.tries();
    refund.incarnation = in.incarnation();
    refund.transaction = std::move(transaction);
    refund.requested_at = Timestamp::from_unix_ms(in.requested_at_ms());
    refund.changed_at = Timestamp::from_unix_ms(in.changed_at_ms());
    refund.refused = in.refused();
    refund.round = in.round();
    refund.first_settler = domain::PersonId(in.first_settler());
    refund.second_settler = domain::PersonId(in.second_settler());
    refund.given_before = in.given_before();
    return refund;
}

DecodeResult<domain::Stray> decode(const records::Stray& in) {
    domain::Stray stray;
    stray.id = domain::StrayId(in.id());
    stray.bank = domain::BankId(in.bank());
    ONSALE_TRY_ASSIGN(state, decode_enum(in.state(), domain::StrayState::received,
                                         domain::StrayState::returned, "stray: unknown state"));
    ONSALE_TRY_ASSIGN(amount, decode(in.amount()));
    ONSALE_TRY_ASSIGN(transaction, decode_transaction(in.transaction()));
    stray.state = state;
    stray.amount = amount;
    stray.parked = in.parked();
    stray.tries = in.tries();
    stray.incarnation = in.incarnation();
    stray.transaction = std::move(transaction);
    stray.received_at = Timestamp::from_unix_ms(in.received_at_ms());
    stray.changed_at = Timestamp::from_unix_ms(in.changed_at_ms());
    stray.refused = in.refused();
    stray.round = in.round();
    return stray;
}

}  // namespace onsale::wire::internal
