#include "ledger/account.h"

#include <array>
#include <charconv>
#include <utility>

namespace onsale::ledger {
namespace {

using enum AccountKind;

constexpr std::array<std::pair<AccountKind, std::string_view>, 10> kNames = {
    {{bank, "bank"},
     {deposits, "deposits"},
     {organiser, "organiser"},
     {refunds_due, "refunds_due"},
     {fees, "fees"},
     {suspense_late, "suspense:late"},
     {suspense_duplicate, "suspense:duplicate"},
     {suspense_mismatch, "suspense:mismatch"},
     {suspense_stray, "suspense:stray"},
     {settled, "settled"}}};

constexpr std::array<std::pair<base::Currency, std::string_view>, 3> kCurrencies = {
    {{base::Currency::cny, "CNY"}, {base::Currency::usd, "USD"}, {base::Currency::eur, "EUR"}}};

}  // namespace

std::string to_string(Account account) {
    for (const auto& [kind, name] : kNames) {
        if (kind != account.kind) continue;
        std::string text(name);
        return has_number(kind) ? text + ":" + std::to_string(account.number) : text;
    }
    return "unknown";
}

std::optional<Account> parse_account(std::string_view text) {
    for (const auto& [kind, name] : kNames) {
        if (!has_number(kind)) {
            if (text == name) return Account{kind, 0};
            continue;
        }
        if (!text.starts_with(name) || text.substr(name.size(), 1) != ":") continue;
        const std::string_view digits = text.substr(name.size() + 1);
        std::uint64_t number = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size())
            return std::nullopt;
        return Account{kind, number};
    }
    return std::nullopt;
}

bool balances(const Sides& sides) {
    if (sides.size() < 2) return false;
    base::Money sum{0, sides.front().amount.currency};
    for (const Side& side : sides) {
        const auto next = base::add(sum, side.amount);
        if (!next || side.amount.is_zero()) return false;
        sum = *next;
    }
    return sum.is_zero();
}

std::string_view to_string(base::Currency currency) {
    for (const auto& [known, name] : kCurrencies)
        if (known == currency) return name;
    return {};
}

std::optional<base::Currency> parse_currency(std::string_view text) {
    for (const auto& [known, name] : kCurrencies)
        if (name == text) return known;
    return std::nullopt;
}

}  // namespace onsale::ledger
