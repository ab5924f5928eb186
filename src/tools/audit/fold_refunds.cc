// Refunds, money that belongs to nobody, and what must hold of all money at the end.
#include <fmt/format.h>

#include <algorithm>

#include "audit/internal/fold.h"
#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

constexpr std::int64_t kBasisPoints = 10'000;

// Each cause gives back money of one use.
std::uint32_t use_of(std::uint32_t cause) {
    switch (cause) {
        case kCauseLate:
            return kUseLate;
        case kCauseDuplicate:
            return kUseDuplicate;
        case kCauseMismatch:
            return kUseMismatch;
        default:
            return kUseOrder;
    }
}

}  // namespace

Refund* Fold::known_refund(std::uint64_t id) {
    report_.checked(Clause::s1);
    const auto found = money_index_.find(id >> kFlowBits);
    if (found != money_index_.end()) {
        auto& refunds = money_[found->second].refunds;
        const auto refund = std::ranges::find(refunds, id, &Refund::id);
        if (refund != refunds.end()) return &*refund;
    }
    report_.breach(Clause::s1, fmt::format("{}: refund {} was never asked for", place(), id));
    return nullptr;
}

void Fold::apply_refund_fact(const records::Fact& fact) {
    using records::Fact;
    switch (fact.kind_case()) {
        case Fact::kRefundRequested:
            return request_refund(fact.refund_requested());
        case Fact::kRefundReviewed:
            return review(fact.refund_reviewed());
        case Fact::kRefundCancelled:
            return end_refund(fact.refund_cancelled().id(), kRefundCancelled);
        case Fact::kRefundTried: {
            Refund* refund = known_refund(fact.refund_tried().id());
            if (refund == nullptr) return;
            report_.checked(Clause::s5);
            ++refund->tries;
            if (refund->state == kRefundApproved && !refund->parked) return;
            return report_.breach(
                Clause::s5,
                fmt::format("{}: refund {} is tried in state {}{}", place(), refund->id,
                            refund->state, refund->parked ? ", while it is parked" : ""));
        }
        case Fact::kRefundCompleted:
            return end_refund(fact.refund_completed().refund(), kRefundCompleted);
        case Fact::kRefundReopened:
            end_refund(fact.refund_reopened().id(), kRefundApproved);
            if (Refund* refund = known_refund(fact.refund_reopened().id()))
                refund->refused = fact.refund_reopened().refused();
            return;
        case Fact::kRefundParked:
            if (Refund* refund = known_refund(fact.refund_parked().id())) {
                refund->parked = true;
                refund->refused = refund->refused || fact.refund_parked().refused();
                refund->given_before = refund->given_before || fact.refund_parked().given_before();
            }
            return;
        case Fact::kRefundResumed:
            if (Refund* refund = known_refund(fact.refund_resumed().id())) {
                refund->parked = false;
                refund->refused = false;
                refund->given_before = false;
                refund->first_settler = 0;
            }
            return;
        case Fact::kRefundSettled:
            return settle(fact.refund_settled());
        default:
            return;
    }
}

void Fold::request_refund(const records::Refund& record) {
    check_moment(record.requested_at_ms(), Subject::refund, record.id());
    const auto found = money_index_.find(record.id() >> kFlowBits);
    Money* money = found == money_index_.end() ? nullptr : &money_[found->second];
    const Payment* payment = money == nullptr ? nullptr : money->find(record.payment());
    report_.checked(Clause::m2);
    if (payment == nullptr || payment->state != kPaymentCaptured) {
        report_.breach(Clause::m2, fmt::format("{}: refund {} of payment {}, which has taken "
                                               "nothing",
                                               place(), record.id(), record.payment()));
        return;
    }
    report_.checked(Clause::s4);
    if ((record.id() & ((1U << kFlowBits) - 1)) != money->refunds.size()) {
        report_.breach(Clause::s4, fmt::format("{}: refund {} is not number {} of its order",
                                               place(), record.id(), money->refunds.size()));
        return;
    }
    Refund refund;
    refund.id = record.id();
    refund.payment = record.payment();
    refund.bank = record.bank();
    refund.cause = record.cause();
    refund.state = record.state();
    refund.amount_minor = record.amount().minor();
    refund.fee_minor = record.fee().minor();
    refund.reviews_needed = record.reviews_needed();
    check_refund(refund, *payment, *money);
    money->refunds.push_back(std::move(refund));
}

