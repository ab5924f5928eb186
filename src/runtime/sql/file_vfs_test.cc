// What only a simulated disk can show: power cuts, full disks and failing syncs under SQLite.
#include "sql/file_vfs.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/prng.h"
#include "sql/testing/memory_world.h"

namespace onsale::sql {
namespace {

using testing::MemoryWorld;

std::unique_ptr<Connection> open(MemoryWorld& world, std::int64_t checkpoint_pages = 4000) {
    OpenOptions options = world.options();
    options.wal_checkpoint_pages = checkpoint_pages;
    auto connection = Connection::open(options);
    EXPECT_TRUE(connection) << connection.error().message;
    EXPECT_TRUE(
        (*connection)
            ->execute("CREATE TABLE IF NOT EXISTS item(id INTEGER PRIMARY KEY, data BLOB) STRICT"));
    return std::move(connection).value();
}

SqlResult<void> insert(Connection& connection, std::int64_t id, std::size_t bytes = 3000) {
    const std::string data(bytes, static_cast<char>('a' + id % 26));
    ONSALE_TRY_ASSIGN(statement, connection.prepare("INSERT INTO item VALUES(?1, ?2)"));
    return statement.bind(1, id).bind_blob(2, data).run();
}

// The ids are 1, 2, …, n without a gap and their data is whole; returns n.
std::int64_t checked_count(Connection& connection) {
    EXPECT_TRUE(connection.check_integrity());
    auto rows = connection.prepare("SELECT id, data FROM item ORDER BY id").value();
    std::int64_t count = 0;
    while (rows.step().value()) {
        ++count;
        EXPECT_EQ(rows.integer(0), count);
        const auto expected = static_cast<char>('a' + count % 26);
        EXPECT_EQ(rows.blob(1).find_first_not_of(expected), std::string_view::npos);
    }
    return count;
}

TEST(FileVfs, power_cut_loses_exactly_what_was_not_committed) {
    MemoryWorld world;
    {
        auto connection = open(world);
        for (std::int64_t id = 1; id <= 10; ++id) ASSERT_TRUE(insert(*connection, id));
        ASSERT_TRUE(connection->begin());
        ASSERT_TRUE(insert(*connection, 11));
        world.power_cut();
        EXPECT_EQ(connection->commit().error().code, ErrorCode::io_error);
    }
    EXPECT_EQ(world.files.touched_after_cut, 0U);
    world.start();
    EXPECT_EQ(checked_count(*open(world)), 10);
}

TEST(FileVfs, commits_survive_every_power_cut_that_tears_unsynced_writes) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        base::Prng prng(seed);
        MemoryWorld world(seed);
        std::int64_t committed = 0;
        for (int life = 0; life < 4; ++life) {
            auto connection = open(world, 8);
            ASSERT_EQ(checked_count(*connection), committed);
            for (auto steps = prng.below(30); steps > 0; --steps) {
                ASSERT_TRUE(insert(*connection, ++committed, 100 + prng.below(9000)));
            }
            ASSERT_TRUE(connection->begin());
            ASSERT_TRUE(insert(*connection, committed + 1));
            world.power_cut(&prng);
            connection.reset();
            world.start();
        }
        EXPECT_EQ(world.files.touched_after_cut, 0U);
    }
}

// The disk stops taking writes at every possible point of a commit and of a checkpoint.
TEST(FileVfs, full_disk_at_any_write_leaves_the_last_commit_and_recovers) {
    for (std::uint64_t writes = 0; writes < 40; ++writes) {
        SCOPED_TRACE("writes " + std::to_string(writes));
        MemoryWorld world;
        auto connection = open(world, 4);
        ASSERT_TRUE(insert(*connection, 1));
        world.files.writes_left = writes;
        std::int64_t committed = 1;
        while (true) {
            const auto inserted = insert(*connection, committed + 1);
            if (!inserted) {
                ASSERT_EQ(inserted.error().code, ErrorCode::disk_full) << inserted.error().message;
                break;
            }
            ++committed;
        }
        EXPECT_EQ(checked_count(*connection), committed);
        world.files.writes_left = 1'000'000;
        ASSERT_TRUE(insert(*connection, ++committed));
        EXPECT_EQ(checked_count(*connection), committed);
        world.power_cut();
        connection.reset();
        world.start();
        EXPECT_EQ(checked_count(*open(world)), committed);
    }
}

TEST(FileVfs, full_disk_by_size_is_told_as_such) {
    MemoryWorld world;
    auto connection = open(world);
    world.files.bytes_max = world.files.used() + 100'000;
    std::int64_t committed = 0;
    SqlResult<void> inserted;
    while ((inserted = insert(*connection, committed + 1))) ++committed;
    EXPECT_EQ(inserted.error().code, ErrorCode::disk_full);
    EXPECT_GT(committed, 5);
    world.files.bytes_max += 100'000;
    EXPECT_TRUE(insert(*connection, committed + 1));
}

TEST(FileVfs, failed_sync_is_never_repeated) {
    MemoryWorld world;
    {
        auto connection = open(world);
        ASSERT_TRUE(insert(*connection, 1));
        world.files.syncs_fail = true;
        EXPECT_EQ(insert(*connection, 2).error().code, ErrorCode::io_error);
        world.files.syncs_fail = false;
        const auto syncs = world.files.syncs;
        EXPECT_EQ(insert(*connection, 2).error().code, ErrorCode::io_error);
        EXPECT_EQ(connection->begin().error().code, ErrorCode::io_error);
        connection.reset();
        EXPECT_EQ(world.files.syncs, syncs);
    }
    world.power_cut();
    world.start();
    EXPECT_EQ(checked_count(*open(world)), 1);
}

