// BoundedVector<T, N>: up to N trivially copyable values stored in place, no allocation. Pushing
// more than N is a programmer's error: the caller checks the limit first, because exceeding it is a
// refusal with a name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/check.h"

namespace onsale::base {

template <class T, std::size_t N>
class BoundedVector {
    static_assert(std::is_trivially_copyable_v<T> && N > 0 && N < 256);

  public:
    constexpr BoundedVector() = default;

    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    [[nodiscard]] constexpr bool full() const { return size_ == N; }
    [[nodiscard]] static constexpr std::size_t capacity() { return N; }

    constexpr void push_back(const T& value) {
        ONSALE_CHECK(size_ < N);
        items_[size_++] = value;
    }
    constexpr void clear() { size_ = 0; }

    constexpr T& operator[](std::size_t i) {
        ONSALE_CHECK(i < size_);
        return items_[i];
    }
    constexpr const T& operator[](std::size_t i) const {
        ONSALE_CHECK(i < size_);
        return items_[i];
    }
    constexpr T* begin() { return items_.data(); }
    constexpr T* end() { return items_.data() + size_; }
    constexpr const T* begin() const { return items_.data(); }
    constexpr const T* end() const { return items_.data() + size_; }

    friend constexpr bool operator==(const BoundedVector& a, const BoundedVector& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

  private:
    std::array<T, N> items_{};
    std::uint8_t size_ = 0;
};

}  // namespace onsale::base
