#include <gtest/gtest.h>

#include <future>

#include "catalog/internal/changes.h"
#include "catalog/search.h"
#include "catalog/testing/image.h"
#include "catalog/testing/site.h"

namespace onsale::catalog {
namespace {

class Edits : public testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(site_.set_up(sample(1)).kind, ChangeKind::accepted); }
    void restart() {
        site_.stop();
        site_.start();
    }
    Catalog& catalog() { return *site_.catalog; }
    env::Executor& home() { return site_.scratch.home(); }
    template <class Ask>
    ChangeResult wait(Ask&& ask) {
        return site_.scratch.wait<ChangeResult>(ask);
    }
    ChangeResult edit(SessionEdit edit) {
        return wait([&](auto reply) { catalog().edit_session(std::move(edit), home(), reply); });
    }
    ChangeResult edit(TierEdit edit) {
        return wait([&](auto reply) { catalog().edit_tier(std::move(edit), home(), reply); });
    }
    ChangeResult edit(CampaignEdit edit) {
        return wait([&](auto reply) { catalog().edit_campaign(std::move(edit), home(), reply); });
    }
    ChangeResult add(CampaignDefinition campaign) {
        return wait([&](auto reply) {
            catalog().add_campaign({kSession, std::move(campaign)}, home(), reply);
        });
    }
    ChangeResult cancel() {
        return wait([&](auto reply) {
            catalog().cancel_session(kSession, {"台风", "A typhoon"}, home(), reply);
        });
    }
    ChangeResult remove() {
        return wait([&](auto reply) { catalog().remove_session(kSession, home(), reply); });
    }
    ChangeResult put(OrganiserDefinition organiser) {
        return wait(
            [&](auto reply) { catalog().put_organiser(std::move(organiser), home(), reply); });
    }
    ChangeResult put(ShowDefinition show, std::uint64_t organiser) {
        return wait([&](auto reply) {
            catalog().put_show(std::move(show), OrganiserId(organiser), home(), reply);
        });
    }
    ChangeResult put(std::vector<BannerDefinition> banners) {
        return wait([&](auto reply) { catalog().put_banners(std::move(banners), home(), reply); });
    }
    std::string picture() {
        return site_.scratch
            .wait<PutResult>(
                [&](auto reply) { catalog().pictures().put(png(640, 480), {}, home(), reply); })
            .picture->name;
    }
    std::uint64_t resume() {
        return site_.scratch.wait<std::uint64_t>(
            [&](auto reply) { catalog().resume_intents(home(), reply); });
    }
    SharedSession shown() { return catalog().directory()->find_session(kSession); }
    // What the box office says to a new order for one ticket.
    domain::Outcome order(std::uint64_t person) {
        domain::PlaceOrder order{domain::PersonId(person), domain::CampaignId(1501), {}, 0, 0};
        return site_.decide(site_.engine->shard_of(kSession), order).outcome;
    }

    static constexpr domain::SessionId kSession{1};
    Site site_{testing::TempDir()};
};

TEST_F(Edits, a_price_is_the_box_offices_and_shown_now_and_in_another_life) {
    TierEdit change;
    change.id = 1001;
    change.price = "9.90";
    ASSERT_EQ(edit(change).kind, ChangeKind::accepted);
    for (int life = 0; life < 2; ++life) {
        const auto* tier = shown()->find_tier(domain::TierId(1001));
        EXPECT_EQ(tier->rules.price.minor, 990);
        EXPECT_EQ(tier->name.en, "Coffee");
        EXPECT_EQ(tier->valid_from, base::parse_rfc3339("2026-12-30T16:00:00Z"));
        EXPECT_GT(tier->changed_at, base::Timestamp{});
        restart();
    }
    EXPECT_EQ(order(5).order.lines[0].unit_price.minor, 990);
    EXPECT_EQ(site_.set_up(sample(1)).kind, ChangeKind::unchanged);
}

