// The journal through power cuts, full disks and failing syncs of a disk in memory.
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/prng.h"
#include "journal/journal.h"
#include "journal/testing/chain.h"
#include "sql/limits.h"
#include "sql/testing/memory_world.h"

namespace onsale::journal {
namespace {

using sql::testing::MemoryWorld;
using testing::Chain;

constexpr std::size_t kNoBound = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kFrameBytes = sql::kPageBytes + 24;  // of SQLite's WAL

// Two shards whose every batch goes through one transaction.
using Chains = std::array<Chain, 2>;

// One life of the node: some batches that are acknowledged, then the power goes.
void live_and_die(MemoryWorld& world, const sql::OpenOptions& options, Chains& chains,
                  base::Prng& prng) {
    auto writer = Writer::open(options).value();
    for (auto steps = prng.below(25); steps > 0; --steps) {
        std::vector<Batch> batches;
        for (Chain& chain : chains)
            batches.push_back(chain.next(std::string(prng.below(9000), 'b')));
        ASSERT_TRUE(writer->append(batches));
    }
    world.power_cut(&prng);
    Chain lost = chains[0];
    const Batch late = lost.next("late");
    EXPECT_EQ(writer->append({&late, 1}).error(), AppendError::fatal);
}

void expect_all_there(const sql::OpenOptions& options, const Chains& chains) {
    ASSERT_TRUE(Writer::open(options));
    auto reader = Reader::open(options).value();
    for (const std::uint16_t shard : {std::uint16_t{0}, std::uint16_t{1}}) {
        const auto all = reader->read(shard, 0, Hash{}, kNoBound);
        ASSERT_TRUE(all);
        EXPECT_EQ(reader->last(shard).value(), chains[shard].position);
        EXPECT_EQ(all->size(), chains[shard].position.sequence);
    }
}

TEST(JournalCrash, acknowledged_batches_are_there_after_every_power_cut) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        base::Prng prng(seed);
        MemoryWorld world(seed);
        sql::OpenOptions options = world.options();
        options.wal_checkpoint_pages = 10;
        Chains chains = {Chain(0), Chain(1)};
        for (int life = 0; life < 4; ++life) {
            live_and_die(world, options, chains, prng);
            world.start();
            expect_all_there(options, chains);
        }
    }
}

TEST(JournalCrash, full_disk_appends_nothing_and_goes_on_when_there_is_space) {
    for (std::uint64_t writes = 0; writes < 30; ++writes) {
        SCOPED_TRACE("writes " + std::to_string(writes));
        MemoryWorld world;
        sql::OpenOptions options = world.options();
        options.wal_checkpoint_pages = 8;
        auto writer = Writer::open(options).value();
        Chain chain;
        const Batch first = chain.next("first");
        ASSERT_TRUE(writer->append({&first, 1}));
        world.files.writes_left = writes;
        Chain before = chain;
        Batch batch = chain.next(std::string(6000, 'x'));
        auto appended = writer->append({&batch, 1});
        while (appended) {
            before = chain;
            batch = chain.next(std::string(6000, 'x'));
            appended = writer->append({&batch, 1});
        }
        ASSERT_EQ(appended.error(), AppendError::disk_full);
        EXPECT_EQ(Reader::open(options).value()->last(0).value(), before.position);
        // Another batch takes the place of the one that was refused.
        world.files.writes_left = std::numeric_limits<std::uint64_t>::max();
        const Batch instead = before.next("instead");
        ASSERT_TRUE(writer->append({&instead, 1}));
        world.power_cut();
        writer.reset();
        world.start();
        ASSERT_TRUE(Writer::open(options));
        auto reader = Reader::open(options).value();
        EXPECT_EQ(reader->last(0).value(), before.position);
        EXPECT_TRUE(reader->read(0, 0, Hash{}, kNoBound));
    }
}

TEST(JournalCrash, failed_sync_is_fatal_for_ever) {
    MemoryWorld world;
    auto writer = Writer::open(world.options()).value();
    Chain chain;
    const Batch first = chain.next("first");
    ASSERT_TRUE(writer->append({&first, 1}));
    const Batch second = chain.next("second");
    world.files.syncs_fail = true;
    EXPECT_EQ(writer->append({&second, 1}).error(), AppendError::fatal);
    world.files.syncs_fail = false;
    EXPECT_EQ(writer->append({&second, 1}).error(), AppendError::fatal);
    EXPECT_EQ(writer->append({}).error(), AppendError::fatal);
}

// Writes 20 batches and cuts the power; the bytes of the WAL are what the disk holds then.
std::string& wal_of_a_killed_writer(MemoryWorld& world, Chain& chain) {
    {
        auto writer = Writer::open(world.options()).value();
        for (int i = 0; i < 20; ++i) {
            const Batch batch = chain.next(std::string(6000, 'x'));
            EXPECT_TRUE(writer->append({&batch, 1}));
        }
        world.power_cut();
    }
    return world.files.bytes("/data/test.sqlite-wal");
}

TEST(JournalCrash, flipped_bit_in_the_wal_refuses_the_writer) {
    MemoryWorld world;
    Chain chain;
    std::string& wal = wal_of_a_killed_writer(world, chain);
    wal[wal.size() / 2] = static_cast<char>(wal[wal.size() / 2] ^ 1);
    world.start();
    const auto opened = Writer::open(world.options());
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("is damaged at frame"), std::string::npos)
        << opened.error().message;
}

// At the end of the WAL a flipped bit looks as a crash does: that row is dropped without a word.
TEST(JournalCrash, flipped_bit_at_the_end_of_the_wal_shortens_the_journal_silently) {
    MemoryWorld world;
    Chain chain;
    std::string& wal = wal_of_a_killed_writer(world, chain);
    // The last frame only fills the sector; the commit stands before it.
    char& byte = wal[wal.size() - 2 * kFrameBytes + 100];
    byte = static_cast<char>(byte ^ 1);
    world.start();
    ASSERT_TRUE(Writer::open(world.options()));
    auto reader = Reader::open(world.options()).value();
    // What the high-water file is for: the position that was acknowledged is not there.
    EXPECT_TRUE(reader->read(0, 0, Hash{}, kNoBound));
    EXPECT_LT(reader->last(0)->sequence, chain.position.sequence);
    EXPECT_EQ(reader->at(0, chain.position.sequence).value(), std::nullopt);
}

}  // namespace
}  // namespace onsale::journal
