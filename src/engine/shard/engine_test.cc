// The engine on real files and threads. Crashes at every instant are the simulator's work.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "env/posix/environment.h"
#include "shard/engine.h"
#include "shard/internal/recovery.h"

namespace onsale::shard {
namespace {

using domain::OutcomeKind;

domain::Session offer() {
    domain::Session session;
    session.id = domain::SessionId(7);
    session.starts_at = base::Timestamp::from_unix_ms(1);
    session.ends_at = base::Timestamp::never();
    session.pools.push_back(
        {domain::PoolId(1), domain::PoolKind::codes, {{domain::AdditionId(5001), 100, {}}}});
    session.pools.push_back(
        {domain::PoolId(2), domain::PoolKind::count, {{domain::AdditionId(1), 3, {}}}});
    session.tiers.push_back({domain::TierId(11), domain::PoolId(1), {}});
    session.tiers.push_back({domain::TierId(12), domain::PoolId(2), {100, base::Currency::cny}});
    const base::Timestamp opens = base::Timestamp::from_unix_ms(0);
    const auto hold = base::Duration::milliseconds(1);
    session.campaigns.push_back({domain::CampaignId(1001),
                                 opens,
                                 base::Timestamp::never(),
                                 hold,
                                 true,
                                 1,
                                 {domain::TierId(11)}});
    session.campaigns.push_back({domain::CampaignId(1002),
                                 opens,
                                 base::Timestamp::never(),
                                 hold,
                                 false,
                                 3,
                                 {domain::TierId(12)}});
    return session;
}

class EngineTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = ::testing::TempDir() + "onsale-engine-XXXXXX";
        ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
        options_.folder = folder_ + "/journal";
        options_.shards = 4;
        options_.reserve_bytes = 4096;
        options_.tick = base::Duration::milliseconds(5);
    }
    void TearDown() override {
        crash();
        home_.reset();
        std::filesystem::remove_all(folder_);
    }

    std::string start() {
        if (!home_)
            home_ = environment_->make_executor({"home", "stands for an event loop", 1 << 16});
        feed_ = std::make_unique<follow::Feed>(options_.shards, 100);
        auto engine = Engine::start(options_, *environment_, *feed_, metrics_);
        if (!engine) return engine.error();
        engine_ = std::move(*engine);
        return "";
    }
    void crash() { engine_.reset(); }  // without stop(): what was not committed is gone
    void stop() {
        std::promise<void> stopped;
        engine_->stop([&] { stopped.set_value(); });
        stopped.get_future().wait();
        engine_.reset();
    }

    Answer run(domain::Command command) {
        std::promise<Answer> promise;
        engine_->submit(shard(), std::move(command), *home_,
                        [&](const Answer& answer) { promise.set_value(answer); });
        return promise.get_future().get();
    }
    Answer place(std::uint64_t person, std::uint64_t campaign) {
        domain::PlaceOrder command{
            domain::PersonId(person), domain::CampaignId(campaign), {}, 0, 0};
        return run(command);
    }
    domain::StockCount stock(std::size_t pool) {
        std::promise<domain::StockCount> promise;
        engine_->read(shard(), *home_,
                      [&](const boxoffice::BoxOffice& box_office, base::Timestamp) {
                          return env::Task([&promise, count = box_office.stock().at(pool).count] {
                              promise.set_value(count);
                          });
                      });
        return promise.get_future().get();
    }
    domain::ShardId shard() const { return engine_->shard_of(domain::SessionId(7)); }
    Answer set_up() {
        return run(domain::SetUpSession{std::make_shared<domain::Session>(offer())});
    }

    std::string folder_;
    Options options_;
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    telemetry::Metrics metrics_;
    std::unique_ptr<env::Executor> home_;
    std::unique_ptr<follow::Feed> feed_;
    std::unique_ptr<Engine> engine_;
};

TEST_F(EngineTest, what_was_answered_is_there_after_a_crash) {
    ASSERT_EQ(start(), "");
    ASSERT_EQ(set_up().outcome.kind, OutcomeKind::accepted);
    const Answer first = place(1, 1001);
    ASSERT_EQ(first.outcome.kind, OutcomeKind::accepted);
    crash();
    ASSERT_EQ(start(), "");
    const Answer again = place(1, 1001);
    EXPECT_EQ(again.outcome.kind, OutcomeKind::already_joined);
    EXPECT_EQ(again.outcome.order, first.outcome.order);
    EXPECT_EQ(stock(0).sold, 1U);
    EXPECT_EQ(engine_->broken_invariant(), "");
}

