#include "trial/chart.h"

#include <gtest/gtest.h>

namespace onsale::trial {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

Chart two_lines() {
    Chart chart;
    chart.title = "Latency <by> rate";
    chart.x_label = "orders per second";
    chart.y_label = "milliseconds";
    chart.y_scale = Scale::logarithmic;
    chart.lines = {{"p50", {{1000, 2}, {50'000, 3}}}, {"p99", {{1000, 10}, {50'000, 90}}}};
    return chart;
}

TEST(Chart, names_its_axes_and_its_lines) {
    const std::string svg = to_svg(two_lines());
    EXPECT_TRUE(has(svg, ">orders per second</text>"));
    EXPECT_TRUE(has(svg, ">milliseconds</text>"));
    EXPECT_TRUE(has(svg, ">p50</text>"));
    EXPECT_TRUE(has(svg, ">p99</text>"));
    EXPECT_TRUE(has(svg, "Latency &lt;by&gt; rate"));
}

TEST(Chart, a_logarithmic_axis_has_a_tick_for_each_power_of_ten) {
    const std::string svg = to_svg(two_lines());
    for (const char* tick : {">1</text>", ">10</text>", ">100</text>"})
        EXPECT_TRUE(has(svg, tick)) << tick;
    EXPECT_FALSE(has(svg, ">1,000</text>"));
}

TEST(Chart, without_points_is_a_drawing_all_the_same) {
    Chart chart;
    chart.lines = {{"nothing", {}}};
    const std::string svg = to_svg(chart);
    EXPECT_TRUE(svg.starts_with("<svg"));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_FALSE(has(svg, "nan"));
    EXPECT_FALSE(has(svg, "inf"));
}

TEST(Chart, ticks_are_round_numbers) {
    Chart chart;
    chart.lines = {{"sold", {{0, 0}, {7.3, 123'456}}}};
    const std::string svg = to_svg(chart);
    EXPECT_TRUE(has(svg, ">50,000</text>"));
    EXPECT_TRUE(has(svg, ">150,000</text>"));
}

}  // namespace
}  // namespace onsale::trial