void Fold::check_refund(const Refund& refund, const Payment& payment, const Money& money) {
    std::int64_t before = 0;
    for (const Refund& other : money.refunds) {
        if (other.payment == payment.id && (other.is_open() || other.counts()))
            before += other.whole();
    }
    const bool positive = refund.amount_minor > 0 && refund.fee_minor >= 0;
    if (!positive || before + refund.whole() > payment.captured.minor) {
        report_.breach(Clause::m2,
                       fmt::format("{}: refund {} gives back {} and keeps {} of {}, of which {} "
                                   "are given back before",
                                   place(), refund.id, refund.amount_minor, refund.fee_minor,
                                   payment.captured.minor, before));
    }
    report_.checked(Clause::m6);
    const Session& session = sessions_[find_order(money.order)->session];
    // Rounded down, in the buyer's favour; amounts are far below what would overflow here.
    const bool has_fee = refund.cause == kCauseBuyer;
    const std::int64_t rest = payment.captured.minor % kBasisPoints;
    const std::int64_t points = has_fee ? session.fee_basis_points : 0;
    const std::int64_t fee =
        payment.captured.minor / kBasisPoints * points + rest * points / kBasisPoints;
    if (refund.fee_minor != fee || refund.whole() != payment.captured.minor) {
        report_.breach(Clause::m6, fmt::format("{}: refund {} keeps {} of {}, by the session's "
                                               "terms it is {}",
                                               place(), refund.id, refund.fee_minor,
                                               payment.captured.minor, fee));
    }
    report_.checked(Clause::m3);
    if (use_of(refund.cause) != payment.use || refund.bank != payment.bank) {
        report_.breach(Clause::m3,
                       fmt::format("{}: refund {} for cause {} does not fit payment {}, which was "
                                   "for use {}",
                                   place(), refund.id, refund.cause, payment.id, payment.use));
    }
}

void Fold::review(const records::RefundReviewed& record) {
    check_moment(record.at_ms(), Subject::refund, record.refund());
    Refund* refund = known_refund(record.refund());
    if (refund == nullptr) return;
    const bool again = std::ranges::count(refund->reviewers, record.by()) != 0;
    refund->reviewers.push_back(record.by());
    const bool enough = refund->reviewers.size() >= refund->reviews_needed;
    const std::uint32_t due = !record.approved() ? kRefundRejected
                              : enough           ? kRefundApproved
                                                 : kRefundRequested;
    if (refund->state != kRefundRequested || record.state() != due ||
        (again && record.approved())) {
        report_.breach(Clause::s1,
                       fmt::format("{}: refund {} goes from state {} to {} by review number {}{}",
                                   place(), refund->id, refund->state, record.state(),
                                   refund->reviewers.size(), again ? ", of the same person" : ""));
    }
    refund->state = record.state();
}

void Fold::end_refund(std::uint64_t id, std::uint32_t state) {
    Refund* refund = known_refund(id);
    if (refund == nullptr) return;
    const std::uint32_t from = state == kRefundCancelled   ? kRefundRequested
                               : state == kRefundCompleted ? kRefundApproved
                                                           : kRefundCompleted;
    if (refund->state != from) {
        report_.breach(Clause::s1, fmt::format("{}: refund {} goes from state {} to {}", place(),
                                               id, refund->state, state));
    }
    if (state == kRefundCompleted) {
        report_.checked(Clause::s5);
        if (refund->tries == 0) {
            report_.breach(
                Clause::s5,
                fmt::format("{}: refund {} is completed, and was never tried", place(), id));
        }
    }
    refund->state = state;
    // What the bank takes back waits for a person.
    refund->parked = state == kRefundApproved;
    refund->refused = false;
    refund->given_before = false;
    refund->first_settler = 0;
}

// Two people say so, of whom neither is the buyer, and only after the bank's final no.
void Fold::settle(const records::RefundSettled& record) {
    check_moment(record.at_ms(), Subject::refund, record.refund());
    Refund* refund = known_refund(record.refund());
    if (refund == nullptr) return;
    report_.checked(Clause::m2);
    const std::uint64_t buyer = find_order(record.refund() >> kFlowBits)->person;
    const bool is_second = refund->first_settler != 0;
    const bool fits = refund->state == kRefundApproved && refund->refused &&
                      record.completed() == is_second && record.by() != buyer &&
                      record.by() != refund->first_settler;
    if (!fits) {
        report_.breach(Clause::m2,
                       fmt::format("{}: refund {} is settled otherwise by {}, in state {}{}",
                                   place(), refund->id, record.by(), refund->state,
                                   refund->refused ? "" : ", without a refusal of its bank"));
    }
    if (!record.completed()) {
        refund->first_settler = record.by();
        return;
    }
    refund->state = kRefundCompleted;
    refund->settled = !refund->given_before;
    refund->parked = false;
}

