#include "statistics/curve_svg.h"

#include <algorithm>
#include <array>
#include <vector>

namespace onsale::statistics {
namespace {

constexpr std::int64_t kWidth = 720;
constexpr std::int64_t kHeight = 320;
constexpr std::int64_t kLeft = 72;
constexpr std::int64_t kRight = 20;
constexpr std::int64_t kTop = 48;
constexpr std::int64_t kBottom = 48;
constexpr std::int64_t kPlotWidth = kWidth - kLeft - kRight;
constexpr std::int64_t kPlotHeight = kHeight - kTop - kBottom;
constexpr std::int64_t kTicksY = 5;
constexpr std::int64_t kTicksX = 8;

// A control character would make the whole picture unreadable.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            out += c;
        }
    }
    return out;
}

std::string number(std::int64_t value) {
    return std::to_string(value);
}

// What is drawn: one value per step, also where nothing came in.
struct Plot {
    base::Timestamp first;
    std::int64_t step_ms = 1;
    std::vector<std::int64_t> values;
    std::int64_t highest = 0;
    std::int64_t tick = 1;
    std::int64_t ceiling = 1;  // a whole number of ticks, at least the highest value

    [[nodiscard]] std::int64_t x_of(std::size_t index) const {
        const auto steps = static_cast<std::int64_t>(std::max<std::size_t>(values.size(), 2)) - 1;
        return kLeft + static_cast<std::int64_t>(index) * kPlotWidth / steps;
    }
    [[nodiscard]] std::int64_t y_of(std::int64_t value) const {
        return kTop + kPlotHeight - value * kPlotHeight / ceiling;
    }
};

Plot plot_of(const Curve& curve) {
    Plot plot;
    plot.step_ms = curve.step.count_ms();
    plot.first = curve.from;
    if (!curve.points.empty()) {
        plot.first = std::min(curve.from, curve.points.front().at);
        // What lies far before the first order is not drawn.
        const auto lead = base::Duration::milliseconds(
            plot.step_ms * static_cast<std::int64_t>(kCurvePointsMax) / 2);
        if (curve.points.front().at - plot.first > lead) plot.first = curve.points.front().at;
        const auto last = curve.points.back().at;
        const auto steps = std::min((last - plot.first).count_ms() / plot.step_ms + 1,
                                    static_cast<std::int64_t>(2 * kCurvePointsMax));
        plot.values.assign(static_cast<std::size_t>(steps), 0);
    }
    for (const auto& point : curve.points) {
        const auto index =
            static_cast<std::size_t>((point.at - plot.first).count_ms() / plot.step_ms);
        if (index >= plot.values.size()) break;
        plot.values[index] = point.orders;
        plot.highest = std::max(plot.highest, point.orders);
    }
    plot.tick = tick_distance(plot.highest, kTicksY);
    plot.ceiling = std::max(plot.tick, (plot.highest + plot.tick - 1) / plot.tick * plot.tick);
    return plot;
}

std::string unit_name(std::int64_t step_ms, Language language) {
    const bool zh = language == Language::zh;
    if (step_ms == kFineStep.count_ms()) return zh ? "每秒订单数" : "Orders per second";
    if (step_ms == kCoarseStep.count_ms()) return zh ? "每分钟订单数" : "Orders per minute";
    if (step_ms == kHour.count_ms()) return zh ? "每小时订单数" : "Orders per hour";
    return zh ? "每日订单数" : "Orders per day";
}

std::string description(const Plot& plot, Language language) {
    std::int64_t total = 0;
    for (const auto value : plot.values) total += value;
    if (language == Language::zh)
        return "共 " + number(total) + " 单,峰值 " + number(plot.highest) + " 单。";
    return number(total) + " orders; the highest step has " + number(plot.highest) + ".";
}

