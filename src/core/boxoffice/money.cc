// The money of orders in memory: payments, refunds, and how many of them a bank has still to say
// something about.
#include <algorithm>

#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {

const Money* BoxOffice::Memory::find_money(domain::OrderId order) const {
    if (domain::shard_of(order) != shard) return nullptr;
    const auto found = money.find(domain::number_of(order));
    return found == money.end() ? nullptr : found->second.get();
}

const domain::Payment* BoxOffice::Memory::find_payment(domain::PaymentId payment) const {
    const Money* found = find_money(domain::order_of(payment));
    const std::uint32_t index = domain::index_of(payment);
    return found == nullptr || index >= found->payments.size() ? nullptr : &found->payments[index];
}

const domain::Refund* BoxOffice::Memory::find_refund(domain::RefundId refund) const {
    const Money* found = find_money(domain::order_of(refund));
    const std::uint32_t index = domain::index_of(refund);
    return found == nullptr || index >= found->refunds.size() ? nullptr : &found->refunds[index];
}

const domain::Payment* BoxOffice::Memory::payment_of(domain::OrderId order) const {
    const Money* found = find_money(order);
    if (found == nullptr) return nullptr;
    for (const auto& payment : found->payments)
        if (payment.use == domain::MoneyUse::order) return &payment;
    return nullptr;
}

Money& BoxOffice::Memory::money_of(domain::OrderId order) {
    std::unique_ptr<Money>& found = money[domain::number_of(order)];
    if (found == nullptr) found = std::make_unique<Money>();
    return *found;
}

void BoxOffice::Memory::count_open(domain::PaymentId payment) {
    SessionState& session =
        *orders.find(domain::number_of(domain::order_of(payment)))->campaign->session;
    if (domain::is_open(find_payment(payment)->state)) {
        if (open_payments.insert(payment).second) ++session.open_payments;
    } else {
        session.open_payments -= open_payments.erase(payment);
    }
}

void BoxOffice::Memory::count_open(domain::RefundId refund) {
    const domain::OrderId order = domain::order_of(refund);
    SessionState& session = *orders.find(domain::number_of(order))->campaign->session;
    Money& owner = money_of(order);
    if (domain::is_open(find_refund(refund)->state)) {
        if (open_refunds.insert(refund).second) ++session.open_payments;
    } else {
        session.open_payments -= open_refunds.erase(refund);
    }
    const bool waits = std::ranges::any_of(owner.refunds, [](const domain::Refund& other) {
        return other.state == domain::RefundState::requested;
    });
    if (waits == owner.has_review) return;
    owner.has_review = waits;
    if (waits) ++session.in_review;
    if (!waits) --session.in_review;
}

}  // namespace onsale::boxoffice
