#include "trial/plots.h"

#include <fmt/format.h>

#include <algorithm>

#include "trial/chart.h"

namespace onsale::trial {
namespace {

double milliseconds(std::uint64_t us) {
    return static_cast<double>(us) / 1e3;
}

std::string note_of(const Report& report, const Plan& plan) {
    return fmt::format("{}/s for {} s, {} connections; {} cores, {}", plan.rate, plan.duration_s,
                       plan.connections, report.machine.cores, report.machine.processor);
}

// Grows three lines by one histogram's percentiles.
void add_percentiles(std::vector<Line>& lines, double x, const bench::Histogram& latency) {
    if (lines.empty()) lines = {{"p50", {}}, {"p99", {}}, {"p99.9", {}}};
    lines[0].points.emplace_back(x, milliseconds(latency.percentile(5000)));
    lines[1].points.emplace_back(x, milliseconds(latency.percentile(9900)));
    lines[2].points.emplace_back(x, milliseconds(latency.percentile(9990)));
}

Plot latency_plot(const Report& report, const Outcome& run) {
    Chart chart;
    chart.title = fmt::format("{}: latency by second, from when a request was due",
                              to_string(run.plan.scenario));
    chart.note = note_of(report, run.plan);
    chart.x_label = "seconds since the warm-up";
    chart.y_label = "milliseconds";
    chart.y_scale = Scale::logarithmic;
    const auto& seconds = run.timeline.seconds();
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        if (seconds[i].count() != 0)
            add_percentiles(chart.lines, static_cast<double>(i) + 0.5, seconds[i]);
    }
    return {"latency", to_svg(chart)};
}

Plot sales_plot(const Report& report, const Outcome& run) {
    Chart chart;
    chart.title = fmt::format("{}: answered so far, by kind", to_string(run.plan.scenario));
    chart.note = note_of(report, run.plan);
    chart.x_label = "seconds since the warm-up";
    chart.y_label = "answers";
    chart.lines = {{"accepted", {{0, 0}}}, {"refused", {{0, 0}}}, {"other", {{0, 0}}}};
    std::uint64_t sums[3] = {0, 0, 0};
    const auto& slices = run.timeline.slices();
    for (std::size_t i = 0; i < slices.size(); ++i) {
        sums[0] += slices[i].accepted;
        sums[1] += slices[i].refused;
        sums[2] += slices[i].other;
        const double end = static_cast<double>(i + 1) * bench::Timeline::kSliceUs / 1e6;
        for (std::size_t line = 0; line < 3; ++line)
            chart.lines[line].points.emplace_back(end, static_cast<double>(sums[line]));
    }
    std::erase_if(chart.lines, [](const Line& line) { return line.points.back().second == 0; });
    return {"sales", to_svg(chart)};
}

Plot rate_plot(const Report& report) {
    const Plan& plan = report.runs.back().plan;
    Chart chart;
    chart.title = fmt::format("{}: latency by rate; the peak is {}/s", to_string(plan.scenario),
                              report.peak_rate);
    chart.note = fmt::format("{} s each, {} connections; {} cores, {}", plan.duration_s,
                             plan.connections, report.machine.cores, report.machine.processor);
    chart.x_label = "requests due per second";
    chart.y_label = "milliseconds";
    chart.y_scale = Scale::logarithmic;
    std::vector<const Outcome*> runs;
    for (const Outcome& run : report.runs) runs.push_back(&run);
    std::ranges::stable_sort(runs, {}, [](const Outcome* run) { return run->plan.rate; });
    for (const Outcome* run : runs)
        add_percentiles(chart.lines, static_cast<double>(run->plan.rate), run->latency);
    return {"rate", to_svg(chart)};
}

}  // namespace

std::vector<Plot> plots_of(const Report& report) {
    std::vector<Plot> plots;
    if (report.runs.empty()) return plots;
    plots.push_back(latency_plot(report, report.runs.back()));
    plots.push_back(sales_plot(report, report.runs.back()));
    if (report.runs.size() > 1) plots.push_back(rate_plot(report));
    return plots;
}

}  // namespace onsale::trial
