#include "backstage/internal/figures.h"

#include <algorithm>

#include "answers/json_text.h"
#include "base/check.h"

namespace onsale::backstage {
using namespace answers;
using namespace shop;

using domain::OrderState;

void Sums::add(const statistics::Figure& figure) {
    const auto place = static_cast<std::size_t>(figure.key.state);
    ONSALE_CHECK(place < by_state_.size());
    by_state_[place] += figure.count;
    if (figure.key.state != OrderState::completed) return;
    auto& amount = amounts_[figure.key.currency];
    amount.minor += figure.count.amount_minor;
    amount.orders += figure.count.orders;
}

std::uint64_t Sums::orders() const {
    std::int64_t sum = 0;
    for (const auto& count : by_state_) sum += count.orders;
    return static_cast<std::uint64_t>(sum);
}

std::uint64_t Sums::orders(OrderState state) const {
    return static_cast<std::uint64_t>(by_state_[static_cast<std::size_t>(state)].orders);
}

std::uint64_t Sums::tickets() const {
    return static_cast<std::uint64_t>(
        by_state_[static_cast<std::size_t>(OrderState::completed)].tickets);
}

base::Currency Sums::main_currency() const {
    const auto most = std::ranges::max_element(
        amounts_, {}, [](const auto& entry) { return entry.second.orders; });
    return most == amounts_.end() ? base::Currency::cny : most->first;
}

MoneyBody Sums::amount() const {
    const auto currency = main_currency();
    const auto found = amounts_.find(currency);
    return {found == amounts_.end() ? 0 : found->second.minor, std::string(to_string(currency))};
}

std::optional<std::vector<MoneyBody>> Sums::other_amounts() const {
    std::vector<MoneyBody> others;
    for (const auto& [currency, amount] : amounts_) {
        if (currency != main_currency() && amount.orders != 0)
            others.push_back({amount.minor, std::string(to_string(currency))});
    }
    if (others.empty()) return std::nullopt;
    return others;
}

std::string Sums::refund_rate() const {
    const std::uint64_t refunded = orders(OrderState::refunded);
    const std::uint64_t all = refunded + orders(OrderState::completed);
    const std::uint64_t parts = all == 0 ? 0 : (refunded * 10'000 + all / 2) / all;
    std::string digits = std::to_string(parts);
    if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
    return digits.insert(digits.size() - 4, ".");
}

}  // namespace onsale::backstage
