#include "shop/wish.h"

#include <gtest/gtest.h>

#include "base/prng.h"

namespace onsale::shop {
namespace {

const std::vector<std::string> kWishes = {
    R"({"campaign":1001})",
    R"({"campaign": 1001})",
    R"( { "campaign" : 1001 } )",
    R"({"campaign":0})",
    R"({"campaign":00})",
    R"({"campaign":01})",
    R"({"campaign":-1})",
    R"({"campaign":1.0})",
    R"({"campaign":1e3})",
    R"({"campaign":"1001"})",
    R"({"campaign":null})",
    R"({"campaign":true})",
    R"({"campaign":[1001]})",
    R"({"campaign":999999999999999999})",
    R"({"campaign":9999999999999999999})",
    R"({"campaign":18446744073709551615})",
    R"({"campaign":18446744073709551616})",
    R"({"campaign":1001,"campaign":1002})",
    R"({"campaign":1001,"price":1})",
    R"({"campaign":1001,})",
    R"({"campaign":1001}x)",
    R"({"campaign":1001}})",
    "{\"campaign\":1001\n}",
    "{\t\"campaign\":1001}",
    R"({"campaign":1001,"lines":null})",
    R"({"campaign":1001,"lines":[]})",
    R"({"campaign":1001,"lines":[{"tier":2001,"quantity":1}]})",
    R"({"campaign": 1001, "lines": [{"tier": 2001, "quantity": 2}, {"tier": 2002, "quantity": 1}]})",
    R"({"campaign":1001,"lines":[{"quantity":1,"tier":2001}]})",
    R"({"lines":[{"tier":2001,"quantity":1}],"campaign":1001})",
    R"({"campaign":1001,"lines":[{"tier":2001,"quantity":999999999}]})",
    R"({"campaign":1001,"lines":[{"tier":2001,"quantity":4294967295}]})",
    R"({"campaign":1001,"lines":[{"tier":2001,"quantity":4294967296}]})",
    R"({"campaign":1001,"lines":[{"tier":2001,"quantity":-1}]})",
    R"({"campaign":1001,"lines":[{"tier":2001}]})",
    R"({"campaign":1001,"lines":[{"tier":2001,"quantity":1},]})",
    R"({"campaign":1001,"lines":[{"tier":1,"quantity":1},{"tier":2,"quantity":1},{"tier":3,"quantity":1},{"tier":4,"quantity":1}]})",
    R"({"campaign":1001,"lines":[{"tier":1,"quantity":1},{"tier":2,"quantity":1},{"tier":3,"quantity":1},{"tier":4,"quantity":1},)"
    R"({"tier":5,"quantity":1}]})",
    R"({"actId":1001})",
    R"({"id":1001})",
    R"({ "id" : 1001 })",
    R"({"id":1001,"actId":1001})",
    R"({"id":null,"actId":1001})",
    R"({"ticketId":1001})",
    R"({"id":"1001"})",
    "",
    "{}",
    "[]",
    "null",
    "\"campaign\"",
    "{\"campaign\":\xff}",
};

// What the scan takes, the strict parser must read alike; what the scan leaves, it may judge as it
// likes.
void expect_agreement(const std::optional<Wish>& scanned, const WishResult& strict,
                      const std::string& body) {
    if (!scanned) return;
    ASSERT_TRUE(strict.has_value())
        << body << ": " << strict.error().field << " " << strict.error().message;
    EXPECT_EQ(scanned->campaign, strict->campaign) << body;
    ASSERT_EQ(scanned->lines.size(), strict->lines.size()) << body;
    for (std::size_t i = 0; i < scanned->lines.size(); ++i) {
        EXPECT_EQ(scanned->lines[i].tier, strict->lines[i].tier) << body;
        EXPECT_EQ(scanned->lines[i].quantity, strict->lines[i].quantity) << body;
    }
}

TEST(Wish, scan_and_strict_parser_agree_on_a_corpus) {
    for (const auto& body : kWishes) {
        expect_agreement(scan_wish(body), parse_wish_strictly(body), body);
        expect_agreement(scan_grab(body), parse_grab_strictly(body), body);
    }
}

TEST(Wish, scan_and_strict_parser_agree_on_damaged_bodies) {
    base::Prng random(20261120);
    const std::string_view alphabet = "{}[]\":, 019-.etierquanycmplsgIdA";
    for (int i = 0; i < 200'000; ++i) {
        std::string body = kWishes[random.below(kWishes.size())];
        for (std::uint64_t edits = random.below(3) + 1; edits > 0 && !body.empty(); --edits) {
            const auto place = random.below(body.size());
            const char c = alphabet[random.below(alphabet.size())];
            if (random.chance(1, 3)) {
                body.erase(place, 1);
            } else if (random.chance(1, 2)) {
                body.insert(place, 1, c);
            } else {
                body[place] = c;
            }
        }
        expect_agreement(scan_wish(body), parse_wish_strictly(body), body);
        expect_agreement(scan_grab(body), parse_grab_strictly(body), body);
    }
}

TEST(Wish, the_common_shapes_are_scanned) {
    EXPECT_TRUE(scan_wish(R"({"campaign":1001})").has_value());
    EXPECT_TRUE(scan_wish(R"({"campaign": 1001})").has_value());
    EXPECT_TRUE(
        scan_wish(R"({"campaign": 1001, "lines": [{"tier": 2001, "quantity": 2}]})").has_value());
    EXPECT_TRUE(scan_grab(R"({"actId":1001})").has_value());
    EXPECT_TRUE(scan_grab(R"({"id": 1001})").has_value());
}

TEST(Wish, mistakes_name_their_field) {
    const auto field_of = [](std::string_view body) {
        const auto wish = parse_wish(body);
        return wish ? std::string("none") : wish.error().field;
    };
    EXPECT_EQ(field_of(R"({"campaign":1001,"price":1})"), "price");
    EXPECT_EQ(field_of(R"({"campaign":1001,"lines":[{"tier":1,"quantity":"2"}]})"),
              "lines[0].quantity");
    EXPECT_EQ(field_of(R"({"campaign":1001,"lines":[]})"), "lines");
    EXPECT_EQ(field_of(R"({"lines":[]})"), "campaign");
    EXPECT_EQ(parse_grab("{}").error().field, "actId");
    EXPECT_EQ(parse_grab(R"({"id":1,"actId":1})").error().field, "id");
}

}  // namespace
}  // namespace onsale::shop