// The commit's own sync works; the one of the database file, at the checkpoint, fails.
class FailingDatabaseSync final : public env::Files {
  public:
    explicit FailingDatabaseSync(env::Files& disk) : disk_(disk) {}
    bool failing = false;

    env::FileResult<std::unique_ptr<env::File>> open(const std::string& path,
                                                     env::OpenMode mode) override {
        ONSALE_TRY_ASSIGN(file, disk_.open(path, mode));
        if (!path.ends_with(".sqlite")) return file;
        return std::unique_ptr<env::File>(new Opened(*this, std::move(file)));
    }
    env::FileResult<void> remove(const std::string& path) override { return disk_.remove(path); }
    env::FileResult<void> rename(const std::string& from, const std::string& to) override {
        return disk_.rename(from, to);
    }
    env::FileResult<bool> exists(const std::string& path) override { return disk_.exists(path); }
    env::FileResult<std::uint64_t> free_bytes(const std::string& folder) override {
        return disk_.free_bytes(folder);
    }
    env::FileResult<std::vector<std::string>> list(const std::string& folder) override {
        return disk_.list(folder);
    }
    env::FileResult<void> create_folders(const std::string& path) override {
        return disk_.create_folders(path);
    }
    env::FileResult<void> sync_folder(const std::string& path) override {
        return disk_.sync_folder(path);
    }
    env::FileResult<std::unique_ptr<env::File>> lock(const std::string& path) override {
        return disk_.lock(path);
    }

  private:
    class Opened final : public env::File {
      public:
        Opened(const FailingDatabaseSync& world, std::unique_ptr<env::File> file)
            : world_(world), file_(std::move(file)) {}
        env::FileResult<std::size_t> read_at(std::uint64_t offset,
                                             std::span<std::byte> out) override {
            return file_->read_at(offset, out);
        }
        env::FileResult<void> write_at(std::uint64_t offset,
                                       std::span<const std::byte> data) override {
            return file_->write_at(offset, data);
        }
        env::FileResult<void> truncate(std::uint64_t size) override {
            return file_->truncate(size);
        }
        env::FileResult<void> sync() override {
            if (world_.failing) return base::Unexpected{env::FileError::io_error};
            return file_->sync();
        }
        env::FileResult<std::uint64_t> size() override { return file_->size(); }
        env::FileResult<void> allocate(std::uint64_t size) override {
            return file_->allocate(size);
        }

      private:
        const FailingDatabaseSync& world_;
        std::unique_ptr<env::File> file_;
    };

    env::Files& disk_;
};

TEST(FileVfs, failed_checkpoint_is_told_to_the_committing_caller) {
    testing::MemoryFiles disk;
    FailingDatabaseSync files(disk);
    testing::StandingClock clock;
    testing::SeededEntropy entropy(1);
    auto vfs = std::make_unique<FileVfs>("failing", files, clock, entropy);
    OpenOptions options;
    options.path = "/data/test.sqlite";
    options.vfs = "failing";
    options.wal_checkpoint_pages = 4;
    auto connection = Connection::open(options).value();
    ASSERT_TRUE(connection->execute("CREATE TABLE item(id INTEGER PRIMARY KEY, data BLOB)"));
    files.failing = true;
    std::int64_t id = 1;
    SqlResult<void> inserted;
    while (id < 20 && (inserted = insert(*connection, id))) ++id;
    ASSERT_FALSE(inserted);
    EXPECT_EQ(inserted.error().code, ErrorCode::io_error);
    files.failing = false;
    EXPECT_FALSE(insert(*connection, id + 1));
    connection.reset();
    vfs->kill();
    disk.power_cut();
    vfs = std::make_unique<FileVfs>("failing_next", disk, clock, entropy);
    options.vfs = "failing_next";
    // The commit that met the failure was durable itself, in the WAL.
    EXPECT_EQ(checked_count(*Connection::open(options).value()), id);
}

TEST(FileVfs, dead_disk_is_not_touched_by_closing) {
    MemoryWorld world;
    auto writer = open(world);
    ASSERT_TRUE(insert(*writer, 1));
    auto other = open(world);
    world.files.settle();
    const std::string wal = world.files.bytes("/data/test.sqlite-wal");
    const std::string database = world.files.bytes("/data/test.sqlite");
    world.vfs().kill();
    EXPECT_EQ(insert(*writer, 2).error().code, ErrorCode::io_error);
    other.reset();
    writer.reset();
    EXPECT_EQ(world.files.bytes("/data/test.sqlite-wal"), wal);
    EXPECT_EQ(world.files.bytes("/data/test.sqlite"), database);
}

TEST(FileVfs, clean_close_leaves_one_file) {
    MemoryWorld world;
    ASSERT_TRUE(insert(*open(world), 1));
    EXPECT_EQ(world.files.list("/data").value(), std::vector<std::string>{"test.sqlite"});
}

TEST(FileVfs, equal_seeds_give_equal_bytes) {
    const auto run = [](std::uint64_t seed) {
        MemoryWorld world(seed);
        auto connection = open(world);
        for (std::int64_t id = 1; id <= 20; ++id) EXPECT_TRUE(insert(*connection, id));
        return world.files.bytes("/data/test.sqlite-wal");
    };
    EXPECT_EQ(run(7), run(7));
    EXPECT_NE(run(7), run(8));
}

TEST(FileVfs, time_comes_from_the_clock) {
    MemoryWorld world;
    auto connection = open(world);
    auto time = connection->prepare("SELECT CAST(strftime('%s', 'now') AS INTEGER)").value();
    ASSERT_TRUE(time.step().value());
    EXPECT_EQ(time.integer(0), 1'795'000'000);
}

}  // namespace
}  // namespace onsale::sql
