#include "imports/campaign_file.h"

#include <gtest/gtest.h>

#include "imports/templates.h"
#include "imports/toml_reader.h"

namespace onsale::imports {
namespace {

constexpr std::string_view kGood = R"([organiser]
id = 1
name = { zh = "星河文化", en = "Galaxy Culture" }
[show]
id = 10
name = { zh = "新年礼券", en = "New Year vouchers" }
[session]
id = 100
starts_at = 2026-12-31T20:00:00+08:00
ends_at   = 2026-12-31T23:00:00.5-03:30
orders_per_person = 5
[[pool]]
id = 1
codes = { list = 5001, file = "codes.csv" }
[[pool]]
id = 2
count = 500
[[tier]]
id = 2001
name = { zh = "咖啡券", en = "Coffee voucher" }
pool = 1
price = "12.5"
[[campaign]]
id = 1001
name = { zh = "新年抢券", en = "New Year rush" }
opens_at  = 2026-12-01T12:00:00+08:00
closes_at = 2026-12-31T20:00:00+08:00
one_per_person = true
tiers = [2001]
)";

std::string replaced(std::string_view what, std::string_view with) {
    std::string text(kGood);
    const auto place = text.find(what);
    EXPECT_NE(place, std::string::npos) << what;
    return text.replace(place, what.size(), with);
}

Mistakes mistakes_of(const std::string& text) {
    Mistakes mistakes;
    (void)read_plan({{"c.toml", text}, {"codes.csv", "A\nB\n"}}, mistakes);
    return mistakes;
}

std::string text_of(const Mistake& mistake) {
    return std::to_string(mistake.place.line) + ":" + std::to_string(mistake.place.column) + ": " +
           mistake.message.en;
}

// They were noted in places that had gone, which is memory of somebody else.
TEST(TomlReader, notes_places_only_as_long_as_it_is_asked_to) {
    Mistakes mistakes;
    const auto reader = TomlReader::parse("a = 1\nb = 2\nc = 3\n", 0, mistakes);
    ASSERT_TRUE(reader);
    Places outer;
    Places inner;
    const auto noting = reader->note_in(outer);
    {
        const auto within = reader->note_in(inner);
        reader->id(reader->root(), "a");
    }
    reader->id(reader->root(), "b");
    const Place nowhere{9, 9, 9};
    EXPECT_EQ(inner.find("a", nowhere).line, 1U);
    EXPECT_EQ(inner.find("b", nowhere), nowhere);
    EXPECT_EQ(outer.find("a", nowhere), nowhere);
    EXPECT_EQ(outer.find("b", nowhere).line, 2U);
}

TEST(CampaignFile, a_good_file_becomes_a_definition) {
    Mistakes mistakes;
    const auto file = read_campaign_file(kGood, 0, mistakes);
    ASSERT_TRUE(mistakes.empty()) << text_of(mistakes.list()[0]);
    ASSERT_EQ(file.sessions.size(), 1U);
    const auto& definition = file.sessions[0].definition;
    EXPECT_EQ(file.organisers[0].definition.name.zh, "星河文化");
    EXPECT_EQ(file.shows[0].organiser, 1U);
    EXPECT_EQ(definition.session.starts_at, "2026-12-31T20:00:00.000+08:00");
    EXPECT_EQ(definition.session.ends_at, "2026-12-31T23:00:00.500-03:30");
    ASSERT_EQ(definition.pools.size(), 2U);
    EXPECT_EQ(definition.pools[0].list, 5001U);
    EXPECT_EQ(definition.pools[1].count, 500U);
    EXPECT_EQ(definition.tiers[0].price, "12.5");
    EXPECT_TRUE(definition.campaigns[0].one_per_person);
    EXPECT_EQ(files_named_in(kGood), std::vector<std::string>{"codes.csv"});
    EXPECT_TRUE(mistakes_of(std::string(kGood)).empty());
}

struct Case {
    std::string text;
    std::string place;  // line:column
    std::string word;   // in the sentence
};

TEST(CampaignFile, each_mistake_is_placed) {
    const std::vector<Case> cases = {
        {replaced("id = 10\n", "id = \"10\"\n"), "5:6", "whole number"},
        {replaced("id = 10\n", "id = 0\n"), "5:6", "whole number"},
        {replaced("id = 10\n", ""), "4:1", "\"id\" is missing"},
        {replaced("[show]", "[shown]"), "1:1", "\"show\" is missing"},
        {replaced("en = \"Galaxy Culture\"", "fr = \"Galaxie\""), "3:", "\"fr\" is not a field"},
        {replaced("2026-12-31T20:00:00+08:00\nends", "2026-12-31T20:00:00\nends"), "9:13",
         "offset"},
        {replaced("ends_at   = 2026-12-31T23", "ends_at   = 2026-12-30T23"), "10:13",
         "is not after"},
        {replaced("price = \"12.5\"", "price = \"12.505\""), "22:9", "amount of money"},
        {replaced("price = \"12.5\"", "price = 12.5"), "22:9", "must be a text"},
        {replaced("pool = 1", "pool = 3"), "21:8", "names no pool"},
        {replaced("tiers = [2001]", "tiers = [2002]"), "29:10", "names no tier"},
        {replaced("tiers = [2001]", "tiers = []"), "29:9", "is empty"},
        {replaced("count = 500", "count = 500\ncodes = { list = 1, file = \"x\" }"), "15:1",
         "both"},
        {replaced("count = 500\n", ""), "15:1", "neither"},
        {replaced("count = 500\n", "count = 0\n"), "17:9", "from 1"},
        {replaced("one_per_person = true", "one_per_person = 1"), "28:18", "true or false"},
        {replaced("id = 2\n", "id = 1\n"), "16:6", "used twice"},
        {replaced("codes.csv", "../codes.csv"), "14:31", "not the name of a file"},
        {replaced("codes.csv", "other.csv"), "14:31", "is missing"},
        {replaced("closes_at = 2026-12-31T20", "closes_at = 2027-12-31T20"), "27:13",
         "after the end"},
        {replaced("[show]", "[show"), "4:", ""},
    };
    for (const auto& one : cases) {
        bool found = false;
        std::string all;
        const auto mistakes = mistakes_of(one.text);
        for (const auto& mistake : mistakes.list()) {
            const auto text = text_of(mistake);
            all += text + "\n";
            found =
                found || (text.starts_with(one.place) && text.find(one.word) != std::string::npos);
            EXPECT_FALSE(mistake.message.zh.empty());
            EXPECT_FALSE(mistake.remedy.zh.empty());
            EXPECT_FALSE(mistake.remedy.en.empty());
        }
        EXPECT_TRUE(found) << one.place << " " << one.word << " in:\n" << all;
    }
}

TEST(CampaignFile, all_mistakes_are_told_at_once) {
    std::string text = replaced("id = 10\n", "id = true\n");
    text += "hold_minutes = \"x\"\nsurprise = 1\n";
    EXPECT_EQ(mistakes_of(text).list().size(), 3U);
}

TEST(CampaignFile, what_is_empty_or_binary_is_a_mistake_and_no_crash) {
    EXPECT_FALSE(mistakes_of("").empty());
    EXPECT_FALSE(mistakes_of(std::string("\x00\xff\xfe", 3)).empty());
    EXPECT_FALSE(mistakes_of(std::string(100'000, '[')).empty());
}

TEST(CampaignFile, the_templates_are_good_files) {
    Mistakes mistakes;
    std::string toml(template_toml());
    toml.erase(toml.find("# sessions_file"), 2);
    const auto plan = read_plan({{"template.toml", toml},
                                 {"codes.csv", "A-1\n"},
                                 {"sessions.csv", std::string(template_csv())}},
                                mistakes);
    ASSERT_TRUE(mistakes.empty()) << mistakes.list()[0].place.file << "/"
                                  << text_of(mistakes.list()[0]);
    EXPECT_GE(plan.sessions.size(), 3U);
}

TEST(CampaignFile, has_the_terms_of_refunds_and_late_payments) {
    const auto read = [](const std::string& text) {
        Mistakes mistakes;
        const auto file = read_campaign_file(text, 0, mistakes);
        EXPECT_TRUE(mistakes.empty());
        return file.sessions.at(0).definition.terms;
    };
    EXPECT_TRUE(read(std::string(kGood)).empty());
    const auto terms = read(replaced("orders_per_person = 5", R"(refund_allowed = true
refund_until_hours = 24
refund_fee_percent = "2.5"
refund_review = false
refund_second_review_from = "500.00"
late_payment = "same")"));
    EXPECT_EQ(terms.refund_allowed, true);
    EXPECT_EQ(terms.refund_until_hours, 24U);
    EXPECT_EQ(terms.refund_fee_percent, "2.5");
    EXPECT_EQ(terms.refund_review, false);
    EXPECT_EQ(terms.refund_second_review_from, "500.00");
    EXPECT_EQ(terms.late_payment, "same");
}

TEST(CampaignFile, mistakes_in_terms_have_their_place) {
    const auto mistakes =
        mistakes_of(replaced("orders_per_person = 5", "late_payment = \"never\""));
    ASSERT_EQ(mistakes.list().size(), 1U);
    EXPECT_EQ(mistakes.list()[0].place.line, 11U) << text_of(mistakes.list()[0]);
}

}  // namespace
}  // namespace onsale::imports
