#include "ledger/booking.h"

#include "base/check.h"

namespace onsale::ledger {
namespace {

using domain::MoneyUse;

Account of_bank(domain::BankId bank) {
    return {AccountKind::bank, bank.value()};
}
Account of_organiser(domain::OrganiserId organiser) {
    return {AccountKind::organiser, organiser.value()};
}

// Where money of this use waits until it is clear whose it is.
Account waiting(MoneyUse use) {
    switch (use) {
        case MoneyUse::none:
        case MoneyUse::order:
            return {AccountKind::deposits, 0};
        case MoneyUse::late:
            return {AccountKind::suspense_late, 0};
        case MoneyUse::duplicate:
            return {AccountKind::suspense_duplicate, 0};
        case MoneyUse::mismatch:
            return {AccountKind::suspense_mismatch, 0};
    }
    return {AccountKind::deposits, 0};
}

// Where money stands that is to go back.
Account owed_back(MoneyUse use) {
    return use == MoneyUse::order ? Account{AccountKind::refunds_due, 0} : waiting(use);
}

base::Money minus(base::Money amount) {
    return {-amount.minor, amount.currency};
}

// Debits one account and credits another; nothing for nothing.
Sides move(Account debit, Account credit, base::Money amount) {
    if (amount.is_zero()) return {};
    return {{debit, amount}, {credit, minus(amount)}};
}

}  // namespace

Sides book_captured(domain::BankId bank, base::Money amount, MoneyUse use) {
    return move(of_bank(bank), waiting(use), amount);
}

Sides book_completed(domain::OrganiserId organiser, base::Money amount) {
    return move({AccountKind::deposits, 0}, of_organiser(organiser), amount);
}

Sides book_due(domain::OrganiserId organiser, base::Money amount, base::Money fee) {
    const auto whole = base::add(amount, fee);
    ONSALE_CHECK(whole.has_value());
    if (whole->is_zero()) return {};
    Sides sides{{of_organiser(organiser), *whole}};
    if (!amount.is_zero()) sides.push_back({{AccountKind::refunds_due, 0}, minus(amount)});
    if (!fee.is_zero()) sides.push_back({{AccountKind::fees, 0}, minus(fee)});
    return sides;
}

Sides book_refunded(domain::BankId bank, base::Money amount, MoneyUse use) {
    return move(owed_back(use), of_bank(bank), amount);
}

Sides book_reopened(domain::BankId bank, base::Money amount, MoneyUse use) {
    return move(of_bank(bank), owed_back(use), amount);
}

Sides book_settled(base::Money amount, MoneyUse use) {
    return move(owed_back(use), {AccountKind::settled, 0}, amount);
}

Sides book_stray(domain::BankId bank, base::Money amount) {
    return move(of_bank(bank), {AccountKind::suspense_stray, 0}, amount);
}

Sides book_stray_returned(domain::BankId bank, base::Money amount) {
    return move({AccountKind::suspense_stray, 0}, of_bank(bank), amount);
}

}  // namespace onsale::ledger
