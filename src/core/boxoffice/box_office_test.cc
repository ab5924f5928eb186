#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "base/prng.h"
#include "boxoffice/testing/offer.h"
#include "wire/codec.h"

namespace onsale::boxoffice {
namespace {

using domain::OrderState;
using domain::OutcomeKind;
using testing::Counter;

std::string image(const BoxOffice& box_office) {
    wire::SnapshotEncoder encoder;
    box_office.save(encoder);
    return encoder.take();
}

// A plausible or hostile command, chosen by the generator.
domain::Command any_command(base::Prng& random) {
    const domain::PersonId person(1 + random.below(30));
    const auto order = domain::make_order_id(domain::ShardId(3), 1 + random.below(120));
    switch (random.below(18)) {
        case 0:
            return domain::CancelOrder{person, order};
        case 1:
            return domain::HideOrder{person, order};
        case 2:
            return domain::ExpireDue{static_cast<std::uint32_t>(random.below(4))};
        case 3:
            return domain::WithdrawStock{domain::SessionId(7), domain::PoolId(1 + random.below(2)),
                                         random.below(3), domain::WithdrawalId(random.below(6))};
        case 4:
            return domain::AddStock{
                domain::SessionId(7),
                domain::PoolId(1 + random.below(3)),
                {domain::AdditionId(6000 + random.below(9)), random.below(5), {}}};
        case 5:
            return domain::EndCancelled{static_cast<std::uint32_t>(random.below(4))};
        case 6:
            return domain::ChangeTier{
                domain::SessionId(7),
                domain::TierId(11 + random.below(4)),
                {static_cast<std::int64_t>(random.below(3)) * 100, base::Currency::cny},
                random.chance(3, 4)};
        case 7:
            return domain::ChangeSession{domain::SessionId(7), testing::at(200'000),
                                         testing::at(300'000),
                                         static_cast<std::uint32_t>(random.below(4)),
                                         static_cast<std::uint32_t>(random.below(6))};
        case 8:
            if (random.chance(1, 40)) return domain::CancelSession{domain::SessionId(7)};
            return domain::RemoveSession{domain::SessionId(7 + random.below(2))};
        default:
            break;
    }
    domain::PlaceOrder place{
        person, domain::CampaignId(1001 + random.below(4)), {}, random.below(6), random.below(2)};
    for (std::uint64_t i = random.below(3); i > 0; --i) {
        place.lines.push_back(
            {domain::TierId(11 + random.below(3)), static_cast<std::uint32_t>(random.below(4))});
    }
    return place;
}

class RandomSale : public ::testing::TestWithParam<std::uint64_t> {};

// One seed is one sale of 600 commands; after every one the invariants are counted again.
TEST_P(RandomSale, keeps_every_invariant_and_replays_to_the_same_image) {
    base::Prng random(GetParam());
    Counter counter;
    counter.run(testing::set_up(testing::offer(20 + random.below(20), 20 + random.below(20))), 0);
    std::int64_t now = 900;
    std::set<std::uint64_t> ordinals;
    for (int i = 0; i < 600; ++i) {
        now += static_cast<std::int64_t>(random.below(60));
        const auto& outcome = counter.run(any_command(random), now);
        ASSERT_EQ(counter.box_office.broken_invariant(), "") << "step " << i;
        if (outcome.kind != OutcomeKind::accepted || outcome.order.state != OrderState::completed ||
            outcome.order.hidden)
            continue;
        for (const auto& line : outcome.order.lines) {
            for (std::uint32_t k = 0; line.first_ordinal != 0 && k < line.quantity; ++k) {
                ASSERT_TRUE(ordinals.insert(line.first_ordinal + k).second)
                    << "a code was handed out twice";
            }
        }
    }
    BoxOffice replayed(domain::ShardId(3));
    for (const auto& fact : counter.facts) replayed.apply(fact);
    EXPECT_EQ(image(replayed), image(counter.box_office));

    Loader loader;
    ASSERT_TRUE(wire::decode_snapshot(image(replayed), loader).has_value());
    auto loaded = loader.finish();
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(image(*loaded), image(replayed));
    // What was loaded decides like what was replayed.
    Decision a;
    Decision b;
    for (int i = 0; i < 200; ++i) {
        const auto command = any_command(random);
        replayed.decide(command, testing::at(now), a);
        loaded->decide(command, testing::at(now), b);
        ASSERT_EQ(a.outcome.kind, b.outcome.kind);
        ASSERT_EQ(a.outcome.refusal, b.outcome.refusal);
        ASSERT_EQ(a.outcome.order, b.outcome.order);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSale, ::testing::Range<std::uint64_t>(1, 41));

TEST(Decide, changes_nothing_by_itself) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(5, 5)), 0);
    const std::string before = image(counter.box_office);
    Decision decision;
    counter.box_office.decide(
        domain::PlaceOrder{domain::PersonId(1), domain::CampaignId(1001), {}, 1, 1},
        testing::at(2000), decision);
    EXPECT_EQ(decision.outcome.kind, OutcomeKind::accepted);
    EXPECT_EQ(image(counter.box_office), before);
}

// What is decided of a cancelled session follows the fact, not the slices: however many have run,
// and whether memory was loaded in between, every order reads the same.
TEST(Cancellation, ends_every_order_at_once_and_writes_it_down_in_slices) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(20, 20)), 0);
    domain::PlaceOrder priced{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
    priced.lines.push_back({domain::TierId(12), 2});
    for (std::uint64_t person = 1; person <= 5; ++person) {
        counter.run(
            domain::PlaceOrder{domain::PersonId(person), domain::CampaignId(1001), {}, 0, 0}, 2000);
        priced.person = domain::PersonId(person);
        counter.run(priced, 2000 + 100 * static_cast<std::int64_t>(person));
    }
    ASSERT_EQ(counter.run(domain::CancelSession{domain::SessionId(7)}, 2650).kind,
              OutcomeKind::accepted);
    const auto states = [&](std::int64_t now) {
        std::vector<OrderState> seen;
        for (std::uint64_t number = 1; number <= 10; ++number) {
            const auto id = domain::make_order_id(domain::ShardId(3), number);
            seen.push_back(counter.box_office.find_order(id, testing::at(now))->state);
        }
        return seen;
    };
    // The deadline of the first came before the cancellation.
    std::vector<OrderState> expected(10, OrderState::refunded);
    expected[1] = OrderState::expired;
    for (const std::size_t place : {3U, 5U, 7U, 9U}) expected[place] = OrderState::cancelled;
    EXPECT_EQ(states(2650), expected);
    EXPECT_EQ(
        counter.box_office.joined(domain::CampaignId(1001), domain::PersonId(1), testing::at(2650)),
        std::nullopt);
    EXPECT_EQ(counter
                  .run(domain::HideOrder{domain::PersonId(2),
                                         domain::make_order_id(domain::ShardId(3), 4)},
                       2660)
                  .order.state,
              OrderState::cancelled);
    std::uint64_t ended = 0;
    for (int slices = 0; counter.box_office.has_orders_to_end(); ++slices) {
        ASSERT_LT(slices, 3);
        ended += counter.run(domain::EndCancelled{4}, 9000).count;  // behind every deadline
        EXPECT_EQ(states(9000), expected);
        EXPECT_EQ(counter.box_office.broken_invariant(), "");
        Loader loader;
        ASSERT_TRUE(wire::decode_snapshot(image(counter.box_office), loader).has_value());
        counter.box_office = std::move(*loader.finish());
    }
    EXPECT_EQ(ended, 9U);
    const auto stock = counter.box_office.stock();
    EXPECT_EQ(stock[0].count, (domain::StockCount{20, 15, 0, 0, 5}));
    EXPECT_EQ(stock[1].count, (domain::StockCount{20, 20, 0, 0, 0}));
    EXPECT_EQ(counter.run(domain::EndCancelled{4}, 9000).kind, OutcomeKind::unchanged);
    EXPECT_EQ(counter.run(domain::RetireSession{domain::SessionId(7)}, 300'000).kind,
              OutcomeKind::accepted);
    EXPECT_EQ(std::get<domain::SessionRetired>(counter.facts.back()).completed, 0U);
}

TEST(Cancellation, expiry_that_comes_first_follows_it_too) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(1, 5)), 0);
    domain::PlaceOrder place{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
    place.lines.push_back({domain::TierId(12), 1});
    counter.run(place, 2000);
    counter.run(domain::CancelSession{domain::SessionId(7)}, 2100);
    EXPECT_EQ(counter.run(domain::ExpireDue{10}, 9000).count, 1U);
    EXPECT_TRUE(std::holds_alternative<domain::OrderCancelled>(counter.facts.back()));
    EXPECT_FALSE(counter.box_office.has_orders_to_end());
}