TEST_F(Edits, a_tier_goes_off_sale_and_its_texts_change_without_a_command) {
    TierEdit off;
    off.id = 1001;
    off.on_sale = false;
    ASSERT_EQ(edit(off).kind, ChangeKind::accepted);
    EXPECT_EQ(order(5).kind, domain::OutcomeKind::refused);
    const auto before = site_.engine->committed(shown()->shard);
    TierEdit texts;
    texts.id = 1001;
    texts.name = Text{"茶券", "Tea"};
    texts.valid_from = "";
    ASSERT_EQ(edit(texts).kind, ChangeKind::accepted);
    EXPECT_EQ(site_.engine->committed(shown()->shard), before);
    for (int life = 0; life < 2; ++life) {
        const auto* tier = shown()->find_tier(domain::TierId(1001));
        EXPECT_EQ(tier->name.zh, "茶券");
        EXPECT_FALSE(tier->valid_from);
        EXPECT_FALSE(tier->rules.on_sale);
        restart();
    }
}

TEST_F(Edits, names_the_mistakes_of_an_edit_and_changes_nothing) {
    TierEdit tier;
    tier.id = 1001;
    tier.price = "1.234";
    EXPECT_EQ(edit(tier).field, "price");
    CampaignEdit campaign;
    campaign.id = 1501;
    campaign.name = Text{"新", "New"};
    campaign.closes_at = "2027-06-01T00:00:00Z";
    EXPECT_EQ(edit(campaign).field, "closes_at");
    campaign.closes_at.reset();
    campaign.picture = "nobody.png";
    EXPECT_EQ(edit(campaign).field, "picture");
    campaign.picture.reset();
    campaign.tiers = std::vector<std::uint64_t>{9};
    EXPECT_EQ(edit(campaign).field, "tiers[0]");
    SessionEdit session;
    session.id = 1;
    session.ends_at = "2026-12-31T12:00:00Z";
    EXPECT_EQ(edit(session).field, "ends_at");
    session.id = 9;
    EXPECT_EQ(edit(session).refusal, domain::Refusal::session_unknown);
    EXPECT_EQ(shown()->campaigns[0].name.en, "Rush");
}

TEST_F(Edits, a_campaign_gets_texts_window_and_picture_in_one_step) {
    CampaignEdit change;
    change.id = 1501;
    change.name = Text{"新年抢", "New Year rush"};
    change.picture = picture();
    change.closes_at = "2026-12-01T00:00:00Z";
    change.hold_minutes = 20;
    ASSERT_EQ(edit(change).kind, ChangeKind::accepted);
    for (int life = 0; life < 2; ++life) {
        const auto* campaign = catalog().directory()->find_campaign(domain::CampaignId(1501));
        EXPECT_EQ(campaign->rules.closes_at, base::parse_rfc3339("2026-12-01T00:00:00Z"));
        EXPECT_EQ(campaign->rules.hold_time, base::Duration::minutes(20));
        EXPECT_EQ(campaign->name.en, "New Year rush");
        EXPECT_EQ(campaign->picture, change.picture);
        EXPECT_NE(campaign->search.find("new year rush"), std::string::npos);
        restart();
    }
}

TEST_F(Edits, texts_stay_as_they_were_when_the_box_office_refuses_the_rules) {
    ASSERT_EQ(order(5).kind, domain::OutcomeKind::accepted);
    CampaignEdit change;
    change.id = 1501;
    change.name = Text{"新", "New"};
    change.one_per_person = false;  // somebody has bought under the rule
    EXPECT_EQ(edit(change).kind, ChangeKind::conflict);
    EXPECT_EQ(shown()->campaigns[0].name.en, "Rush");
    restart();
    EXPECT_EQ(shown()->campaigns[0].name.en, "Rush");
    EXPECT_EQ(resume(), 0U);
    change.one_per_person.reset();
    EXPECT_EQ(edit(change).kind, ChangeKind::accepted);
}

