// Clock: the only source of time. wall_now() may jump (operators, NTP); monotonic_now() never goes
// back and has no meaning across restarts.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace onsale::env {

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual base::Timestamp wall_now() const = 0;
    // Microseconds since some fixed point of this boot.
    [[nodiscard]] virtual std::int64_t monotonic_us() const = 0;
};

}  // namespace onsale::env
