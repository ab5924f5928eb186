#include "orders/order_service.h"

#include <gtest/gtest.h>

#include <set>

#include "catalog/testing/site.h"
#include "orders/projection.h"

namespace onsale::orders {
namespace {

using domain::OutcomeKind;
using domain::PersonId;
using domain::Refusal;

class OrderService_ : public testing::Test {
  protected:
    OrderService_() {
        site_.project({&rows_});
        reader_.emplace(*site_.lists);
        service_.emplace(*site_.engine, *site_.catalog, *reader_);
    }
    void open(catalog::SessionDefinition definition) {
        ASSERT_EQ(site_.set_up(std::move(definition)).kind, catalog::ChangeKind::accepted);
    }
    shard::Answer place(std::uint64_t person, std::uint64_t session, std::string_view key = {},
                        std::uint32_t quantity = 0) {
        PlaceRequest request{PersonId(person), domain::CampaignId(session * 1000 + 501), {}, key};
        if (quantity > 0) request.lines.push_back({domain::TierId(session * 1000 + 1), quantity});
        return site_.scratch.wait<shard::Answer>([&](auto reply) {
            service_->place(request, site_.scratch.home(),
                            [reply](const shard::Answer& answer) mutable { reply(answer); });
        });
    }
    shard::Answer cancel(std::uint64_t person, domain::OrderId order) {
        return site_.scratch.wait<shard::Answer>([&](auto reply) {
            service_->cancel(PersonId(person), order, site_.scratch.home(),
                             [reply](const shard::Answer& answer) mutable { reply(answer); });
        });
    }
    shard::Answer hide(std::uint64_t person, domain::OrderId order) {
        return site_.scratch.wait<shard::Answer>([&](auto reply) {
            service_->hide(PersonId(person), order, site_.scratch.home(),
                           [reply](const shard::Answer& answer) mutable { reply(answer); });
        });
    }
    std::optional<domain::Order> find(std::uint64_t person, domain::OrderId order) {
        auto found = site_.scratch.wait<OrderService::Found>([&](auto reply) {
            service_->find(PersonId(person), order, site_.scratch.home(), reply);
        });
        EXPECT_TRUE(found);
        return found ? *found : std::nullopt;
    }
    OrderPage list(OrderService::ListRequest request) {
        auto listed = site_.scratch.wait<OrderService::Listed>(
            [&](auto reply) { service_->list(request, site_.scratch.home(), reply); });
        EXPECT_TRUE(listed);
        return listed ? std::move(*listed) : OrderPage{};
    }

