// Money: an integer number of minor units (fen for CNY) with its currency. Amounts of different
// currencies never meet in one sum.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

namespace onsale::base {

enum class Currency : std::uint8_t { cny = 1, usd = 2, eur = 3 };

struct Money {
    std::int64_t minor = 0;
    Currency currency = Currency::cny;

    constexpr auto operator<=>(const Money&) const = default;
    [[nodiscard]] constexpr bool is_zero() const { return minor == 0; }
};

// a + b; nothing if the currencies differ or the sum does not fit.
[[nodiscard]] constexpr std::optional<Money> add(Money a, Money b) {
    std::int64_t sum = 0;
    if (a.currency != b.currency || __builtin_add_overflow(a.minor, b.minor, &sum))
        return std::nullopt;
    return Money{sum, a.currency};
}

// price * quantity; nothing if it does not fit.
[[nodiscard]] constexpr std::optional<Money> multiply(Money price, std::uint32_t quantity) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(price.minor, static_cast<std::int64_t>(quantity), &product))
        return std::nullopt;
    return Money{product, price.currency};
}

}  // namespace onsale::base
