#include <gtest/gtest.h>

#include "paying/internal/line.h"

namespace onsale::paying {
namespace {

TEST(ValueOf, finds_texts_and_numbers_by_their_name) {
    constexpr std::string_view kJson = R"({"order":{"id": 1283,"state":"paid"},"token":"a.b"})";
    EXPECT_EQ(value_of(kJson, "id"), "1283");
    EXPECT_EQ(value_of(kJson, "state"), "paid");
    EXPECT_EQ(value_of(kJson, "token"), "a.b");
    EXPECT_EQ(value_of(kJson, "tok"), "");
}

TEST(Line, says_so_when_nobody_answers) {
    Line line(1);  // nothing listens there
    EXPECT_EQ(line.ask("/", "", "").status, 0U);
}

}  // namespace
}  // namespace onsale::paying