Stray* Fold::known_stray(std::uint64_t id) {
    report_.checked(Clause::s1);
    const auto found = strays_.find(id);
    if (found != strays_.end()) return &found->second;
    report_.breach(Clause::s1,
                   fmt::format("{}: money {} of nobody was never received", place(), id));
    return nullptr;
}

void Fold::receive_stray(const records::Stray& record) {
    check_moment(record.received_at_ms(), Subject::stray, record.id());
    report_.checked(Clause::s4);
    if (shard_ != 0 || record.id() != strays_.size() + 1) {
        report_.breach(Clause::s4, fmt::format("{}: money {} of nobody where number {} was due",
                                               place(), record.id(), strays_.size() + 1));
    }
    check_transaction(record.bank(), record.transaction());
    Stray stray;
    stray.id = record.id();
    stray.bank = record.bank();
    stray.amount = {record.amount().minor(), record.amount().currency()};
    stray.received_at_ms = record.received_at_ms();
    stray.transaction = record.transaction();
    strays_.emplace(stray.id, std::move(stray));
}

void Fold::apply_stray_fact(const records::Fact& fact) {
    using records::Fact;
    if (fact.has_stray_received()) return receive_stray(fact.stray_received());
    if (fact.has_stray_tried()) {
        Stray* stray = known_stray(fact.stray_tried().id());
        if (stray == nullptr) return;
        report_.checked(Clause::s5);
        ++stray->tries;
        if (!stray->returned && !stray->parked) return;
        return report_.breach(Clause::s5, fmt::format("{}: the return of money {} of nobody is "
                                                      "tried, which is not wanted",
                                                      place(), stray->id));
    }
    if (fact.has_stray_returned()) {
        Stray* stray = known_stray(fact.stray_returned().id());
        if (stray == nullptr) return;
        report_.checked(Clause::s5);
        if (stray->returned || stray->tries == 0) {
            report_.breach(
                stray->returned ? Clause::s1 : Clause::s5,
                fmt::format("{}: money {} of nobody is returned after {} tries{}", place(),
                            stray->id, stray->tries, stray->returned ? ", a second time" : ""));
        }
        stray->returned = true;
        stray->parked = false;
        return;
    }
    const bool parks = fact.has_stray_parked();
    Stray* stray = known_stray(parks ? fact.stray_parked().id() : fact.stray_resumed().id());
    if (stray != nullptr) stray->parked = parks;
}

// Money that a bank has taken stands in exactly one place: with who sells, with the buyer again, or
// in suspense, from where it soon goes back.
void Fold::check_captured(const Money& money, const Payment& payment, std::int64_t suspense_ms) {
    std::uint64_t back = 0;
    bool gone = false;
    for (const Refund& refund : money.refunds) {
        if (refund.payment != payment.id || !refund.counts()) continue;
        ++back;
        gone = gone || refund.state == kRefundCompleted;
    }
    const Order& order = *find_order(money.order);
    report_.checked(Clause::m3);
    if (payment.use != kUseOrder) {
        const std::int64_t age = header_.time_ms - payment.captured_at_ms;
        if (back == 1 && (gone || age <= suspense_ms)) return;
        report_.breach(Clause::m3,
                       fmt::format("shard {}: payment {} took money for use {} {} ms ago, {} "
                                   "refunds of it stand{}",
                                   shard_, payment.id, payment.use, age, back,
                                   gone ? "" : ", none of them completed"));
        return;
    }
    report_.checked(Clause::m4);
    if (!has_tickets(order.state) && order.state != kRefunded) {
        report_.breach(Clause::m4,
                       fmt::format("shard {}: order {} is {}, and payment {} took its "
                                   "money",
                                   shard_, order.id, state_name(order.state), payment.id));
        return;
    }
    const bool fits = order.state == kCompleted ? back == 0 : back <= 1;
    if (fits && (order.state != kRefunded || back == 1)) return;
    report_.breach(Clause::m3, fmt::format("shard {}: order {} is {}, and {} refunds of its money "
                                           "stand",
                                           shard_, order.id, state_name(order.state), back));
}

void Fold::finish_money(std::int64_t suspense_ms) {
    for (const Money& money : money_) {
        for (const Payment& payment : money.payments) {
            if (payment.state == kPaymentCaptured) check_captured(money, payment, suspense_ms);
        }
    }
    for (const auto& [id, stray] : strays_) {
        report_.checked(Clause::m3);
        const std::int64_t age = header_.time_ms - stray.received_at_ms;
        if (stray.returned || age <= suspense_ms) continue;
        report_.breach(Clause::m3, fmt::format("shard {}: money {} of nobody, transaction {} of "
                                               "bank {}, waits for {} ms",
                                               shard_, id, stray.transaction, stray.bank, age));
    }
}

}  // namespace onsale::audit