// 12:00:05 within a day, 11-20 12:00 over several.
std::string time_label(base::Timestamp at, const Plot& plot) {
    const std::string text = base::to_rfc3339(at);  // 2026-11-20T12:00:00.000Z
    const auto span = plot.step_ms * static_cast<std::int64_t>(plot.values.size());
    if (span <= base::Duration::days(1).count_ms()) return text.substr(11, 8);
    return text.substr(5, 5) + " " + text.substr(11, 5);
}

std::string label(std::int64_t x, std::int64_t y, std::string_view anchor,
                  const std::string& text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\" font-size=\"12\">" + text + "</text>\n";
}

std::string grid(const Plot& plot) {
    std::string out;
    for (std::int64_t value = 0; value <= plot.ceiling; value += plot.tick) {
        const std::string y = number(plot.y_of(value));
        out += "<line x1=\"" + number(kLeft) + "\" x2=\"" + number(kLeft + kPlotWidth) +
               "\" y1=\"" + y + "\" y2=\"" + y +
               "\" stroke=\"currentColor\" stroke-opacity=\"0.2\"/>\n";
        out += label(kLeft - 8, plot.y_of(value) + 4, "end", number(value));
    }
    const auto steps = static_cast<std::int64_t>(plot.values.size());
    const auto distance = tick_distance(std::max<std::int64_t>(steps - 1, 1), kTicksX - 1);
    for (std::int64_t step = 0; step < steps; step += distance) {
        const auto at = plot.first + base::Duration::milliseconds(step * plot.step_ms);
        out += label(plot.x_of(static_cast<std::size_t>(step)), kTop + kPlotHeight + 20, "middle",
                     time_label(at, plot));
    }
    return out;
}

std::string shapes(const Plot& plot) {
    if (plot.values.empty()) return {};
    std::string line;
    for (std::size_t i = 0; i < plot.values.size(); ++i) {
        line +=
            (i == 0 ? "" : " ") + number(plot.x_of(i)) + "," + number(plot.y_of(plot.values[i]));
    }
    const std::string floor = number(kTop + kPlotHeight);
    const std::string area = number(plot.x_of(0)) + "," + floor + " " + line + " " +
                             number(plot.x_of(plot.values.size() - 1)) + "," + floor;
    return "<polygon points=\"" + area +
           "\" fill=\"#1677ff\" fill-opacity=\"0.2\"/>\n<polyline points=\"" + line +
           "\" fill=\"none\" stroke=\"#1677ff\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n";
}

}  // namespace

std::int64_t tick_distance(std::int64_t highest, std::int64_t ticks_max) {
    for (std::int64_t power = 1;; power *= 10) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (power * factor * ticks_max >= highest) return power * factor;
        }
    }
}

std::string draw_curve(const Curve& curve, const Drawing& drawing) {
    const Plot plot = plot_of(curve);
    const bool zh = drawing.language == Language::zh;
    const std::string title = escaped(drawing.title);
    const std::string unit = unit_name(plot.step_ms, drawing.language);
    std::string out =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(kWidth) + " " +
        number(kHeight) + "\" role=\"img\" lang=\"" + (zh ? "zh" : "en") +
        "\" aria-labelledby=\"title description\" color=\"#1f1f1f\" fill=\"currentColor\" "
        "font-family=\"system-ui, sans-serif\">\n";
    out += "<title id=\"title\">" + title + "</title>\n<desc id=\"description\">" + unit +
           (zh ? ":" : ": ") + description(plot, drawing.language) + "</desc>\n";
    out += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\" stroke=\"none\"/>\n";
    out += "<text x=\"" + number(kLeft) + "\" y=\"24\" font-size=\"16\" font-weight=\"600\">" +
           title + "</text>\n";
    out += label(kLeft, 40, "start", unit);
    out += label(kLeft + kPlotWidth, kHeight - 8, "end", zh ? "时间(UTC)" : "Time (UTC)");
    if (plot.values.empty())
        out += label(kWidth / 2, kHeight / 2, "middle", zh ? "还没有订单" : "No orders yet");
    return out + grid(plot) + shapes(plot) + "</svg>\n";
}

}  // namespace onsale::statistics
