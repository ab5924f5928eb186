// UniqueFunction: a callable that is moved, never copied, so that it can own what it needs
// (std::move_only_function is C++23). Small callables (up to 48 bytes, nothrow movable) are stored
// in place: a reply to a buyer costs no allocation.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "base/check.h"

namespace onsale::base {

template <class Signature>
class UniqueFunction;

template <class R, class... Args>
class UniqueFunction<R(Args...)> {
    static constexpr std::size_t kInPlaceBytes = 48;

    struct Operations {
        R (*call)(void*, Args&&...);
        void (*move)(void* from, void* to) noexcept;  // constructs at `to`, destroys `from`
        void (*destroy)(void*) noexcept;
    };

    template <class F>
    static constexpr bool kInPlace =
        sizeof(F) <= kInPlaceBytes &&
        alignof(F) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<F>;

    template <class F>
    static constexpr Operations kInPlaceOperations = {
        [](void* p, Args&&... args) -> R {
            return (*static_cast<F*>(p))(std::forward<Args>(args)...);
        },
        [](void* from, void* to) noexcept {
            ::new (to) F(std::move(*static_cast<F*>(from)));
            static_cast<F*>(from)->~F();
        },
        [](void* p) noexcept { static_cast<F*>(p)->~F(); }};

    template <class F>
    static constexpr Operations kHeapOperations = {
        [](void* p, Args&&... args) -> R {
            return (**static_cast<F**>(p))(std::forward<Args>(args)...);
        },
        [](void* from, void* to) noexcept { ::new (to) F*(*static_cast<F**>(from)); },
        [](void* p) noexcept { delete *static_cast<F**>(p); }};

  public:
    UniqueFunction() = default;
    UniqueFunction(std::nullptr_t) {}
    template <class F>
    requires(!std::is_same_v<std::decay_t<F>, UniqueFunction> &&
             std::is_invocable_r_v<R, std::decay_t<F>&, Args...>) UniqueFunction(F&& callable) {
        using Callable = std::decay_t<F>;
        if constexpr (kInPlace<Callable>) {
            ::new (static_cast<void*>(storage_)) Callable(std::forward<F>(callable));
            operations_ = &kInPlaceOperations<Callable>;
        } else {
            auto owned = std::make_unique<Callable>(std::forward<F>(callable));
            ::new (static_cast<void*>(storage_)) Callable*(owned.release());
            operations_ = &kHeapOperations<Callable>;
        }
    }
    UniqueFunction(UniqueFunction&& other) noexcept { take(other); }
    UniqueFunction& operator=(UniqueFunction&& other) noexcept {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    UniqueFunction(const UniqueFunction&) = delete;
    UniqueFunction& operator=(const UniqueFunction&) = delete;
    ~UniqueFunction() { reset(); }

    explicit operator bool() const noexcept { return operations_ != nullptr; }

    R operator()(Args... args) {
        ONSALE_CHECK(operations_ != nullptr);
        return operations_->call(storage_, std::forward<Args>(args)...);
    }

  private:
    void reset() noexcept {
        if (operations_ != nullptr) operations_->destroy(storage_);
        operations_ = nullptr;
    }
    void take(UniqueFunction& other) noexcept {
        operations_ = other.operations_;
        if (operations_ != nullptr) operations_->move(other.storage_, storage_);
        other.operations_ = nullptr;
    }

    const Operations* operations_ = nullptr;
    alignas(std::max_align_t) std::byte storage_[kInPlaceBytes];
};

}  // namespace onsale::base
