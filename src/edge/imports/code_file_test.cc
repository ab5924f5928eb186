#include "imports/code_file.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace onsale::imports {
namespace {

TEST(CodeFile, takes_lines_headers_and_first_columns) {
    Mistakes mistakes;
    const auto codes = read_codes("code\nAAA\r\nBBB,1,2\n\"C,C\",x\nDDD", 0, mistakes);
    EXPECT_EQ(codes.list, (std::vector<std::string_view>{"AAA", "BBB", "C,C", "DDD"}));
    EXPECT_EQ(codes.first_line, 2U);
    EXPECT_TRUE(mistakes.empty());
}

TEST(CodeFile, a_code_may_stand_once_in_all_files) {
    Mistakes mistakes;
    const auto a = read_codes("AAA\nBBB\n", 0, mistakes);
    const auto b = read_codes("code\nCCC\nBBB\nCCC\n", 1, mistakes);
    const std::array<const Codes*, 2> all{&a, &b};
    const std::array<std::string_view, 2> names{"a.csv", "b.csv"};
    find_repeated_codes(all, names, mistakes);
    ASSERT_EQ(mistakes.list().size(), 2U);
    EXPECT_EQ(mistakes.list()[0].place, (Place{1, 3, 1}));
    EXPECT_EQ(mistakes.list()[0].message.en, "this code stands in a.csv:2 already");
    EXPECT_EQ(mistakes.list()[1].place, (Place{1, 4, 1}));
    EXPECT_EQ(mistakes.list()[1].message.zh, "该券码已出现在 b.csv:2");
}

TEST(CodeFile, what_is_no_code_is_named_by_its_line) {
    for (const std::string& bad :
         {std::string("A\n\nB\n"), std::string("A\n B\n"), std::string("A\nB\x01\n"),
          "A\n" + std::string(65, 'x') + "\n"}) {
        Mistakes mistakes;
        (void)read_codes(bad, 0, mistakes);
        ASSERT_EQ(mistakes.list().size(), 1U) << bad;
        EXPECT_EQ(mistakes.list()[0].place.line, 2U);
    }
}

TEST(CodeFile, a_faulty_line_of_a_million_is_named) {
    std::string text;
    for (int line = 1; line <= 1'000'000; ++line)
        text += line == 999'999 ? "b d\x7f\n" : "CODE-" + std::to_string(line) + "\n";
    Mistakes mistakes;
    const auto codes = read_codes(text, 7, mistakes);
    EXPECT_EQ(codes.list.size(), 999'999U);
    ASSERT_EQ(mistakes.list().size(), 1U);
    EXPECT_EQ(mistakes.list()[0].place, (Place{7, 999'999, 1}));
}

TEST(CodeFile, a_repeated_line_of_a_million_is_named) {
    std::string text;
    for (int line = 1; line <= 1'000'000; ++line)
        text += "CODE-" + std::to_string(line == 999'999 ? 17 : line) + "\n";
    Mistakes mistakes;
    const auto codes = read_codes(text, 0, mistakes);
    const std::array<const Codes*, 1> all{&codes};
    const std::array<std::string_view, 1> names{"c.csv"};
    find_repeated_codes(all, names, mistakes);
    ASSERT_EQ(mistakes.list().size(), 1U);
    EXPECT_EQ(mistakes.list()[0].place.line, 999'999U);
    EXPECT_EQ(mistakes.list()[0].message.en, "this code stands in c.csv:17 already");
}

TEST(CodeFile, an_empty_file_is_a_mistake_and_a_hopeless_one_is_left) {
    Mistakes mistakes;
    (void)read_codes("code\n", 0, mistakes);
    EXPECT_EQ(mistakes.list().size(), 1U);
    (void)read_codes(std::string(10'000, '\n'), 0, mistakes);
    EXPECT_EQ(mistakes.list().size(), kMistakesMax);
}

}  // namespace
}  // namespace onsale::imports