TEST_F(Edits, a_session_gets_times_limits_and_a_venue_of_its_own) {
    SessionEdit change;
    change.id = 1;
    change.ends_at = "2027-01-01T02:00:00+08:00";
    change.tickets_per_person = 1;
    change.venue = Text{"二号厅", "Hall 2"};
    ASSERT_EQ(edit(change).kind, ChangeKind::accepted);
    for (int life = 0; life < 2; ++life) {
        EXPECT_EQ(shown()->definition->ends_at, base::parse_rfc3339("2026-12-31T18:00:00Z"));
        EXPECT_EQ(shown()->definition->tickets_per_person, 1U);
        EXPECT_EQ(shown()->shown_venue().en, "Hall 2");
        restart();
    }
}

TEST_F(Edits, a_campaign_is_added_to_a_session_once) {
    auto campaign = sample(1).campaigns[0];
    campaign.id = 1502;
    campaign.name = {"第二轮", "Second round"};
    ASSERT_EQ(add(campaign).kind, ChangeKind::accepted);
    EXPECT_EQ(add(campaign).kind, ChangeKind::unchanged);
    for (int life = 0; life < 2; ++life) {
        ASSERT_EQ(shown()->campaigns.size(), 2U);
        EXPECT_EQ(shown()->campaigns[1].name.en, "Second round");
        restart();
    }
    campaign.name.en = "Other";
    EXPECT_EQ(add(campaign).field, "id");
    auto other = sample(2);
    other.campaigns[0].id = 1502;
    EXPECT_EQ(site_.set_up(other).field, "campaigns[0].id");
}

TEST_F(Edits, a_cancelled_session_is_offered_no_more_and_may_be_removed) {
    ASSERT_EQ(order(5).kind, domain::OutcomeKind::accepted);
    EXPECT_EQ(remove().refusal, domain::Refusal::session_not_removable);
    EXPECT_EQ(catalog().directory()->session_count(), 1U);
    ASSERT_EQ(cancel().kind, ChangeKind::accepted);
    EXPECT_EQ(order(6).refusal, domain::Refusal::session_cancelled);
    for (int life = 0; life < 2; ++life) {
        EXPECT_TRUE(shown()->status.cancelled);
        EXPECT_EQ(shown()->cancel_reason.en, "A typhoon");
        const auto open = shown()->campaigns[0].rules.opens_at;
        EXPECT_TRUE(catalog().directory()->current(open).empty());
        restart();
    }
    ASSERT_EQ(remove().kind, ChangeKind::accepted);
    for (int life = 0; life < 2; ++life) {
        EXPECT_EQ(catalog().directory()->session_count(), 0U);
        EXPECT_TRUE(shown()->removed && shown()->status.cancelled);  // its order still needs it
        EXPECT_NE(catalog().directory()->find_tier(domain::TierId(1001)), nullptr);
        EXPECT_EQ(site_.set_up(sample(1)).field, "session.id");  // its ids stay taken
        EXPECT_EQ(remove().refusal, domain::Refusal::session_unknown);
        TierEdit gone;
        gone.id = 1001;
        EXPECT_EQ(edit(gone).refusal, domain::Refusal::tier_unknown);
        restart();
    }
}

TEST_F(Edits, an_edit_that_a_crash_left_is_finished_with_its_texts) {
    auto entry = *shown();
    entry.tiers[0].name = {"茶券", "Tea"};
    const domain::TierChanged fact{kSession, domain::TierId(1001),
                                   base::Money{500, base::Currency::cny}, true};
    ASSERT_TRUE(
        insert_intent(site_.store->connection(), {kSession, fact, texts_of(entry.tiers[0])}));
    restart();
    EXPECT_EQ(shown()->tiers[0].name.en, "Coffee");
    TierEdit busy;
    busy.id = 1001;
    busy.price = "1";
    EXPECT_EQ(edit(busy).kind, ChangeKind::busy);
    EXPECT_EQ(resume(), 1U);
    for (int life = 0; life < 2; ++life) {
        EXPECT_EQ(shown()->tiers[0].rules.price.minor, 500);
        EXPECT_EQ(shown()->tiers[0].name.en, "Tea");
        restart();
        EXPECT_EQ(resume(), 0U);
    }
}

