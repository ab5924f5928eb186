// The past equals a replay from the first record that stops there, whatever was asked before and
// whatever snapshots there are.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "replay/desk.h"
#include "replay/history.h"
#include "replay/limits.h"
#include "replay/order.h"
#include "replay/testing/scripted_sale.h"

namespace onsale::replay {
namespace {

using testing::ScriptedSale;

std::string image_of(const boxoffice::BoxOffice& box_office) {
    wire::SnapshotEncoder encoder;
    box_office.save(encoder);
    return encoder.take();
}

// Every state of the shard on the way, by a plain fold.
struct Folded {
    std::vector<std::string> images;
    std::vector<Place> places;
    std::vector<OrderCounts> counts;
};

Folded fold(Replayer& replayer, const ScriptedSale& sale, domain::SessionId session) {
    Folded folded;
    boxoffice::BoxOffice box_office(sale.shard);
    folded.images.push_back(image_of(box_office));
    folded.places.push_back({});
    folded.counts.push_back({});
    const auto walked = replayer.walk(sale.shard, 0, [&](const Step& step) {
        for (const auto& fact : step.decoded.facts) box_office.apply(fact);
        folded.images.push_back(image_of(box_office));
        folded.places.push_back({step.batch.sequence, step.batch.time});
        Tally counted_again;
        counted_again.start_from(box_office);
        folded.counts.push_back(counted_again.of(session));
        return Walk::on;
    });
    EXPECT_TRUE(walked.has_value());
    return folded;
}

const domain::SessionId kSession(7);

TEST(Replay, any_position_equals_a_replay_from_the_first_record) {
    for (const std::uint64_t seed : {11U, 12U, 13U}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        ScriptedSale sale(seed);
        sale.run(60);
        const auto with = sale.open();
        const auto without = sale.open("/none");
        const Folded folded = fold(*without, sale, kSession);
        ASSERT_GT(folded.images.size(), 50U);
        journal::SnapshotStore snapshots(sale.environment.files(),
                                         sale.options.folder + "/snapshots");
        EXPECT_TRUE(snapshots.newest(sale.shard.value())->has_value());
        base::Prng random(seed);
        for (int i = 0; i < 150; ++i) {
            const std::uint64_t sequence = random.below(folded.images.size());
            const auto past = (i % 3 == 0 ? *without : *with).at(sale.shard, sequence);
            ASSERT_TRUE(past.has_value()) << past.error().message;
            EXPECT_EQ((*past)->place, folded.places[sequence]);
            ASSERT_EQ(image_of((*past)->box_office), folded.images[sequence]) << sequence;
            const auto then = session_then(**past, kSession);
            EXPECT_EQ(then.orders, folded.counts[sequence]) << sequence;
        }
        EXPECT_EQ(with->at(sale.shard, folded.images.size()).error().trouble,
                  ReplayTrouble::position_unknown);
        EXPECT_FALSE(with->at(domain::ShardId(9), 1).has_value());
    }
}

TEST(Replay, a_time_is_the_last_batch_not_after_it) {
    ScriptedSale sale(14);
    sale.run(40);
    const auto replayer = sale.open();
    const Folded folded = fold(*replayer, sale, kSession);
    const auto& places = folded.places;
    const auto after_end = places.back().at + base::Duration::hours(1);
    EXPECT_EQ(*replayer->place_at(sale.shard, after_end), places.back());
    EXPECT_EQ(replayer->place_at(sale.shard, base::Timestamp())->sequence, 0U);
    for (std::int64_t ms = places[1].at.unix_ms() - 2; ms < places.back().at.unix_ms(); ms += 7) {
        const auto time = base::Timestamp::from_unix_ms(ms);
        const auto place = replayer->place_at(sale.shard, time);
        ASSERT_TRUE(place.has_value());
        EXPECT_TRUE(place->sequence == 0 || place->at <= time);
        EXPECT_GT(places[place->sequence + 1].at, time);
    }
}

TEST(Replay, history_begins_at_the_set_up_and_ends_now) {
    ScriptedSale sale(15);
    sale.run(60);
    const auto replayer = sale.open();
    const auto history = session_history(*replayer, sale.shard, kSession);
    ASSERT_TRUE(history.has_value());
    EXPECT_TRUE(history->complete);
    ASSERT_GT(history->points.size(), 10U);
    EXPECT_LE(history->points.size(), kPointsMax + 1);
    EXPECT_EQ(history->points.front().stock.free, 45U);
    EXPECT_EQ(history->points.front().orders, OrderCounts());
    const auto now = replayer->at(sale.shard, history->last.sequence);
    EXPECT_EQ(history->points.back().orders, session_then(**now, kSession).orders);
    for (std::size_t i = 1; i < history->points.size(); ++i) {
        EXPECT_LT(history->points[i - 1].place.sequence, history->points[i].place.sequence);
        EXPECT_TRUE(history->points[i].stock.balances());
    }
    const auto nothing = session_history(*replayer, sale.shard, domain::SessionId(999));
    EXPECT_TRUE(nothing->points.empty());
}

TEST(Replay, a_long_history_is_thinned_and_keeps_its_ends) {
    ScriptedSale sale(16);
    const auto replayer = sale.open();
    auto session = boxoffice::testing::offer(1, 5'000);
    session.id = domain::SessionId(8);
    sale.submit(boxoffice::testing::set_up(session));
    sale.settle();
    for (int i = 0; i < 450; ++i) {
        sale.submit(domain::WithdrawStock{session.id, domain::PoolId(2), 1});
        sale.turned.turn(sale.random);
    }
    const auto history = session_history(*replayer, sale.shard, session.id);
    ASSERT_TRUE(history.has_value());
    EXPECT_LE(history->points.size(), kPointsMax + 1);
    EXPECT_GT(history->points.size(), kPointsMax / 2 - 1);
    EXPECT_EQ(history->points.front().stock.withdrawn, 0U);
    EXPECT_EQ(history->points.back().stock.withdrawn, 450U);
}

TEST(Replay, orders_tell_their_facts_and_why) {
    ScriptedSale sale(17);
    sale.run(60);
    const auto replayer = sale.open();
    std::map<OrderEndCause, int> causes;
    std::uint64_t newest = 0;
    for (const auto& order : sale.orders) newest = std::max(newest, domain::number_of(order.id));
    for (std::uint64_t number = 1; number <= newest; ++number) {
        const auto id = domain::make_order_id(sale.shard, number);
        const auto told = explain_order(*replayer, id);
        ASSERT_TRUE(told.has_value() && told->has_value()) << number;
        const OrderStory& story = **told;
        ++causes[story.cause];
        ASSERT_FALSE(story.facts.empty());
        EXPECT_EQ(story.facts.front().at, story.order.created_at);
        EXPECT_EQ(story.facts.back().state, story.order.state);
        EXPECT_EQ(story.facts.back().at, story.order.changed_at);
        const bool ended = story.cause != OrderEndCause::none;
        EXPECT_EQ(story.facts.size(), ended ? 2U : 1U);
    }
    EXPECT_GT(causes[OrderEndCause::person], 3);
    EXPECT_GT(causes[OrderEndCause::deadline], 3);
    EXPECT_GT(causes[OrderEndCause::session_cancelled], 3);
    const auto unknown = domain::make_order_id(sale.shard, newest + 1);
    EXPECT_FALSE(explain_order(*replayer, unknown)->has_value());
}

TEST(Replay, a_question_that_would_cost_too_much_is_refused) {
    ScriptedSale sale(18);
    sale.run(40);
    Options options;
    options.journal.path = sale.options.folder + "/journal.sqlite";
    options.snapshots = "none";
    options.shards = 2;
    options.facts_max = 20;
    const auto replayer = Replayer::open(options, sale.environment.files());
    const auto last = (*replayer)->last(sale.shard);
    EXPECT_EQ((*replayer)->at(sale.shard, last->sequence).error().trouble, ReplayTrouble::too_far);
    EXPECT_TRUE((*replayer)->at(sale.shard, 2).has_value());
}

TEST(Replay, a_snapshot_that_is_too_large_is_refused_unread) {
    ScriptedSale sale(20);
    sale.run(60);
    const auto replayer = sale.open();
    const auto last = replayer->last(sale.shard);
    ASSERT_TRUE(replayer->at(sale.shard, last->sequence).has_value());
    const auto orders = (*replayer->at(sale.shard, last->sequence))->box_office.orders_in_memory();
    replayer->bound({0, orders});
    EXPECT_TRUE(replayer->at(sale.shard, last->sequence).has_value());
    replayer->bound({0, orders - 1});  // also of what is in memory since the last question
    EXPECT_EQ(replayer->at(sale.shard, last->sequence).error().trouble, ReplayTrouble::too_far);

    journal::SnapshotStore snapshots(sale.environment.files(), sale.options.folder + "/snapshots");
    const auto bytes = snapshots.newest_bytes(sale.shard.value(), last->sequence);
    ASSERT_GT(*bytes, kSnapshotBytesPerOrder * 2);
    const auto fresh = sale.open();
    fresh->bound({0, *bytes / kSnapshotBytesPerOrder - 1});
    EXPECT_EQ(fresh->nearest(sale.shard, last->sequence).error().message,
              "the snapshot there is too large");
}

// A desk before a scripted sale, whose engine is as busy as the test says.
class DeskTest : public ::testing::Test {
  protected:
    DeskTest() : sale(19) {
        sale.run(5);
        Options options;
        options.journal.path = sale.options.folder + "/journal.sqlite";
        options.snapshots = "none";
        options.shards = 2;
        auto opened = Desk::open(options, sale.environment, [this] {
            ++looks;
            return busy;
        });
        ONSALE_CHECK(opened.has_value());
        desk = std::move(*opened);
    }
    bool ask(std::optional<domain::PersonId> person = std::nullopt) {
        Desk::Question question = [this](ReplayResult<Replayer*> replayer) -> env::Task {
            ++asked;
            if (!replayer) {
                EXPECT_EQ(replayer.error().trouble, ReplayTrouble::busy);
                return [this] { ++refused; };
            }
            EXPECT_TRUE((*replayer)->at(sale.shard, 1).has_value());
            return [this] { ++answered; };
        };
        return desk->ask(*sale.home, person, question);
    }
    // As long as a person's question waits at most.
    void pass_time() {
        for (std::size_t i = 0; i < 2 * kLooksMax; ++i) {
            sale.turned.turn(sale.random);
            sale.clock.move(kLookEvery.count_ms() * 1000);
        }
    }

    ScriptedSale sale;
    bool busy = false;
    std::size_t looks = 0;
    std::size_t asked = 0;
    std::size_t answered = 0;
    std::size_t refused = 0;
    std::unique_ptr<Desk> desk;
};

TEST_F(DeskTest, few_may_wait_and_a_stop_drops_them) {
    for (std::size_t i = 0; i < kQuestionsWaitingMax; ++i) EXPECT_TRUE(ask());
    EXPECT_FALSE(ask());
    sale.turned.turn(sale.random);
    EXPECT_EQ(answered, kQuestionsWaitingMax);
    EXPECT_TRUE(ask());
    desk->stop();
    sale.turned.turn(sale.random);
    EXPECT_EQ(asked, kQuestionsWaitingMax);
}

TEST_F(DeskTest, a_person_has_one_question_there_and_persons_leave_room_for_staff) {
    for (std::uint64_t i = 1; i <= kPersonsWaitingMax; ++i) {
        EXPECT_TRUE(ask(domain::PersonId(i)));
        EXPECT_FALSE(ask(domain::PersonId(i)));
    }
    EXPECT_FALSE(ask(domain::PersonId(kPersonsWaitingMax + 1)));
    EXPECT_TRUE(ask());
    sale.turned.turn(sale.random);
    EXPECT_EQ(answered, kPersonsWaitingMax + 1);
    EXPECT_TRUE(ask(domain::PersonId(1)));
}

TEST_F(DeskTest, persons_wait_for_buyers_and_staff_do_not) {
    busy = true;
    EXPECT_TRUE(ask(domain::PersonId(1)));
    EXPECT_TRUE(ask());
    sale.turned.turn(sale.random);
    EXPECT_EQ(answered, 1U);
    busy = false;  // a moment only
    pass_time();
    EXPECT_EQ(answered, 2U);
    EXPECT_EQ(refused, 0U);
}

TEST_F(DeskTest, a_person_is_refused_when_buyers_wait_at_every_look) {
    busy = true;
    EXPECT_TRUE(ask(domain::PersonId(1)));
    pass_time();
    EXPECT_EQ(looks, kLooksMax);
    EXPECT_EQ(refused, 1U);
    EXPECT_EQ(answered, 0U);
    busy = false;
    EXPECT_TRUE(ask(domain::PersonId(1)));
    sale.turned.turn(sale.random);
    EXPECT_EQ(answered, 1U);
}

}  // namespace
}  // namespace onsale::replay
