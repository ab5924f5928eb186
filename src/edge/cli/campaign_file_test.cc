#include "cli/campaign_file.h"

#include <gtest/gtest.h>

namespace onsale::cli {
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

TEST(CampaignFile, a_good_file_becomes_a_body) {
    Mistakes mistakes;
    const auto file = read_campaign_file(kGood, "c.toml", mistakes);
    ASSERT_TRUE(mistakes.empty()) << to_text(mistakes[0]);
    EXPECT_EQ(file.body.organiser.name.zh, "星河文化");
    EXPECT_EQ(file.body.session.starts_at, "2026-12-31T20:00:00.000+08:00");
    EXPECT_EQ(file.body.session.ends_at, "2026-12-31T23:00:00.500-03:30");
    ASSERT_EQ(file.body.pools.size(), 2U);
    EXPECT_EQ(file.body.pools[0].list, 5001U);
    EXPECT_EQ(file.body.pools[1].count, 500U);
    EXPECT_EQ(file.body.tiers[0].price, "12.5");
    EXPECT_EQ(file.body.campaigns[0].one_per_person, true);
    ASSERT_EQ(file.codes.size(), 1U);
    EXPECT_EQ(file.codes[0].file, "codes.csv");
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
        {replaced("[show]", "[shows]"), "1:1", "\"show\" is missing"},
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
        {replaced("one_per_person = true", "one_per_person = 1"), "28:18", "true or false"},
        {replaced("id = 2\n", "id = 1\n"), "16:6", "used twice"},
        {replaced("[show]", "[show"), "4:", ""},
    };
    for (const auto& one : cases) {
        Mistakes mistakes;
        (void)read_campaign_file(one.text, "c.toml", mistakes);
        bool found = false;
        std::string all;
        for (const auto& mistake : mistakes) {
            const auto text = to_text(mistake);
            all += text + "\n";
            found = found || (text.starts_with("c.toml:" + one.place) &&
                              text.find(one.word) != std::string::npos);
        }
        EXPECT_TRUE(found) << one.place << " " << one.word << " in:\n" << all;
    }
}

TEST(CampaignFile, all_mistakes_are_told_at_once) {
    std::string text = replaced("id = 10\n", "id = true\n");
    text += "hold_minutes = \"x\"\nsurprise = 1\n";
    Mistakes mistakes;
    (void)read_campaign_file(text, "c.toml", mistakes);
    EXPECT_EQ(mistakes.size(), 3U);
}

}  // namespace
}  // namespace onsale::cli
