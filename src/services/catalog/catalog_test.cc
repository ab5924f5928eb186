#include "catalog/catalog.h"

#include <gtest/gtest.h>

#include "catalog/internal/changes.h"
#include "catalog/testing/site.h"

namespace onsale::catalog {
namespace {

class Catalog_ : public testing::Test {
  protected:
    void restart() {
        site_.stop();
        site_.start();
    }
    Catalog& catalog() { return *site_.catalog; }
    ChangeResult set_up(SessionDefinition definition) {
        return site_.set_up(std::move(definition));
    }
    ChangeResult add(AddStockRequest request) {
        return site_.scratch.wait<ChangeResult>(
            [&](auto reply) { catalog().add_stock(request, site_.scratch.home(), reply); });
    }
    ChangeResult withdraw(std::uint64_t count) {
        return site_.scratch.wait<ChangeResult>([&](auto reply) {
            catalog().withdraw_stock({domain::SessionId(1), domain::PoolId(1), count},
                                     site_.scratch.home(), reply);
        });
    }
    std::uint64_t resume() {
        return site_.scratch.wait<std::uint64_t>(
            [&](auto reply) { catalog().resume_intents(site_.scratch.home(), reply); });
    }
    static SessionDefinition with_list(std::uint64_t session, std::uint64_t list) {
        auto definition = sample(session);
        definition.pools[0].count.reset();
        definition.pools[0].list = list;
        return definition;
    }
    std::vector<domain::Addition> additions() {
        return catalog()
            .directory()
            ->find_session(domain::SessionId(1))
            ->definition->pools[0]
            .additions;
    }

