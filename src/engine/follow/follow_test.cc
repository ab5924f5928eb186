#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "env/posix/environment.h"
#include "follow/projector.h"

namespace onsale::follow {
namespace {

SharedBatch batch(std::uint64_t sequence, std::vector<domain::Fact> facts = {}) {
    auto made = std::make_shared<CommittedBatch>();
    made->shard = domain::ShardId(0);
    made->sequence = sequence;
    made->facts = std::move(facts);
    return made;
}

TEST(Feed, gives_what_it_has_and_says_when_it_has_it_no_more) {
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 10);
    for (std::uint64_t sequence = 11; sequence <= 15; ++sequence) feed.publish(batch(sequence));
    EXPECT_EQ(feed.committed(domain::ShardId(0)), 15U);
    EXPECT_FALSE(feed.after(domain::ShardId(0), 10, 10).has_value());
    EXPECT_FALSE(feed.after(domain::ShardId(0), 11, 10).has_value());
    const auto two = feed.after(domain::ShardId(0), 12, 2);
    ASSERT_TRUE(two.has_value());
    ASSERT_EQ(two->size(), 2U);
    EXPECT_EQ((*two)[0]->sequence, 13U);
    EXPECT_TRUE(feed.after(domain::ShardId(0), 15, 10)->empty());
}

SharedBatch batch_at(std::uint64_t sequence, std::int64_t unix_ms) {
    auto made = std::make_shared<CommittedBatch>();
    made->sequence = sequence;
    made->time = base::Timestamp::from_unix_ms(unix_ms);
    return made;
}

TEST(Feed, keeps_no_more_facts_than_it_may_but_always_the_newest_batch) {
    Feed feed(1, 100, 3);
    const domain::ShardId shard(0);
    const std::vector<domain::Fact> two = {domain::OrderHidden{}, domain::OrderHidden{}};
    for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) feed.publish(batch(sequence, two));
    EXPECT_FALSE(feed.after(shard, 1, 10).has_value());
    EXPECT_EQ(feed.after(shard, 2, 10)->size(), 1U);
    feed.publish(batch(4));
    EXPECT_EQ(feed.after(shard, 2, 10)->size(), 2U);
    feed.publish(batch(5, {5, domain::OrderHidden{}}));
    EXPECT_FALSE(feed.after(shard, 3, 10).has_value());
    EXPECT_EQ(feed.after(shard, 4, 10)->size(), 1U);
}

TEST(Feed, says_how_far_behind_a_follower_is) {
    Feed feed(1, 3);
    const domain::ShardId shard(0);
    feed.start_at(shard, 10);
    EXPECT_EQ(feed.lag(shard, 4).batches, 6U);
    EXPECT_EQ(feed.lag(shard, 4).age.count_ms(), 0);
    for (std::uint64_t i = 0; i < 4; ++i)
        feed.publish(batch_at(11 + i, static_cast<std::int64_t>(1000 + 100 * i)));
    EXPECT_EQ(feed.lag(shard, 14).batches, 0U);
    EXPECT_EQ(feed.lag(shard, 12).batches, 2U);
    EXPECT_EQ(feed.lag(shard, 12).age.count_ms(), 100);
    // Batch 11 has gone: its age is at least that of the oldest that is here.
    EXPECT_EQ(feed.lag(shard, 10).batches, 4U);
    EXPECT_EQ(feed.lag(shard, 10).age.count_ms(), 200);
}

TEST(FeedDeathTest, a_gap_is_a_programmers_error) {
    Feed feed(1, 3);
    feed.publish(batch(1));
    EXPECT_DEATH(feed.publish(batch(3)), "check failed");
}

// Runs at once what is for now; what is for later waits until the test runs it.
class PatientExecutor : public env::Executor {
  public:
    void post(env::Task task) override { task(); }
    void post_after(base::Duration delay, env::Task task) override {
        later_.push_back({delay, std::move(task)});
    }
    // The delay of the oldest task, which has run then.
    base::Duration run_next() {
        auto next = std::move(later_.front());
        later_.pop_front();
        next.second();
        return next.first;
    }
    bool is_idle() const { return later_.empty(); }

  private:
    std::deque<std::pair<base::Duration, env::Task>> later_;
};

