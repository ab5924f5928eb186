// Refunds: money that goes back to a buyer, because they want it or because we owe it.
#include <algorithm>

#include "base/check.h"
#include "base/mutant.h"
#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {
namespace {

using domain::OrderState;
using domain::OutcomeKind;
using domain::RefundCause;
using domain::RefundState;
using domain::Refusal;

void show(Decision& out, domain::Refund refund) {
    out.outcome.refund = std::make_shared<const domain::Refund>(std::move(refund));
}

void refuse_refund(Decision& out, Refusal refusal, const domain::Refund& refund) {
    show(out, refund);
    refuse(out, refusal);
}

// The refund of a command, with its order as it is now in the outcome; otherwise refuses.
const domain::Refund* known_refund(const BoxOffice::Memory& memory, domain::RefundId id,
                                   base::Timestamp now, Decision& out) {
    const domain::Refund* refund = memory.find_refund(id);
    if (refund == nullptr) {
        refuse(out, Refusal::refund_unknown);
        return nullptr;
    }
    const domain::OrderId order = domain::order_of(id);
    const StoredOrder& stored = *memory.find_order(order);
    out.outcome.session = stored.campaign->session->definition.id;
    out.outcome.order = memory.view(order, stored, now);
    return refund;
}

domain::Refund new_refund(const BoxOffice::Memory& memory, const domain::Payment& payment,
                          RefundCause cause, base::Timestamp now) {
    const domain::OrderId order = domain::order_of(payment.id);
    const auto index = static_cast<std::uint32_t>(memory.find_money(order)->refunds.size());
    // Buyers are stopped earlier; what we owe is at most one for each payment.
    ONSALE_CHECK(index < domain::kRefundsPerOrderMax);
    domain::Refund refund;
    refund.id = domain::make_refund_id(order, index);
    refund.payment = payment.id;
    refund.bank = payment.bank;
    refund.cause = cause;
    refund.state = RefundState::approved;
    refund.fee = {0, payment.amount.currency};
    refund.incarnation = memory.incarnation;
    refund.requested_at = now;
    refund.changed_at = now;
    return refund;
}

// Whether the session's policy lets the buyer have the money back now; fills amount, fee and
// reviews. Otherwise refuses.
bool apply_policy(const domain::Session& session, base::Money paid, base::Timestamp now,
                  domain::Refund& refund, Decision& out) {
    const domain::RefundPolicy& policy = session.refunds;
    refund.fee = domain::refund_fee(paid, policy.fee_basis_points);
    refund.amount = {paid.minor - refund.fee.minor, paid.currency};
    if (!policy.allowed || refund.amount.minor <= 0) {
        refuse(out, Refusal::refund_not_allowed);
        return false;
    }
    const base::Timestamp until = session.starts_at - policy.until_before_start;
    if (now > until) {
        refuse(out, Refusal::refund_too_late, {.at = until});
        return false;
    }
    const bool twice =
        policy.second_review_from_minor > 0 && paid.minor >= policy.second_review_from_minor;
    refund.reviews_needed = !policy.reviewed ? 0 : twice ? 2 : 1;
    refund.state = refund.reviews_needed == 0 ? RefundState::approved : RefundState::requested;
    return true;
}

// The order gets its former state back, since its refund will not be.
void undo(const domain::Refund& refund, RefundState state, base::Timestamp now, Decision& out) {
    domain::Refund ended = refund;
    ended.state = state;
    ended.changed_at = now;
    show(out, std::move(ended));
    const domain::OrderId order = domain::order_of(refund.id);
    accept(out, domain::OrderMoved{order, OrderState::completed, now, {}});
    out.outcome.order.state = OrderState::completed;
    out.outcome.order.changed_at = now;
}

bool is_in_review(const BoxOffice::Memory& memory, const domain::Refund& refund) {
    // In a cancelled session it gives way to one of everything.
    const StoredOrder& stored = *memory.find_order(domain::order_of(refund.id));
    return refund.state == RefundState::requested && !stored.campaign->session->status.cancelled;
}

// Refunds that end their order; the others give back money that never belonged to it.
bool ends_order(RefundCause cause) {
    return cause == RefundCause::buyer || cause == RefundCause::session_cancelled ||
           cause == RefundCause::replaced;
}

// The refund that is about to end the order.
const domain::Refund* open_refund_of_order(const Money* money) {
    if (money == nullptr) return nullptr;
    for (const auto& refund : money->refunds)
        if (ends_order(refund.cause) && domain::is_open(refund.state)) return &refund;
    return nullptr;
}

// The money is with the buyer: so says the bank, or two people do.
void end_refunded(const domain::Refund& refund, base::Timestamp now, Decision& out) {
    domain::Order& order = out.outcome.order;
    // Not again after the bank had taken its word back.
    if (!ends_order(refund.cause) || order.state != OrderState::refunding) return;
    accept(out, domain::OrderMoved{order.id, OrderState::refunded, now, {}});
    order.state = OrderState::refunded;
    order.changed_at = now;
}

void report_completed(const domain::Refund& refund, const domain::ReportRefund& command,
                      base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::repeated;
    if (refund.state == RefundState::completed) return show(out, refund);
    if (refund.state != RefundState::approved)
        return refuse_refund(out, Refusal::refund_not_pending, refund);
    domain::Refund changed = refund;
    changed.state = RefundState::completed;
    changed.transaction = command.transaction;
    changed.parked = false;
    changed.refused = false;
    changed.given_before = false;
    changed.first_settler = {};
    changed.changed_at = now;
    accept(out, domain::RefundCompleted{command.refund, command.transaction, now, command.round});
    end_refunded(refund, now, out);
    show(out, std::move(changed));
}

void report_refused(const domain::Refund& refund, const domain::ReportRefund& command,
                    base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::repeated;
    // An older name, or one of which it is known.
    if (command.round != refund.round || refund.refused) return show(out, refund);
    domain::Refund changed = refund;
    changed.changed_at = now;
    changed.parked = true;
    changed.refused = true;
    if (refund.state == RefundState::completed) {
        changed.state = RefundState::approved;
        accept(out, domain::RefundReopened{command.refund, now, true});
    } else if (refund.state == RefundState::approved) {
        changed.given_before = command.given_before;
        accept(out, domain::RefundParked{command.refund, now, true, command.given_before});
    } else {
        return show(out, refund);
    }
    show(out, std::move(changed));
}

}  // namespace

