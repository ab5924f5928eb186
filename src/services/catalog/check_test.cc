#include "catalog/internal/check.h"

#include <gtest/gtest.h>

#include <functional>

#include "catalog/testing/sample.h"

namespace onsale::catalog {
namespace {

TEST(CheckDefinition, turns_text_into_values) {
    const auto checked = check_definition(sample(1));
    ASSERT_TRUE(checked) << checked.error().field << " " << checked.error().message;
    const auto& session = *checked->definition;
    EXPECT_EQ(session.id, domain::SessionId(1));
    EXPECT_EQ(session.starts_at, *base::parse_rfc3339("2026-12-31T12:00:00Z"));
    EXPECT_EQ(session.tickets_per_person, 4U);
    ASSERT_EQ(session.pools.size(), 1U);
    EXPECT_EQ(session.pools[0].additions[0], (domain::Addition{kFirstStock, 500, {}}));
    EXPECT_EQ(session.tiers[0].price, (base::Money{1250, base::Currency::cny}));
    EXPECT_EQ(session.campaigns[0].hold_time, base::Duration::minutes(15));
    EXPECT_EQ(checked->tiers[0].name.en, "Coffee");
    EXPECT_EQ(checked->campaigns[0].rules, session.campaigns[0]);
}

struct Mistake {
    std::function<void(SessionDefinition&)> make;
    std::string field;
};

TEST(CheckDefinition, names_the_field_of_each_mistake) {
    using D = SessionDefinition;
    const std::vector<Mistake> mistakes = {
        {[](D& d) { d.organiser.id = 0; }, "organiser.id"},
        {[](D& d) { d.organiser.name.en = ""; }, "organiser.name.en"},
        {[](D& d) { d.show.id = domain::kIdMax + 1; }, "show.id"},
        {[](D& d) { d.show.name.zh = std::string(301, 'x'); }, "show.name.zh"},
        {[](D& d) { d.show.description.en = std::string(8001, 'x'); }, "show.description.en"},
        {[](D& d) { d.session.id = 0; }, "session.id"},
        {[](D& d) { d.session.starts_at = "tomorrow"; }, "session.starts_at"},
        {[](D& d) { d.session.ends_at = d.session.starts_at; }, "session.ends_at"},
        {[](D& d) { d.session.tickets_per_person = 1'000'001; }, "session.tickets_per_person"},
        {[](D& d) { d.pools.clear(); }, "pools"},
        {[](D& d) { d.pools[0].list = 5; }, "pools[0].count"},
        {[](D& d) { d.pools[0].count = 0; }, "pools[0].count"},
        {[](D& d) { d.pools[0].kind = "codes"; }, "pools[0].kind"},
        {[](D& d) { d.pools.push_back(d.pools[0]); }, "pools[1].id"},
        {[](D& d) { d.tiers.clear(); }, "tiers"},
        {[](D& d) { d.tiers[0].pool = 9; }, "tiers[0].pool"},
        {[](D& d) { d.tiers[0].price = "1.234"; }, "tiers[0].price"},
        {[](D& d) { d.tiers[0].price = "-1"; }, "tiers[0].price"},
        {[](D& d) { d.tiers[0].currency = "GBP"; }, "tiers[0].currency"},
        {[](D& d) { d.tiers[0].valid_until = "2026-01-01T00:00:00Z"; }, "tiers[0].valid_until"},
        {[](D& d) { d.tiers.push_back(d.tiers[0]); }, "tiers[1].id"},
        {[](D& d) { d.campaigns.clear(); }, "campaigns"},
        {[](D& d) { d.campaigns[0].opens_at = ""; }, "campaigns[0].opens_at"},
        {[](D& d) { d.campaigns[0].closes_at = d.campaigns[0].opens_at; },
         "campaigns[0].closes_at"},
        {[](D& d) { d.campaigns[0].closes_at = "2027-06-01T00:00:00Z"; }, "campaigns[0].closes_at"},
        {[](D& d) {
             d.session.sale_ends_at_start = true;
             d.campaigns[0].closes_at = d.session.ends_at;
         },
         "campaigns[0].closes_at"},
        {[](D& d) { d.show.venue.en = std::string(601, 'x'); }, "show.venue.en"},
        {[](D& d) { d.show.notice.zh = std::string(8001, 'x'); }, "show.notice.zh"},
        {[](D& d) { d.session.venue.zh = std::string(601, 'x'); }, "session.venue.zh"},
        {[](D& d) { d.campaigns[0].tickets_per_order = 33; }, "campaigns[0].tickets_per_order"},
        {[](D& d) { d.campaigns[0].hold_minutes = 0; }, "campaigns[0].hold_minutes"},
        {[](D& d) { d.campaigns[0].tiers.clear(); }, "campaigns[0].tiers"},
        {[](D& d) { d.campaigns[0].tiers = {9}; }, "campaigns[0].tiers[0]"},
        {[](D& d) { d.campaigns[0].tiers.push_back(d.campaigns[0].tiers[0]); },
         "campaigns[0].tiers[1]"},
        {[](D& d) { d.campaigns[0].name.zh.clear(); }, "campaigns[0].name.zh"},
    };
    for (const auto& mistake : mistakes) {
        auto definition = sample(1);
        mistake.make(definition);
        const auto checked = check_definition(definition);
        ASSERT_FALSE(checked) << mistake.field;
        EXPECT_EQ(checked.error().field, mistake.field) << checked.error().message;
    }
}

TEST(CheckDefinition, keeps_one_currency_per_session) {
    auto definition = sample(1);
    definition.tiers.push_back(definition.tiers[0]);
    definition.tiers[1].id = 77;
    definition.tiers[1].currency = "EUR";
    const auto checked = check_definition(definition);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().field, "tiers[1].currency");
}

TEST(ParsePrice, reads_at_most_two_decimals) {
    EXPECT_EQ(parse_price(""), 0);
    EXPECT_EQ(parse_price("0.00"), 0);
    EXPECT_EQ(parse_price("12"), 1200);
    EXPECT_EQ(parse_price("12.5"), 1250);
    EXPECT_EQ(parse_price("12.05"), 1205);
    for (const auto* wrong :
         {".5", "1.", "1.234", "-1", "+1", "1e3", "1,00", " 1", "99999999999999999999"}) {
        EXPECT_EQ(parse_price(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace onsale::catalog
