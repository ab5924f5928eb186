// Plots as SVG text for a page that needs nothing else: lines over time, and bars of shares.
// Colours are classes c0, c1, c2 … of the page around them. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace onsale::rehearsal {

struct Series {
    std::string name;
    std::vector<double> values;  // one a slice
};
struct LinePlot {
    std::string title;
    std::string unit;      // of the values
    double slice_s = 1;    // between two values
    double value_max = 0;  // 0: as the values need
    std::vector<Series> series;
};
[[nodiscard]] std::string draw(const LinePlot& plot);

struct Bar {
    std::string name;
    double percent = 0;
};
struct BarPlot {
    std::string title;
    std::vector<Bar> bars;
};
[[nodiscard]] std::string draw(const BarPlot& plot);

// The smallest of 1, 2, 5, 10, 20, 50 … that is not below `value`, which is above zero.
[[nodiscard]] double round_up(double value);
// For text between tags and in attributes.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace onsale::rehearsal
