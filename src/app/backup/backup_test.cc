#include "backup/backup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "env/posix/environment.h"
#include "journal/high_water.h"
#include "journal/testing/chain.h"
#include "sql/testing/temporary_folder.h"

namespace onsale::backup {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}
std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A data folder with three batches of shard 2, one record, a key and a snapshot.
class BackupTest : public ::testing::Test {
  protected:
    void SetUp() override {
        write(data_ + "/journal/snapshots/2-1.snapshot", "a snapshot");
        write(data_ + "/keys/master.key", "secret\n");
        journal_ = journal::Writer::open(database("/journal/journal.sqlite")).value();
        append(3);
        records_ = sql::Connection::open(database("/records.sqlite")).value();
        ASSERT_TRUE(
            records_->execute("CREATE TABLE note(text TEXT); INSERT INTO note VALUES('x')"));
    }

    sql::OpenOptions database(const std::string& name) const {
        sql::OpenOptions options;
        options.path = data_ + name;
        return options;
    }
    void append(int batches) {
        for (int i = 0; i < batches; ++i) {
            const std::vector<journal::Batch> batch = {chain_.next("facts")};
            ASSERT_TRUE(journal_->append(batch));
        }
    }
    Done back_up_to(const std::string& folder) {
        return back_up({data_, 4, "1.0"}, folder, *environment_, ignore_);
    }
    Done restore_to(const std::string& folder, const std::string& keys = "") {
        return restore({target_, keys, folder}, *environment_, ignore_);
    }
    static std::string error_of(const Done& done) { return done ? "" : done.error(); }

    sql::testing::TemporaryFolder folder_;
    const std::string data_ = folder_.file("data");
    const std::string target_ = folder_.file("backup");
    const std::string fresh_ = folder_.file("fresh");
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
    const Progress ignore_ = [](std::string_view, std::uint64_t, std::uint64_t) {};
    journal::testing::Chain chain_{2};
    std::unique_ptr<journal::Writer> journal_;
    std::unique_ptr<sql::Connection> records_;
};

TEST_F(BackupTest, brings_back_what_was_there_when_it_was_made) {
    const auto there = chain_.position;
    const auto figures = back_up_to(target_);
    ASSERT_TRUE(figures) << figures.error();
    EXPECT_EQ(figures->files, 3U);
    append(2);
    ASSERT_TRUE(records_->execute("DELETE FROM note"));

    ASSERT_EQ(error_of(restore_to(fresh_)), "");
    auto options = database("");
    options.path = fresh_ + "/journal/journal.sqlite";
    EXPECT_EQ(journal::Reader::open(options).value()->last(2).value(), there);
    const auto marked =
        journal::read_high_water(environment_->files(), fresh_ + "/journal/high-water");
    EXPECT_EQ(marked.value(), (journal::Positions{{2, there}}));
    options.path = fresh_ + "/records.sqlite";
    auto records = sql::Connection::open(options).value();
    auto row = records->prepare("SELECT text FROM note");
    EXPECT_TRUE(*row->step());
    EXPECT_EQ(read(fresh_ + "/journal/snapshots/2-1.snapshot"), "a snapshot");
}

TEST_F(BackupTest, never_holds_keys_and_leaves_no_file_beside_its_own) {
    ASSERT_EQ(error_of(back_up_to(target_)), "");
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(target_)) {
        if (entry.is_regular_file())
            names.push_back(fs::relative(entry.path(), target_).generic_string());
    }
    std::ranges::sort(names);
    EXPECT_EQ(names,
              (std::vector<std::string>{"journal/journal.sqlite", "journal/snapshots/2-1.snapshot",
                                        "manifest.json", "records.sqlite"}));
}

TEST_F(BackupTest, a_damaged_or_unfinished_backup_is_refused_before_anything_is_written) {
    ASSERT_EQ(error_of(back_up_to(target_)), "");
    std::string records = read(target_ + "/records.sqlite");
    records[records.size() / 2] ^= 1;
    write(target_ + "/records.sqlite", records);
    EXPECT_NE(error_of(restore_to(fresh_)).find("records.sqlite: is not as the manifest says"),
              std::string::npos);
    fs::remove(target_ + "/manifest.json");
    EXPECT_NE(error_of(restore_to(fresh_)).find("is not a backup"), std::string::npos);
    EXPECT_FALSE(fs::exists(fresh_));
}

TEST_F(BackupTest, a_manifest_that_points_outside_is_refused) {
    ASSERT_EQ(error_of(back_up_to(target_)), "");
    std::string manifest = read(target_ + "/manifest.json");
    const auto at = manifest.find("records.sqlite");
    write(target_ + "/manifest.json", manifest.replace(at, 14, "../../etc/host"));
    EXPECT_NE(error_of(restore_to(fresh_)).find("outside"), std::string::npos);
}

TEST_F(BackupTest, a_folder_with_something_in_it_is_left_alone) {
    ASSERT_EQ(error_of(back_up_to(target_)), "");
    EXPECT_NE(error_of(back_up_to(target_)).find("is not empty"), std::string::npos);
    write(fresh_ + "/mine", "x");
    EXPECT_NE(error_of(restore_to(fresh_)).find("is not empty"), std::string::npos);
    EXPECT_EQ(read(fresh_ + "/mine"), "x");
}

TEST_F(BackupTest, keys_are_copied_by_themselves_and_replace_the_former_copy) {
    const std::string keys = folder_.file("keys");
    auto people = sql::Connection::open(database("/keys/people.sqlite")).value();
    ASSERT_TRUE(people->execute("CREATE TABLE key(id INTEGER); INSERT INTO key VALUES(7)"));
    write(data_ + "/keys/old.key", "old");
    write(data_ + "/keys/first-admin.txt", "a password to be changed");
    write(data_ + "/keys/people.sqlite.mark", "of the file as it goes on");
    ASSERT_EQ(error_of(back_up_keys(data_, keys, *environment_)), "");
    EXPECT_TRUE(fs::exists(keys + "/old.key"));
    EXPECT_FALSE(fs::exists(keys + "/first-admin.txt"));
    EXPECT_FALSE(fs::exists(keys + "/people.sqlite.mark"));
    ASSERT_TRUE(people->execute("DELETE FROM key"));
    fs::remove(data_ + "/keys/old.key");
    ASSERT_EQ(error_of(back_up_keys(data_, keys, *environment_)), "");
    EXPECT_FALSE(fs::exists(keys + "/old.key"));
    EXPECT_FALSE(fs::exists(keys + "/people.sqlite-wal"));

    ASSERT_EQ(error_of(back_up_to(target_)), "");
    ASSERT_EQ(error_of(restore_to(fresh_, keys)), "");
    EXPECT_EQ(read(fresh_ + "/keys/master.key"), "secret\n");
    auto options = database("");
    options.path = fresh_ + "/keys/people.sqlite";
    auto restored = sql::Connection::open(options).value();
    auto count = restored->prepare("SELECT count(*) FROM key");
    ASSERT_TRUE(*count->step());
    EXPECT_EQ(count->integer(0), 0);
    write(folder_.file("other") + "/something", "x");
    EXPECT_FALSE(back_up_keys(data_, folder_.file("other"), *environment_));
}

}  // namespace
}  // namespace onsale::backup
