// High-water file, snapshots and reserve: on the real file system, and through power cuts.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.h"
#include "env/posix/environment.h"
#include "journal/high_water.h"
#include "journal/reserve.h"
#include "journal/snapshot_store.h"
#include "sql/testing/memory_files.h"
#include "sql/testing/temporary_folder.h"

namespace onsale::journal {
namespace {

using sql::testing::MemoryFiles;

Hash hash_with(unsigned char byte) {
    Hash hash{};
    hash.fill(std::byte{byte});
    return hash;
}

class RealFiles : public ::testing::Test {
  protected:
    env::Files& files() { return environment_->files(); }
    std::string path(const std::string& name) const { return folder_.file(name); }
    // Changes one byte of a file.
    void flip(const std::string& file, std::uint64_t offset) {
        auto content = env::read_file(files(), file).value();
        content.at(offset) = static_cast<char>(content.at(offset) ^ 1);
        ASSERT_TRUE(env::replace_file(files(), file, content));
    }

  private:
    sql::testing::TemporaryFolder folder_;
    std::unique_ptr<env::Environment> environment_ = env::posix::make_environment();
};

using HighWater = RealFiles;
using Snapshots = RealFiles;
using Reserved = RealFiles;

TEST_F(HighWater, comes_back_as_written) {
    const Positions positions = {
        {0, {17, hash_with(0xab)}},
        {65535, {std::numeric_limits<std::uint64_t>::max(), hash_with(1)}}};
    EXPECT_TRUE(read_high_water(files(), path("high-water"))->empty());
    ASSERT_TRUE(write_high_water(files(), path("high-water"), positions));
    EXPECT_EQ(read_high_water(files(), path("high-water")).value(), positions);
    ASSERT_TRUE(write_high_water(files(), path("high-water"), {}));
    EXPECT_TRUE(read_high_water(files(), path("high-water"))->empty());
}

TEST_F(HighWater, every_damaged_byte_is_noticed) {
    const Positions positions = {{0, {17, hash_with(0xab)}}, {1, {4, hash_with(2)}}};
    ASSERT_TRUE(write_high_water(files(), path("high-water"), positions));
    const auto good = env::read_file(files(), path("high-water")).value();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        ASSERT_TRUE(env::replace_file(files(), path("high-water"), bad));
        const auto read = read_high_water(files(), path("high-water"));
        ASSERT_FALSE(read) << "byte " << i;
        EXPECT_EQ(read.error(), env::FileError::io_error);
    }
    for (std::size_t size = 0; size < good.size(); ++size) {
        ASSERT_TRUE(env::replace_file(files(), path("high-water"), good.substr(0, size)));
        ASSERT_FALSE(read_high_water(files(), path("high-water"))) << "cut at " << size;
    }
}

TEST_F(Snapshots, newest_one_comes_back) {
    SnapshotStore store(files(), path("snapshots"));
    EXPECT_EQ(store.newest(2).value(), std::nullopt);
    const std::string large(9'000'000, 's');
    ASSERT_TRUE(store.write({2, {90, hash_with(9)}, "older"}));
    ASSERT_TRUE(store.write({2, {100, hash_with(10)}, large}));
    ASSERT_TRUE(store.write({12, {200, hash_with(11)}, ""}));
    const auto newest = store.newest(2).value();
    ASSERT_TRUE(newest.has_value());
    EXPECT_EQ(newest->shard, 2);
    EXPECT_EQ(newest->position, (Position{100, hash_with(10)}));
    EXPECT_EQ(newest->content, large);
    EXPECT_EQ(store.newest(12).value()->content, "");
    EXPECT_EQ(store.newest_until(2, 100).value()->position.sequence, 100U);
    EXPECT_EQ(store.newest_until(2, 99).value()->content, "older");
    EXPECT_EQ(store.newest_until(2, 89).value(), std::nullopt);
    EXPECT_EQ(store.newest(1).value(), std::nullopt);
}

TEST_F(Snapshots, damaged_newest_is_passed_over_and_named) {
    SnapshotStore store(files(), path("snapshots"));
    ASSERT_TRUE(store.write({2, {90, hash_with(9)}, "older"}));
    ASSERT_TRUE(store.write({2, {100, hash_with(10)}, "newer"}));
    const std::string name = path("snapshots/2-100.snapshot");
    const auto size = env::read_file(files(), name)->size();
    for (std::size_t offset = 0; offset < size; ++offset) {
        flip(name, offset);
        std::vector<std::string> damaged;
        const auto newest = store.newest(2, &damaged).value();
        ASSERT_TRUE(newest.has_value()) << "byte " << offset;
        ASSERT_EQ(newest->content, "older") << "byte " << offset;
        ASSERT_EQ(damaged, std::vector<std::string>{name});
        flip(name, offset);
    }
    EXPECT_EQ(store.newest(2).value()->content, "newer");
}

TEST_F(Snapshots, cut_or_renamed_one_is_passed_over) {
    SnapshotStore store(files(), path("snapshots"));
    ASSERT_TRUE(store.write({2, {100, hash_with(10)}, "content"}));
    const std::string name = path("snapshots/2-100.snapshot");
    const auto whole = env::read_file(files(), name).value();
    ASSERT_TRUE(env::replace_file(files(), path("snapshots/2-101.snapshot"), whole));
    ASSERT_TRUE(env::replace_file(files(), path("snapshots/3-100.snapshot"), whole));
    EXPECT_EQ(store.newest(2).value()->position.sequence, 100U);
    EXPECT_EQ(store.newest(3).value(), std::nullopt);
    ASSERT_TRUE(env::replace_file(files(), name, whole.substr(0, whole.size() - 1)));
    EXPECT_EQ(store.newest(2).value(), std::nullopt);
    ASSERT_TRUE(env::replace_file(files(), name, whole + "x"));
    EXPECT_EQ(store.newest(2).value(), std::nullopt);
}

TEST_F(Snapshots, prune_keeps_the_newest_of_the_shard) {
    SnapshotStore store(files(), path("snapshots"));
    for (const std::uint64_t sequence : {9U, 10U, 100U, 20U}) {
        ASSERT_TRUE(store.write({2, {sequence, {}}, "x"}));
    }
    ASSERT_TRUE(store.write({1, {5, {}}, "x"}));
    ASSERT_TRUE(env::replace_file(files(), path("snapshots/2-101.snapshot.new"), "half"));
    ASSERT_TRUE(store.prune(2, 2));
    EXPECT_EQ(files().list(path("snapshots")).value(),
              (std::vector<std::string>{"1-5.snapshot", "2-100.snapshot", "2-20.snapshot"}));
    SnapshotStore absent(files(), path("absent"));
    EXPECT_TRUE(absent.prune(2, 1));
}

TEST(SnapshotCrash, half_written_one_is_never_used) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        base::Prng prng(seed);
        MemoryFiles files;
        SnapshotStore store(files, "/snapshots");
        ASSERT_TRUE(store.write({0, {1, {}}, "first"}));
        // The disk stops in the middle of the second, or just after its rename.
        files.writes_left = prng.below(3);
        const bool written = store.write({0, {2, {}}, std::string(20'000, 's')}).has_value();
        files.power_cut(&prng);
        const auto newest = store.newest(0).value();
        ASSERT_TRUE(newest.has_value());
        EXPECT_EQ(newest->position.sequence, written ? 2U : 1U);
    }
}

TEST(SnapshotCrash, full_disk_leaves_no_half_file) {
    MemoryFiles files;
    SnapshotStore store(files, "/snapshots");
    files.bytes_max = 10'000;
    EXPECT_EQ(store.write({0, {1, {}}, std::string(20'000, 's')}).error(),
              env::FileError::no_space);
    EXPECT_EQ(files.used(), 0U);
}

TEST_F(Reserved, takes_and_gives_back_its_bytes) {
    Reserve reserve(files(), path("reserve"), 5'000'000);
    EXPECT_FALSE(reserve.taken());
    EXPECT_TRUE(reserve.take());
    EXPECT_TRUE(reserve.take());
    EXPECT_TRUE(reserve.taken());
    EXPECT_EQ(env::read_file(files(), path("reserve")).value(), std::string(5'000'000, '\0'));
    // A later start finds it as it is.
    Reserve next(files(), path("reserve"), 5'000'000);
    EXPECT_TRUE(next.take());
    next.release();
    EXPECT_FALSE(next.taken());
    EXPECT_FALSE(files().exists(path("reserve")).value());
    EXPECT_TRUE(next.take());
}

TEST_F(Reserved, changes_its_size) {
    EXPECT_TRUE(Reserve(files(), path("reserve"), 9000).take());
    EXPECT_TRUE(Reserve(files(), path("reserve"), 4000).take());
    EXPECT_EQ(env::read_file(files(), path("reserve"))->size(), 4000U);
}

TEST(ReserveCrash, full_disk_refuses_it_and_keeps_nothing) {
    MemoryFiles files;
    files.bytes_max = 100'000;
    Reserve reserve(files, "/data/reserve", 200'000);
    EXPECT_FALSE(reserve.take());
    EXPECT_FALSE(reserve.taken());
    EXPECT_EQ(files.used(), 0U);
    files.bytes_max = 300'000;
    EXPECT_TRUE(reserve.take());
    EXPECT_EQ(files.used(), 200'000U);
}

TEST(ReserveCrash, taken_blocks_survive_a_power_cut_and_released_ones_stay_free) {
    MemoryFiles files;
    Reserve reserve(files, "/data/reserve", 10'000);
    ASSERT_TRUE(reserve.take());
    files.power_cut();
    EXPECT_EQ(files.used(), 10'000U);
    reserve.release();
    files.power_cut();
    EXPECT_EQ(files.used(), 0U);
}

}  // namespace
}  // namespace onsale::journal