TEST_F(EngineTest, a_thousand_callers_at_once_get_a_hundred_codes) {
    ASSERT_EQ(start(), "");
    set_up();
    std::vector<std::promise<Answer>> answers(1000);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        domain::PlaceOrder command{domain::PersonId(i + 1), domain::CampaignId(1001), {}, 0, 0};
        engine_->submit(shard(), command, *home_,
                        [&, i](const Answer& answer) { answers[i].set_value(answer); });
    }
    std::vector<bool> handed_out(101);
    std::uint64_t refused = 0;
    for (auto& promise : answers) {
        const Answer answer = promise.get_future().get();
        if (answer.outcome.kind == OutcomeKind::refused) {
            EXPECT_EQ(answer.outcome.refusal, domain::Refusal::sold_out);
            ++refused;
            EXPECT_EQ(answer.refusal_ordinal, refused);
            continue;
        }
        const std::uint64_t ordinal = answer.outcome.order.lines[0].first_ordinal;
        ASSERT_LE(ordinal, 100U);
        EXPECT_FALSE(handed_out[ordinal]);
        handed_out[ordinal] = true;
    }
    EXPECT_EQ(refused, 900U);
}

TEST_F(EngineTest, reserved_orders_expire_by_themselves_also_after_a_restart) {
    ASSERT_EQ(start(), "");
    set_up();
    ASSERT_EQ(place(1, 1002).outcome.order.state, domain::OrderState::reserved);
    crash();
    ASSERT_EQ(start(), "");
    domain::StockCount count = stock(1);
    for (int i = 0; i < 1'000'000 && count.free < 3; ++i) count = stock(1);
    EXPECT_EQ(count.free, 3U);
    EXPECT_EQ(count.held, 0U);
}

TEST_F(EngineTest, orders_of_a_cancelled_session_end_by_themselves_also_after_a_restart) {
    options_.expiry_slice = 2;
    ASSERT_EQ(start(), "");
    domain::Session later = offer();
    later.starts_at = base::Timestamp::never();
    ASSERT_EQ(run(domain::SetUpSession{std::make_shared<domain::Session>(later)}).outcome.kind,
              OutcomeKind::accepted);
    for (std::uint64_t person = 1; person <= 9; ++person) place(person, 1001);
    ASSERT_EQ(stock(0).sold, 9U);
    ASSERT_EQ(run(domain::CancelSession{domain::SessionId(7)}).outcome.kind, OutcomeKind::accepted);
    crash();
    ASSERT_EQ(start(), "");
    EXPECT_EQ(place(10, 1001).outcome.refusal, domain::Refusal::session_cancelled);
    domain::StockCount count = stock(0);
    for (int i = 0; i < 1'000'000 && count.sold > 0; ++i) count = stock(0);
    EXPECT_EQ(count, (domain::StockCount{100, 91, 0, 0, 9}));
    EXPECT_EQ(engine_->broken_invariant(), "");
}

TEST_F(EngineTest, a_full_queue_says_busy_and_a_stopping_engine_says_so) {
    options_.queue_max = 0;
    ASSERT_EQ(start(), "");
    EXPECT_EQ(place(1, 1001).kind, AnswerKind::busy);
    crash();
    options_.queue_max = 100;
    ASSERT_EQ(start(), "");
    std::promise<void> stopped;
    engine_->stop([&] { stopped.set_value(); });
    EXPECT_EQ(place(1, 1001).kind, AnswerKind::stopping);
    stopped.get_future().wait();
}

TEST_F(EngineTest, every_start_is_a_new_epoch_and_the_feed_has_it) {
    ASSERT_EQ(start(), "");
    set_up();
    stop();
    ASSERT_EQ(start(), "");
    const auto batches = feed_->after(shard(), 2, 10);
    ASSERT_TRUE(batches.has_value());
    ASSERT_EQ(batches->size(), 1U);
    EXPECT_EQ((*batches)[0]->epoch, 2U);
    EXPECT_EQ(std::get<domain::EpochStarted>((*batches)[0]->facts.at(0)).epoch, 2U);
}

TEST_F(EngineTest, a_journal_that_lost_acknowledged_batches_does_not_sell) {
    ASSERT_EQ(start(), "");
    set_up();
    const domain::ShardId id = shard();
    stop();
    std::filesystem::remove(options_.folder + "/journal.sqlite");
    const std::string error = start();
    EXPECT_NE(error.find("lost acknowledged batches"), std::string::npos) << error;
    EXPECT_NE(error.find("shard " + std::to_string(id.value()) + ", sequence 2"), std::string::npos)
        << error;
}

