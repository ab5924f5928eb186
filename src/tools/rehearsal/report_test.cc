#include "rehearsal/report.h"

#include <gtest/gtest.h>

namespace onsale::rehearsal {
namespace {

struct Played {
    Plan plan;
    Report report;
    Played() {
        plan.arrival = {0, 1'000'000};
        plan.actors = 7;
        report.circumstances.campaign_name = "<b>\"Rush\"</b>";
        report.circumstances.campaign = 1001;
        report.circumstances.free_before = 4;
        report.checks = {{"the audit of the copy", Verdict::good, "clean"},
                         {"the real data", Verdict::bad, "changed"}};
    }
};

Step order_of(std::uint32_t actor) {
    Step step;
    step.actor = actor;
    step.action = Action::order;
    return step;
}

TEST(Report, the_page_needs_nothing_else_and_names_what_is_wrong) {
    Played played;
    Figures figures(played.plan, 3'000'000);
    figures.answered(order_of(0), {201, 11, {}, 500'000, 2000});
    const auto page = to_html(played.report, figures);
    EXPECT_EQ(page.find("http"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("<b>\"Rush\""), std::string::npos);
    EXPECT_NE(page.find("WRONG"), std::string::npos);
    EXPECT_NE(page.find("1 of 4"), std::string::npos);
    EXPECT_EQ(page.find("nan"), std::string::npos);
}

TEST(Report, the_figures_stand_in_json) {
    Played played;
    Figures figures(played.plan, 3'000'000);
    figures.answered(order_of(0), {201, 11, {}, 500'000, 2000});
    figures.answered(order_of(3), {409, 0, "sold_out", 700'000, 3000});
    const auto json = to_json(played.report, figures);
    EXPECT_NE(json.find(R"("refusals":{"sold_out":1})"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("name":"<b>\"Rush\"</b>")"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("people":{"accounts":2,"orders_sent":0,"accepted":1,"tickets":1,)"
                        R"("accounts_served":1})"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"({"what":"the real data","good":false,"detail":"changed"})"),
              std::string::npos)
        << json;
}

TEST(Report, says_whether_the_real_server_came_first) {
    Played played;
    const Figures figures(played.plan, 3'000'000);
    EXPECT_EQ(to_html(played.report, figures).find("low priority"), std::string::npos);
    played.report.circumstances.beside_the_real_server = true;
    EXPECT_NE(to_html(played.report, figures).find("low priority"), std::string::npos);
    EXPECT_NE(to_json(played.report, figures).find(R"("beside_the_real_server":true)"),
              std::string::npos);
}

}  // namespace
}  // namespace onsale::rehearsal