// Counts the orders that ended, one row a fact: enough to see a fact that is missing or there
// twice.
class EndedOrders : public Projection {
  public:
    std::string_view component() const override { return "ended"; }
    std::span<const sql::Migration> migrations() const override {
        static constexpr sql::Migration kMigrations[] = {
            {1,
             "CREATE TABLE ended_orders (order_id INTEGER PRIMARY KEY, sequence INTEGER, idx "
             "INTEGER)"},
            {2,
             "DROP TABLE ended_orders; CREATE TABLE ended_orders (order_id INTEGER PRIMARY KEY, "
             "sequence INTEGER NOT NULL, idx INTEGER NOT NULL)"}};
        return std::span(kMigrations).first(versions);
    }
    std::span<const std::string_view> tables() const override {
        static constexpr std::string_view kTables[] = {"ended_orders"};
        return kTables;
    }
    FollowResult<void> apply(sql::Connection& connection, const CommittedBatch& from,
                             const domain::Fact& fact, std::uint32_t index) override {
        const auto* expired = std::get_if<domain::OrderExpired>(&fact);
        if (expired == nullptr) return {};
        if (expired->order == poison)
            return base::Unexpected{FollowError{"a fact that cannot be digested"}};
        auto insert = connection.prepare("INSERT INTO ended_orders VALUES (?, ?, ?)");
        insert->bind(1, static_cast<std::int64_t>(expired->order.value()))
            .bind(2, static_cast<std::int64_t>(from.sequence))
            .bind(3, index);
        if (auto ran = insert->run(); !ran)
            return base::Unexpected{FollowError{ran.error().message}};
        return {};
    }
    domain::OrderId poison{999'999};
    std::size_t versions = 1;
};

// Adds up in memory and writes one row a transaction.
class SummedOrders : public Projection {
  public:
    std::string_view component() const override { return "summed"; }
    std::span<const sql::Migration> migrations() const override {
        static constexpr sql::Migration kMigrations[] = {
            {1,
             "CREATE TABLE summed_orders (orders INTEGER); INSERT INTO summed_orders VALUES (0)"}};
        return kMigrations;
    }
    std::span<const std::string_view> tables() const override { return {}; }
    void begin() override { gathered_ = 0; }
    FollowResult<void> apply(sql::Connection&, const CommittedBatch&, const domain::Fact& fact,
                             std::uint32_t) override {
        if (std::holds_alternative<domain::OrderExpired>(fact)) ++gathered_;
        return {};
    }
    FollowResult<void> flush(sql::Connection& connection) override {
        ++flushes;
        auto update = connection.prepare("UPDATE summed_orders SET orders = orders + ?");
        EXPECT_TRUE(update->bind(1, gathered_).run());
        return {};
    }
    int flushes = 0;

  private:
    std::int64_t gathered_ = 0;
};

class ProjectorTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = ::testing::TempDir() + "onsale-follow-XXXXXX";
        ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
        journal_.path = folder_ + "/journal.sqlite";
        options_.database.path = folder_ + "/projections.sqlite";
        options_.batches_per_transaction = 3;
        writer_ = *journal::Writer::open(journal_);
    }
    void TearDown() override {
        writer_.reset();
        std::filesystem::remove_all(folder_);
    }

    // Appends a batch with two facts, as the engine does.
    void append(std::uint64_t first_order) {
        wire::BatchEncoder encoder;
        journal::Batch row;
        row.sequence = last_.sequence + 1;
        row.previous = last_.hash;
        row.epoch = 1;
        for (const std::uint64_t order : {first_order, first_order + 1}) {
            encoder.add(
                domain::OrderExpired{domain::OrderId(order), base::Timestamp::from_unix_ms(1)},
                row.body);
        }
        row.hash = journal::hash_of(row);
        ASSERT_TRUE(writer_->append(std::span(&row, 1)).has_value());
        last_ = {row.sequence, row.hash};
    }
    FollowResult<std::unique_ptr<Projector>> open(Feed& feed) {
        return Projector::create(options_, {*executor_,
                                            BatchSource(feed, *journal::Reader::open(journal_)),
                                            feed,
                                            {&summed_, &projection_},
                                            metrics_});
    }
    std::int64_t rows() { return number("SELECT count(*) FROM ended_orders"); }
    std::int64_t number(const std::string& sql) {
        sql::OpenOptions options = options_.database;
        options.access = sql::Access::read_only;
        auto connection = *sql::Connection::open(options);
        auto count = *connection->prepare(sql);
        EXPECT_TRUE(*count.step());
        return count.integer(0);
    }

    std::string folder_;
    sql::OpenOptions journal_;
    ProjectorOptions options_;
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    std::unique_ptr<env::Executor> executor_ =
        environment_->make_executor({"follow", "projections", 100});
    telemetry::Metrics metrics_;
    EndedOrders projection_;
    SummedOrders summed_;
    std::unique_ptr<journal::Writer> writer_;
    journal::Position last_;
};

