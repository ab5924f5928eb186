#include "statistics/curve_svg.h"

#include <gtest/gtest.h>

namespace onsale::statistics {
namespace {

using base::Timestamp;

Curve curve_of(std::vector<CurvePoint> points) {
    Curve curve;
    curve.from = Timestamp::from_unix_ms(1'000'000);
    curve.points = std::move(points);
    return curve;
}

TEST(CurveSvg, ticks_are_round_and_cover_the_highest_value) {
    EXPECT_EQ(tick_distance(0, 5), 1);
    EXPECT_EQ(tick_distance(5, 5), 1);
    EXPECT_EQ(tick_distance(6, 5), 2);
    EXPECT_EQ(tick_distance(60'000, 5), 20'000);
    for (std::int64_t highest = 1; highest < 2000; highest += 7)
        EXPECT_GE(tick_distance(highest, 5) * 5, highest);
}

TEST(CurveSvg, draws_a_value_for_every_step_and_says_it_in_words) {
    const auto svg = draw_curve(curve_of({{Timestamp::from_unix_ms(1'000'000), 10, 10},
                                          {Timestamp::from_unix_ms(1'003'000), 40, 40}}),
                                {"Opening night", Language::en});
    EXPECT_NE(svg.find("<title id=\"title\">Opening night</title>"), std::string::npos);
    EXPECT_NE(svg.find("50 orders; the highest step has 40."), std::string::npos);
    EXPECT_NE(svg.find("Orders per second"), std::string::npos);
    // Four steps, two of them empty: the line goes down to the axis between.
    EXPECT_NE(svg.find("<polyline points=\"72,216 281,272 490,272 700,48\""), std::string::npos)
        << svg;
}

TEST(CurveSvg, a_name_cannot_become_markup) {
    const auto svg = draw_curve(curve_of({}), {"<script>\"&\x01", Language::zh});
    EXPECT_EQ(svg.find("<script>"), std::string::npos);
    EXPECT_NE(svg.find("&lt;script&gt;&quot;&amp;</title>"), std::string::npos);
    EXPECT_NE(svg.find("还没有订单"), std::string::npos);
}

}  // namespace
}  // namespace onsale::statistics
