// Breaker: keeps calls away from an instance that fails. Closed: calls pass. Open, after so many
// failures: none does until a pause is over. Then half open: one call passes as a probe; if it is
// answered the breaker closes, else the pause is doubled. (M. Nygard, Release It!, "Circuit
// Breaker".) A pure value: time is handed in; belongs to the directory. After a crash: closed.
//
// INVARIANT: a call that was begun before the state last changed does not change it any more, so a
// late answer neither closes nor opens anything.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "registry/limits.h"
#include "registry/party.h"

namespace onsale::registry {

class Breaker {
  public:
    [[nodiscard]] bool allows(std::int64_t now_us) const;
    [[nodiscard]] BreakerState state(std::int64_t now_us) const;

    // A call goes out, which allows() has agreed to. The ticket is handed back with its end.
    [[nodiscard]] std::uint64_t begin(std::int64_t now_us);
    void succeeded(std::uint64_t ticket);
    void failed(std::uint64_t ticket, std::int64_t now_us);

  private:
    void open(std::int64_t now_us);
    void close();

    bool open_ = false;
    bool probing_ = false;
    std::int64_t probe_at_us_ = 0;  // while open
    std::int64_t pause_us_ = kBreakerPauseMin.count_ms() * 1000;
    std::uint64_t ticket_ = 1;  // a new one with each change of the state
    std::uint32_t in_a_row_ = 0;
    std::uint32_t calls_ = 0;  // among the last, at most kLastCalls
    std::uint32_t bits_ = 0;   // the last calls, 1: failed; the newest is the lowest
};

}  // namespace onsale::registry