TEST_F(ProjectorTest, reads_the_journal_where_the_feed_has_nothing_and_goes_on_where_it_stopped) {
    for (std::uint64_t i = 0; i < 10; ++i) append(1 + i * 2);
    {
        Feed feed(1, 3);
        feed.start_at(domain::ShardId(0), 7);  // the engine has published no more
        auto projector = open(feed);
        ASSERT_TRUE(projector.has_value()) << projector.error().message;
        ASSERT_TRUE((*projector)->catch_up().has_value());
        EXPECT_EQ((*projector)->position(domain::ShardId(0)), 7U);
        EXPECT_EQ(rows(), 14);
    }
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 10);
    auto projector = open(feed);
    ASSERT_TRUE(projector.has_value()) << projector.error().message;
    ASSERT_TRUE((*projector)->catch_up().has_value());
    EXPECT_EQ(rows(), 20);
    ASSERT_TRUE((*projector)->forget_everything().has_value());
    EXPECT_EQ(rows(), 0);
    ASSERT_TRUE((*projector)->catch_up().has_value());
    EXPECT_EQ(rows(), 20);
}

TEST_F(ProjectorTest, a_fact_it_cannot_digest_leaves_nothing_of_its_transaction) {
    for (std::uint64_t i = 0; i < 6; ++i) append(1 + i * 2);
    projection_.poison = domain::OrderId(9);  // in batch 5, the second of the second transaction
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 6);
    auto projector = open(feed);
    ASSERT_TRUE(projector.has_value());
    EXPECT_FALSE((*projector)->catch_up().has_value());
    EXPECT_EQ((*projector)->position(domain::ShardId(0)), 3U);
    EXPECT_EQ(rows(), 6);
}

TEST_F(ProjectorTest, what_was_gathered_is_written_once_a_transaction_and_never_twice) {
    for (std::uint64_t i = 0; i < 6; ++i) append(1 + i * 2);
    projection_.poison = domain::OrderId(9);
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 6);
    auto projector = open(feed);
    ASSERT_TRUE(projector.has_value());
    EXPECT_FALSE((*projector)->catch_up().has_value());
    EXPECT_EQ(number("SELECT orders FROM summed_orders"), 6);
    projection_.poison = {};
    ASSERT_TRUE((*projector)->catch_up().has_value());
    EXPECT_EQ(number("SELECT orders FROM summed_orders"), 12);
    EXPECT_EQ(summed_.flushes, 2);
}

TEST_F(ProjectorTest, a_cursor_behind_which_the_journal_has_ended_tells_of_lost_batches) {
    append(1);
    append(3);
    {
        Feed feed(1, 3);
        feed.start_at(domain::ShardId(0), 2);
        auto projector = open(feed);
        ASSERT_TRUE(projector.has_value());
        ASSERT_TRUE((*projector)->catch_up().has_value());
    }
    // The journal comes back without its last batch.
    writer_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(journal_.path + end);
    writer_ = *journal::Writer::open(journal_);
    last_ = {};
    append(1);
    // Also at the first start of a program whose tables are of another version.
    for (const std::size_t versions : {1U, 2U, 2U}) {
        projection_.versions = versions;
        Feed feed(1, 3);
        feed.start_at(domain::ShardId(0), 1);
        auto projector = open(feed);
        ASSERT_FALSE(projector.has_value());
        const std::string& told = projector.error().message;
        EXPECT_NE(told.find("shard 0, sequence 2"), std::string::npos) << told;
        EXPECT_NE(told.find("do not sell; restore the data folder"), std::string::npos) << told;
    }
}

TEST_F(ProjectorTest, damaged_rows_ask_for_a_rebuild) {
    std::ofstream(options_.database.path) << std::string(8192, 'x');
    Feed feed(1, 3);
    auto projector = open(feed);
    ASSERT_FALSE(projector.has_value());
    EXPECT_NE(projector.error().message.find("run onsale rebuild"), std::string::npos)
        << projector.error().message;
}

