#include "trial/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace onsale::trial {
namespace {

constexpr double kWidth = 860;
constexpr double kHeight = 460;
constexpr double kLeft = 84;
constexpr double kRight = 150;  // for the legend
constexpr double kTop = 64;
constexpr double kBottom = 60;
constexpr std::array kColours = {"#1f6feb", "#d9480f", "#2b8a3e", "#862e9c", "#0b7285", "#495057"};
constexpr double kTicks = 6;

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

// 1, 2 or 5 times a power of ten: about `kTicks` of them fit.
double step_of(double range) {
    const double rough = range / kTicks;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power) return factor * power;
    }
    return 10 * power;
}

std::string number(double value) {
    const double size = std::abs(value);
    if (size < 1000) return fmt::format("{:.3g}", value);
    const auto whole = static_cast<long long>(std::llround(value));
    return whole >= 1'000'000 && whole % 100'000 == 0
               ? fmt::format("{:g} M", value / 1e6)
               : fmt::format("{},{:03}", whole / 1000, whole % 1000);
}

// One axis: from a value to its place and back to round values.
class Axis {
  public:
    Axis(double low, double high, Scale scale) : scale_(scale) {
        if (scale_ == Scale::logarithmic) {
            low_ = std::pow(10.0, std::floor(std::log10(std::max(low, 1e-3))));
            high_ = std::pow(10.0, std::ceil(std::log10(std::max(high, low_ * 1.01))));
            return;
        }
        low_ = 0;
        step_ = step_of(std::max(high, 1e-9));
        high_ = step_ * std::ceil(std::max(high, 1e-9) / step_);
    }

    // 0 at the low end, 1 at the high end.
    [[nodiscard]] double place(double value) const {
        if (scale_ == Scale::linear) return (value - low_) / (high_ - low_);
        const double kept = std::max(value, low_);
        return std::log10(kept / low_) / std::log10(high_ / low_);
    }

    [[nodiscard]] std::vector<double> ticks() const {
        std::vector<double> ticks;
        if (scale_ == Scale::logarithmic) {
            for (double at = low_; at <= high_ * 1.001; at *= 10) ticks.push_back(at);
            return ticks;
        }
        for (double at = low_; at <= high_ + step_ / 2; at += step_) ticks.push_back(at);
        return ticks;
    }

  private:
    Scale scale_;
    double low_ = 0;
    double high_ = 1;
    double step_ = 1;
};

struct Bounds {
    double x = 0;
    double y_low = std::numeric_limits<double>::max();
    double y_high = 0;
};

Bounds bounds_of(const std::vector<Line>& lines) {
    Bounds bounds;
    for (const Line& line : lines) {
        for (const auto& [x, y] : line.points) {
            bounds.x = std::max(bounds.x, x);
            if (y > 0) bounds.y_low = std::min(bounds.y_low, y);
            bounds.y_high = std::max(bounds.y_high, y);
        }
    }
    if (bounds.y_high == 0) bounds.y_low = bounds.y_high = 1;
    return bounds;
}

double x_of(const Axis& axis, double value) {
    return kLeft + axis.place(value) * (kWidth - kLeft - kRight);
}

double y_of(const Axis& axis, double value) {
    return kHeight - kBottom - axis.place(value) * (kHeight - kTop - kBottom);
}

void draw_grid(std::string& out, const Chart& chart, const Axis& x, const Axis& y) {
    auto to = std::back_inserter(out);
    for (const double tick : y.ticks()) {
        const double at = y_of(y, tick);
        fmt::format_to(to,
                       "<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#e3e6ea\"/>"
                       "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                       kLeft, at, kWidth - kRight, kLeft - 8, at + 4, number(tick));
    }
    for (const double tick : x.ticks()) {
        const double at = x_of(x, tick);
        fmt::format_to(to,
                       "<path d=\"M{0:.1f} {1:.1f}v5\" stroke=\"#868e96\"/>"
                       "<text x=\"{0:.1f}\" y=\"{2:.1f}\" text-anchor=\"middle\">{3}</text>\n",
                       at, kHeight - kBottom, kHeight - kBottom + 20, number(tick));
    }
    fmt::format_to(to, "<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#868e96\"/>\n", kLeft,
                   kHeight - kBottom, kWidth - kRight);
    fmt::format_to(to,
                   "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>"
                   "<text transform=\"translate(20 {:.1f}) rotate(-90)\" "
                   "text-anchor=\"middle\">{}</text>\n",
                   (kLeft + kWidth - kRight) / 2, kHeight - 16, escaped(chart.x_label),
                   (kTop + kHeight - kBottom) / 2, escaped(chart.y_label));
}

void draw_line(std::string& out, const Line& line, std::size_t index, const Axis& x,
               const Axis& y) {
    auto to = std::back_inserter(out);
    const char* colour = kColours[index % kColours.size()];
    out += "<path fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" d=\"";
    char command = 'M';
    for (const auto& [at, value] : line.points) {
        fmt::format_to(to, "{}{:.1f} {:.1f}", command, x_of(x, at), y_of(y, value));
        command = 'L';
    }
    fmt::format_to(to, "\" stroke=\"{}\"/>\n", colour);
    constexpr std::size_t kDotsMax = 40;
    for (const auto& [at, value] : line.points) {
        if (line.points.size() > kDotsMax) break;
        fmt::format_to(to, "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>\n",
                       x_of(x, at), y_of(y, value), colour);
    }
    const double top = kTop + 12 + 22 * static_cast<double>(index);
    fmt::format_to(to,
                   "<path d=\"M{:.1f} {:.1f}h22\" stroke=\"{}\" stroke-width=\"3\"/>"
                   "<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                   kWidth - kRight + 14, top, colour, kWidth - kRight + 42, top + 4,
                   escaped(line.name));
}

}  // namespace

std::string to_svg(const Chart& chart) {
    const Bounds bounds = bounds_of(chart.lines);
    const Axis x(0, bounds.x, Scale::linear);
    const Axis y(bounds.y_low, bounds.y_high, chart.y_scale);
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" "
        "fill=\"#343a40\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n"
        "<text x=\"{2}\" y=\"26\" font-size=\"17\" font-weight=\"600\">{3}</text>\n"
        "<text x=\"{2}\" y=\"46\" fill=\"#5c636a\">{4}</text>\n",
        kWidth, kHeight, 20, escaped(chart.title), escaped(chart.note));
    draw_grid(out, chart, x, y);
    for (std::size_t i = 0; i < chart.lines.size(); ++i) draw_line(out, chart.lines[i], i, x, y);
    return out + "</svg>\n";
}

}  // namespace onsale::trial
