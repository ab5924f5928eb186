#include "trial/search.h"

#include "base/check.h"

namespace onsale::trial {
namespace {

constexpr std::uint64_t kFineness = 20;
constexpr std::uint64_t kRound = 100;  // rates are whole hundreds

std::uint64_t rounded(std::uint64_t rate) {
    return rate < kRound ? rate : rate / kRound * kRound;
}

}  // namespace

void PeakSearch::record(bool held) {
    ONSALE_CHECK(steps_left_ > 0);
    --steps_left_;
    (held ? held_ : failed_) = next_;
    if (failed_ == 0) {
        next_ = held_ * 2;
        return;
    }
    const bool fine = failed_ - held_ <= held_ / kFineness;
    const std::uint64_t middle = rounded(held_ + (failed_ - held_) / 2);
    next_ = fine || middle <= held_ || middle >= failed_ ? 0 : middle;
}

}  // namespace onsale::trial
