// The contract of Writer and Reader, kept on the real file system and on a disk in memory.
#include "journal/journal.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>

#include "crypto/crypto.h"
#include "journal/copy.h"
#include "journal/testing/chain.h"
#include "sql/testing/memory_world.h"
#include "sql/testing/temporary_folder.h"

namespace onsale::journal {
namespace {

using testing::Chain;

constexpr std::size_t kNoBound = std::numeric_limits<std::size_t>::max();

class Backend {
  public:
    virtual ~Backend() = default;
    virtual sql::OpenOptions options() = 0;
};

class RealBackend final : public Backend {
  public:
    sql::OpenOptions options() override {
        sql::OpenOptions options;
        options.path = folder_.file("journal.sqlite");
        return options;
    }

  private:
    sql::testing::TemporaryFolder folder_;
};

class MemoryBackend final : public Backend {
  public:
    sql::OpenOptions options() override { return world_.options(); }

  private:
    sql::testing::MemoryWorld world_;
};

struct BackendRow {
    const char* name;
    std::unique_ptr<Backend> (*make)();
};

class Journal : public ::testing::TestWithParam<BackendRow> {
  protected:
    std::unique_ptr<Writer> writer() { return Writer::open(backend_->options()).value(); }
    std::unique_ptr<Reader> reader() { return Reader::open(backend_->options()).value(); }
    void damage(std::string_view sql) {
        auto connection = sql::Connection::open(backend_->options()).value();
        ASSERT_TRUE(connection->execute(sql));
    }
    // Ten batches in shard 3, of 100 bytes each.
    void write_ten() {
        auto journal = writer();
        for (int i = 0; i < 10; ++i) {
            const Batch batch = chain_.next(std::string(100, static_cast<char>('a' + i)));
            ASSERT_TRUE(journal->append({&batch, 1}));
        }
    }

    std::unique_ptr<Backend> backend_ = GetParam().make();
    Chain chain_{3};
};

TEST_P(Journal, batch_comes_back_as_it_was) {
    Chain high(65535, std::numeric_limits<std::uint64_t>::max());
    const Batch batches[] = {chain_.next(std::string("\0body\xff", 6)), chain_.next(""),
                             high.next(std::string(20'000, 'x'))};
    ASSERT_TRUE(writer()->append(batches));
    auto journal = reader();
    const auto of_three = journal->read(3, 0, Hash{}, kNoBound).value();
    ASSERT_EQ(of_three.size(), 2U);
    EXPECT_EQ(of_three[0].shard, 3);
    EXPECT_EQ(of_three[0].sequence, 1U);
    EXPECT_EQ(of_three[0].epoch, 1U);
    EXPECT_EQ(of_three[0].incarnation, 0xfedcba9876543210U);
    EXPECT_EQ(of_three[0].time, batches[0].time);
    EXPECT_EQ(of_three[0].body, batches[0].body);
    EXPECT_EQ(of_three[1].previous, batches[0].hash);
    EXPECT_EQ(of_three[1].hash, batches[1].hash);
    const auto of_last_shard = journal->read(65535, 0, Hash{}, kNoBound).value();
    ASSERT_EQ(of_last_shard.size(), 1U);
    EXPECT_EQ(of_last_shard[0].shard, 65535);
    EXPECT_EQ(of_last_shard[0].epoch, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(of_last_shard[0].body, batches[2].body);
}

TEST_P(Journal, reader_gives_bounded_chunks) {
    write_ten();
    auto journal = reader();
    const auto first = journal->read(3, 0, Hash{}, 350).value();
    ASSERT_EQ(first.size(), 3U);
    const auto second = journal->read(3, 3, first[2].hash, 1).value();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].sequence, 4U);
    EXPECT_EQ(journal->read(3, 4, second[0].hash, kNoBound)->size(), 6U);
    EXPECT_TRUE(journal->read(3, 10, chain_.position.hash, kNoBound)->empty());
    EXPECT_TRUE(journal->read(2, 0, Hash{}, kNoBound)->empty());
}

TEST_P(Journal, positions_are_found) {
    write_ten();
    auto journal = reader();
    EXPECT_EQ(journal->last(3).value(), chain_.position);
    EXPECT_EQ(journal->last(4).value(), Position{});
    EXPECT_EQ(journal->at(3, 10).value(), chain_.position);
    EXPECT_EQ(journal->at(3, 11).value(), std::nullopt);
    EXPECT_EQ(journal->at(3, 1).value()->hash, journal->read(3, 0, Hash{}, 1)->front().hash);
}

TEST_P(Journal, reopened_writer_goes_on) {
    write_ten();
    const Batch batch = chain_.next("eleven");
    ASSERT_TRUE(writer()->append({&batch, 1}));
    EXPECT_EQ(reader()->last(3)->sequence, 11U);
}

TEST_P(Journal, append_is_all_or_nothing) {
    auto journal = writer();
    Chain other(4);
    Batch wrong = other.next("b");
    wrong.sequence = 2;
    const Batch batches[] = {chain_.next("a"), wrong};
    EXPECT_EQ(journal->append(batches).error(), AppendError::conflict);
    EXPECT_EQ(reader()->last(3)->sequence, 0U);
    EXPECT_TRUE(journal->append({batches, 1}));
}

TEST_P(Journal, writer_refuses_what_does_not_follow) {
    write_ten();
    auto journal = writer();
    struct Row {
        const char* name;
        void (*change)(Batch&);
    };
    const Row rows[] = {
        {"gap", [](Batch& batch) { ++batch.sequence; }},
        {"taken sequence", [](Batch& batch) { --batch.sequence; }},
        {"another predecessor", [](Batch& batch) { batch.previous[0] ^= std::byte{1}; }},
        {"older epoch", [](Batch& batch) { --batch.epoch; }},
    };
    const Batch good = chain_.next("good");
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Batch batch = good;
        row.change(batch);
        EXPECT_EQ(journal->append({&batch, 1}).error(), AppendError::conflict);
    }
    EXPECT_TRUE(journal->append({&good, 1}));
}

TEST_P(Journal, replaced_writer_sees_the_conflict) {
    auto first = writer();
    auto second = writer();
    const Batch one = chain_.next("one");
    ASSERT_TRUE(first->append({&one, 1}));
    // The first remembers position 1 as the last; the key tells it otherwise.
    Chain rival = chain_;
    const Batch first_two = chain_.next("of the first");
    rival.epoch = 2;
    const Batch second_two = rival.next("of the second");
    ASSERT_TRUE(second->append({&second_two, 1}));
    EXPECT_EQ(first->append({&first_two, 1}).error(), AppendError::conflict);
    EXPECT_EQ(first->append({&first_two, 1}).error(), AppendError::conflict);
    EXPECT_EQ(reader()->at(3, 2).value()->hash, second_two.hash);
}

TEST_P(Journal, flipped_byte_is_named_with_its_sequence) {
    write_ten();
    damage(
        "UPDATE journal SET body = CAST(replace(body, 'eee', 'efe') AS BLOB) "
        "WHERE id = (3 << 48) + 5");
    auto journal = reader();
    const auto read = journal->read(3, 0, Hash{}, kNoBound);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().error, ReadError::corrupt);
    EXPECT_EQ(read.error().shard, 3);
    EXPECT_EQ(read.error().sequence, 5U);
    EXPECT_EQ(journal->read(3, 0, Hash{}, 400)->size(), 4U);
    EXPECT_EQ(journal->read(3, 5, std::nullopt, kNoBound)->size(), 5U);
}

TEST_P(Journal, missing_row_is_named_with_its_sequence) {
    write_ten();
    damage("DELETE FROM journal WHERE id = (3 << 48) + 7");
    const auto read = reader()->read(3, 0, Hash{}, kNoBound);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().error, ReadError::corrupt);
    EXPECT_EQ(read.error().sequence, 7U);
}

TEST_P(Journal, row_of_another_history_is_named_with_its_sequence) {
    write_ten();
    Chain other(3);
    for (int i = 0; i < 3; ++i) static_cast<void>(other.next("other"));
    const Batch foreign = other.next("foreign");
    damage("UPDATE journal SET body = CAST('foreign' AS BLOB), previous = x'" +
           crypto::to_hex(foreign.previous) + "', hash = x'" + crypto::to_hex(foreign.hash) +
           "' WHERE id = (3 << 48) + 4");
    const auto read = reader()->read(3, 0, Hash{}, kNoBound);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().sequence, 4U);
    // Its own hash is right: only the chain tells.
    EXPECT_EQ(reader()->read(3, 3, std::nullopt, 1)->size(), 1U);
}

