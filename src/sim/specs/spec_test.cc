#include "specs/spec.h"

#include <gtest/gtest.h>

namespace onsale::specs {
namespace {

const Names kNames{{"rush", "holds"}, {"kill", "power_cut"}};

TEST(Spec, has_defaults_and_takes_what_stands_in_the_text) {
    const auto spec = read_spec(R"(
name = "small"
people = 7
codes = [2, 3]
cancels = 50
[workloads]
rush = 2
holds = 0
[kinds]
kill = 1
)",
                                "small.toml", kNames);
    ASSERT_TRUE(spec) << spec.error();
    EXPECT_EQ(spec->people.least, 7U);
    EXPECT_EQ(spec->people.most, 7U);
    EXPECT_EQ(spec->codes.most, 3U);
    EXPECT_EQ(spec->cancels, 50U);
    EXPECT_EQ(spec->faults.least, Spec{}.faults.least);
    ASSERT_EQ(spec->workloads.size(), 1U);  // a share of none is none
    EXPECT_EQ(spec->workloads[0].share, 2U);
}

TEST(Spec, names_the_line_of_a_mistake) {
    const auto error = [](const char* text) {
        const auto spec = read_spec(text, "x.toml", kNames);
        return spec ? "" : spec.error();
    };
    EXPECT_EQ(error("name = \"x\"\npeople = \"many\"\n"), "x.toml:2: is not a number or a range");
    EXPECT_EQ(error("name = \"x\"\ncodes = [3, 2]\n"), "x.toml:2: is not a range");
    EXPECT_EQ(error("name = \"x\"\ncolour = 1\n"), "x.toml:2: there is no setting colour");
    EXPECT_EQ(error("name = \"x\"\n[kinds]\nfire = 1\n"), "x.toml:3: nothing is called fire");
    EXPECT_EQ(error("name = \"x\"\n"), "x.toml: a spec needs the tables [workloads] and [kinds]");
    EXPECT_NE(error("name = \n"), "");
}

TEST(Spec, ranges_include_both_ends) {
    base::Prng random(1);
    const Range range{3, 5};
    bool least = false;
    bool most = false;
    for (int i = 0; i < 100; ++i) {
        const std::uint64_t picked = range.pick(random);
        ASSERT_GE(picked, 3U);
        ASSERT_LE(picked, 5U);
        least = least || picked == 3;
        most = most || picked == 5;
    }
    EXPECT_TRUE(least && most);
}

}  // namespace
}  // namespace onsale::specs
