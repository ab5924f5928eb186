// The money of the journal against the books of the banks and what buyers were told.
#include <optional>
#include <utility>

#include "banks/stored_money.h"
#include "payments/flow_name.h"

namespace onsale::banks {
namespace {

using domain::OrderState;
using payments::FlowKind;

std::string name_of(domain::OrderId order) {
    return "order " + std::to_string(order.value());
}

const Bank* bank_of(const std::vector<std::unique_ptr<Bank>>& banks, domain::BankId number) {
    for (const auto& bank : banks)
        if (bank->number() == number.value()) return bank.get();
    return nullptr;
}

// What the bank has of this payment.
std::int64_t left_of(const Payment& payment) {
    return payment.amount - payment.returned;
}

std::string fits(std::string_view what, bool is_so) {
    return is_so ? std::string() : std::string(what);
}

// The bank's refund of this id, under whichever of its names it was done.
const Refund* completed_refund(const Books& books, const domain::Refund& refund,
                               std::uint64_t& count) {
    const Refund* found = nullptr;
    for (const auto& [name, known] : books.refunds()) {
        const auto parsed = payments::parse_flow_name(name);
        const bool is_it = parsed && parsed->kind == FlowKind::refund &&
                           parsed->id == refund.id.value() &&
                           parsed->incarnation == refund.incarnation;
        if (!is_it || known.state != RefundState::completed) continue;
        found = &known;
        ++count;
    }
    return found;
}

const char* word_of(const domain::Payment& payment) {
    switch (payment.use) {
        case domain::MoneyUse::none:
            return payment.state == domain::PaymentState::closed ? "payments closed"
                                                                 : "payments failed";
        case domain::MoneyUse::order:
            return "payments for an order";
        case domain::MoneyUse::late:
            return "payments too late";
        case domain::MoneyUse::duplicate:
            return "payments twice";
        case domain::MoneyUse::mismatch:
            break;
    }
    return "payments of a wrong amount";
}

}  // namespace

std::map<std::string, std::uint64_t> StoredMoney::counts() const {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [id, entry] : entries_) {
        ++counts["orders " + std::string(to_string(entry.order.state))];
        if (entry.revived) ++counts["orders revived by late money"];
        for (const auto& payment : entry.payments) ++counts[word_of(payment)];
        for (const auto& refund : entry.refunds) {
            const bool done = refund.state == domain::RefundState::completed;
            ++counts[done ? "refunds completed" : "refunds given up or rejected"];
        }
    }
    counts["money of nobody"] += strays_.size();
    return counts;
}

const StoredMoney::Entry* StoredMoney::entry_of(domain::OrderId order) const {
    const auto found = entries_.find(order);
    return found == entries_.end() ? nullptr : &found->second;
}

StoredMoney::Problem StoredMoney::compare_payment(const domain::Payment& payment,
                                                  const Books& books) const {
    const std::string name = payments::to_string(payments::name_of(payment));
    const Payment known = books.query(name);
    if (domain::is_open(payment.state)) return name + " has no end";
    const bool captured = payment.state == domain::PaymentState::captured;
    if (captured != (known.state == FlowState::captured))
        return name + (captured ? " is captured, its bank says " : " has failed, its bank says ") +
               to_string(known.state);
    if (!captured) return {};
    const bool same =
        known.amount == payment.captured.minor && known.transaction == payment.transaction;
    return fits(name + " has another amount or transaction at its bank", same);
}

StoredMoney::Problem StoredMoney::compare_refund(const domain::Refund& refund,
                                                 const Books& books) const {
    const std::string name = payments::to_string(payments::name_of(refund));
    std::uint64_t count = 0;
    const Refund* known = completed_refund(books, refund, count);
    if (domain::is_open(refund.state)) return name + " has no end";
    if (refund.state != domain::RefundState::completed)
        return fits(name + " is not wanted, and its bank has done it", known == nullptr);
    if (count > 1) return name + " was done " + std::to_string(count) + " times";
    if (known == nullptr) return name + " is completed, and its bank has not done it";
    return fits(name + " has another amount at its bank", known->amount == refund.amount.minor);
}

// One price at one bank for tickets; for no tickets nothing, or the fee that the policy keeps.
StoredMoney::Problem StoredMoney::compare_order(const Entry& entry, std::int64_t at_banks) const {
    const domain::Order& order = entry.order;
    const std::string name = name_of(order.id) + " (" + std::string(to_string(order.state)) + ")";
    if (!domain::is_final(order.state)) return name + " has no end";
    std::int64_t paid = 0;
    std::uint64_t paying = 0;
    for (const auto& payment : entry.payments) {
        if (payment.use != domain::MoneyUse::order) continue;
        paid += payment.captured.minor;
        ++paying;
    }
    const bool sold = order.state == OrderState::completed || order.state == OrderState::refunded;
    if (paying != (sold ? 1U : 0U))
        return name + " is paid for " + std::to_string(paying) + " times";
    if (sold && paid != order.amount().minor) return name + " has another price than was paid";
    std::int64_t expected = order.state == OrderState::completed ? paid : 0;
    for (const auto& refund : entry.refunds) {
        const bool keeps_fee = refund.state == domain::RefundState::completed &&
                               refund.cause == domain::RefundCause::buyer;
        if (keeps_fee)
            expected += domain::refund_fee(base::Money{paid}, policy_.fee_basis_points).minor;
    }
    return fits(name + ": banks have " + std::to_string(at_banks) + " of it, and it should be " +
                    std::to_string(expected),
                at_banks == expected);
}

