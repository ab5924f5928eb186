#include "audit/report.h"

#include <gtest/gtest.h>

namespace onsale::audit {
namespace {

TEST(Report, counts_every_breach_and_keeps_the_first_hundred) {
    Report report;
    for (int i = 0; i < 150; ++i) report.breach(Clause::d2, "shard 0");
    EXPECT_EQ(report.of(Clause::d2).breaches, 150U);
    EXPECT_EQ(report.breaches.size(), kBreachesKeptMax);
    EXPECT_FALSE(report.clean());
}

TEST(Report, json_escapes_what_a_message_may_hold) {
    Report report;
    report.breach(Clause::t1, "a \"name\"\n\\");
    report.notes.push_back("none");
    const std::string json = to_json(report);
    EXPECT_NE(json.find(R"({"clause":"T1","text":"a \"name\"\u000a\\"})"), std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("clean":false)"), std::string::npos);
    EXPECT_NE(json.find(R"("not_checked":["none"])"), std::string::npos);
}

TEST(Report, text_names_clause_and_place) {
    Report report;
    report.breach(Clause::c1, "order 257");
    EXPECT_NE(to_text(report).find("breach of C1: order 257"), std::string::npos);
    EXPECT_NE(to_text(Report{}).find("the books are clean"), std::string::npos);
}

TEST(Clause, each_has_a_name_of_its_own) {
    for (std::size_t i = 1; i < kClauses; ++i) {
        EXPECT_NE(to_string(static_cast<Clause>(i)), to_string(static_cast<Clause>(i - 1)));
        EXPECT_FALSE(sentence(static_cast<Clause>(i)).empty());
    }
}

}  // namespace
}  // namespace onsale::audit
