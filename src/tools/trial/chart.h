// Chart: lines over one axis as a drawing of our own (SVG), light and readable, with units at both
// axes and a legend. Knows nothing of what it draws.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace onsale::trial {

struct Line {
    std::string name;
    std::vector<std::pair<double, double>> points;  // ascending in x
};

enum class Scale : unsigned char { linear, logarithmic };

struct Chart {
    std::string title;
    std::string note;  // a line below the title: machine, plan
    std::string x_label;
    std::string y_label;
    Scale y_scale = Scale::linear;
    std::vector<Line> lines;  // at most six
};

[[nodiscard]] std::string to_svg(const Chart& chart);

}  // namespace onsale::trial
