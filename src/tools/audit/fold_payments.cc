// Payments: money on its way in.
#include <fmt/format.h>

#include <algorithm>

#include "audit/internal/fold.h"
#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

Cash cash_from(const records::Money& record) {
    return {record.minor(), record.currency()};
}

}  // namespace

const Money* Fold::find_money(std::uint64_t order) const {
    const auto found = money_index_.find(order);
    return found == money_index_.end() ? nullptr : &money_[found->second];
}

Payment* Fold::known_payment(std::uint64_t id) {
    report_.checked(Clause::s1);
    const auto found = money_index_.find(id >> kFlowBits);
    if (found != money_index_.end()) {
        auto& payments = money_[found->second].payments;
        const auto payment = std::ranges::find(payments, id, &Payment::id);
        if (payment != payments.end()) return &*payment;
    }
    report_.breach(Clause::s1, fmt::format("{}: payment {} was never started", place(), id));
    return nullptr;
}

void Fold::apply_payment_fact(const records::Fact& fact) {
    using records::Fact;
    switch (fact.kind_case()) {
        case Fact::kPaymentStarted:
            return start_payment(fact.payment_started());
        case Fact::kPaymentStepTried:
            return try_step(fact.payment_step_tried());
        case Fact::kPaymentCaptured:
            return capture(fact.payment_captured());
        case Fact::kPaymentEnded:
            check_moment(fact.payment_ended().at_ms(), Subject::payment,
                         fact.payment_ended().payment());
            return end_payment(fact.payment_ended().payment(), fact.payment_ended().state());
        case Fact::kPaymentParked:
            if (Payment* payment = known_payment(fact.payment_parked().payment()))
                payment->parked = true;
            return;
        case Fact::kPaymentResumed:
            if (Payment* payment = known_payment(fact.payment_resumed().id()))
                payment->parked = false;
            return;
        default:
            return;
    }
}

void Fold::start_payment(const records::Payment& record) {
    check_moment(record.started_at_ms(), Subject::payment, record.id());
    const std::uint64_t order_id = record.id() >> kFlowBits;
    const Order* order = find_order(order_id);
    report_.checked(Clause::s1);
    if (order == nullptr || order->state != kReserved) {
        report_.breach(Clause::s1,
                       fmt::format("{}: payment {} starts, and order {} is not reserved", place(),
                                   record.id(), order_id));
        if (order == nullptr) return;
    }
    const auto [place_of, fresh] =
        money_index_.emplace(order_id, static_cast<std::uint32_t>(money_.size()));
    if (fresh) money_.push_back({order_id, false, {}, {}});
    Money& money = money_[place_of->second];
    report_.checked(Clause::s4);
    if ((record.id() & ((1U << kFlowBits) - 1)) != money.payments.size()) {
        report_.breach(Clause::s4, fmt::format("{}: payment {} is not number {} of its order",
                                               place(), record.id(), money.payments.size()));
        return;
    }
    Payment payment;
    payment.id = record.id();
    payment.bank = record.bank();
    payment.way = record.way();
    payment.state = record.state();
    payment.asked = cash_from(record.amount());
    report_.checked(Clause::m2);
    if (payment.asked != amount_of(*order)) {
        report_.breach(Clause::m2, fmt::format("{}: payment {} asks for {}, order {} costs {}",
                                               place(), payment.id, payment.asked.minor, order_id,
                                               amount_of(*order).minor));
    }
    const std::uint32_t due = payment.way == kWayToken ? kPaymentAuthorised : kPaymentOpen;
    if (payment.state != due) {
        report_.breach(Clause::s1, fmt::format("{}: payment {} begins in state {}", place(),
                                               payment.id, payment.state));
    }
    money.payments.push_back(std::move(payment));
}

// What has an effect at the bank is tried only while it is wanted.
void Fold::try_step(const records::PaymentStepTried& record) {
    check_moment(record.at_ms(), Subject::payment, record.payment());
    Payment* payment = known_payment(record.payment());
    if (payment == nullptr) return;
    report_.checked(Clause::s5);
    const bool deducts = record.step() == kStepDeduct;
    const bool wanted = payment->is_open() && !payment->parked &&
                        (!deducts || payment->state == kPaymentAuthorised);
    if (!wanted) {
        report_.breach(Clause::s5, fmt::format("{}: a step of payment {} is tried in state {}{}",
                                               place(), payment->id, payment->state,
                                               payment->parked ? ", while it is parked" : ""));
    }
    if (deducts) ++payment->deductions;
}

void Fold::check_transaction(std::uint64_t bank, const std::string& transaction) {
    report_.checked(Clause::m5);
    if (transactions_.emplace(bank, transaction).second) return;
    report_.breach(Clause::m5, fmt::format("{}: transaction {} of bank {} counts a second time",
                                           place(), transaction, bank));
}

void Fold::capture(const records::PaymentCaptured& record) {
    check_moment(record.at_ms(), Subject::payment, record.payment());
    Payment* payment = known_payment(record.payment());
    if (payment == nullptr) return;
    if (payment->state == kPaymentCaptured) {
        report_.breach(Clause::m5,
                       fmt::format("{}: payment {} is captured twice", place(), payment->id));
        return;
    }
    report_.checked(Clause::s5);
    if (payment->way == kWayToken && payment->deductions == 0) {
        report_.breach(Clause::s5,
                       fmt::format("{}: payment {} is captured, and no deduction was tried",
                                   place(), payment->id));
    }
    check_transaction(payment->bank, record.transaction());
    const Money& money = money_[money_index_.at(record.payment() >> kFlowBits)];
    const bool had_paying = money.paying() != nullptr;
    payment->state = kPaymentCaptured;
    payment->captured = cash_from(record.amount());
    payment->use = record.use();
    payment->transaction = record.transaction();
    payment->captured_at_ms = record.at_ms();
    payment->parked = false;
    report_.checked(Clause::m5);
    if (had_paying && payment->use == kUseOrder) {
        report_.breach(Clause::m5, fmt::format("{}: order {} is paid for twice, now by payment {}",
                                               place(), money.order, payment->id));
    }
    check_use(*payment, money);
}

// What the money is for follows from its amount and from the order as it is now.
void Fold::check_use(const Payment& payment, const Money& money) {
    report_.checked(Clause::m4);
    const bool same_amount = payment.captured == payment.asked;
    const std::uint32_t state = find_order(money.order)->state;
    const bool has_ended = state == kCancelled || state == kExpired || state == kFailed;
    bool fits = same_amount;
    if (payment.use == kUseMismatch) fits = !same_amount;
    if (payment.use == kUseDuplicate) fits = fits && !has_ended && state != kReserved;
    if (fits && payment.captured.minor > 0) return;
    report_.breach(Clause::m4, fmt::format("{}: payment {} of {} takes {} for use {}, its order is "
                                           "{}",
                                           place(), payment.id, payment.asked.minor,
                                           payment.captured.minor, payment.use, state_name(state)));
}

void Fold::end_payment(std::uint64_t id, std::uint32_t state) {
    Payment* payment = known_payment(id);
    if (payment == nullptr) return;
    if (!payment->is_open() || (state != kPaymentFailed && state != kPaymentClosed)) {
        report_.breach(Clause::s1, fmt::format("{}: payment {} goes from state {} to {}", place(),
                                               id, payment->state, state));
        return;
    }
    payment->state = state;
    payment->parked = false;
}

}  // namespace onsale::audit
