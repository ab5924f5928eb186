// A log that is damaged in its middle is told from one that a crash has ended.
#include "sql/internal/wal_check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "sql/testing/temporary_folder.h"

namespace onsale::sql {
namespace {

constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kFrameBytes = 24 + kPageBytes;

class WalCheck : public ::testing::Test {
  protected:
    void SetUp() override {
        OpenOptions options;
        options.path = folder_.file("live.sqlite");
        connection_ = *Connection::open(options);
        ASSERT_TRUE(connection_->execute("CREATE TABLE t (x)"));
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(connection_->execute("INSERT INTO t VALUES (1)"));
        // As a kill leaves it: nobody has closed it.
        std::ifstream log(options.path + "-wal", std::ios::binary);
        log_.assign(std::istreambuf_iterator<char>(log), {});
        ASSERT_GT(log_.size(), kHeaderBytes + 20 * kFrameBytes);
        database_ = options.path;
    }
    // A copy of the database with this log.
    SqlResult<void> check(const std::string& log) const {
        std::ofstream(path()) << "a file of no bytes would not count as one";
        std::ofstream(path() + "-wal", std::ios::binary) << log;
        return check_wal(path(), "");
    }
    [[nodiscard]] std::string path() const { return folder_.file("copy.sqlite"); }
    [[nodiscard]] std::size_t frames() const { return (log_.size() - kHeaderBytes) / kFrameBytes; }
    static std::size_t at(std::size_t frame) { return kHeaderBytes + (frame - 1) * kFrameBytes; }

    testing::TemporaryFolder folder_;
    std::unique_ptr<Connection> connection_;
    std::string database_;
    std::string log_;
};

TEST_F(WalCheck, whole_log_and_none_are_good) {
    EXPECT_TRUE(check_wal(path(), ""));
    EXPECT_TRUE(check(""));
    EXPECT_TRUE(check(log_));
}

TEST_F(WalCheck, flipped_bit_before_two_transactions_is_named) {
    for (std::size_t frame = 1; frame + 3 <= frames(); ++frame) {
        for (const std::size_t offset : {0U, 9U, 17U, 24U, 4000U}) {
            std::string log = log_;
            log[at(frame) + offset] = static_cast<char>(log[at(frame) + offset] ^ 1);
            const auto checked = check(log);
            ASSERT_FALSE(checked) << "frame " << frame << ", byte " << offset;
            EXPECT_EQ(checked.error().code, ErrorCode::corrupt);
            EXPECT_NE(checked.error().message.find("frame " + std::to_string(frame) + ","),
                      std::string::npos)
                << checked.error().message;
        }
    }
}

TEST_F(WalCheck, page_of_zeros_is_named) {
    std::string log = log_;
    log.replace(at(5), kFrameBytes, kFrameBytes, '\0');
    EXPECT_FALSE(check(log));
}

TEST_F(WalCheck, what_a_crash_leaves_is_good) {
    // The last transaction was under way: cut anywhere, or with a page that never arrived.
    for (std::size_t size = 0; size < log_.size(); size += 1111)
        EXPECT_TRUE(check(log_.substr(0, size))) << size;
    std::string torn = log_;
    torn.replace(at(frames()) + 100, 1000, 1000, '\0');
    EXPECT_TRUE(check(torn));
}

TEST_F(WalCheck, frames_that_an_earlier_crash_left_behind_are_good) {
    // One transaction of many pages was torn in its first page; a later one took its place in part.
    ASSERT_TRUE(connection_->execute("INSERT INTO t SELECT randomblob(40000)"));
    std::ifstream file(database_ + "-wal", std::ios::binary);
    std::string log(std::istreambuf_iterator<char>(file), {});
    ASSERT_GT(log.size(), log_.size() + 5 * kFrameBytes);
    log.replace(log_.size() + 100, 1000, 1000, '\0');
    EXPECT_TRUE(check(log));
}

TEST_F(WalCheck, damaged_log_refuses_a_writer) {
    std::filesystem::copy_file(database_, path());
    std::string log = log_;
    log[at(7) + 500] = static_cast<char>(log[at(7) + 500] ^ 4);
    std::ofstream(path() + "-wal", std::ios::binary) << log;
    OpenOptions options;
    options.path = path();
    const auto opened = Connection::open(options);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace onsale::sql