TEST_F(ProjectorTest, waits_for_buyers_but_not_when_its_rows_are_old) {
    PatientExecutor executor;
    Feed feed(1, 10);
    auto projector =
        Projector::create(options_, {executor,
                                     BatchSource(feed, *journal::Reader::open(journal_)),
                                     feed,
                                     {&summed_},
                                     metrics_});
    ASSERT_TRUE(projector.has_value());
    bool busy = false;
    (*projector)->start([&busy] { return busy; });
    EXPECT_EQ(executor.run_next(), base::Duration());
    EXPECT_TRUE(executor.is_idle());
    const auto commit = [&](std::uint64_t sequence, std::int64_t unix_ms) {
        feed.publish(batch_at(sequence, unix_ms));
        feed.wake();
    };
    const auto position = [&] { return (*projector)->position(domain::ShardId(0)); };
    commit(1, 1000);
    EXPECT_EQ(executor.run_next(), options_.pause);
    EXPECT_EQ(position(), 1U);
    EXPECT_EQ(executor.run_next(), options_.pause);
    EXPECT_TRUE(executor.is_idle());
    busy = true;
    commit(2, 1001);
    EXPECT_EQ(executor.run_next(), options_.pause_when_busy);
    EXPECT_EQ(position(), 2U);
    // A transaction takes three batches here: the fourth has waited too long by then.
    for (std::uint64_t sequence = 3; sequence <= 6; ++sequence) commit(sequence, 2000);
    commit(7, 2000 + options_.lag_max.count_ms() + 1);
    EXPECT_EQ(executor.run_next(), options_.pause_when_busy);
    EXPECT_EQ(position(), 5U);
    EXPECT_EQ(executor.run_next(), base::Duration());
    EXPECT_EQ(position(), 7U);
}

TEST_F(ProjectorTest, a_transaction_has_a_bound_in_facts) {
    for (std::uint64_t i = 0; i < 7; ++i) append(1 + i * 2);
    options_.facts_per_transaction = 3;  // two batches of two facts each
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 7);
    auto projector = open(feed);
    ASSERT_TRUE(projector.has_value());
    ASSERT_TRUE((*projector)->catch_up().has_value());
    EXPECT_EQ(rows(), 14);
    EXPECT_EQ(summed_.flushes, 4);
}

TEST_F(ProjectorTest, tables_of_another_version_are_filled_again) {
    for (std::uint64_t i = 0; i < 6; ++i) append(1 + i * 2);
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 6);
    for (const std::size_t versions : {1U, 1U, 2U}) {
        projection_.versions = versions;
        auto projector = open(feed);
        ASSERT_TRUE(projector.has_value()) << projector.error().message;
        ASSERT_TRUE((*projector)->catch_up().has_value());
        EXPECT_EQ(rows(), 12);
    }
    // Two transactions each for the first rows and for those of the new version, none in between.
    EXPECT_EQ(summed_.flushes, 4);
}

TEST_F(ProjectorTest, has_begun_when_all_from_before_the_start_has_its_rows) {
    for (std::uint64_t i = 0; i < 6; ++i) append(1 + i * 2);
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 6);
    for (const std::size_t versions : {1U, 2U}) {
        projection_.versions = versions;
        auto projector = open(feed);
        ASSERT_TRUE(projector.has_value()) << projector.error().message;
        EXPECT_FALSE((*projector)->has_begun());
        ASSERT_TRUE((*projector)->catch_up().has_value());
        EXPECT_TRUE((*projector)->has_begun());
    }
    auto again = open(feed);
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE((*again)->has_begun());
    feed.publish(batch_at(7, 1000));  // what comes later is not waited for
    EXPECT_TRUE((*again)->has_begun());
}

TEST_F(ProjectorTest, a_cursor_that_the_journal_does_not_know_asks_for_a_rebuild) {
    append(1);
    {
        Feed feed(1, 3);
        feed.start_at(domain::ShardId(0), 1);
        auto projector = open(feed);
        ASSERT_TRUE(projector.has_value());
        ASSERT_TRUE((*projector)->catch_up().has_value());
    }
    // The journal comes back from a backup with another history.
    writer_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(journal_.path + end);
    writer_ = *journal::Writer::open(journal_);
    last_ = {};
    append(77);
    Feed feed(1, 3);
    feed.start_at(domain::ShardId(0), 1);
    auto projector = open(feed);
    ASSERT_FALSE(projector.has_value());
    EXPECT_NE(projector.error().message.find("onsale rebuild"), std::string::npos);
}

}  // namespace
}  // namespace onsale::follow
