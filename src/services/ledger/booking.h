// What is booked for each event of money: the table of docs/formats/ledger.md as functions. Pure,
// any thread; nothing to promise after a crash.
// INVARIANT: whatever is returned balances() or is empty.
#pragma once

#include "base/money.h"
#include "domain/ids.h"
#include "domain/payment.h"
#include "ledger/account.h"

namespace onsale::ledger {

// The bank has taken money for us.
[[nodiscard]] Sides book_captured(domain::BankId bank, base::Money amount, domain::MoneyUse use);
// The order that the money was for is completed: who sells is owed it.
[[nodiscard]] Sides book_completed(domain::OrganiserId organiser, base::Money amount);
// A refund of an order's money is approved: who sells owes it to the buyer, less the fee. Money
// that never was an order's goes on waiting where it is until the bank has given it back.
[[nodiscard]] Sides book_due(domain::OrganiserId organiser, base::Money amount, base::Money fee);
// The bank has given it back; and it has said that it did not after all.
[[nodiscard]] Sides book_refunded(domain::BankId bank, base::Money amount, domain::MoneyUse use);
[[nodiscard]] Sides book_reopened(domain::BankId bank, base::Money amount, domain::MoneyUse use);
// The buyer has got it in another way, as two people say.
[[nodiscard]] Sides book_settled(base::Money amount, domain::MoneyUse use);
// Money that belongs to no payment comes and goes.
[[nodiscard]] Sides book_stray(domain::BankId bank, base::Money amount);
[[nodiscard]] Sides book_stray_returned(domain::BankId bank, base::Money amount);

}  // namespace onsale::ledger
