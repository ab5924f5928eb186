// PeakSearch: which rate to try next, on the way to the highest that is held. It doubles until a
// rate is not held, then halves the distance until that is a twentieth. Pure; bounded by its steps.
#pragma once

#include <cstdint>
#include <optional>

namespace onsale::trial {

class PeakSearch {
  public:
    PeakSearch(std::uint64_t first, std::uint32_t steps_max)
        : next_(first), steps_left_(steps_max) {}

    // Nothing when the search is over.
    [[nodiscard]] std::optional<std::uint64_t> next() const {
        if (steps_left_ == 0 || next_ == 0) return std::nullopt;
        return next_;
    }
    // Whether the rate that next() named was held.
    void record(bool held);
    // The highest rate that was held; 0: none.
    [[nodiscard]] std::uint64_t peak() const { return held_; }

  private:
    std::uint64_t next_;
    std::uint32_t steps_left_;
    std::uint64_t held_ = 0;
    std::uint64_t failed_ = 0;  // the lowest that was not held; 0: none
};

}  // namespace onsale::trial
