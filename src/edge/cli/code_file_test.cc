#include "cli/code_file.h"

#include <gtest/gtest.h>

namespace onsale::cli {
namespace {

TEST(CodeFile, takes_lines_headers_and_first_columns) {
    CodeReader reader;
    Mistakes mistakes;
    EXPECT_EQ(reader.read("code\nAAA\r\nBBB,1,2\n\"C,C\",x\nDDD", "a.csv", mistakes),
              (std::vector<std::string_view>{"AAA", "BBB", "C,C", "DDD"}));
    EXPECT_TRUE(mistakes.empty());
}

TEST(CodeFile, a_code_may_stand_once_in_all_files) {
    CodeReader reader;
    Mistakes mistakes;
    (void)reader.read("AAA\nBBB\n", "a.csv", mistakes);
    (void)reader.read("CCC\nBBB\n", "b.csv", mistakes);
    ASSERT_EQ(mistakes.size(), 1U);
    EXPECT_EQ(to_text(mistakes[0]),
              "b.csv:2:1: this code stands in a.csv:2 already; remove one of them");
}

TEST(CodeFile, what_is_no_code_is_named_by_its_line) {
    for (const std::string& bad :
         {std::string("A\n\nB\n"), std::string("A\n B\n"), std::string("A\nB\x01\n"),
          "A\n" + std::string(65, 'x') + "\n"}) {
        CodeReader reader;
        Mistakes mistakes;
        (void)reader.read(bad, "a.csv", mistakes);
        ASSERT_EQ(mistakes.size(), 1U) << bad;
        EXPECT_EQ(mistakes[0].place.line, 2U);
    }
}

TEST(CodeFile, an_empty_file_is_a_mistake_and_a_hopeless_one_is_left) {
    CodeReader reader;
    Mistakes mistakes;
    (void)reader.read("code\n", "a.csv", mistakes);
    EXPECT_EQ(mistakes.size(), 1U);
    mistakes.clear();
    (void)reader.read(std::string(10'000, '\n'), "b.csv", mistakes);
    EXPECT_EQ(mistakes.size(), kMistakesMax);
}

}  // namespace
}  // namespace onsale::cli
