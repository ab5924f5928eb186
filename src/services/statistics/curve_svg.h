// draw_curve: the curve of a campaign as a picture that stands by itself (SVG), with a title, a
// description for those who do not see it, and axes with round figures, on light ground and
// without style sheets, which a strict page would not load. A pure function, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "statistics/language.h"
#include "statistics/reader.h"

namespace onsale::statistics {

struct Drawing {
    std::string_view title;  // the campaign's name; any text
    Language language = Language::en;
};

[[nodiscard]] std::string draw_curve(const Curve& curve, const Drawing& drawing);

// Distance between ticks so that at most `ticks_max` of them cover 0 to `highest`: 1, 2 or 5 times
// a power of ten.
[[nodiscard]] std::int64_t tick_distance(std::int64_t highest, std::int64_t ticks_max);

}  // namespace onsale::statistics