TEST(Expiry, ends_the_oldest_first_in_slices_and_gives_stock_and_limits_back) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(1, 3)), 0);
    domain::PlaceOrder place{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
    place.lines.push_back({domain::TierId(12), 1});
    for (std::uint64_t person = 1; person <= 3; ++person) {
        place.person = domain::PersonId(person);
        counter.run(place, 2000 + static_cast<std::int64_t>(person));
    }
    EXPECT_EQ(counter.box_office.next_deadline(), testing::at(2501));
    EXPECT_EQ(counter.run(domain::ExpireDue{2}, 2502).count, 2U);
    EXPECT_EQ(counter.box_office.next_deadline(), testing::at(2503));
    EXPECT_EQ(counter.box_office.stock()[1].count.free, 2U);
    const auto own =
        counter.box_office.orders_of(domain::PersonId(1), domain::OrderId(), 10, testing::at(2502));
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own[0].state, OrderState::expired);
    place.person = domain::PersonId(1);
    EXPECT_EQ(counter.run(place, 2502).kind, OutcomeKind::accepted);
}

TEST(OrdersOf, are_the_newest_first_and_page_without_gaps) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(1, 100)), 0);
    domain::PlaceOrder place{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
    place.lines.push_back({domain::TierId(12), 1});
    for (int i = 0; i < 9; ++i) {
        place.person = domain::PersonId(1 + static_cast<std::uint64_t>(i % 3));
        counter.run(place, 2000);
    }
    const auto first =
        counter.box_office.orders_of(domain::PersonId(2), domain::OrderId(), 2, testing::at(2000));
    ASSERT_EQ(first.size(), 2U);
    EXPECT_GT(first[0].id, first[1].id);
    const auto second =
        counter.box_office.orders_of(domain::PersonId(2), first[1].id, 2, testing::at(2000));
    ASSERT_EQ(second.size(), 1U);
    EXPECT_LT(second[0].id, first[1].id);
}

