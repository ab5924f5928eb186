// How orders go on by money: to paid, completed, failed, refunding and refunded, and back to life
// by a late payment.
#include <fmt/format.h>

#include <algorithm>

#include "audit/internal/fold.h"
#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

// The edges of the published graph that this kind of fact may take.
bool is_edge(std::uint32_t from, std::uint32_t to) {
    switch (to) {
        case kPaid:
            return from == kReserved;
        case kCompleted:
            return from == kPaid || from == kRefunding;
        case kFailed:
            return from == kPaid || from == kReserved;
        case kRefunding:
            return from == kCompleted;
        case kRefunded:
            return from == kRefunding;
        default:
            return false;
    }
}

}  // namespace

Cash Fold::amount_of(const Order& order) const {
    Cash sum{0, order.line.currency};
    for (const Line& line : lines_of(order)) sum.minor += line.unit_price_minor * line.quantity;
    return sum;
}

void Fold::move_order(const records::OrderMoved& record) {
    check_moment(record.at_ms(), Subject::order, record.order());
    report_.checked(Clause::s1);
    const auto found = order_index_.find(record.order());
    if (found == order_index_.end()) {
        report_.breach(Clause::s1, fmt::format("{}: order {} is {}, but was never placed", place(),
                                               record.order(), state_name(record.to())));
        return;
    }
    Order& order = orders_[found->second];
    if (!is_edge(order.state, record.to())) {
        report_.breach(Clause::s1, fmt::format("{}: order {} goes from {} to {}", place(), order.id,
                                               state_name(order.state), state_name(record.to())));
        return;
    }
    switch (record.to()) {
        case kPaid:
            check_paid(order);
            break;
        case kCompleted:
            if (order.state == kPaid) complete(order, record);
            break;
        case kRefunding:
            check_refunding(order);
            break;
        case kRefunded:
            check_refunded(order);
            release(order);
            break;
        default:
            release(order);
    }
    set_state(order, record.to(), record.at_ms());
}

// By money that was taken, or by money that the bank holds for us.
void Fold::check_paid(const Order& order) {
    report_.checked(Clause::m4);
    const Money* money = find_money(order.id);
    const bool is_held =
        money != nullptr && std::ranges::any_of(money->payments, [](const Payment& payment) {
            return payment.state == kPaymentAuthorised;
        });
    if (is_held || (money != nullptr && money->paying() != nullptr)) return;
    report_.breach(Clause::m4, fmt::format("{}: order {} is paid without an authorisation and "
                                           "without money",
                                           place(), order.id));
}

// What was held is sold, and lines of codes get their ordinals.
void Fold::complete(Order& order, const records::OrderMoved& record) {
    Session& session = sessions_[order.session];
    const Money* money = find_money(order.id);
    const Payment* payment = money == nullptr ? nullptr : money->paying();
    report_.checked(Clause::m4);
    if (payment == nullptr || payment->captured != amount_of(order)) {
        report_.breach(Clause::m4,
                       fmt::format("{}: order {} of {} is completed, and {} were taken for it",
                                   place(), order.id, amount_of(order).minor,
                                   payment == nullptr ? 0 : payment->captured.minor));
    }
    const std::size_t lines = lines_of(order).size();
    for (std::size_t i = 0; i < lines; ++i) {
        Line& line = i == 0 ? order.line : extra_lines_[order.extra][i - 1];
        const auto tier = std::ranges::find(session.tiers, line.tier, &Tier::id);
        if (tier == session.tiers.end()) continue;
        Pool& pool = session.pools[tier->pool];
        const auto at = static_cast<int>(i);
        line.first_ordinal = at < record.first_ordinals_size() ? record.first_ordinals(at) : 0;
        const std::uint64_t due = pool.kind == kPoolOfCodes ? pool.next_ordinal : 0;
        report_.checked(Clause::c1);
        if (line.first_ordinal != due) {
            report_.breach(
                Clause::c1,
                fmt::format("{}: order {} gets code {} of pool {} of session {}, due was {}",
                            place(), order.id, line.first_ordinal, pool.id, session.id, due));
        }
        pool.held -= line.quantity;
        pool.sold += line.quantity;
        if (pool.kind == kPoolOfCodes) pool.next_ordinal += line.quantity;
        check_pool(session, pool);
        session.tickets += line.quantity;
        session.issued += line.quantity;
        report_.tickets += line.quantity;
    }
}

