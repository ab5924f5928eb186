#include "catalog/directory.h"

#include <gtest/gtest.h>

#include "catalog/internal/check.h"
#include "catalog/search.h"
#include "catalog/testing/sample.h"

namespace onsale::catalog {
namespace {

SharedSession entry_of(std::uint64_t session) {
    auto entry = check_definition(sample(session));
    ONSALE_CHECK(entry.has_value());
    return std::make_shared<const SessionEntry>(std::move(*entry));
}

TEST(Directory_, tells_current_from_upcoming_campaigns) {
    const auto session = entry_of(1);
    const auto opens = session->campaigns[0].rules.opens_at;
    const auto closes = session->campaigns[0].rules.closes_at;
    const auto directory = Directory().with(session);
    const auto before = opens - base::Duration::milliseconds(1);
    EXPECT_EQ(directory->current(before).size(), 0U);
    EXPECT_EQ(directory->upcoming(before).size(), 1U);
    EXPECT_EQ(directory->current(opens).size(), 1U);
    EXPECT_EQ(directory->upcoming(opens).size(), 0U);
    EXPECT_EQ(directory->current(closes - base::Duration::milliseconds(1)).size(), 1U);
    EXPECT_EQ(directory->current(closes).size(), 0U);
}

TEST(Directory_, many_changes_leave_every_version_as_it_was) {
    constexpr std::uint64_t kSessions = 2000;
    std::vector<SharedDirectory> versions = {std::make_shared<const Directory>()};
    for (std::uint64_t id = 1; id <= kSessions; ++id)
        versions.push_back(versions.back()->with(entry_of(id)));
    for (const std::uint64_t version : {0UL, 1UL, 1000UL, kSessions}) {
        const Directory& directory = *versions[version];
        EXPECT_EQ(directory.session_count(), version);
        EXPECT_EQ(directory.listing().sessions.size(), version);
        for (std::uint64_t id = 1; id <= kSessions; id += 37) {
            const auto session = directory.find_session(domain::SessionId(id));
            EXPECT_EQ(session != nullptr, id <= version);
            const auto* tier = directory.find_tier(domain::TierId(id * 1000 + 1));
            EXPECT_EQ(tier, session ? &session->tiers[0] : nullptr);
        }
    }
}

TEST(Directory_, an_exchanged_session_takes_all_its_places_along) {
    auto directory = Directory().with(entry_of(1))->with(entry_of(2));
    const auto old = directory;
    const auto other = entry_of(1);
    directory = directory->with(other);
    EXPECT_EQ(directory->find_campaign(domain::CampaignId(1501)), &other->campaigns[0]);
    EXPECT_EQ(directory->find_tier(domain::TierId(1001)), &other->tiers[0]);
    EXPECT_NE(old->find_tier(domain::TierId(1001)), &other->tiers[0]);
}

TEST(Directory_, a_removed_session_is_in_no_list_but_found_by_its_ids) {
    auto removed = *entry_of(1);
    removed.removed = true;
    const auto directory = Directory()
                               .with(entry_of(1))
                               ->with(entry_of(2))
                               ->with(std::make_shared<const SessionEntry>(removed));
    EXPECT_EQ(directory->session_count(), 1U);
    EXPECT_EQ(directory->listing().find_show(ShowId(10))->sessions.size(), 1U);
    const auto opens = removed.campaigns[0].rules.opens_at;
    ASSERT_EQ(directory->current(opens).size(), 1U);
    EXPECT_EQ(directory->current(opens)[0]->rules.id, domain::CampaignId(2501));
    EXPECT_TRUE(directory->find_session(domain::SessionId(1))->removed);
    EXPECT_NE(directory->find_tier(domain::TierId(1001)), nullptr);
    EXPECT_TRUE(directory->session_of(domain::CampaignId(1501))->removed);
}

TEST(Search, folds_case_and_full_width_signs_and_leaves_the_rest) {
    EXPECT_EQ(fold("Galaxy 星河 ÄB"), "galaxy 星河 Äb");
    EXPECT_EQ(fold("ＡＢＣ１２！"), "abc12!");
    EXPECT_EQ(fold("ｚ～"), "z~");
    EXPECT_EQ(fold("\xef\xbc"), "\xef\xbc");  // cut off
}

TEST(Search, looks_through_campaign_show_organiser_and_venue) {
    auto definition = sample(1);
    definition.session.venue = {"大剧院", "Grand Theatre"};
    const auto entry = check_definition(definition);
    ASSERT_TRUE(entry);
    const auto text = search_text(*entry, entry->campaigns[0]);
    for (const auto* wanted : {"抢券", "rush", "new year", "galaxy", "星河", "grand t", "剧院"})
        EXPECT_NE(text.find(wanted), std::string::npos) << wanted;
    EXPECT_EQ(text.find("coffee"), std::string::npos);
}

}  // namespace
}  // namespace onsale::catalog