TEST(OrdersOf, an_order_past_its_deadline_reads_as_expired) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(1, 1)), 0);
    domain::PlaceOrder place{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
    place.lines.push_back({domain::TierId(12), 1});
    const auto id = counter.run(place, 2000).order.id;
    EXPECT_EQ(counter.box_office.find_order(id, testing::at(2499))->state, OrderState::reserved);
    EXPECT_EQ(counter.box_office.find_order(id, testing::at(2500))->state, OrderState::expired);
}

TEST(Prices, come_from_the_session) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(1, 5)), 0);
    domain::PlaceOrder place{domain::PersonId(1), domain::CampaignId(1002), {}, 0, 0};
    place.lines.push_back({domain::TierId(12), 2});
    place.lines.push_back({domain::TierId(13), 1});
    const auto& outcome = counter.run(place, 2000);
    EXPECT_EQ(outcome.order.amount().minor, 2 * 8000 + 12000);
    EXPECT_EQ(outcome.order.state, OrderState::reserved);
    EXPECT_EQ(outcome.order.deadline, testing::at(2500));
    const auto id = outcome.order.id;
    counter.run(domain::ChangeTier{domain::SessionId(7), domain::TierId(12), {1, {}}, false}, 2100);
    EXPECT_EQ(counter.box_office.find_order(id, testing::at(2100))->amount().minor, 28'000);
}

TEST(Loader, refuses_pieces_that_contradict_each_other) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(5, 5)), 0);
    counter.run(domain::PlaceOrder{domain::PersonId(1), domain::CampaignId(1001), {}, 0, 0}, 2000);
    wire::SnapshotEncoder encoder;
    encoder.header({domain::ShardId(3), 2, 0});
    encoder.session(testing::offer(5, 5), {});
    encoder.stock(
        {domain::SessionId(7), domain::PoolId(1), {5, 5, 0, 0, 0}, 1});  // the sold code is missing
    encoder.stock({domain::SessionId(7), domain::PoolId(2), {5, 5, 0, 0, 0}, 1});
    encoder.order(*counter.box_office.find_order(domain::make_order_id(domain::ShardId(3), 1),
                                                 testing::at(2000)));
    Loader loader;
    ASSERT_TRUE(wire::decode_snapshot(encoder.take(), loader).has_value());
    EXPECT_FALSE(loader.finish().has_value());
}

TEST(ApplyDeathTest, a_fact_that_does_not_fit_ends_the_process) {
    Counter counter;
    counter.run(testing::set_up(testing::offer(5, 5)), 0);
    EXPECT_DEATH(counter.box_office.apply(
                     domain::OrderExpired{domain::OrderId(99 << 8 | 3), testing::at(1)}),
                 "check failed");
}

}  // namespace
}  // namespace onsale::boxoffice