// Its money is about to go back.
void Fold::check_refunding(const Order& order) {
    report_.checked(Clause::s6);
    const Money* money = find_money(order.id);
    const bool is_asked =
        money != nullptr && std::ranges::any_of(money->refunds, [](const Refund& refund) {
            return refund.ends_order() && refund.is_open();
        });
    if (is_asked) return;
    report_.breach(Clause::s6, fmt::format("{}: order {} is being refunded, and no refund of it is "
                                           "open",
                                           place(), order.id));
}

// Its money has gone back; tickets and stock follow.
void Fold::check_refunded(const Order& order) {
    report_.checked(Clause::s6);
    const Money* money = find_money(order.id);
    const bool is_done =
        money != nullptr && std::ranges::any_of(money->refunds, [](const Refund& refund) {
            return refund.ends_order() && refund.state == kRefundCompleted;
        });
    if (is_done) return;
    report_.breach(Clause::s6,
                   fmt::format("{}: order {} is refunded, and no refund of it is completed",
                               place(), order.id));
}

// The lines are those that were ordered, or others at the same price; and the money is there.
void Fold::check_late(const Order& order, const Session& session,
                      const records::LatePaymentAccepted& record) {
    report_.checked(Clause::m4);
    const Money* money = find_money(order.id);
    if (money == nullptr || money->paying() == nullptr) {
        report_.breach(Clause::m4,
                       fmt::format("{}: order {} lives again without money", place(), order.id));
    }
    const auto lines = lines_of(order);
    bool same_quantity = static_cast<std::size_t>(record.lines_size()) == lines.size();
    for (std::size_t i = 0; same_quantity && i < lines.size(); ++i) {
        const auto& now = record.lines(static_cast<int>(i));
        const auto tier = std::ranges::find(session.tiers, now.tier(), &Tier::id);
        const bool same_tier = now.tier() == lines[i].tier;
        const bool as_good = same_tier || (record.replaced() && tier != session.tiers.end() &&
                                           tier->price_minor >= lines[i].unit_price_minor);
        same_quantity = now.quantity() == lines[i].quantity && as_good &&
                        now.unit_price_minor() == lines[i].unit_price_minor &&
                        now.currency() == lines[i].currency;
    }
    report_.checked(Clause::t8);
    if (!same_quantity) {
        report_.breach(Clause::t8, fmt::format("{}: order {} lives again with lines that are not "
                                               "as good as what was paid for",
                                               place(), order.id));
    }
}

void Fold::accept_late(const records::LatePaymentAccepted& record) {
    check_moment(record.at_ms(), Subject::order, record.order());
    report_.checked(Clause::s1);
    const auto found = order_index_.find(record.order());
    const std::uint32_t state =
        found == order_index_.end() ? 0U : std::uint32_t{orders_[found->second].state};
    if ((state != kCancelled && state != kExpired) || record.lines_size() == 0) {
        report_.breach(Clause::s1, fmt::format("{}: order {} lives again, and was {} before",
                                               place(), record.order(), state_name(state)));
        return;
    }
    Order& order = orders_[found->second];
    Session& session = sessions_[order.session];
    check_late(order, session, record);
    const std::size_t lines = lines_of(order).size();
    for (std::size_t i = 0; i < lines && static_cast<int>(i) < record.lines_size(); ++i) {
        const auto& now = record.lines(static_cast<int>(i));
        Line& line = i == 0 ? order.line : extra_lines_[order.extra][i - 1];
        line.tier = now.tier();
        line.quantity = now.quantity();
        const auto tier = std::ranges::find(session.tiers, line.tier, &Tier::id);
        if (tier == session.tiers.end()) continue;
        Pool& pool = session.pools[tier->pool];
        pool.free -= line.quantity;
        pool.held += line.quantity;
        check_pool(session, pool);
    }
    const auto money = money_index_.find(order.id);
    if (money != money_index_.end()) money_[money->second].replaced = record.replaced();
    order.hidden = false;
    set_state(order, kPaid, record.at_ms());
    const auto campaign = std::ranges::find(session.campaigns, order.campaign, &Campaign::id);
    check_person(order, session, campaign == session.campaigns.end() ? nullptr : &*campaign);
}

}  // namespace onsale::audit