void give_back(const BoxOffice::Memory& memory, const GiveBack& what, base::Timestamp now,
               Decision& out) {
    domain::Refund refund = new_refund(memory, what.payment, what.cause, now);
    refund.amount = what.amount;
    refund.fee = {0, what.amount.currency};
    show(out, refund);
    accept(out, domain::RefundRequested{std::move(refund)});
}

void end_completed(const BoxOffice::Memory& memory, domain::OrderId order, base::Timestamp now,
                   Decision& out) {
    const domain::Payment* payment = memory.payment_of(order);
    if (payment == nullptr) return accept(out, domain::OrderRefunded{order, now});
    domain::Refund refund = new_refund(memory, *payment, RefundCause::session_cancelled, now);
    refund.amount = payment->captured;
    accept(out, domain::RefundRequested{std::move(refund)});
    accept(out, domain::OrderMoved{order, OrderState::refunding, now, {}});
}

void decide_request(const BoxOffice::Memory& memory, const domain::RequestRefund& command,
                    base::Timestamp now, Decision& out) {
    const StoredOrder* stored = own_order(memory, command.person, command.order, out);
    if (stored == nullptr) return;
    domain::Order& order = out.outcome.order;
    order = memory.view(command.order, *stored, now);
    const Money* money = memory.find_money(command.order);
    if (const domain::Refund* open = open_refund_of_order(money)) {
        out.outcome.kind = OutcomeKind::repeated;
        return show(out, *open);
    }
    if (order.state != OrderState::completed) return refuse(out, Refusal::order_not_refundable);
    const domain::Payment* payment = memory.payment_of(command.order);
    if (payment == nullptr) return refuse(out, Refusal::refund_nothing_paid);
    if (money->refunds.size() >= domain::kRefundsPerOrderMax - domain::kPaymentsPerOrderMax)
        return refuse(out, Refusal::refund_not_allowed);
    domain::Refund refund = new_refund(memory, *payment, RefundCause::buyer, now);
    refund.reason = command.reason;
    const domain::Session& session = stored->campaign->session->definition;
    if (money->replaced && now < session.starts_at) {
        // Nobody has to keep what they did not order.
        refund.cause = RefundCause::replaced;
        refund.amount = payment->captured;
    } else if (!apply_policy(session, payment->captured, now, refund, out)) {
        return;
    }
    show(out, refund);
    accept(out, domain::RefundRequested{std::move(refund)});
    accept(out, domain::OrderMoved{command.order, OrderState::refunding, now, {}});
    order.state = OrderState::refunding;
    order.changed_at = now;
}

void decide_cancel_refund(const BoxOffice::Memory& memory, const domain::CancelRefund& command,
                          base::Timestamp now, Decision& out) {
    const StoredOrder* stored = memory.find_order(domain::order_of(command.refund));
    if (stored == nullptr || stored->person != command.person)
        return refuse(out, Refusal::refund_unknown);
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    if (refund->state == RefundState::cancelled) {
        out.outcome.kind = OutcomeKind::repeated;
        return show(out, *refund);
    }
    if (!is_in_review(memory, *refund))
        return refuse_refund(out, Refusal::refund_not_pending, *refund);
    accept(out, domain::RefundCancelled{command.refund, now});
    undo(*refund, RefundState::cancelled, now, out);
}

