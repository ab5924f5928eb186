// A journal, a snapshot file and a high-water file as they were once written: the rows with their
// hash chain, and the files around the records. Both who writes them (runtime/journal) and the
// auditor, which computes the hashes by itself, must find them as ever. Records themselves:
// core/wire/golden_test.cc.
#include "audit/internal/journal_rows.h"
#include "audit/stored_fixture.h"
#include "wire/testing/golden_file.h"

namespace onsale::audit {
namespace {

using wire::testing::Golden;
using wire::testing::read_golden;
using wire::testing::write_golden_if_missing;

const std::filesystem::path kFolder = ONSALE_GOLDEN_FOLDER;

class GoldenFiles : public Stored {
  protected:
    static std::string bytes_of(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }

    // The rows of the journal: the meaning is all but the body, the bytes are the bodies.
    Golden journal() {
        Golden golden;
        auto rows = JournalRows::open((folder_ / "journal" / "journal.sqlite").string(), "");
        EXPECT_TRUE(rows);
        const auto all = rows->after(0, 0, std::size_t{1} << 20);
        EXPECT_TRUE(all);
        for (const Row& row : *all) {
            golden.text +=
                "sequence " + std::to_string(row.sequence) + " epoch " + std::to_string(row.epoch) +
                " incarnation " + std::to_string(row.incarnation) + " time_ms " +
                std::to_string(row.time_ms) + " bytes " + std::to_string(row.body.size()) +
                " previous " + wire::testing::to_hex(row.previous) + " hash " +
                wire::testing::to_hex(row.hash) + "\n";
            golden.bytes += row.body;
        }
        return golden;
    }

    void expect_as_ever(const char* name, const Golden& now) {
        write_golden_if_missing(kFolder / name, now);
        const auto golden = read_golden(kFolder / name);
        ASSERT_TRUE(golden) << name;
        EXPECT_EQ(now.text, golden->text);
        EXPECT_EQ(wire::testing::to_hex(now.bytes), wire::testing::to_hex(golden->bytes));
    }

    // Puts the golden bytes in place of what was written just now.
    static void put(const std::filesystem::path& path, const char* name) {
        const auto golden = read_golden(kFolder / name);
        ASSERT_TRUE(golden) << name;
        std::ofstream(path, std::ios::binary) << golden->bytes;
    }
};

TEST_F(GoldenFiles, a_journal_has_the_bodies_and_the_hash_chain_of_ever) {
    expect_as_ever("journal.1.golden", journal());
    EXPECT_EQ(broken(audit()), "");
}

TEST_F(GoldenFiles, a_snapshot_file_is_written_and_read_as_ever) {
    write_snapshot({10, 8, 0, 2, 0}, 9);
    const auto path =
        std::filesystem::directory_iterator(folder_ / "journal" / "snapshots")->path();
    expect_as_ever("snapshot_file.1.golden",
                   {"file " + path.filename().string() + "\n", bytes_of(path)});
    put(path, "snapshot_file.1.golden");
    const Report report = audit();
    EXPECT_EQ(broken(report), "") << to_text(report);
    EXPECT_EQ(report.of(Clause::s3).checked, 7U);
}

TEST_F(GoldenFiles, a_high_water_file_is_written_and_read_as_ever) {
    const auto path = folder_ / "journal" / "high-water";
    const journal::Positions marks = {{0, {last_.sequence, last_.hash}}};
    ASSERT_TRUE(journal::write_high_water(environment_->files(), path.string(), marks));
    expect_as_ever("high_water.1.golden", {"shard 0 at sequence 4\n", bytes_of(path)});
    put(path, "high_water.1.golden");
    const Report report = audit();
    EXPECT_EQ(broken(report), "") << to_text(report);
    EXPECT_EQ(report.of(Clause::d2).checked, 5U);
}

}  // namespace
}  // namespace onsale::audit