TEST_F(Edits, a_new_campaign_and_a_removal_that_a_crash_left_are_finished) {
    auto campaign = shown()->campaigns[0];
    campaign.rules.id = domain::CampaignId(1502);
    auto& connection = site_.store->connection();
    ASSERT_TRUE(insert_campaign(connection, campaign));
    const domain::CampaignChanged fact{kSession,
                                       std::make_shared<domain::Campaign>(campaign.rules)};
    ASSERT_TRUE(insert_intent(connection, {kSession, fact, {}}));
    restart();
    EXPECT_EQ(resume(), 1U);
    EXPECT_EQ(shown()->campaigns.size(), 2U);
    ASSERT_EQ(cancel().kind, ChangeKind::accepted);
    restart();  // written here, so nothing may be under way on the store
    ASSERT_TRUE(
        insert_intent(site_.store->connection(), {kSession,
                                                  domain::SessionCancelled{kSession, {}},
                                                  {TextRow::removal, kSession.value(), {}}}));
    restart();
    EXPECT_FALSE(shown()->removed);
    EXPECT_EQ(resume(), 1U);
    EXPECT_TRUE(shown()->removed);
    restart();
    EXPECT_TRUE(shown()->removed);
}

TEST_F(Edits, a_campaign_is_taken_back_that_the_engine_did_not_decide) {
    auto campaign = sample(1).campaigns[0];
    campaign.id = 1502;
    site_.stop_engine();
    EXPECT_EQ(add(campaign).kind, ChangeKind::stopping);
    restart();
    EXPECT_EQ(resume(), 0U);
    EXPECT_EQ(add(campaign).kind, ChangeKind::accepted);
}

TEST_F(Edits, a_change_that_cannot_be_taken_back_at_once_is_taken_back_later) {
    site_.stop_engine();
    std::promise<void> go;
    auto& store = *site_.store;
    // Behind each other on the records' executor: the change is recorded, then nothing can be
    // written, then the engine's answer comes.
    ASSERT_TRUE(store.post([&](sql::Connection&) { go.get_future().wait(); }));
    std::promise<ChangeKind> told;
    catalog().set_up_session(sample(2), {}, home(),
                             [&](const ChangeResult& result) { told.set_value(result.kind); });
    ASSERT_TRUE(store.post([](sql::Connection& connection) {
        ASSERT_TRUE(connection.execute("PRAGMA query_only = ON"));
    }));
    go.set_value();
    EXPECT_EQ(told.get_future().get(), ChangeKind::stopping);
    ASSERT_TRUE(store.post([](sql::Connection& connection) {
        ASSERT_TRUE(has_intent(connection, domain::SessionId(2)).value());
        ASSERT_TRUE(connection.execute("PRAGMA query_only = OFF"));
    }));
    // Busy until it is taken back; then the engine is asked again, and is still stopping.
    ChangeKind kind = ChangeKind::busy;
    while (kind == ChangeKind::busy) kind = site_.set_up(sample(2)).kind;
    EXPECT_EQ(kind, ChangeKind::stopping);
}

