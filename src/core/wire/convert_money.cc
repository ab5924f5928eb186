#include "wire/internal/convert_money.h"

#include <utility>

namespace onsale::wire::internal {
namespace {

using base::Timestamp;
using base::Unexpected;

auto damaged(const char* what) {
    return Unexpected{DecodeError{what}};
}

// An enum value that a record holds as a number: from `first` to `last`.
template <class Enum>
DecodeResult<Enum> decode_enum(std::uint32_t value, Enum first, Enum last, const char* what) {
    if (value < static_cast<std::uint32_t>(first) || value > static_cast<std::uint32_t>(last))
        return damaged(what);
    return static_cast<Enum>(value);
}

DecodeResult<std::string> decode_transaction(const std::string& text) {
    if (text.size() > domain::kTransactionBytesMax) return damaged("a bank's transaction: length");
    return text;
}

DecodeResult<domain::PaymentState> decode_payment_state(std::uint32_t value) {
    return decode_enum(value, domain::PaymentState::open, domain::PaymentState::closed,
                       "payment: unknown state");
}

DecodeResult<domain::PaymentReason> decode_payment_reason(std::uint32_t value) {
    return decode_enum(value, domain::PaymentReason::none,
                       domain::PaymentReason::bank_contradictory, "payment: unknown reason");
}

DecodeResult<domain::MoneyUse> decode_use(std::uint32_t value) {
    return decode_enum(value, domain::MoneyUse::none, domain::MoneyUse::mismatch,
                       "payment: unknown use");
}

DecodeResult<domain::RefundState> decode_refund_state(std::uint32_t value) {
    return decode_enum(value, domain::RefundState::requested, domain::RefundState::cancelled,
                       "refund: unknown state");
}

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
}
void encode_fact(const domain::RefundParked& fact, records::Fact& out) {
    encode_happened(fact.refund, fact.at, *out.mutable_refund_parked());
    out.mutable_refund_parked()->set_refused(fact.refused);
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
            return happened<domain::RefundReopened, domain::RefundId>(in.refund_reopened());
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