TEST_P(Journal, short_hash_is_corrupt) {
    write_ten();
    damage("UPDATE journal SET hash = x'00' WHERE id = (3 << 48) + 10");
    EXPECT_EQ(reader()->read(3, 9, std::nullopt, 1).error().sequence, 10U);
    EXPECT_EQ(reader()->last(3).error().error, ReadError::corrupt);
    EXPECT_EQ(reader()->at(3, 10).error().error, ReadError::corrupt);
}

TEST_P(Journal, a_copy_ends_where_its_positions_say) {
    auto writing = writer();
    Chain chain(3);
    const std::vector<Batch> first = {chain.next("one"), chain.next("two")};
    ASSERT_TRUE(writing->append(first));
    const Position there = chain.position;
    const auto copy = backend_->options().path + ".copy";
    const auto positions = copy_journal(backend_->options(), copy, 5,
                                        [&, once = true](std::uint64_t, std::uint64_t) mutable {
                                            // The sale goes on while the copy is made.
                                            if (!std::exchange(once, false)) return;
                                            const std::vector<Batch> next = {chain.next("three")};
                                            EXPECT_TRUE(writing->append(next));
                                        });
    ASSERT_TRUE(positions) << positions.error().message;
    EXPECT_EQ(*positions, (Positions{{3, there}}));
    auto options = backend_->options();
    options.path = copy;
    auto copied = Reader::open(options).value();
    EXPECT_EQ(copied->last(3).value(), there);
    EXPECT_EQ(copied->read(3, 0, std::nullopt, kNoBound)->size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Backends, Journal,
                         ::testing::Values(BackendRow{"real",
                                                      []() -> std::unique_ptr<Backend> {
                                                          return std::make_unique<RealBackend>();
                                                      }},
                                           BackendRow{"memory",
                                                      []() -> std::unique_ptr<Backend> {
                                                          return std::make_unique<MemoryBackend>();
                                                      }}),
                         [](const auto& row) { return row.param.name; });

TEST(JournalHash, is_the_documented_one) {
    // Computed apart from this program: sha256 of struct.pack("<HQQQq", 3, 1, 2,
    // 0xfedcba9876543210, 1795000000000) + 32 zero bytes + b"body".
    Batch batch;
    batch.shard = 3;
    batch.sequence = 1;
    batch.epoch = 2;
    batch.incarnation = 0xfedcba9876543210U;
    batch.time = base::Timestamp::from_unix_ms(1'795'000'000'000);
    batch.body = "body";
    EXPECT_EQ(crypto::to_hex(hash_of(batch)),
              "fec17c1d4741a080494e102f957b6b1a89c80f876a8c0845922d458072f18a0c");
}

}  // namespace
}  // namespace onsale::journal
