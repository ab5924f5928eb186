#include "rehearsal/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace onsale::rehearsal {
namespace {

// The drawing area of a plot, in units of its own; the page scales it.
constexpr double kWidth = 480;
constexpr double kHeight = 250;
constexpr double kLeft = 60;
constexpr double kRight = 10;
constexpr double kTop = 48;
constexpr double kBottom = 34;
constexpr double kPlotWidth = kWidth - kLeft - kRight;
constexpr double kPlotHeight = kHeight - kTop - kBottom;
constexpr int kGridLines = 4;
constexpr double kLetter = 7.6;  // about the width of a letter of the legend

std::string number(double value) {
    if (value >= 1000) return number(value / 1000) + "k";
    return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

std::string begin(const std::string& title, double height) {
    return fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\"><text class=\"title\" "
        "x=\"2\" y=\"14\">{}</text>",
        kWidth, height, escaped(title), escaped(title));
}

void grid(std::string& out, double top_value, double seconds, const std::string& unit) {
    for (int i = 0; i <= kGridLines; ++i) {
        const double share = static_cast<double>(i) / kGridLines;
        const double y = kTop + kPlotHeight * (1 - share);
        fmt::format_to(std::back_inserter(out),
                       "<line class=\"grid\" x1=\"{:.0f}\" x2=\"{:.0f}\" y1=\"{:.1f}\" "
                       "y2=\"{:.1f}\"/><text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}{}"
                       "</text>",
                       kLeft, kWidth - kRight, y, y, kLeft - 5, y + 4, number(top_value * share),
                       i == kGridLines ? " " + escaped(unit) : "");
        const double x = kLeft + kPlotWidth * share;
        fmt::format_to(std::back_inserter(out),
                       "<text x=\"{:.1f}\" y=\"{:.0f}\" text-anchor=\"{}\">{} s</text>", x,
                       kHeight - kBottom + 16, i == kGridLines ? "end" : "middle",
                       number(std::round(seconds * share * 10) / 10));
    }
}

}  // namespace

double round_up(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * power * (1 + 1e-9)) return step * power;
    }
    return 10 * power;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += letter;
        }
    }
    return out;
}

std::string draw(const LinePlot& plot) {
    double most = plot.value_max;
    std::size_t slices = 1;
    for (const auto& series : plot.series) {
        slices = std::max(slices, series.values.size());
        for (const double value : series.values) most = std::max(most, value);
    }
    const double top_value = plot.value_max > 0 ? plot.value_max : most > 0 ? round_up(most) : 1;
    std::string out = begin(plot.title, kHeight);
    grid(out, top_value, plot.slice_s * static_cast<double>(slices), plot.unit);
    double legend = 2;
    for (std::size_t i = 0; i < plot.series.size(); ++i) {
        const auto& series = plot.series[i];
        std::string points;
        for (std::size_t at = 0; at < series.values.size(); ++at) {
            const double x =
                kLeft + kPlotWidth * (static_cast<double>(at) + 0.5) / static_cast<double>(slices);
            const double y = kTop + kPlotHeight * (1 - series.values[at] / top_value);
            fmt::format_to(std::back_inserter(points), "{:.1f},{:.1f} ", x, y);
        }
        fmt::format_to(std::back_inserter(out),
                       "<polyline class=\"line c{}\" points=\"{}\"/><rect class=\"fill c{}\" "
                       "x=\"{:.0f}\" y=\"22\" width=\"10\" height=\"10\"/><text x=\"{:.0f}\" "
                       "y=\"31\">{}</text>",
                       i, points, i, legend, legend + 14, escaped(series.name));
        legend += 24 + kLetter * static_cast<double>(series.name.size());
    }
    return out + "</svg>";
}

std::string draw(const BarPlot& plot) {
    constexpr double kRow = 34;
    constexpr double kFirst = 30;
    std::string out = begin(plot.title, kFirst + kRow * static_cast<double>(plot.bars.size()) + 4);
    for (std::size_t i = 0; i < plot.bars.size(); ++i) {
        const double y = kFirst + kRow * static_cast<double>(i);
        const double width = (kWidth - 70) * std::clamp(plot.bars[i].percent, 0.0, 100.0) / 100;
        fmt::format_to(std::back_inserter(out),
                       "<text x=\"2\" y=\"{:.0f}\">{}</text><rect class=\"grid-fill\" x=\"2\" "
                       "y=\"{:.0f}\" width=\"{:.0f}\" height=\"12\"/><rect class=\"fill c{}\" "
                       "x=\"2\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"12\"/><text x=\"{:.0f}\" "
                       "y=\"{:.0f}\" text-anchor=\"end\">{:.1f} %</text>",
                       y + 10, escaped(plot.bars[i].name), y + 15, kWidth - 70, i, y + 15, width,
                       kWidth - 4, y + 25, plot.bars[i].percent);
    }
    return out + "</svg>";
}

}  // namespace onsale::rehearsal
