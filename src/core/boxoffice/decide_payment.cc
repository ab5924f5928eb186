// Payments: how a reserved order is paid for, and what becomes of money that a bank has taken. The
// table of events stands in docs/formats/money.md.
#include <algorithm>

#include "base/check.h"
#include "base/mutant.h"
#include "boxoffice/internal/decide.h"
#include "boxoffice/internal/late.h"

namespace onsale::boxoffice {
namespace {

using domain::BankWord;
using domain::MoneyUse;
using domain::OrderState;
using domain::OutcomeKind;
using domain::PaymentState;
using domain::Refusal;

void show(Decision& out, domain::Payment payment) {
    out.outcome.payment = std::make_shared<const domain::Payment>(std::move(payment));
}

void refuse_payment(Decision& out, Refusal refusal, const domain::Payment& payment) {
    show(out, payment);
    refuse(out, refusal);
}

const StoredOrder& order_of(const BoxOffice::Memory& memory, domain::PaymentId payment) {
    const StoredOrder* stored = memory.find_order(domain::order_of(payment));
    ONSALE_CHECK(stored != nullptr);
    return *stored;
}

// The payment of a command, with its order as it is now in the outcome; otherwise refuses.
const domain::Payment* known_payment(const BoxOffice::Memory& memory, domain::PaymentId id,
                                     base::Timestamp now, Decision& out) {
    const domain::Payment* payment = memory.find_payment(id);
    if (payment == nullptr) {
        refuse(out, Refusal::payment_unknown);
        return nullptr;
    }
    const StoredOrder& stored = order_of(memory, id);
    out.outcome.session = stored.campaign->session->definition.id;
    out.outcome.order = memory.view(domain::order_of(id), stored, now);
    return payment;
}

// An order goes from paid to completed. Lines of pools of codes get the pool's next ordinals, one
// line after the other.
domain::OrderMoved completion(const StoredOrder& stored, const domain::Order& order,
                              base::Timestamp now) {
    const SessionState& session = *stored.campaign->session;
    domain::OrderMoved moved{order.id, OrderState::completed, now, {}};
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const auto pool_of = [&](std::size_t line) {
            return session.pool_of_tier[session.tier_index(order.lines[line].tier)];
        };
        const std::size_t pool = pool_of(i);
        if (session.definition.pools[pool].kind != domain::PoolKind::codes) {
            moved.first_ordinals.push_back(0);
            continue;
        }
        std::uint64_t ordinal = session.pools[pool].next_ordinal;
        for (std::size_t before = 0; before < i; ++before)
            if (pool_of(before) == pool) ordinal += order.lines[before].quantity;
        moved.first_ordinals.push_back(ordinal);
    }
    return moved;
}

// What a bank has taken is decided piece by piece: first what the money is for, then what follows.
class Capturing {
  public:
    Capturing(const BoxOffice::Memory& memory, const domain::ReportPayment& command,
              const domain::Payment& payment, base::Timestamp now, Decision& out)
        : memory_(memory),
          command_(command),
          payment_(payment),
          stored_(order_of(memory, payment.id)),
          now_(now),
          out_(out) {}

    void run() {
        if (payment_.state == PaymentState::captured) return repeat();
        const domain::Order& order = out_.outcome.order;
        const bool compares = base::kMutant != base::Mutant::amount_not_compared;
        if (compares && command_.amount != payment_.amount) {
            capture(MoneyUse::mismatch);
            fail_if_paid();
            return refund(domain::RefundCause::mismatch);
        }
        switch (order.state) {
            case OrderState::reserved:
                capture(MoneyUse::order);
                accept(out_, domain::OrderMoved{order.id, OrderState::paid, now_, {}});
                return complete(order);
            case OrderState::paid:
                if (payment_.state != PaymentState::authorised) return duplicate();
                capture(MoneyUse::order);
                return complete(order);
            case OrderState::completed:
            case OrderState::refunding:
            case OrderState::refunded:
                return duplicate();
            case OrderState::cancelled:
            case OrderState::expired:
            case OrderState::failed:
                return late();
        }
    }

  private:
    // The same success again, told as another event: nothing changes. Another transaction under the
    // same name is other money.
    void repeat() {
        if (payment_.transaction != command_.transaction)
            return refuse_payment(out_, Refusal::payment_unknown, payment_);
        out_.outcome.kind = OutcomeKind::repeated;
        show(out_, payment_);
        if (base::kMutant == base::Mutant::callback_applied_twice)
            refund(domain::RefundCause::duplicate);
    }

    void capture(MoneyUse use) {
        domain::Payment captured = payment_;
        captured.state = PaymentState::captured;
        captured.captured = command_.amount;
        captured.transaction = command_.transaction;
        captured.use = use;
        captured.reason = domain::PaymentReason::none;
        captured.parked = false;
        captured.changed_at = now_;
        show(out_, std::move(captured));
        accept(out_, domain::PaymentCaptured{payment_.id, command_.amount, command_.transaction,
                                             use, now_});
    }

