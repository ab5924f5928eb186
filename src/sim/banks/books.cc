#include "banks/books.h"

#include <utility>

namespace onsale::banks {

const char* to_string(FlowState state) {
    switch (state) {
        case FlowState::unknown:
            return "unknown";
        case FlowState::open:
            return "open";
        case FlowState::captured:
            return "captured";
        case FlowState::failed:
            return "failed";
        case FlowState::closed:
            break;
    }
    return "closed";
}

const char* to_string(RefundState state) {
    switch (state) {
        case RefundState::unknown:
            return "unknown";
        case RefundState::accepted:
            return "accepted";
        case RefundState::completed:
            return "completed";
        case RefundState::refused:
            break;
    }
    return "refused";
}

std::int64_t& Books::balance(std::uint64_t customer) {
    return balances_.try_emplace(customer, kFirstBalance).first->second;
}

std::string Books::next_transaction() {
    return name_ + "-" + std::to_string(++transactions_);
}

std::string Books::authorise(const Wish& wish) {
    std::int64_t& has = balance(wish.customer);
    if (has < wish.amount) return {};
    has -= wish.amount;
    const std::string id = "A" + std::to_string(authorisations_.size() + 1);
    authorisations_[id] = {wish.customer, wish.order, wish.amount, wish.now, HoldState::live};
    return id;
}

void Books::release(Authorisation& authorisation, HoldState state) {
    if (authorisation.state != HoldState::live) return;
    authorisation.state = state;
    balance(authorisation.customer) += authorisation.amount;
}

void Books::expire(std::int64_t now) {
    for (auto& [id, authorisation] : authorisations_) {
        if (authorisation.expires < now) release(authorisation, HoldState::expired);
    }
}

// Why not; empty: it can be deducted, and nothing is held any more.
std::string Books::refuse_deduction(const Wish& wish) {
    const auto found = authorisations_.find(wish.authorisation);
    if (found == authorisations_.end()) return "authorisation_unknown";
    Authorisation& authorisation = found->second;
    if (authorisation.state == HoldState::used) return "authorisation_used";
    if (authorisation.state == HoldState::released) return "closed";
    if (authorisation.state == HoldState::expired || authorisation.expires < wish.now)
        return "authorisation_expired";
    if (authorisation.order != wish.order) return "other_order";
    if (authorisation.amount < wish.amount) return "over_authorised";
    release(authorisation, HoldState::used);
    return {};
}

void Books::capture(Payment& payment, const Wish& wish) {
    payment.state = FlowState::captured;
    payment.customer = wish.customer;
    payment.order = wish.order;
    payment.amount = wish.takes;
    payment.transaction = next_transaction();
    balance(wish.customer) -= wish.takes;
    merchant_ += wish.takes;
}

Payment Books::deduct(const Wish& wish) {
    Payment& payment = payments_[wish.reference];
    if (payment.state != FlowState::unknown) {
        if (payment.state == FlowState::closed)
            return {.state = FlowState::failed, .reason = "closed"};
        return payment;
    }
    payment.reason = refuse_deduction(wish);
    if (!payment.reason.empty()) {
        payment.state = FlowState::failed;
        return payment;
    }
    Wish known = wish;
    known.customer = authorisations_[wish.authorisation].customer;
    capture(payment, known);
    return payment;
}

Payment Books::query(const std::string& reference) const {
    const auto found = payments_.find(reference);
    return found == payments_.end() ? Payment{} : found->second;
}

Payment Books::close(const std::string& reference, const std::string& authorisation) {
    Payment& payment = payments_[reference];
    if (payment.state == FlowState::captured) return payment;
    payment.state = FlowState::closed;
    const auto held = authorisations_.find(authorisation);
    if (held != authorisations_.end()) release(held->second, HoldState::released);
    return payment;
}

Payment Books::pay(const Wish& wish) {
    Payment& payment = payments_[wish.reference];
    const bool can_be_paid =
        payment.state == FlowState::unknown || payment.state == FlowState::open;
    if (can_be_paid && balance(wish.customer) >= wish.takes) capture(payment, wish);
    return payment;
}

Payment Books::give_up(const Wish& wish) {
    Payment& payment = payments_[wish.reference];
    if (payment.state != FlowState::unknown && payment.state != FlowState::open) return payment;
    payment.state = FlowState::failed;
    payment.order = wish.order;
    payment.reason = "given_up";
    return payment;
}

Payment Books::pay_unasked(std::uint64_t customer, std::int64_t amount) {
    const std::string reference =
        "P" + std::to_string(900'000'000 + ++strangers_) + "-00c0ffee00c0ffee";
    Wish wish;
    wish.customer = customer;
    wish.takes = amount;
    Payment& payment = payments_[reference];
    payment.foreign = true;
    capture(payment, wish);
    return payment;
}

std::string Books::reference_of(const RefundWish& wish) const {
    if (wish.transaction.empty()) return wish.reference;
    for (const auto& [reference, payment] : payments_)
        if (payment.transaction == wish.transaction) return reference;
    return {};
}

void Books::give_back(const Refund& refund) {
    Payment& payment = payments_[refund.payment];
    payment.returned += refund.amount;
    balance(payment.customer) += refund.amount;
    merchant_ -= refund.amount;
}

Refund Books::refund(const RefundWish& wish) {
    Refund& refund = refunds_[wish.refund];
    if (refund.state != RefundState::unknown) return refund;
    refund.payment = reference_of(wish);
    refund.amount = wish.amount;
    if (wish.refuses) {
        refund.state = RefundState::refused;
        refund.reason = "account_closed";
        return refund;
    }
    std::int64_t left = query(refund.payment).amount - query(refund.payment).returned;
    for (const auto& [name, other] : refunds_) {
        if (other.state == RefundState::accepted && other.payment == refund.payment)
            left -= other.amount;
    }
    if (wish.amount <= 0 || wish.amount > left) {
        refund.state = RefundState::refused;
        refund.reason = "over_captured";
        wrong_wish_ = wish.refund + " asks for " + std::to_string(wish.amount) + " out of " +
                      refund.payment + ", which has " + std::to_string(left);
        return refund;
    }
    refund.transaction = next_transaction();
    refund.state = wish.later ? RefundState::accepted : RefundState::completed;
    if (!wish.later) give_back(refund);
    return refund;
}

Refund Books::query_refund(const std::string& refund) const {
    const auto found = refunds_.find(refund);
    return found == refunds_.end() ? Refund{} : found->second;
}

std::vector<std::string> Books::complete_refunds() {
    std::vector<std::string> completed;
    for (auto& [name, refund] : refunds_) {
        if (refund.state != RefundState::accepted) continue;
        refund.state = RefundState::completed;
        give_back(refund);
        completed.push_back(name);
    }
    return completed;
}

std::int64_t Books::held() const {
    std::int64_t sum = 0;
    for (const auto& [id, authorisation] : authorisations_)
        if (authorisation.state == HoldState::live) sum += authorisation.amount;
    return sum;
}

std::string Books::broken() const {
    if (!wrong_wish_.empty()) return name_ + ": " + wrong_wish_;
    std::int64_t customers = held();
    for (const auto& [customer, has] : balances_) customers += has;
    std::int64_t captured = 0;
    for (const auto& [reference, payment] : payments_)
        captured += payment.amount - payment.returned;
    const auto began = static_cast<std::int64_t>(balances_.size()) * kFirstBalance;
    if (captured != merchant_ || customers + merchant_ != began)
        return name_ + ": the books do not balance";
    return {};
}

}  // namespace onsale::banks
