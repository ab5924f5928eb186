#include "imports/plan.h"

#include <gtest/gtest.h>

#include "crypto/crypto.h"

namespace onsale::imports {
namespace {

constexpr std::string_view kHead = R"([[organisers]]
id = 1
name = { zh = "甲", en = "A" }
[[shows]]
id = 10
organiser = 1
name = { zh = "乙", en = "B" }
)";

std::string session(std::uint64_t id, std::uint64_t tier, std::uint64_t campaign,
                    const std::string& stock) {
    const auto number = [](std::uint64_t value) { return std::to_string(value); };
    return "[[sessions]]\nshow = 10\nid = " + number(id) +
           "\nstarts_at = 2026-12-31T20:00:00Z\nends_at = 2026-12-31T23:00:00Z\n"
           "[[sessions.pools]]\nid = 1\n" +
           stock + "\n[[sessions.tiers]]\nid = " + number(tier) +
           "\nname = { zh = \"丙\", en = \"C\" }\npool = 1\n[[sessions.campaigns]]\nid = " +
           number(campaign) +
           "\nname = { zh = \"丁\", en = \"D\" }\nopens_at = 2026-12-01T00:00:00Z\n"
           "closes_at = 2026-12-31T20:00:00Z\ntiers = [" +
           number(tier) + "]\n";
}

std::string list(std::uint64_t number, const std::string& file) {
    return "codes = { list = " + std::to_string(number) + ", file = \"" + file + "\" }";
}

bool told(const Mistakes& mistakes, Place place, std::string_view word) {
    for (const auto& mistake : mistakes.list()) {
        const bool here = mistake.place.file == place.file && mistake.place.line == place.line;
        if (here && mistake.message.en.find(word) != std::string::npos) return true;
    }
    return false;
}

TEST(Plan, takes_many_sessions_with_their_lists) {
    Mistakes mistakes;
    const auto plan =
        read_plan({{"c.toml", std::string(kHead) + session(100, 2001, 1001, "count = 5") +
                                  session(101, 2002, 1002, list(5001, "a.csv"))},
                   {"a.csv", "code\nX\nY\n"}},
                  mistakes);
    ASSERT_TRUE(mistakes.empty()) << mistakes.list()[0].message.en;
    ASSERT_EQ(plan.sessions.size(), 2U);
    EXPECT_EQ(plan.code_count(), 2U);
    EXPECT_EQ(plan.definition_of(plan.sessions[1]).show.name.en, "B");
    EXPECT_EQ(plan.definition_of(plan.sessions[1]).organiser.name.zh, "甲");
    ASSERT_EQ(plan.lists.size(), 1U);
    EXPECT_EQ(plan.lists[0].stock.count, 2U);
    EXPECT_EQ(plan.lists[0].stock.digest, crypto::sha256(std::string_view("X\nY\n")));
}

TEST(Plan, ids_stand_once_in_all_its_files) {
    Mistakes mistakes;
    const auto first = std::string(kHead) + session(100, 2001, 1001, list(5001, "a.csv"));
    (void)read_plan({{"1.toml", first}, {"2.toml", first}, {"a.csv", "X\n"}}, mistakes);
    EXPECT_TRUE(told(mistakes, {1, 15}, "is used in 1.toml:15"));
    EXPECT_EQ(mistakes.list().size(), 1U);  // what is wrong in itself comes before the rest

    Mistakes others;
    (void)read_plan({{"1.toml", std::string(kHead) + session(100, 2001, 1001, "count = 1")},
                     {"2.toml", std::string(kHead) + session(100, 2001, 1001, "count = 1")}},
                    others);
    EXPECT_TRUE(told(others, {1, 10}, "the session 100 stands in 1.toml:10"));
    EXPECT_TRUE(told(others, {1, 17}, "the tier 2001 stands in 1.toml:17"));
    EXPECT_TRUE(told(others, {1, 21}, "the campaign 1001 stands in 1.toml:21"));
}

TEST(Plan, a_repeated_code_names_both_places) {
    Mistakes mistakes;
    (void)read_plan({{"c.toml", std::string(kHead) + session(100, 2001, 1001, list(5001, "a.csv")) +
                                    session(101, 2002, 1002, list(5002, "b.csv"))},
                     {"a.csv", "X\nY\n"},
                     {"b.csv", "Z\nX\n"}},
                    mistakes);
    ASSERT_EQ(mistakes.list().size(), 1U);
    EXPECT_TRUE(told(mistakes, {2, 2}, "a.csv:1"));
}

TEST(Plan, shows_and_organisers_must_be_there_and_mean_one_thing) {
    Mistakes mistakes;
    auto text = std::string(kHead) + session(100, 2001, 1001, "count = 1");
    text.replace(text.find("show = 10"), 9, "show = 11");
    text.replace(text.find("organiser = 1"), 13, "organiser = 2");
    (void)read_plan({{"c.toml", text}}, mistakes);
    EXPECT_TRUE(told(mistakes, {0, 6}, "no organiser"));
    EXPECT_TRUE(told(mistakes, {0, 9}, "no show"));

    Mistakes others;
    std::string other(kHead);
    other.replace(other.find("\"乙\""), 5, "\"别\"");
    (void)read_plan(
        {{"c.toml", std::string(kHead) + session(100, 2001, 1001, "count = 1")}, {"d.toml", other}},
        others);
    EXPECT_TRUE(told(others, {1, 4}, "other content in c.toml:4"));
}

TEST(Plan, files_that_nobody_names_and_no_campaign_file_are_mistakes) {
    Mistakes mistakes;
    (void)read_plan({{"c.toml", std::string(kHead)}, {"lost.csv", "A\n"}}, mistakes);
    EXPECT_TRUE(told(mistakes, {1, 0}, "no campaign file names"));
    Mistakes nothing;
    (void)read_plan({{"a.csv", "A\n"}}, nothing);
    EXPECT_TRUE(told(nothing, {0, 0}, "no campaign file"));
    Mistakes none;
    (void)read_plan({}, none);
    EXPECT_FALSE(none.empty());
}

}  // namespace
}  // namespace onsale::imports
