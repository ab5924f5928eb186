// Result<T, E>: a value or the reason why there is none, in the shape of std::expected (which C++20
// does not have yet). We never throw; a function that can fail says so in its type, and the caller
// cannot forget it ([[nodiscard]]).
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "base/check.h"

namespace onsale::base {

template <class E>
struct Unexpected {
    E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

template <class T, class E>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    template <class F>
    requires std::is_constructible_v<E, F> Result(Unexpected<F> unexpected)
        : state_(std::in_place_index<1>, std::move(unexpected.error)) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& value() & { return checked(); }
    const T& value() const& { return const_cast<Result*>(this)->checked(); }
    T&& value() && { return std::move(checked()); }
    T& operator*() & { return checked(); }
    const T& operator*() const& { return const_cast<Result*>(this)->checked(); }
    T&& operator*() && { return std::move(checked()); }
    T* operator->() { return &checked(); }
    const T* operator->() const { return &const_cast<Result*>(this)->checked(); }

    const E& error() const& {
        ONSALE_CHECK(!has_value());
        return *std::get_if<1>(&state_);
    }
    E&& error() && {
        ONSALE_CHECK(!has_value());
        return std::move(*std::get_if<1>(&state_));
    }

  private:
    T& checked() {
        ONSALE_CHECK(has_value());
        return *std::get_if<0>(&state_);
    }
    std::variant<T, E> state_;
};

template <class E>
class [[nodiscard]] Result<void, E> {
  public:
    Result() = default;
    template <class F>
    requires std::is_constructible_v<E, F> Result(Unexpected<F> unexpected)
        : state_(std::in_place_index<1>, std::move(unexpected.error)) {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    void value() const { ONSALE_CHECK(has_value()); }
    const E& error() const& {
        ONSALE_CHECK(!has_value());
        return *std::get_if<1>(&state_);
    }
    E&& error() && {
        ONSALE_CHECK(!has_value());
        return std::move(*std::get_if<1>(&state_));
    }

  private:
    std::variant<std::monostate, E> state_;
};

}  // namespace onsale::base

// ONSALE_TRY(expression): returns the error to the caller, or goes on. ONSALE_TRY_ASSIGN(name,
// expression) also names the value.
#define ONSALE_CONCAT_INNER(a, b) a##b
#define ONSALE_CONCAT(a, b) ONSALE_CONCAT_INNER(a, b)
#define ONSALE_TRY(expression)                                                       \
    do {                                                                             \
        auto onsale_try_result = (expression);                                       \
        if (!onsale_try_result) [[unlikely]]                                         \
            return ::onsale::base::Unexpected{std::move(onsale_try_result).error()}; \
    } while (false)
#define ONSALE_TRY_ASSIGN(name, expression)                           \
    auto ONSALE_CONCAT(onsale_try_, __LINE__) = (expression);         \
    if (!ONSALE_CONCAT(onsale_try_, __LINE__)) [[unlikely]]           \
        return ::onsale::base::Unexpected{                            \
            std::move(ONSALE_CONCAT(onsale_try_, __LINE__)).error()}; \
    auto name = std::move(ONSALE_CONCAT(onsale_try_, __LINE__)).value()
