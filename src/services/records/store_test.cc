#include "records/store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "env/posix/environment.h"
#include "records/testing/memory_environment.h"

namespace onsale::records {
namespace {

class Store_ : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::path(testing::TempDir()) /
                  ("store_" + std::to_string(environment_->entropy().next_u64()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void open(std::size_t waiting_max) {
        StoreOptions options{{(folder_ / "records.sqlite").string(), environment_->sqlite_vfs()},
                             "records",
                             "test",
                             waiting_max};
        auto opened = Store::open(options, *environment_);
        ASSERT_TRUE(opened);
        store_ = std::move(*opened);
    }

    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    std::unique_ptr<env::Executor> home_ = environment_->make_executor({"home", "test"});
    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
};

TEST_F(Store_, hands_the_value_of_the_work_to_the_caller) {
    open(8);
    std::promise<std::int64_t> answer;
    store_->ask<std::int64_t>(
        *home_,
        [](sql::Connection& connection) {
            auto statement = connection.prepare("SELECT 41 + 1");
            return statement && *statement->step() ? statement->integer(0) : 0;
        },
        [&answer](std::int64_t value) { answer.set_value(value); }, -1);
    EXPECT_EQ(answer.get_future().get(), 42);
}

TEST_F(Store_, answers_busy_when_too_many_wait) {
    open(1);
    std::promise<void> running;
    std::promise<void> go_on;
    auto gate = go_on.get_future();
    ASSERT_TRUE(store_->post([&](sql::Connection&) {
        running.set_value();
        gate.wait();
    }));
    running.get_future().wait();  // it runs, so it no longer waits
    ASSERT_TRUE(store_->post([](sql::Connection&) {}));
    std::promise<int> refused;
    store_->ask<int>(
        *home_, [](sql::Connection&) { return 1; },
        [&refused](int value) { refused.set_value(value); }, -1);
    EXPECT_EQ(refused.get_future().get(), -1);
    go_on.set_value();
    store_.reset();  // the work under way still uses what stands above
}

TEST_F(Store_, reads_but_never_writes_when_opened_read_only) {
    open(8);
    ASSERT_TRUE(store_->connection().execute("CREATE TABLE t (x); INSERT INTO t VALUES (7)"));
    StoreOptions options{
        {(folder_ / "records.sqlite").string(), environment_->sqlite_vfs(), sql::Access::read_only},
        "lists",
        "test"};
    auto lists = Store::open(options, *environment_);
    ASSERT_TRUE(lists);
    auto statement = (*lists)->connection().prepare("SELECT x FROM t");
    ASSERT_TRUE(statement && *statement->step());
    EXPECT_EQ(statement->integer(0), 7);
    EXPECT_FALSE((*lists)->connection().execute("INSERT INTO t VALUES (8)"));
}

class StoreOnMemory : public testing::Test {
  protected:
    std::unique_ptr<Store> open() {
        return Store::open({environment_.world.options("/data/records.sqlite"), "records", "test"},
                           environment_)
            .value();
    }
    void write(Store& store) {
        ASSERT_TRUE(store.post([](sql::Connection& connection) {
            (void)connection.execute("CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES (1)");
        }));
        environment_.queue.run();
    }
    std::string mark(const std::string& file) {
        return environment_.world.files.bytes(file + ".mark");
    }

    MemoryEnvironment environment_;
};

TEST_F(StoreOnMemory, ends_the_process_when_the_disk_fails) {
    auto store = open();
    write(*store);
    EXPECT_FALSE(environment_.died);
    environment_.world.files.syncs_fail = true;
    write(*store);
    EXPECT_EQ(environment_.died, env::FatalCause::journal_io);
    bool ran = false;
    ASSERT_TRUE(store->post([&ran](sql::Connection&) { ran = true; }));
    environment_.queue.run();
    EXPECT_FALSE(ran);  // nothing is answered any more
}

TEST_F(StoreOnMemory, ends_the_process_when_the_disk_of_a_file_beside_fails) {
    auto store = open();
    auto beside = store->open_beside(environment_.world.options("/data/people.sqlite")).value();
    environment_.world.files.syncs_fail = true;
    ASSERT_TRUE(store->post(
        [&](sql::Connection&) { EXPECT_FALSE(beside->execute("CREATE TABLE t (x)")); }));
    environment_.queue.run();
    EXPECT_EQ(environment_.died, env::FatalCause::journal_io);
}

TEST_F(StoreOnMemory, goes_on_when_the_disk_is_full) {
    auto store = open();
    environment_.world.files.writes_left = 0;
    write(*store);
    environment_.queue.pass_time();
    EXPECT_FALSE(environment_.died);
    environment_.world.files.writes_left = 1'000'000;
    write(*store);
    EXPECT_TRUE(store->answers());
}

TEST_F(StoreOnMemory, marks_what_was_written_within_a_second) {
    auto store = open();
    auto beside = store->open_beside(environment_.world.options("/data/people.sqlite")).value();
    const std::string before = mark("/data/records.sqlite");
    const std::string before_beside = mark("/data/people.sqlite");
    write(*store);
    EXPECT_EQ(mark("/data/records.sqlite"), before);
    environment_.queue.pass_time();
    const std::string marked = mark("/data/records.sqlite");
    EXPECT_NE(marked, before);
    EXPECT_EQ(mark("/data/people.sqlite"), before_beside);
    environment_.queue.pass_time();
    EXPECT_EQ(mark("/data/records.sqlite"), marked);  // nothing new
}

TEST_F(StoreOnMemory, leaves_a_digest_at_its_end) {
    write(*open());
    EXPECT_NE(mark("/data/records.sqlite").find("sha256"), std::string::npos);
}

TEST(StoreError, names_what_the_caller_can_do) {
    EXPECT_EQ(to_store_error({sql::ErrorCode::disk_full, ""}).trouble, StoreTrouble::storage_full);
    EXPECT_EQ(to_store_error({sql::ErrorCode::busy, ""}).trouble, StoreTrouble::busy);
    EXPECT_EQ(to_store_error({sql::ErrorCode::corrupt, ""}).trouble, StoreTrouble::failed);
}

}  // namespace
}  // namespace onsale::records
