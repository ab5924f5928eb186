// Accounts of the books, and one side of an entry. Values and pure functions, any thread; nothing
// to promise after a crash. docs/formats/ledger.md says what each account is for.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"

namespace onsale::ledger {

// In this order they stand in reports. Numbers are stored.
enum class AccountKind : std::uint8_t {
    bank = 1,         // our money there; number: the bank
    deposits = 2,     // paid for orders that are not completed yet
    organiser = 3,    // what we owe to who sells; number: the organiser
    refunds_due = 4,  // approved, and not given back yet
    fees = 5,         // of refunds
    suspense_late = 6,
    suspense_duplicate = 7,
    suspense_mismatch = 8,
    suspense_stray = 9,
    settled = 10,  // given back in another way than by the bank that had it
};

struct Account {
    AccountKind kind = AccountKind::bank;
    std::uint64_t number = 0;  // of the bank or organiser; else 0
    auto operator<=>(const Account&) const = default;
};
[[nodiscard]] constexpr bool has_number(AccountKind kind) {
    return kind == AccountKind::bank || kind == AccountKind::organiser;
}
[[nodiscard]] std::string to_string(Account account);  // bank:1, organiser:7, suspense:late, fees
[[nodiscard]] std::optional<Account> parse_account(std::string_view text);

// One side: a debit is above zero, a credit below, so the sides of an entry add up to zero.
struct Side {
    Account account;
    base::Money amount;
    bool operator==(const Side&) const = default;
};
using Sides = std::vector<Side>;

// At least two sides, none of them empty, one currency, and their sum is zero.
[[nodiscard]] bool balances(const Sides& sides);

[[nodiscard]] std::string_view to_string(base::Currency currency);  // CNY
[[nodiscard]] std::optional<base::Currency> parse_currency(std::string_view text);

}  // namespace onsale::ledger
