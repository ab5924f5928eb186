// The contract of Connection, Statement, Transaction and migrate(), kept by every backend: SQLite
// on the real file system, and SQLite on FileVfs over a disk in memory.
#include "sql/database.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "sql/testing/memory_world.h"
#include "sql/testing/temporary_folder.h"

namespace onsale::sql {
namespace {

class Backend {
  public:
    virtual ~Backend() = default;
    virtual OpenOptions options() = 0;
};

class RealBackend final : public Backend {
  public:
    OpenOptions options() override {
        OpenOptions options;
        options.path = folder_.file("test.sqlite");
        return options;
    }

  private:
    testing::TemporaryFolder folder_;
};

class MemoryBackend final : public Backend {
  public:
    OpenOptions options() override { return world_.options(); }

  private:
    testing::MemoryWorld world_;
};

struct BackendRow {
    const char* name;
    std::unique_ptr<Backend> (*make)();
};

class Contract : public ::testing::TestWithParam<BackendRow> {
  protected:
    std::unique_ptr<Connection> open(Access access = Access::read_write) {
        OpenOptions options = backend_->options();
        options.access = access;
        options.busy_timeout_ms = 0;
        auto connection = Connection::open(options);
        EXPECT_TRUE(connection) << connection.error().message;
        return std::move(connection).value();
    }
    std::unique_ptr<Connection> open_with_table() {
        auto connection = open();
        EXPECT_TRUE(connection->execute(
            "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB) STRICT"));
        return connection;
    }
    static SqlResult<void> insert(Connection& connection, std::int64_t id, std::string_view name) {
        auto statement = connection.prepare("INSERT INTO item VALUES(?1, ?2, NULL)");
        if (!statement) return base::Unexpected{statement.error()};
        return statement->bind(1, id).bind(2, name).run();
    }
    static std::int64_t count(Connection& connection) {
        auto statement = connection.prepare("SELECT count(*) FROM item").value();
        EXPECT_TRUE(statement.step().value());
        return statement.integer(0);
    }