TEST_F(EngineTest, a_journal_that_is_damaged_before_its_snapshot_does_not_sell) {
    ASSERT_EQ(start(), "");
    set_up();
    for (std::uint64_t person = 1; person <= 10; ++person) place(person, 1001);
    const domain::ShardId id = shard();
    stop();
    sql::OpenOptions journal_options;
    journal_options.path = options_.folder + "/journal.sqlite";
    {
        auto reader = journal::Reader::open(journal_options).value();
        journal::SnapshotStore store(environment_->files(), options_.folder + "/snapshots");
        const auto all = recover_shard(id, *reader, store).value();
        ASSERT_GT(all.position.sequence, 5U);
        ASSERT_TRUE(store.write({id.value(), all.position, make_snapshot(all)}).has_value());
    }
    const auto change = [&](const std::string& to) {
        auto writer = sql::Connection::open(journal_options).value();
        ASSERT_TRUE(writer->execute("UPDATE journal SET " + to + " WHERE id = " +
                                    std::to_string((std::int64_t{id.value()} << 48) + 3)));
    };
    change("time_ms = time_ms + 1");
    const std::string error = start();
    EXPECT_NE(error.find("shard " + std::to_string(id.value()) + ", sequence 3: content and hash"),
              std::string::npos)
        << error;
    EXPECT_NE(error.find("backup"), std::string::npos) << error;
    change("time_ms = time_ms - 1");
    EXPECT_EQ(start(), "");
}

TEST_F(EngineTest, a_past_of_many_stretches_is_checked_to_its_first_batch) {
    sql::OpenOptions journal_options;
    journal_options.path = folder_ + "/past.sqlite";
    auto writer = journal::Writer::open(journal_options).value();
    std::vector<journal::Batch> batches;
    journal::Hash previous{};
    for (std::uint64_t sequence = 1; sequence <= 3000; ++sequence) {
        batches.push_back(
            {.shard = 2, .sequence = sequence, .previous = previous, .body = "facts"});
        previous = batches.back().hash = journal::hash_of(batches.back());
    }
    ASSERT_TRUE(writer->append(batches));
    auto reader = journal::Reader::open(journal_options).value();
    const auto verify = [&](std::uint64_t bytes_max) {
        return verify_past(domain::ShardId(2), *reader, batches.size(), bytes_max).has_value();
    };
    EXPECT_TRUE(verify(100'000'000));
    auto connection = sql::Connection::open(journal_options).value();
    ASSERT_TRUE(connection->execute("UPDATE journal SET body = X'00' WHERE id & 0xffff = 1"));
    EXPECT_FALSE(verify(100'000'000));
    EXPECT_TRUE(verify(5));  // as far back as was asked for
}

TEST_F(EngineTest, a_snapshot_and_the_journal_give_the_same_memory) {
    ASSERT_EQ(start(), "");
    set_up();
    for (std::uint64_t person = 1; person <= 30; ++person) place(person, 1001);
    for (std::uint64_t person = 1; person <= 120; ++person)
        place(person, 1001);  // some are sold out: refusal counts
    const domain::ShardId id = shard();
    stop();

    sql::OpenOptions journal_options;
    journal_options.path = options_.folder + "/journal.sqlite";
    auto reader = journal::Reader::open(journal_options);
    ASSERT_TRUE(reader.has_value());
    journal::SnapshotStore store(environment_->files(), options_.folder + "/snapshots");
    auto all = recover_shard(id, **reader, store);
    ASSERT_TRUE(all.has_value()) << all.error();
    auto half = recover_shard(id, **reader, store, all->position.sequence / 2);
    ASSERT_TRUE(half.has_value());
    ASSERT_TRUE(store.write({id.value(), half->position, make_snapshot(*half)}).has_value());
    auto resumed = recover_shard(id, **reader, store);
    ASSERT_TRUE(resumed.has_value()) << resumed.error();
    EXPECT_EQ(resumed->snapshot_sequence, half->position.sequence);
    EXPECT_LT(resumed->facts_replayed, all->facts_replayed);
    EXPECT_EQ(make_snapshot(*resumed), make_snapshot(*all));
    EXPECT_EQ(resumed->epoch, all->epoch);
}

}  // namespace
}  // namespace onsale::shard