    Site site_{testing::TempDir()};
};

TEST_F(Catalog_, shows_a_session_once_it_is_accepted_and_in_another_life) {
    EXPECT_EQ(catalog().directory()->find_session(domain::SessionId(1)), nullptr);
    const auto result = set_up(sample(1));
    ASSERT_EQ(result.kind, ChangeKind::accepted) << result.field << result.message;
    for (int life = 0; life < 2; ++life) {
        const auto directory = catalog().directory();
        const auto session = directory->find_session(domain::SessionId(1));
        ASSERT_NE(session, nullptr);
        EXPECT_EQ(session->organiser->name.en, "Galaxy Culture");
        EXPECT_EQ(session->show->description.zh, "说明");
        EXPECT_EQ(session->shard, site_.engine->shard_of(domain::SessionId(1)));
        const auto* campaign = directory->find_campaign(domain::CampaignId(1501));
        ASSERT_NE(campaign, nullptr);
        EXPECT_TRUE(campaign->rules.one_per_person);
        EXPECT_EQ(campaign->session, domain::SessionId(1));
        EXPECT_EQ(directory->session_of(domain::CampaignId(1501)), session);
        const auto* tier = directory->find_tier(domain::TierId(1001));
        ASSERT_NE(tier, nullptr);
        EXPECT_EQ(tier->rules.price.minor, 1250);
        EXPECT_EQ(tier->valid_from, base::parse_rfc3339("2026-12-30T16:00:00Z"));
        restart();
    }
}

TEST_F(Catalog_, answers_unchanged_to_the_same_definition_also_after_more_stock) {
    ASSERT_EQ(set_up(sample(1)).kind, ChangeKind::accepted);
    EXPECT_EQ(set_up(sample(1)).kind, ChangeKind::unchanged);
    ASSERT_EQ(add({domain::SessionId(1), domain::PoolId(1), 1, 50, 0}).kind, ChangeKind::accepted);
    EXPECT_EQ(set_up(sample(1)).kind, ChangeKind::unchanged);
    auto other = sample(1);
    other.campaigns[0].name.en = "Another rush";
    const auto conflict = set_up(other);
    EXPECT_EQ(conflict.kind, ChangeKind::conflict);
    EXPECT_EQ(conflict.field, "session.id");
}

TEST_F(Catalog_, names_the_id_that_another_session_has) {
    ASSERT_EQ(set_up(sample(1)).kind, ChangeKind::accepted);
    auto definition = sample(2);
    definition.tiers[0].id = 1001;
    definition.campaigns[0].tiers = {1001};
    EXPECT_EQ(set_up(definition).field, "tiers[0].id");
    definition = sample(2);
    definition.campaigns[0].id = 1501;
    EXPECT_EQ(set_up(definition).field, "campaigns[0].id");
    definition = sample(2);
    definition.organiser.name.zh = "别人";
    EXPECT_EQ(set_up(definition).field, "organiser.id");
    definition = sample(2);
    definition.show.name.zh = "别的";
    EXPECT_EQ(set_up(definition).field, "show.id");
    EXPECT_EQ(set_up(sample(2)).kind, ChangeKind::accepted);
}

TEST_F(Catalog_, names_an_invalid_field_and_changes_nothing) {
    auto definition = sample(1);
    definition.campaigns[0].closes_at = "never";
    const auto result = set_up(definition);
    EXPECT_EQ(result.kind, ChangeKind::invalid);
    EXPECT_EQ(result.field, "campaigns[0].closes_at");
    EXPECT_EQ(catalog().directory()->session_count(), 0U);
}

TEST_F(Catalog_, sells_a_sealed_list_in_one_pool_only) {
    EXPECT_EQ(set_up(with_list(1, 5001)).field, "pools[0].list");
    (void)site_.seal(5001, {"a", "b", "c"});
    ASSERT_EQ(set_up(with_list(1, 5001)).kind, ChangeKind::accepted);
    EXPECT_EQ(additions()[0].count, 3U);
    EXPECT_EQ(additions()[0].digest, crypto::sha256(std::string_view("a\nb\nc\n")));
    const auto again = set_up(with_list(2, 5001));
    EXPECT_EQ(again.kind, ChangeKind::conflict);
    EXPECT_EQ(again.field, "pools[0].list");
}

TEST_F(Catalog_, adds_stock_in_the_order_in_which_the_box_office_took_it) {
    (void)site_.seal(5001, {"a"});
    (void)site_.seal(5003, {"b"});
    (void)site_.seal(5002, {"c"});
    ASSERT_EQ(set_up(with_list(1, 5001)).kind, ChangeKind::accepted);
    const AddStockRequest first{domain::SessionId(1), domain::PoolId(1), 0, 0, 5003};
    const AddStockRequest second{domain::SessionId(1), domain::PoolId(1), 0, 0, 5002};
    EXPECT_EQ(add(first).kind, ChangeKind::accepted);
    EXPECT_EQ(add(second).kind, ChangeKind::accepted);
    EXPECT_EQ(add(first).kind, ChangeKind::unchanged);
    for (int life = 0; life < 2; ++life) {
        ASSERT_EQ(additions().size(), 3U);
        EXPECT_EQ(additions()[1].id, domain::AdditionId(5003));
        EXPECT_EQ(additions()[2].id, domain::AdditionId(5002));
        restart();
    }
}

TEST_F(Catalog_, refuses_additions_that_do_not_fit) {
    ASSERT_EQ(set_up(sample(1)).kind, ChangeKind::accepted);
    const domain::SessionId session(1);
    const domain::PoolId pool(1);
    EXPECT_EQ(add({domain::SessionId(9), pool, 1, 5, 0}).refusal, domain::Refusal::session_unknown);
    EXPECT_EQ(add({session, domain::PoolId(9), 1, 5, 0}).refusal, domain::Refusal::pool_unknown);
    EXPECT_EQ(add({session, pool, 1, 0, 0}).field, "count");
    EXPECT_EQ(add({session, pool, 0, 5, 0}).field, "addition");
    EXPECT_EQ(add({session, pool, 0, 0, 5001}).field, "list");
    ASSERT_EQ(add({session, pool, 1, 5, 0}).kind, ChangeKind::accepted);
    EXPECT_EQ(add({session, pool, 1, 5, 0}).kind, ChangeKind::unchanged);
    const auto conflict = add({session, pool, 1, 6, 0});
    EXPECT_EQ(conflict.kind, ChangeKind::conflict);
    EXPECT_EQ(conflict.field, "addition");
    EXPECT_EQ(add({session, pool, 2, 6, 0}).kind, ChangeKind::accepted);
}

TEST_F(Catalog_, unknown_ids_are_answered_while_the_records_do_nothing) {
    ASSERT_EQ(set_up(sample(1)).kind, ChangeKind::accepted);
    std::promise<void> go;
    ASSERT_TRUE(site_.store->post([&](sql::Connection&) { go.get_future().wait(); }));
    for (std::uint64_t id = 1'000'000; id < 1'010'000; ++id) {
        const auto directory = catalog().directory();
        ASSERT_EQ(directory->find_campaign(domain::CampaignId(id)), nullptr);
        ASSERT_EQ(directory->find_session(domain::SessionId(id)), nullptr);
        ASSERT_EQ(directory->find_show(ShowId(id)), nullptr);
        ASSERT_EQ(directory->listing().find_show(ShowId(id)), nullptr);
        ASSERT_EQ(directory->find_organiser(OrganiserId(id)), nullptr);
    }
    go.set_value();
    std::promise<void> over;  // the records let go of `go`
    ASSERT_TRUE(site_.store->post([&](sql::Connection&) { over.set_value(); }));
    over.get_future().wait();
}

TEST_F(Catalog_, withdraws_what_is_free) {
    ASSERT_EQ(set_up(sample(1)).kind, ChangeKind::accepted);
    EXPECT_EQ(withdraw(400).kind, ChangeKind::accepted);
    const auto refused = withdraw(101);
    EXPECT_EQ(refused.refusal, domain::Refusal::stock_not_free);
    EXPECT_EQ(refused.explanation.free, 100U);
}

TEST_F(Catalog_, submits_an_intent_again_that_a_crash_left) {
    auto entry = check_definition(sample(1));
    ASSERT_TRUE(entry);
    auto& connection = site_.store->connection();
    ASSERT_TRUE(insert_session(connection, *entry, digest_of(*entry)));
    ASSERT_TRUE(
        insert_intent(connection, {domain::SessionId(1), domain::SessionSetUp{entry->definition}}));
    restart();
    EXPECT_EQ(catalog().directory()->session_count(), 0U);
    EXPECT_EQ(set_up(sample(1)).kind, ChangeKind::busy);  // the intent comes first
    EXPECT_EQ(resume(), 1U);
    EXPECT_NE(catalog().directory()->find_campaign(domain::CampaignId(1501)), nullptr);
    EXPECT_EQ(resume(), 0U);
    EXPECT_EQ(set_up(sample(1)).kind, ChangeKind::unchanged);
}

TEST_F(Catalog_, takes_a_change_back_that_the_engine_did_not_decide) {
    site_.stop_engine();
    EXPECT_EQ(set_up(sample(1)).kind, ChangeKind::stopping);
    restart();
    EXPECT_EQ(resume(), 0U);
    auto changed = sample(1);
    changed.show.name.en = "Another name";
    EXPECT_EQ(set_up(changed).kind, ChangeKind::accepted);
}

}  // namespace
}  // namespace onsale::catalog