TEST_F(Edits, organisers_and_shows_change_for_all_their_sessions) {
    ASSERT_EQ(site_.set_up(sample(2)).kind, ChangeKind::accepted);
    ASSERT_EQ(put(OrganiserDefinition{1, {"银河", "Milky Way"}, {"说", "About"}, ""}).kind,
              ChangeKind::accepted);
    const auto name = picture();
    ShowDefinition show{10,  {"展", "Exhibition"}, {}, {"体育馆", "Stadium"}, {"须知", "Notice"},
                        name};
    ASSERT_EQ(put(show, 1).kind, ChangeKind::accepted);
    for (int life = 0; life < 2; ++life) {
        const auto directory = catalog().directory();
        for (const std::uint64_t id : {1U, 2U}) {
            const auto session = directory->find_session(domain::SessionId(id));
            EXPECT_EQ(session->organiser->name.en, "Milky Way");
            EXPECT_EQ(session->show->name.en, "Exhibition");
            EXPECT_EQ(session->shown_venue().zh, "体育馆");
            EXPECT_EQ(session->show->picture, name);
            EXPECT_NE(session->campaigns[0].search.find(fold("MILKY")), std::string::npos);
        }
        EXPECT_EQ(directory->listing().find_show(ShowId(10))->sessions.size(), 2U);
        restart();
    }
    show.picture = "none.png";
    EXPECT_EQ(put(show, 1).field, "picture");
    show.picture.clear();
    EXPECT_EQ(put(show, 7).field, "organiser");
    ASSERT_EQ(put(OrganiserDefinition{2, {"他", "Other"}, {}, ""}).kind, ChangeKind::accepted);
    EXPECT_EQ(put(show, 2).kind, ChangeKind::conflict);
}

TEST_F(Edits, banners_are_checked_and_kept_in_their_order) {
    const auto name = picture();
    std::vector<BannerDefinition> banners(2);
    banners[0] = {name, {"一", "One"}, 10, {}, "", ""};
    banners[1] = {name, {"二", "Two"}, {}, 1501, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"};
    ASSERT_EQ(put(banners).kind, ChangeKind::accepted);
    restart();
    ASSERT_EQ(catalog().directory()->banners().size(), 2U);
    EXPECT_EQ(catalog().directory()->banners()[1].campaign, domain::CampaignId(1501));
    banners[1].campaign = 7;
    EXPECT_EQ(put(banners).field, "banners[1].campaign");
    banners[1].campaign = 1501;
    banners[0].picture = "none.png";
    EXPECT_EQ(put(banners).field, "banners[0].picture");
    banners[0].picture = name;
    banners[1].until = banners[1].from;
    EXPECT_EQ(put(banners).field, "banners[1].until");
    EXPECT_EQ(catalog().directory()->banners()[0].title.en, "One");
}

TEST_F(Edits, terms_of_refunds_are_changed_and_kept) {
    TermsEdit edit{kSession.value(), {}};
    edit.terms.refund_fee_percent = "5";
    edit.terms.late_payment = "same";
    const auto change = [&](const TermsEdit& wanted) {
        return wait([&](auto reply) { catalog().edit_terms(wanted, home(), reply); });
    };
    EXPECT_EQ(change(edit).kind, ChangeKind::accepted);
    restart();
    const auto session = catalog().directory()->find_session(kSession);
    EXPECT_TRUE(session->definition->refunds.allowed);
    EXPECT_EQ(session->definition->refunds.fee_basis_points, 500U);
    EXPECT_EQ(session->definition->late_payment, domain::LatePayment::same);
    edit.terms.refund_fee_percent = "101";
    EXPECT_EQ(change(edit).field, "refund_fee_percent");
}

TEST_F(Edits, a_withdrawal_with_an_id_is_done_once) {
    const WithdrawStockRequest request{kSession, domain::PoolId(1), 100, 7};
    const auto withdraw = [&](const WithdrawStockRequest& wanted) {
        return wait([&](auto reply) { catalog().withdraw_stock(wanted, home(), reply); });
    };
    EXPECT_EQ(withdraw(request).kind, ChangeKind::accepted);
    EXPECT_EQ(withdraw(request).kind, ChangeKind::unchanged);
    auto other = request;
    other.count = 50;
    EXPECT_EQ(withdraw(other).refusal, domain::Refusal::definition_conflict);
}

}  // namespace
}  // namespace onsale::catalog