// INVARIANT: nothing is asked of a bank under a name that is not in the journal, and what belongs
// to nobody goes back.
StoredMoney::Problem StoredMoney::compare_names(const Bank& bank) const {
    for (const auto& [reference, payment] : bank.books().payments()) {
        const auto name = payments::parse_flow_name(reference);
        if (payment.foreign) {
            const auto stray = strays_.find(payment.transaction);
            const bool returned = stray != strays_.end() && left_of(payment) == 0 &&
                                  stray->second.state == domain::StrayState::returned;
            if (!returned) return reference + " is nobody's, and was not returned";
            continue;
        }
        if (!name || name->kind != FlowKind::payment) return reference + " is no name";
        const domain::PaymentId id(name->id);
        const Entry* entry = entry_of(domain::order_of(id));
        const bool is_known = entry != nullptr && domain::index_of(id) < entry->payments.size();
        if (!is_known) return reference + " is not in the journal";
        const domain::Payment& stored = entry->payments[domain::index_of(id)];
        if (payments::name_of(stored) != *name || stored.bank.value() != bank.number())
            return reference + " is another name than the journal has";
    }
    for (const auto& [refund_name, refund] : bank.books().refunds()) {
        const auto name = payments::parse_flow_name(refund_name);
        if (name && name->kind == FlowKind::stray) continue;  // counted by the payment
        if (!name || name->kind != FlowKind::refund) return refund_name + " is no name";
        const domain::RefundId id(name->id);
        const Entry* entry = entry_of(domain::order_of(id));
        const bool is_known = entry != nullptr && domain::index_of(id) < entry->refunds.size() &&
                              entry->refunds[domain::index_of(id)].incarnation == name->incarnation;
        if (!is_known) return refund_name + " is not in the journal";
    }
    return {};
}

StoredMoney::Problem StoredMoney::compare_told(const Told& told) const {
    for (const auto& [id, seen] : told.orders) {
        const Entry* entry = entry_of(domain::OrderId(id));
        if (entry == nullptr) return "order " + std::to_string(id) + " was told and is not stored";
        const domain::Order& order = entry->order;
        const std::string name = name_of(order.id);
        if (order.amount().minor != seen.amount) return name + " has another amount than was told";
        const std::string state(to_string(order.state));
        if (seen.last != state) return name + " is shown as " + seen.last + " and is " + state;
        const bool has_tickets = order.state == OrderState::completed;
        if (has_tickets != seen.has_tickets)
            return name + (has_tickets ? " shows no tickets" : " shows tickets and is " + state);
        if (seen.completed && !has_tickets && order.state != OrderState::refunded)
            return name + " was told to be completed and is " + state;
    }
    for (const auto& [id, flow] : told.payments) {
        const domain::PaymentId payment(id);
        const Entry* entry = entry_of(domain::order_of(payment));
        const bool is_known =
            entry != nullptr && domain::index_of(payment) < entry->payments.size();
        if (!is_known) return "payment " + std::to_string(id) + " was told and is not stored";
        const domain::Payment& stored = entry->payments[domain::index_of(payment)];
        if (stored.bank.value() != flow.bank || stored.amount.minor != flow.amount)
            return "payment " + std::to_string(id) + " is stored as another one than was told";
    }
    for (const auto& [id, flow] : told.refunds) {
        const domain::RefundId refund(id);
        const Entry* entry = entry_of(domain::order_of(refund));
        const bool is_known = entry != nullptr &&
                              domain::index_of(refund) < entry->refunds.size() &&
                              entry->refunds[domain::index_of(refund)].amount.minor == flow.amount;
        if (!is_known) return "refund " + std::to_string(id) + " is stored as another one or not";
    }
    return {};
}

std::string StoredMoney::compare(const std::vector<std::unique_ptr<Bank>>& banks,
                                 const Told& told) const {
    for (const auto& bank : banks) {
        if (Problem problem = bank->broken(); !problem.empty()) return problem;
        if (bank->books().held() != 0)
            return "bank " + std::to_string(bank->number()) + " holds money";
        if (Problem problem = compare_names(*bank); !problem.empty()) return problem;
    }
    for (const auto& [id, entry] : entries_) {
        std::int64_t at_banks = 0;
        for (const auto& payment : entry.payments) {
            const Bank* bank = bank_of(banks, payment.bank);
            if (bank == nullptr) return name_of(id) + " is paid at no bank";
            at_banks +=
                left_of(bank->books().query(payments::to_string(payments::name_of(payment))));
            if (Problem problem = compare_payment(payment, bank->books()); !problem.empty())
                return problem;
        }
        for (const auto& refund : entry.refunds) {
            const Bank* bank = bank_of(banks, refund.bank);
            if (bank == nullptr) return name_of(id) + " is given back at no bank";
            if (Problem problem = compare_refund(refund, bank->books()); !problem.empty())
                return problem;
        }
        if (Problem problem = compare_order(entry, at_banks); !problem.empty()) return problem;
    }
    for (const auto& [id, pool] : pools_) {
        if (pool.held != 0) return "pool " + std::to_string(id) + " still has something held";
    }
    return compare_told(told);
}

}  // namespace onsale::banks
