#include "imports/session_rows.h"

#include <gtest/gtest.h>

namespace onsale::imports {
namespace {

constexpr std::string_view kHeader =
    "show,session,starts_at,ends_at,pool,count,tier,tier_name_zh,tier_name_en,price,campaign,"
    "campaign_name_zh,campaign_name_en,opens_at,closes_at,one_per_person\n";

std::string row(const std::string& session, const std::string& tier, const std::string& count,
                const std::string& more = "2026-12-01T00:00:00Z,2026-12-31T20:00:00Z,true") {
    return "10," + session + ",2026-12-31T20:00:00Z,2026-12-31T23:00:00Z,1," + count + "," + tier +
           ",\"甲,乙\",\"A \"\"B\"\"\",12.50,9" + session + ",活动,Sale," + more + "\n";
}

std::vector<PlannedSession> read(const std::string& text, Mistakes& mistakes) {
    std::vector<PlannedSession> sessions;
    read_session_rows(text, 3, sessions, mistakes);
    return sessions;
}

TEST(SessionRows, rows_of_a_session_belong_together) {
    Mistakes mistakes;
    const auto sessions = read("\xef\xbb\xbf" + std::string(kHeader) + row("100", "1", "50") +
                                   row("100", "2", "50") + "\r\n" + row("101", "3", "7"),
                               mistakes);
    ASSERT_TRUE(mistakes.empty()) << mistakes.list()[0].message.en;
    ASSERT_EQ(sessions.size(), 2U);
    const auto& first = sessions[0].definition;
    EXPECT_EQ(first.show.id, 10U);
    ASSERT_EQ(first.pools.size(), 1U);
    EXPECT_EQ(first.pools[0].count, 50U);
    ASSERT_EQ(first.tiers.size(), 2U);
    EXPECT_EQ(first.tiers[1].name.zh, "甲,乙");
    EXPECT_EQ(first.tiers[1].name.en, "A \"B\"");
    ASSERT_EQ(first.campaigns.size(), 1U);
    EXPECT_EQ(first.campaigns[0].tiers, (std::vector<std::uint64_t>{1, 2}));
    EXPECT_TRUE(first.campaigns[0].one_per_person);
    EXPECT_EQ(sessions[1].places.find("campaigns[0].opens_at", {}).line, 5U);
}

// The terms stand behind the other columns, which a file without them need not have.
std::string with_terms(const std::string& terms, const std::string& next = ",,,,,") {
    std::string header(kHeader);
    header.pop_back();
    std::string first = row("100", "1", "5");
    std::string second = row("100", "2", "5");
    first.pop_back();
    second.pop_back();
    return header +
           ",refund_allowed,refund_until_hours,refund_fee_percent,refund_review,"
           "refund_second_review_from,late_payment\n" +
           first + "," + terms + "\n" + second + "," + next + "\n";
}

TEST(SessionRows, terms_of_a_session) {
    Mistakes mistakes;
    const auto sessions = read(with_terms("true,0,2.5,false,500.00,same"), mistakes);
    ASSERT_TRUE(mistakes.empty()) << mistakes.list()[0].message.en;
    const auto& terms = sessions[0].definition.terms;
    EXPECT_EQ(terms.refund_allowed, true);
    EXPECT_EQ(terms.refund_until_hours, 0U);
    EXPECT_EQ(terms.refund_fee_percent, "2.5");
    EXPECT_EQ(terms.refund_review, false);
    EXPECT_EQ(terms.refund_second_review_from, "500.00");
    EXPECT_EQ(terms.late_payment, "same");
    EXPECT_EQ(sessions[0].places.find("session.refund_fee_percent", {}), (Place{3, 2, 145}));
    EXPECT_TRUE(
        read(std::string(kHeader) + row("100", "1", "5"), mistakes)[0].definition.terms.empty());
    EXPECT_TRUE(read(with_terms(",,,,,"), mistakes)[0].definition.terms.empty());
}

TEST(SessionRows, terms_are_the_same_in_each_row_or_left_out) {
    for (const auto& [next, word] : {std::pair{"true,0,2.5,,,late", "late_payment differs"},
                                     std::pair{"maybe,,,,,", "refund_allowed differs"},
                                     std::pair{",1,,,,", "refund_until_hours differs"},
                                     std::pair{"false,,,,,", "refund_allowed differs"}}) {
        Mistakes mistakes;
        (void)read(with_terms("true,0,2.5,false,500.00,same", next), mistakes);
        ASSERT_FALSE(mistakes.empty()) << next;
        EXPECT_EQ(mistakes.list()[0].place.line, 3U);
        EXPECT_NE(mistakes.list()[0].message.en.find(word), std::string::npos)
            << mistakes.list()[0].message.en;
    }
    Mistakes mistakes;
    (void)read(with_terms("maybe,-1,,,,"), mistakes);
    EXPECT_EQ(mistakes.list().size(), 2U);
    (void)read(with_terms("true,0,2.5,false,500.00,same", "true,0,2.5,false,500.00,same"),
               mistakes);
    EXPECT_EQ(mistakes.list().size(), 2U);
}

TEST(SessionRows, each_mistake_is_placed) {
    struct Case {
        std::string text;
        Place place;
        std::string word;
    };
    const std::vector<Case> cases = {
        {"", {3, 1, 1}, "no header"},
        {"show,session\n", {3, 1, 1}, "\"starts_at\" is missing"},
        {"x," + std::string(kHeader), {3, 1, 1}, "not a column"},
        {std::string(kHeader) + "1,2,3\n", {3, 2, 1}, "3 cells"},
        {std::string(kHeader) + row("100", "1", "many"), {3, 2, 52}, "count is not a whole"},
        {std::string(kHeader) + row("100", "1", "5") + row("100", "2", "6"),
         {3, 3, 52},
         "differs from an earlier row: 5"},
        {std::string(kHeader) + row("100", "1", "5", "x,y,maybe"), {3, 2, 95}, "true, false"},
        {std::string(kHeader) + "\"open\n", {3, 2, 1}, "quotes"},
        {std::string(kHeader) + "\xb1\xb1\n", {3, 2, 1}, "not UTF-8"},
    };
    for (const auto& one : cases) {
        Mistakes mistakes;
        (void)read(one.text, mistakes);
        bool found = false;
        std::string all;
        for (const auto& mistake : mistakes.list()) {
            all += std::to_string(mistake.place.line) + ":" + std::to_string(mistake.place.column) +
                   " " + mistake.message.en + "\n";
            found = found || (mistake.place == one.place &&
                              mistake.message.en.find(one.word) != std::string::npos);
        }
        EXPECT_TRUE(found) << one.word << " in:\n" << all;
    }
}

}  // namespace
}  // namespace onsale::imports