    // The order was paid by this payment, and what came is not what was asked for.
    void fail_if_paid() {
        const bool is_ours = out_.outcome.order.state == OrderState::paid &&
                             payment_.state == PaymentState::authorised;
        if (!is_ours) return;
        out_.outcome.order.state = OrderState::failed;
        accept(out_, domain::OrderMoved{out_.outcome.order.id, OrderState::failed, now_, {}});
    }

    void refund(domain::RefundCause cause) {
        give_back(memory_, {payment_, command_.amount, cause}, now_, out_);
    }

    void duplicate() {
        capture(MoneyUse::duplicate);
        refund(domain::RefundCause::duplicate);
    }

    void complete(const domain::Order& order) {
        const domain::OrderMoved moved = completion(stored_, order, now_);
        accept(out_, moved);
        domain::Order& shown = out_.outcome.order;
        shown.lines = order.lines;
        for (std::size_t i = 0; i < shown.lines.size(); ++i)
            shown.lines[i].first_ordinal = moved.first_ordinals[i];
        shown.state = OrderState::completed;
        shown.changed_at = now_;
        if (!stored_.campaign->session->status.cancelled) return;
        // Its session was cancelled while the bank was taking the money.
        refund(domain::RefundCause::session_cancelled);
        accept(out_, domain::OrderMoved{order.id, OrderState::refunding, now_, {}});
        shown.state = OrderState::refunding;
    }

    void late() {
        if (base::kMutant == base::Mutant::late_payment_ignored) {
            out_.outcome.kind = OutcomeKind::repeated;
            return show(out_, payment_);
        }
        const auto lines = late_lines(out_.outcome.order, stored_, now_);
        if (!lines) {
            capture(MoneyUse::late);
            return refund(domain::RefundCause::late);
        }
        domain::Order order = out_.outcome.order;
        // Its deadline has passed, but nobody had written that down.
        if (stored_.state == OrderState::reserved)
            accept(out_, domain::OrderExpired{order.id, now_});
        capture(MoneyUse::order);
        accept(out_, domain::LatePaymentAccepted{order.id, order.session, lines->lines,
                                                 lines->replaced, now_});
        order.lines = lines->lines;
        complete(order);
    }

    const BoxOffice::Memory& memory_;
    const domain::ReportPayment& command_;
    const domain::Payment& payment_;
    const StoredOrder& stored_;
    base::Timestamp now_;
    Decision& out_;
};

// The bank has taken nothing and will not.
void end_payment(const domain::ReportPayment& command, const domain::Payment& payment,
                 base::Timestamp now, Decision& out) {
    if (payment.state == PaymentState::captured)
        return refuse_payment(out, Refusal::payment_final, payment);
    if (!domain::is_open(payment.state)) {
        out.outcome.kind = OutcomeKind::repeated;
        return show(out, payment);
    }
    domain::Payment ended = payment;
    ended.state = command.word == BankWord::failed ? PaymentState::failed : PaymentState::closed;
    ended.reason = command.reason;
    ended.parked = false;
    ended.changed_at = now;
    accept(out, domain::PaymentEnded{payment.id, ended.state, ended.reason, now});
    show(out, std::move(ended));
    domain::Order& order = out.outcome.order;
    if (order.state != OrderState::paid || payment.state != PaymentState::authorised) return;
    accept(out, domain::OrderMoved{order.id, OrderState::failed, now, {}});
    order.state = OrderState::failed;
    order.changed_at = now;
}

// The order still waits for this payment, so it is not closed.
bool is_needed(const BoxOffice::Memory& memory, const domain::Payment& payment,
               const domain::Order& order) {
    const StoredOrder& stored = order_of(memory, payment.id);
    if (stored.campaign->session->status.cancelled) return false;
    if (order.state == OrderState::paid) return payment.state == PaymentState::authorised;
    return order.state == OrderState::reserved &&
           memory.find_money(order.id)->payments.back().id == payment.id;
}

domain::Payment new_payment(const BoxOffice::Memory& memory, const domain::StartPayment& command,
                            std::size_t index, base::Money amount, base::Timestamp now) {
    domain::Payment payment;
    payment.id = domain::make_payment_id(command.order, static_cast<std::uint32_t>(index));
    payment.bank = command.bank;
    payment.way = command.way;
    payment.state =
        command.way == domain::PayWay::token ? PaymentState::authorised : PaymentState::open;
    payment.amount = amount;
    payment.captured = {0, amount.currency};
    payment.incarnation = memory.incarnation;
    payment.token = command.token;
    payment.started_at = now;
    payment.changed_at = now;
    return payment;
}

// The same wish before; a token is good for one payment whatever became of it. A cashier's bill
// that is being closed, since something newer was begun, is not gone back to.
const domain::Payment* same_wish(const std::vector<domain::Payment>& payments,
                                 const domain::StartPayment& command) {
    const auto found = std::ranges::find_if(payments, [&](const domain::Payment& payment) {
        if (payment.bank != command.bank || payment.way != command.way) return false;
        if (command.way == domain::PayWay::token) return payment.token == command.token;
        return domain::is_open(payment.state) && !payment.parked &&
               payment.id == payments.back().id;
    });
    return found == payments.end() ? nullptr : &*found;
}

}  // namespace