    catalog::Site site_{testing::TempDir()};
    OrdersProjection rows_;
    std::optional<OrderReader> reader_;
    std::optional<OrderService> service_;
};

TEST_F(OrderService_, places_an_order_at_the_campaigns_box_office) {
    open(catalog::open_now(1));
    const auto answer = place(7, 1);
    ASSERT_EQ(answer.outcome.kind, OutcomeKind::accepted);
    EXPECT_EQ(answer.outcome.order.session, domain::SessionId(1));
    EXPECT_EQ(domain::shard_of(answer.outcome.order.id),
              site_.engine->shard_of(domain::SessionId(1)));
    EXPECT_EQ(find(7, answer.outcome.order.id), answer.outcome.order);
}

TEST_F(OrderService_, does_not_know_a_campaign_that_is_not_shown) {
    const auto answer = place(7, 1);
    EXPECT_EQ(answer.kind, shard::AnswerKind::decided);
    EXPECT_EQ(answer.outcome.refusal, Refusal::campaign_unknown);
}

TEST_F(OrderService_, repeats_an_order_by_its_key_and_refuses_another_body) {
    open(catalog::open_now(1));
    const auto first = place(7, 1, "key-1", 1);
    const auto again = place(7, 1, "key-1", 1);
    EXPECT_EQ(again.outcome.kind, OutcomeKind::repeated);
    EXPECT_EQ(again.outcome.order.id, first.outcome.order.id);
    EXPECT_EQ(place(7, 1, "key-1", 2).outcome.refusal, Refusal::key_reused);
    EXPECT_EQ(place(7, 1, "key-2", 1).outcome.kind, OutcomeKind::accepted);
}

TEST_F(OrderService_, cancels_and_hides_for_the_orders_person_only) {
    auto priced = catalog::open_now(1);
    priced.tiers[0].price = "1.00";
    open(priced);
    const auto order = place(7, 1).outcome.order;
    EXPECT_EQ(cancel(8, order.id).outcome.refusal, Refusal::order_unknown);
    EXPECT_EQ(hide(7, order.id).outcome.refusal, Refusal::order_not_final);
    EXPECT_EQ(cancel(7, order.id).outcome.kind, OutcomeKind::accepted);
    EXPECT_EQ(find(7, order.id)->state, domain::OrderState::cancelled);
    EXPECT_EQ(hide(7, order.id).outcome.kind, OutcomeKind::accepted);
    EXPECT_TRUE(list({PersonId(7), {}, 20, {}}).orders.empty());
    EXPECT_TRUE(find(7, order.id)->hidden);
    EXPECT_EQ(find(8, order.id), std::nullopt);
    const domain::OrderId elsewhere = domain::make_order_id(domain::ShardId(200), 1);
    EXPECT_EQ(cancel(7, elsewhere).outcome.refusal, Refusal::order_unknown);
    EXPECT_EQ(find(7, elsewhere), std::nullopt);
}

TEST_F(OrderService_, tells_the_order_by_which_a_person_has_joined) {
    auto once = catalog::open_now(1);
    once.campaigns[0].one_per_person = true;
    open(once);
    const auto order = place(7, 1).outcome.order;
    const auto joined = [&](std::uint64_t person) {
        return site_.scratch.wait<std::optional<domain::Order>>([&](auto reply) {
            service_->joined(PersonId(person), domain::CampaignId(1501), site_.scratch.home(),
                             reply);
        });
    };
    ASSERT_TRUE(joined(7));
    EXPECT_EQ(joined(7)->id, order.id);
    EXPECT_EQ(joined(8), std::nullopt);
}

TEST_F(OrderService_, lists_the_orders_of_all_shards_by_time_page_by_page) {
    std::set<std::uint16_t> shards;
    for (std::uint64_t session = 1; session <= 6; ++session) {
        open(catalog::open_now(session));
        shards.insert(site_.engine->shard_of(domain::SessionId(session)).value());
    }
    ASSERT_GT(shards.size(), 1U);
    for (int round = 0; round < 3; ++round) {
        for (std::uint64_t session = 1; session <= 6; ++session) (void)place(7, session);
    }
    (void)place(8, 1);

    std::vector<domain::Order> all;
    domain::OrderId before;
    while (true) {
        const auto page = list({PersonId(7), before, 4, {}});
        all.insert(all.end(), page.orders.begin(), page.orders.end());
        if (!page.next) break;
        EXPECT_EQ(page.orders.size(), 4U);
        before = *page.next;
    }
    ASSERT_EQ(all.size(), 18U);
    std::set<domain::OrderId> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_TRUE(seen.insert(all[i].id).second);
        if (i > 0) {
            EXPECT_GE(all[i - 1].created_at, all[i].created_at);
        }
    }
    EXPECT_EQ(list({PersonId(7), {}, 100, {}}).orders.size(), 18U);
    EXPECT_TRUE(list({PersonId(7), {}, 20, domain::OrderState::expired}).orders.empty());
}

TEST_F(OrderService_, goes_on_in_the_rows_when_a_session_has_retired) {
    auto past = catalog::open_now(1);
    past.session.starts_at = "2020-01-01T00:00:00Z";
    open(past);
    open(catalog::open_now(2));
    const auto old_order = place(7, 1).outcome.order;
    const auto new_order = place(7, 2).outcome.order;
    site_.catch_up();

    // What the engine does long after a session's end, here by hand.
    follow::CommittedBatch batch;
    auto connection = sql::Connection::open(
        {site_.scratch.path("projections.sqlite"), site_.scratch.environment().sqlite_vfs()});
    ASSERT_TRUE(connection);
    OrdersProjection late;
    ASSERT_TRUE(
        late.apply(**connection, batch, domain::SessionRetired{domain::SessionId(1), 1, 1, 1}, 0));

    const auto page = list({PersonId(7), {}, 20, {}});
    ASSERT_EQ(page.orders.size(), 2U);  // from memory and from the rows, once each
    EXPECT_EQ(page.orders[0].id, new_order.id);
    EXPECT_EQ(page.orders[1].id, old_order.id);
}

TEST(Hashes, tell_keys_and_bodies_apart) {
    domain::WantedLines one;
    one.push_back({domain::TierId(1), 12});
    domain::WantedLines other;
    other.push_back({domain::TierId(11), 2});
    EXPECT_NE(hash_of_body(domain::CampaignId(1), one), hash_of_body(domain::CampaignId(1), other));
    EXPECT_NE(hash_of_body(domain::CampaignId(1), one), hash_of_body(domain::CampaignId(2), one));
    const domain::CampaignId campaign(1001);
    EXPECT_NE(hash_of_key(campaign, "a"), hash_of_key(campaign, "b"));
    EXPECT_NE(hash_of_key(campaign, "a"), hash_of_key(domain::CampaignId(1002), "a"));
    EXPECT_NE(hash_of_key(campaign, ""), 0U);
}

}  // namespace
}  // namespace onsale::orders
