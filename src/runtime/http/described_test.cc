#include "http/described.h"

#include <gtest/gtest.h>

#include <limits>

namespace onsale::http {
namespace {

struct Line {
    std::uint32_t tier = 0;
    std::int8_t shift = 0;
    std::vector<std::string> seats;
};
BOOST_DESCRIBE_STRUCT(Line, (), (tier, shift, seats))

struct Base {
    std::uint64_t campaign = 0;
};
BOOST_DESCRIBE_STRUCT(Base, (), (campaign))

struct Order : Base {
    std::vector<Line> lines;
    std::optional<std::string> note;
    std::optional<Line> extra;
    std::int64_t balance = 0;
    bool gift = false;
};
BOOST_DESCRIBE_STRUCT(Order, (Base), (lines, note, extra, balance, gift))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

constexpr std::string_view kOrder =
    R"({"campaign":9007199254740991,"lines":[{"tier":7,"shift":-128,"seats":["A\"1","\u7968\n"]},{"tier":0,"shift":127,"seats":[]}],)"
    R"("note":"hello","balance":-9223372036854775808,"gift":true})";

TEST(Described, reads_every_kind_of_member) {
    const auto order = parse_body<Order>(kOrder);
    ASSERT_TRUE(order.has_value()) << order.error().field << " " << order.error().message;
    EXPECT_EQ(order->campaign, 9007199254740991U);
    ASSERT_EQ(order->lines.size(), 2U);
    EXPECT_EQ(order->lines[0].tier, 7U);
    EXPECT_EQ(order->lines[0].shift, -128);
    EXPECT_EQ(order->lines[0].seats, (std::vector<std::string>{"A\"1", "\xE7\xA5\xA8\n"}));
    EXPECT_EQ(order->note, "hello");
    EXPECT_FALSE(order->extra.has_value());
    EXPECT_EQ(order->balance, std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(order->gift);
}

TEST(Described, writes_what_it_reads) {
    const auto order = parse_body<Order>(kOrder);
    ASSERT_TRUE(order.has_value());
    const auto text = to_json(*order);
    EXPECT_EQ(text,
              "{\"campaign\":9007199254740991,\"lines\":[{\"tier\":7,\"shift\":-128,\"seats\":["
              "\"A\\\"1\",\"\xE7\xA5\xA8\\n\"]},"
              "{\"tier\":0,\"shift\":127,\"seats\":[]}],\"note\":\"hello\",\"balance\":-"
              "9223372036854775808,\"gift\":true}");
    const auto again = parse_body<Order>(text);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(to_json(*again), text);
    EXPECT_EQ(to_json(Nothing{}), "{}");
    EXPECT_EQ(to_json(std::vector<std::optional<std::uint8_t>>{1, std::nullopt, 255}),
              "[1,null,255]");
    EXPECT_EQ(to_json(std::string("a\x01\xff\\")), "\"a\\u0001?\\\\\"");
}

TEST(Described, takes_null_and_absence_for_an_empty_optional) {
    const auto order =
        parse_body<Order>(R"({"campaign":1,"lines":[],"note":null,"balance":0,"gift":false})");
    ASSERT_TRUE(order.has_value());
    EXPECT_FALSE(order->note.has_value());
    EXPECT_FALSE(parse_body<Line>(R"({"tier":null,"shift":0,"seats":[]})").has_value());
}

struct Refusal {
    const char* body;
    const char* field;
    const char* message;
};

class DescribedRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(DescribedRefusal, names_the_field) {
    const auto order = parse_body<Order>(GetParam().body);
    ASSERT_FALSE(order.has_value());
    EXPECT_EQ(order.error().field, GetParam().field);
    EXPECT_EQ(order.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, DescribedRefusal,
    testing::Values(Refusal{R"([])", "", "is not an object"},
                    Refusal{R"({"campaign":1,"lines":[],"balance":0})", "gift", "is missing"},
                    Refusal{R"({"campaign":1,"lines":[],"balance":0,"gift":false,"more":1})",
                            "more", "is not a field we know"},
                    Refusal{R"({"campaign":1,"campaign":1,"lines":[],"balance":0,"gift":false})",
                            "campaign", "is given twice"},
                    Refusal{R"({"campaign":"1","lines":[],"balance":0,"gift":false})", "campaign",
                            "is not an integer from 0 to 18446744073709551615"},
                    Refusal{R"({"campaign":-1})", "campaign",
                            "is not an integer from 0 to 18446744073709551615"},
                    Refusal{R"({"campaign":18446744073709551616})", "campaign",
                            "is not an integer from 0 to 18446744073709551615"},
                    Refusal{R"({"balance":9223372036854775808})", "balance",
                            "is not an integer from -9223372036854775808 to 9223372036854775807"},
                    Refusal{R"({"balance":1.0})", "balance",
                            "is not an integer from -9223372036854775808 to 9223372036854775807"},
                    Refusal{R"({"gift":1})", "gift", "is not true or false"},
                    Refusal{R"({"note":1})", "note", "is not a string"},
                    Refusal{R"({"lines":{}})", "lines", "is not an array"},
                    Refusal{R"({"lines":[{"tier":1,"shift":0,"seats":[]},{"tier":4294967296}]})",
                            "lines[1].tier", "is not an integer from 0 to 4294967295"},
                    Refusal{R"({"lines":[{"tier":1,"shift":128,"seats":[]}]})", "lines[0].shift",
                            "is not an integer from -128 to 127"},
                    Refusal{R"({"lines":[{"tier":1,"shift":0,"seats":["a",true]}]})",
                            "lines[0].seats[1]", "is not a string"},
                    Refusal{R"({"lines":[7]})", "lines[0]", "is not an object"},
                    Refusal{R"({"lines":[{"shift":0,"seats":[]}]})", "lines[0].tier", "is missing"},
                    Refusal{R"({"extra":{"tier":1,"tier":2}})", "extra.tier", "is given twice"},
                    Refusal{R"({"extra":{"x":{"y":1}}})", "extra.x", "is not a field we know"}));

TEST(Described, refuses_what_is_not_json) {
    std::string deep = R"({"campaign":)";
    for (int i = 0; i < 16; ++i) deep += '[';
    for (const std::string& body :
         {std::string(), std::string("{"), std::string("{}x"), std::string("{'a':1}"),
          std::string(R"({"a":1,})"), std::string("{\"note\":\"\xff\"}"),
          std::string("{\"note\":\"\xed\xa0\x80\"}"), std::string(R"({"note":"\ud800"})"),
          std::string(R"({"campaign":01})"), std::string("{\"note\":\"\n\"}"), deep}) {
        const auto order = parse_body<Order>(body);
        ASSERT_FALSE(order.has_value()) << body;
        EXPECT_EQ(order.error().field, "") << body;
        EXPECT_TRUE(order.error().message.starts_with("is not valid JSON at byte ") ||
                    order.error().message == "is nested deeper than 16 levels")
            << body << " " << order.error().message;
    }
}

TEST(Described, gives_the_schema) {
    EXPECT_EQ(
        schema_of<Order>(),
        R"({"type":"object","properties":{"campaign":{"type":"integer","format":"int64","minimum":0},)"
        R"("lines":{"type":"array","items":{"type":"object","properties":{)"
        R"("tier":{"type":"integer","minimum":0,"maximum":4294967295},"shift":{"type":"integer","minimum":-128,"maximum":127},)"
        R"("seats":{"type":"array","items":{"type":"string"}}},"required":["tier","shift","seats"],"additionalProperties":false}},)"
        R"("note":{"anyOf":[{"type":"string"},{"type":"null"}]},"extra":{"anyOf":[{"type":"object","properties":{)"
        R"("tier":{"type":"integer","minimum":0,"maximum":4294967295},"shift":{"type":"integer","minimum":-128,"maximum":127},)"
        R"("seats":{"type":"array","items":{"type":"string"}}},"required":["tier","shift","seats"],"additionalProperties":false},)"
        R"({"type":"null"}]},"balance":{"type":"integer","format":"int64"},"gift":{"type":"boolean"}},)"
        R"("required":["campaign","lines","balance","gift"],"additionalProperties":false})");
    EXPECT_EQ(schema_of<Nothing>(),
              R"({"type":"object","properties":{},"required":[],"additionalProperties":false})");
}

}  // namespace
}  // namespace onsale::http
