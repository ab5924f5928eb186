#include "rehearsal/plot.h"

#include <gtest/gtest.h>

namespace onsale::rehearsal {
namespace {

TEST(Plot, axes_end_at_round_numbers) {
    EXPECT_DOUBLE_EQ(round_up(0.7), 1);
    EXPECT_DOUBLE_EQ(round_up(1), 1);
    EXPECT_DOUBLE_EQ(round_up(11), 20);
    EXPECT_DOUBLE_EQ(round_up(21), 50);
    EXPECT_DOUBLE_EQ(round_up(5001), 10'000);
}

TEST(Plot, a_line_goes_from_the_bottom_to_the_top_of_its_axis) {
    const auto svg = draw(LinePlot{"Sold", "%", 1, 100, {{"sold", {0, 100}}}});
    EXPECT_NE(svg.find("162.5,216.0 367.5,48.0"), std::string::npos) << svg;
}

TEST(Plot, nothing_to_draw_is_still_a_plot) {
    const auto svg = draw(LinePlot{"Nothing", "ms", 1, 0, {{"p50", {0, 0, 0}}}});
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
}

TEST(Plot, names_cannot_break_the_page) {
    const auto svg = draw(BarPlot{"a<b>\"&", {{"<script>", 50}}});
    EXPECT_EQ(svg.find("<script>"), std::string::npos);
    EXPECT_NE(svg.find("a&lt;b&gt;&quot;&amp;"), std::string::npos);
}

}  // namespace
}  // namespace onsale::rehearsal
