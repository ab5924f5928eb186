// Entropy: the only source of randomness that secrets, incarnations and ids may come from. The real
// one is the kernel's (getrandom).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace onsale::env {

class Entropy {
  public:
    virtual ~Entropy() = default;
    virtual void fill(std::span<std::byte> out) = 0;

    [[nodiscard]] std::uint64_t next_u64() {
        std::uint64_t value = 0;
        fill(std::as_writable_bytes(std::span(&value, 1)));
        return value;
    }
};

}  // namespace onsale::env