void decide_review(const BoxOffice::Memory& memory, const domain::ReviewRefund& command,
                   base::Timestamp now, Decision& out) {
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    if (!is_in_review(memory, *refund))
        return refuse_refund(out, Refusal::refund_not_pending, *refund);
    // Nobody decides about their own money.
    if (out.outcome.order.person == command.by)
        return refuse_refund(out, Refusal::refund_same_reviewer, *refund);
    if (!command.approve) {
        accept(out, domain::RefundReviewed{command.refund, command.by, false, RefundState::rejected,
                                           now});
        return undo(*refund, RefundState::rejected, now, out);
    }
    const bool is_second = refund->first_reviewer != domain::PersonId();
    if (is_second && refund->first_reviewer == command.by)
        return refuse_refund(out, Refusal::refund_same_reviewer, *refund);
    domain::Refund reviewed = *refund;
    (is_second ? reviewed.second_reviewer : reviewed.first_reviewer) = command.by;
    const bool is_enough = is_second || refund->reviews_needed <= 1;
    reviewed.state = is_enough ? RefundState::approved : RefundState::requested;
    reviewed.changed_at = now;
    accept(out, domain::RefundReviewed{command.refund, command.by, true, reviewed.state, now});
    show(out, std::move(reviewed));
}

void decide_try_refund(const BoxOffice::Memory& memory, const domain::TryRefund& command,
                       base::Timestamp now, Decision& out) {
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    if (refund->state != RefundState::approved || refund->parked)
        return refuse_refund(out, Refusal::step_not_wanted, *refund);
    domain::Refund tried = *refund;
    ++tried.tries;
    show(out, std::move(tried));
    accept(out, domain::RefundTried{command.refund, now});
}

void decide_report_refund(const BoxOffice::Memory& memory, const domain::ReportRefund& command,
                          base::Timestamp now, Decision& out) {
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    const bool is_named = refund->incarnation == command.incarnation &&
                          refund->bank == command.bank && command.round <= refund->round &&
                          command.transaction.size() <= domain::kTransactionBytesMax;
    if (!is_named) return refuse(out, Refusal::refund_unknown);
    command.completed ? report_completed(*refund, command, now, out)
                      : report_refused(*refund, command, now, out);
}

void decide_park_refund(const BoxOffice::Memory& memory, const domain::ParkRefund& command,
                        base::Timestamp now, Decision& out) {
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    if (refund->state != RefundState::approved)
        return refuse_refund(out, Refusal::refund_not_pending, *refund);
    domain::Refund parked = *refund;
    parked.parked = true;
    out.outcome.kind = OutcomeKind::unchanged;
    if (!refund->parked) accept(out, domain::RefundParked{command.refund, now});
    show(out, std::move(parked));
}

void decide_resume_refund(const BoxOffice::Memory& memory, const domain::ResumeRefund& command,
                          base::Timestamp now, Decision& out) {
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    if (!refund->parked) return refuse_refund(out, Refusal::not_parked, *refund);
    domain::Refund resumed = *refund;
    if (refund->refused) ++resumed.round;
    resumed.refused = false;
    resumed.given_before = false;
    resumed.parked = false;
    resumed.tries = 0;
    resumed.first_settler = {};
    show(out, std::move(resumed));
    accept(out, domain::RefundResumed{command.refund, command.by, now});
}

void decide_settle(const BoxOffice::Memory& memory, const domain::SettleRefund& command,
                   base::Timestamp now, Decision& out) {
    const domain::Refund* refund = known_refund(memory, command.refund, now, out);
    if (refund == nullptr) return;
    const bool is_settled = refund->second_settler != domain::PersonId();
    if (is_settled) {
        out.outcome.kind = OutcomeKind::repeated;
        return show(out, *refund);
    }
    // While the bank may still pay it, the buyer would have it twice.
    if (refund->state != RefundState::approved || !refund->refused)
        return refuse_refund(out, Refusal::refund_not_refused, *refund);
    if (out.outcome.order.person == command.by || refund->first_settler == command.by)
        return refuse_refund(out, Refusal::refund_same_reviewer, *refund);
    domain::Refund settled = *refund;
    settled.changed_at = now;
    const bool is_second = refund->first_settler != domain::PersonId();
    accept(out, domain::RefundSettled{command.refund, command.by, is_second, now});
    if (is_second) {
        settled.second_settler = command.by;
        settled.state = RefundState::completed;
        settled.parked = false;
        end_refunded(*refund, now, out);
    } else {
        settled.first_settler = command.by;
    }
    show(out, std::move(settled));
}

}  // namespace onsale::boxoffice
