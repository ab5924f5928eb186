// Strong integers: ids and amounts that cannot be mixed up. No implicit conversion in either
// direction; ordered and hashable.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace onsale::base {

template <class Tag, class Integer>
class Strong {
  public:
    using value_type = Integer;

    constexpr Strong() = default;
    constexpr explicit Strong(Integer value) : value_(value) {}

    [[nodiscard]] constexpr Integer value() const noexcept { return value_; }
    constexpr auto operator<=>(const Strong&) const = default;

  private:
    Integer value_{};
};

// Mixes the bits of an id; good enough for power-of-two tables (finaliser of splitmix64, Steele et
// al. 2014).
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t x) noexcept {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

template <class Tag, class Integer>
std::size_t hash_value(Strong<Tag, Integer> id) noexcept {
    return static_cast<std::size_t>(mix_bits(static_cast<std::uint64_t>(id.value())));
}

}  // namespace onsale::base

template <class Tag, class Integer>
struct std::hash<onsale::base::Strong<Tag, Integer>> {
    std::size_t operator()(onsale::base::Strong<Tag, Integer> id) const noexcept {
        return hash_value(id);
    }
};