    std::unique_ptr<Backend> backend_ = GetParam().make();
};

TEST_P(Contract, statement_returns_what_was_bound) {
    auto connection = open_with_table();
    const std::string bytes("\0\x01\xff", 3);
    auto write = connection->prepare("INSERT INTO item VALUES(?1, ?2, ?3)").value();
    ASSERT_TRUE(write.bind(1, -5).bind(2, "票").bind_blob(3, bytes).run());
    EXPECT_EQ(connection->changes(), 1);
    ASSERT_TRUE(write.bind(1, 6).bind(2, "").bind_blob(3, std::string_view()).run());
    ASSERT_TRUE(write.bind(1, 7).bind_null(2).bind_null(3).run());

    auto read = connection->prepare("SELECT id, name, data FROM item ORDER BY id").value();
    ASSERT_TRUE(read.step().value());
    EXPECT_EQ(read.integer(0), -5);
    EXPECT_EQ(read.text(1), "票");
    EXPECT_EQ(read.blob(2), bytes);
    ASSERT_TRUE(read.step().value());
    EXPECT_FALSE(read.is_null(1));
    EXPECT_FALSE(read.is_null(2));
    EXPECT_EQ(read.blob(2), "");
    ASSERT_TRUE(read.step().value());
    EXPECT_TRUE(read.is_null(1));
    EXPECT_TRUE(read.is_null(2));
    EXPECT_FALSE(read.step().value());
}

TEST_P(Contract, statement_forgets_its_bindings_when_it_is_used_again) {
    auto connection = open();
    {
        auto first = connection->prepare("SELECT ?1").value();
        ASSERT_TRUE(first.bind(1, 42).step().value());
        EXPECT_EQ(first.integer(0), 42);
    }
    auto second = connection->prepare("SELECT ?1").value();
    ASSERT_TRUE(second.step().value());
    EXPECT_TRUE(second.is_null(0));
}

TEST_P(Contract, statements_of_one_text_are_independent) {
    auto connection = open_with_table();
    ASSERT_TRUE(insert(*connection, 1, "a"));
    ASSERT_TRUE(insert(*connection, 2, "b"));
    constexpr std::string_view kText = "SELECT id FROM item ORDER BY id";
    auto outer = connection->prepare(kText).value();
    ASSERT_TRUE(outer.step().value());
    auto inner = connection->prepare(kText).value();
    ASSERT_TRUE(inner.step().value());
    EXPECT_EQ(inner.integer(0), 1);
    ASSERT_TRUE(outer.step().value());
    EXPECT_EQ(outer.integer(0), 2);
}

TEST_P(Contract, statement_survives_a_change_of_the_schema) {
    auto connection = open_with_table();
    ASSERT_TRUE(insert(*connection, 1, "a"));
    EXPECT_EQ(count(*connection), 1);
    ASSERT_TRUE(connection->execute("CREATE INDEX item_by_data ON item(data)"));
    ASSERT_TRUE(insert(*connection, 2, "b"));
    EXPECT_EQ(count(*connection), 2);
}

TEST_P(Contract, wrong_sql_and_wrong_bindings_are_misuse) {
    auto connection = open_with_table();
    EXPECT_EQ(connection->prepare("SELEC 1").error().code, ErrorCode::misuse);
    EXPECT_EQ(connection->prepare("SELECT 1; SELECT 2").error().code, ErrorCode::misuse);
    EXPECT_EQ(connection->prepare("").error().code, ErrorCode::misuse);
    EXPECT_TRUE(connection->prepare("SELECT 1; \n"));
    auto statement = connection->prepare("SELECT ?1").value();
    EXPECT_EQ(statement.bind(2, 1).step().error().code, ErrorCode::misuse);
    EXPECT_TRUE(statement.bind(1, 1).step().value());
    EXPECT_EQ(connection->prepare("SELECT 1").value().run().error().code, ErrorCode::misuse);
    EXPECT_EQ(connection->execute("INSERT INTO item VALUES('x', 1, 1)").error().code,
              ErrorCode::misuse);
}

TEST_P(Contract, taken_key_is_a_conflict) {
    auto connection = open_with_table();
    ASSERT_TRUE(insert(*connection, 1, "a"));
    EXPECT_EQ(insert(*connection, 1, "b").error().code, ErrorCode::conflict);
    EXPECT_EQ(insert(*connection, 2, "a").error().code, ErrorCode::conflict);
    EXPECT_EQ(count(*connection), 1);
}

TEST_P(Contract, foreign_keys_are_enforced) {
    auto connection = open_with_table();
    ASSERT_TRUE(
        connection->execute("CREATE TABLE part(item INTEGER NOT NULL REFERENCES item(id)) STRICT"));
    EXPECT_FALSE(connection->execute("INSERT INTO part VALUES(9)"));
}

TEST_P(Contract, transaction_is_there_after_commit_and_reopening) {
    {
        auto connection = open_with_table();
        auto transaction = Transaction::begin(*connection).value();
        ASSERT_TRUE(insert(*connection, 1, "a"));
        ASSERT_TRUE(insert(*connection, 2, "b"));
        ASSERT_TRUE(transaction.commit());
    }
    auto connection = open();
    EXPECT_EQ(count(*connection), 2);
    EXPECT_TRUE(connection->check_integrity());
}

TEST_P(Contract, transaction_that_is_not_committed_leaves_nothing) {
    auto connection = open_with_table();
    {
        auto transaction = Transaction::begin(*connection).value();
        ASSERT_TRUE(insert(*connection, 1, "a"));
    }
    EXPECT_EQ(count(*connection), 0);
    auto again = Transaction::begin(*connection).value();
    ASSERT_TRUE(insert(*connection, 1, "a"));
    ASSERT_TRUE(again.commit());
    EXPECT_EQ(count(*connection), 1);
}

TEST_P(Contract, reader_sees_only_what_was_committed) {
    auto writer = open_with_table();
    auto reader = open(Access::read_only);
    auto transaction = Transaction::begin(*writer).value();
    ASSERT_TRUE(insert(*writer, 1, "a"));
    EXPECT_EQ(count(*reader), 0);
    ASSERT_TRUE(transaction.commit());
    EXPECT_EQ(count(*reader), 1);
}

TEST_P(Contract, reader_sees_one_state_during_its_transaction) {
    auto writer = open_with_table();
    auto reader = open(Access::read_only);
    auto reading = Transaction::begin(*reader).value();
    EXPECT_EQ(count(*reader), 0);
    ASSERT_TRUE(insert(*writer, 1, "a"));
    EXPECT_EQ(count(*reader), 0);
    ASSERT_TRUE(reading.commit());
    EXPECT_EQ(count(*reader), 1);
}

TEST_P(Contract, reader_cannot_write) {
    auto writer = open_with_table();
    auto reader = open(Access::read_only);
    EXPECT_FALSE(insert(*reader, 1, "a"));
    EXPECT_EQ(count(*writer), 0);
}

TEST_P(Contract, second_writer_is_told_that_the_file_is_busy) {
    auto first = open_with_table();
    auto second = open();
    auto transaction = Transaction::begin(*first).value();
    EXPECT_EQ(second->begin().error().code, ErrorCode::busy);
    ASSERT_TRUE(transaction.commit());
    EXPECT_TRUE(second->begin());
    second->rollback();
}

TEST_P(Contract, absent_file_is_not_made_by_a_reader) {
    OpenOptions options = backend_->options();
    options.access = Access::read_only;
    EXPECT_EQ(Connection::open(options).error().code, ErrorCode::io_error);
}

TEST_P(Contract, full_disk_ends_the_transaction_and_leaves_nothing) {
    auto connection = open_with_table();
    ASSERT_TRUE(insert(*connection, 1, "before"));
    ASSERT_TRUE(connection->execute("CREATE TEMP TABLE bound AS SELECT 1"));
    // SQLite's own bound on the size of the file gives the same code as a full disk.
    auto bound = connection->prepare("PRAGMA max_page_count=6").value();
    ASSERT_TRUE(bound.step().value());
    bound.reset();
    const std::string large(100'000, 'x');
    {
        auto transaction = Transaction::begin(*connection).value();
        ASSERT_TRUE(insert(*connection, 2, "small"));
        EXPECT_EQ(insert(*connection, 3, large).error().code, ErrorCode::disk_full);
        // SQLite has rolled back by itself; a later statement must not be committed alone.
        EXPECT_EQ(insert(*connection, 4, "later").error().code, ErrorCode::disk_full);
        EXPECT_EQ(transaction.commit().error().code, ErrorCode::disk_full);
    }
    EXPECT_EQ(count(*connection), 1);
    EXPECT_TRUE(insert(*connection, 2, "small"));
}

TEST_P(Contract, many_pages_go_through_checkpoints) {
    OpenOptions options = backend_->options();
    options.wal_checkpoint_pages = 20;
    auto connection = Connection::open(options).value();
    ASSERT_TRUE(connection->execute("CREATE TABLE item(id INTEGER PRIMARY KEY, data BLOB)"));
    const std::string data(5000, 'd');
    for (std::int64_t id = 1; id <= 200; ++id) {
        auto statement = connection->prepare("INSERT INTO item VALUES(?1, ?2)").value();
        ASSERT_TRUE(statement.bind(1, id).bind_blob(2, data).run());
    }
    EXPECT_EQ(count(*connection), 200);
    EXPECT_TRUE(connection->check_integrity());
}

TEST_P(Contract, migrations_run_once_and_in_order) {
    const Migration steps[] = {
        {1, "CREATE TABLE a(x) STRICT_"},
        {1, "CREATE TABLE a(x INTEGER) STRICT"},
        {2, "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a VALUES(1, 2)"},
        {5, "INSERT INTO a VALUES(3, 4)"}};
    const std::span all(steps);
    auto connection = open();
    EXPECT_EQ(migrate(*connection, "shop", all.subspan(0, 1)).error().code, ErrorCode::misuse);
    ASSERT_TRUE(migrate(*connection, "shop", all.subspan(1, 2)));
    ASSERT_TRUE(migrate(*connection, "shop", all.subspan(1, 2)));
    ASSERT_TRUE(migrate(*connection, "shop", all.subspan(1, 3)));
    auto sum = connection->prepare("SELECT count(*), sum(x), sum(y) FROM a").value();
    ASSERT_TRUE(sum.step().value());
    EXPECT_EQ(sum.integer(0), 2);
    EXPECT_EQ(sum.integer(1), 4);
    EXPECT_EQ(sum.integer(2), 6);
    sum.reset();
    // Components do not see one another; a file from a newer program is refused.
    ASSERT_TRUE(migrate(*connection, "other", {}));
    EXPECT_EQ(migrate(*connection, "shop", all.subspan(1, 2)).error().code, ErrorCode::misuse);
}

TEST_P(Contract, failed_migration_leaves_nothing) {
    const Migration steps[] = {{1, "CREATE TABLE a(x INTEGER); CREATE TABLE a(x INTEGER)"}};
    auto connection = open();
    EXPECT_FALSE(migrate(*connection, "shop", steps));
    auto tables = connection->prepare("SELECT count(*) FROM sqlite_schema").value();
    ASSERT_TRUE(tables.step().value());
    EXPECT_EQ(tables.integer(0), 0);
}

TEST_P(Contract, statement_cache_is_bounded) {
    auto connection = open();
    for (int i = 0; i < 1000; ++i) {
        auto statement = connection->prepare("SELECT " + std::to_string(i)).value();
        ASSERT_TRUE(statement.step().value());
        EXPECT_EQ(statement.integer(0), i);
    }
}

// What is committed while the copy is made does not belong to it.
TEST_P(Contract, a_copy_is_of_one_moment_and_one_file) {
    auto writer = open_with_table();
    ASSERT_TRUE(writer->execute("INSERT INTO item VALUES(1, 'a', NULL), (2, 'b', NULL)"));
    auto reader = open(Access::read_only);
    ASSERT_TRUE(reader->begin());
    ASSERT_TRUE(reader->prepare("SELECT count(*) FROM item")->step());
    ASSERT_TRUE(writer->execute("INSERT INTO item VALUES(3, 'c', NULL)"));
    OpenOptions copy = backend_->options();
    copy.path += ".copy";
    std::uint64_t pages = 0;
    ASSERT_TRUE(reader->copy_to(copy.path, [&](std::uint64_t done, std::uint64_t all) {
        EXPECT_LE(done, all);
        pages = done;
    }));
    EXPECT_GT(pages, 1U);
    reader->rollback();
    ASSERT_TRUE(writer->execute("INSERT INTO item VALUES(4, 'd', NULL)"));
    copy.access = Access::read_only;
    auto copied = Connection::open(copy);
    ASSERT_TRUE(copied);
    EXPECT_TRUE((*copied)->check_integrity());
    auto count = (*copied)->prepare("SELECT count(*) FROM item");
    ASSERT_TRUE(count && *count->step());
    EXPECT_EQ(count->integer(0), 2);
}

INSTANTIATE_TEST_SUITE_P(Backends, Contract,
                         ::testing::Values(BackendRow{"real",
                                                      []() -> std::unique_ptr<Backend> {
                                                          return std::make_unique<RealBackend>();
                                                      }},
                                           BackendRow{"memory",
                                                      []() -> std::unique_ptr<Backend> {
                                                          return std::make_unique<MemoryBackend>();
                                                      }}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace onsale::sql
