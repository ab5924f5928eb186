#include "registry/internal/breaker.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace onsale::registry {
namespace {

constexpr std::uint32_t kMask = (std::uint32_t{1} << kLastCalls) - 1;
static_assert(kLastCalls < 32);

}  // namespace

bool Breaker::allows(std::int64_t now_us) const {
    return !open_ || (!probing_ && now_us >= probe_at_us_);
}

BreakerState Breaker::state(std::int64_t now_us) const {
    if (!open_) return BreakerState::closed;
    return probing_ || now_us >= probe_at_us_ ? BreakerState::half_open : BreakerState::open;
}

std::uint64_t Breaker::begin(std::int64_t now_us) {
    ONSALE_CHECK(allows(now_us));
    if (open_) {
        probing_ = true;
        ++ticket_;
    }
    return ticket_;
}

void Breaker::succeeded(std::uint64_t ticket) {
    if (ticket != ticket_) return;
    if (open_) return close();
    in_a_row_ = 0;
    calls_ = std::min(calls_ + 1, kLastCalls);
    bits_ = (bits_ << 1) & kMask;
}

void Breaker::failed(std::uint64_t ticket, std::int64_t now_us) {
    if (ticket != ticket_) return;
    if (open_) {
        pause_us_ = std::min(pause_us_ * 2, kBreakerPauseMax.count_ms() * 1000);
        return open(now_us);
    }
    ++in_a_row_;
    calls_ = std::min(calls_ + 1, kLastCalls);
    bits_ = ((bits_ << 1) | 1) & kMask;
    const bool half =
        calls_ == kLastCalls && static_cast<std::uint32_t>(std::popcount(bits_)) >= kFailuresOfLast;
    if (in_a_row_ >= kFailuresInARow || half) open(now_us);
}

void Breaker::open(std::int64_t now_us) {
    open_ = true;
    probing_ = false;
    probe_at_us_ = now_us + pause_us_;
    ++ticket_;
}

void Breaker::close() {
    const std::uint64_t next = ticket_ + 1;
    *this = Breaker();
    ticket_ = next;
}

}  // namespace onsale::registry