void decide_start(const BoxOffice::Memory& memory, const domain::StartPayment& command,
                  base::Timestamp now, Decision& out) {
    const StoredOrder* stored = own_order(memory, command.person, command.order, out);
    if (stored == nullptr) return;
    domain::Order& order = out.outcome.order;
    order = memory.view(command.order, *stored, now);
    const Money* money = memory.find_money(command.order);
    const std::vector<domain::Payment> none;
    const auto& payments = money == nullptr ? none : money->payments;
    if (const domain::Payment* same = same_wish(payments, command)) {
        out.outcome.kind = OutcomeKind::repeated;
        return show(out, *same);
    }
    if (order.state != OrderState::reserved) return refuse(out, Refusal::order_not_payable);
    const base::Money amount = order.amount();
    if (command.way == domain::PayWay::token) {
        const bool fits = command.authorised.currency == amount.currency &&
                          command.authorised.minor >= amount.minor;
        if (!fits)
            return refuse(out, Refusal::authorisation_too_small,
                          {.limit = static_cast<std::uint64_t>(amount.minor),
                           .used = static_cast<std::uint64_t>(command.authorised.minor)});
        if (command.authorised_until <= now)
            return refuse(out, Refusal::authorisation_expired, {.at = command.authorised_until});
    }
    if (payments.size() >= domain::kPaymentsPerOrderMax)
        return refuse(out, Refusal::payments_exhausted, {.limit = domain::kPaymentsPerOrderMax});
    domain::Payment payment = new_payment(memory, command, payments.size(), amount, now);
    accept(out, domain::PaymentStarted{payment});
    show(out, std::move(payment));
    if (command.way != domain::PayWay::token) return;
    accept(out, domain::OrderMoved{command.order, OrderState::paid, now, {}});
    order.state = OrderState::paid;
    order.changed_at = now;
}

void decide_step(const BoxOffice::Memory& memory, const domain::TryPaymentStep& command,
                 base::Timestamp now, Decision& out) {
    const domain::Payment* payment = known_payment(memory, command.payment, now, out);
    if (payment == nullptr) return;
    const bool needed = is_needed(memory, *payment, out.outcome.order);
    const bool deducts = command.step == domain::PaymentStep::deduct;
    const bool wanted = deducts ? needed && payment->state == PaymentState::authorised
                                : !needed && domain::is_open(payment->state);
    if (!wanted || payment->parked) return refuse_payment(out, Refusal::step_not_wanted, *payment);
    domain::Payment tried = *payment;
    ++tried.tries;
    tried.changed_at = now;
    show(out, std::move(tried));
    accept(out, domain::PaymentStepTried{command.payment, command.step, now});
}

void decide_report(const BoxOffice::Memory& memory, const domain::ReportPayment& command,
                   base::Timestamp now, Decision& out) {
    const domain::Payment* payment = known_payment(memory, command.payment, now, out);
    if (payment == nullptr) return;
    // A name of a past that was lost, or the word of a bank that was not asked.
    const bool is_named =
        payment->incarnation == command.incarnation && payment->bank == command.bank;
    const bool fits = command.transaction.size() <= domain::kTransactionBytesMax;
    if (!is_named || !fits) return refuse(out, Refusal::payment_unknown);
    if (command.word != BankWord::captured) return end_payment(command, *payment, now, out);
    Capturing(memory, command, *payment, now, out).run();
}

void decide_park(const BoxOffice::Memory& memory, const domain::ParkPayment& command,
                 base::Timestamp now, Decision& out) {
    const domain::Payment* payment = known_payment(memory, command.payment, now, out);
    if (payment == nullptr) return;
    if (!domain::is_open(payment->state))
        return refuse_payment(out, Refusal::payment_final, *payment);
    domain::Payment parked = *payment;
    parked.parked = true;
    parked.reason = command.reason;
    out.outcome.kind = OutcomeKind::unchanged;
    if (!payment->parked) accept(out, domain::PaymentParked{command.payment, command.reason, now});
    show(out, std::move(parked));
}

void decide_resume(const BoxOffice::Memory& memory, const domain::ResumePayment& command,
                   base::Timestamp now, Decision& out) {
    const domain::Payment* payment = known_payment(memory, command.payment, now, out);
    if (payment == nullptr) return;
    if (!payment->parked) return refuse_payment(out, Refusal::not_parked, *payment);
    domain::Payment resumed = *payment;
    resumed.parked = false;
    resumed.tries = 0;
    resumed.reason = domain::PaymentReason::none;
    show(out, std::move(resumed));
    accept(out, domain::PaymentResumed{command.payment, command.by, now});
}

}  // namespace onsale::boxoffice
