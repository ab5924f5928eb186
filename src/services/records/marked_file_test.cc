#include "records/internal/marked_file.h"

#include <gtest/gtest.h>

#include "records/testing/memory_environment.h"

namespace onsale::records {
namespace {

const std::string kPath = "/data/records.sqlite";
const std::string kLog = kPath + "-wal";
const std::string kMark = kPath + ".mark";

class MarkedFile_ : public testing::Test {
  protected:
    void SetUp() override {
        file_ = open().value();
        ASSERT_TRUE(file_->connection()->execute("CREATE TABLE t (x INTEGER)"));
    }
    sql::SqlResult<std::unique_ptr<MarkedFile>> open() {
        return MarkedFile::open(environment_.world.options(kPath), environment_);
    }
    // Each in a transaction of its own.
    void insert(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(file_->connection()->execute("INSERT INTO t VALUES (7)"));
    }
    std::int64_t rows() {
        auto statement = file_->connection()->prepare("SELECT count(*) FROM t").value();
        return statement.step().value() ? statement.integer(0) : -1;
    }
    // The process ends at once, and the machine with it: what was synced is there.
    void crash() {
        environment_.world.power_cut();
        file_.reset();
        environment_.world.start();
    }
    void reopen() {
        auto opened = open();
        ASSERT_TRUE(opened) << opened.error().message;
        file_ = std::move(*opened);
    }
    std::string refusal() {
        auto opened = open();
        if (opened) return "none";
        EXPECT_EQ(opened.error().code, sql::ErrorCode::corrupt);
        return opened.error().message;
    }
    bool is_refused_for(const std::string& why) {
        const std::string text = refusal();
        const bool told = text.find(why) != std::string::npos &&
                          text.find(kPath) != std::string::npos &&
                          text.find(kMark) != std::string::npos;
        EXPECT_TRUE(told) << text;
        return told;
    }
    std::string& bytes(const std::string& path) { return environment_.world.files.bytes(path); }

    MemoryEnvironment environment_;
    std::unique_ptr<MarkedFile> file_;
};

TEST_F(MarkedFile_, starts_after_a_crash_between_two_marks) {
    insert(3);
    ASSERT_TRUE(file_->mark());
    insert(2);
    crash();
    reopen();
    EXPECT_EQ(rows(), 5);
}

TEST_F(MarkedFile_, refuses_a_log_that_lost_what_was_marked) {
    insert(3);
    const std::size_t before = bytes(kLog).size();
    ASSERT_TRUE(file_->mark());
    crash();
    // In the mark's own transaction, behind everything else.
    bytes(kLog)[before + 100] = static_cast<char>(bytes(kLog)[before + 100] ^ 1);
    EXPECT_TRUE(is_refused_for("has lost acknowledged changes"));
}

TEST_F(MarkedFile_, refuses_a_log_that_was_cut_or_has_everything) {
    insert(6);
    ASSERT_TRUE(file_->mark());
    crash();
    const std::string log = bytes(kLog);
    const std::string base = bytes(kPath);
    const std::string mark = bytes(kMark);
    int refused = 0;
    for (std::size_t left = 500; left < log.size(); left += 1000) {
        bytes(kPath) = base;
        bytes(kMark) = mark;
        (void)environment_.files().open(kLog, env::OpenMode::create);
        bytes(kLog) = log.substr(0, left);
        auto opened = open();
        if (!opened) {
            EXPECT_EQ(opened.error().code, sql::ErrorCode::corrupt);
            ++refused;
            continue;
        }
        file_ = std::move(*opened);
        EXPECT_EQ(rows(), 6) << left << " of " << log.size();
        file_.reset();
    }
    EXPECT_GT(refused, 50);
}

TEST_F(MarkedFile_, refuses_any_damage_after_a_clean_end) {
    insert(3);
    file_->close();
    const std::string whole = bytes(kPath);
    for (std::size_t at = 5; at < whole.size(); at += 1013) {
        bytes(kPath)[at] = static_cast<char>(bytes(kPath)[at] ^ 4);
        EXPECT_TRUE(is_refused_for("is not as it was left")) << at;
        bytes(kPath) = whole;
    }
    bytes(kPath) = whole.substr(0, whole.size() / 2);
    EXPECT_TRUE(is_refused_for("is not as it was left"));
    bytes(kPath) = whole;
    reopen();
    EXPECT_EQ(rows(), 3);
}

TEST_F(MarkedFile_, forgets_the_digest_before_the_first_change) {
    file_->close();
    reopen();
    insert(2);
    crash();
    reopen();
    EXPECT_EQ(rows(), 2);
}

TEST_F(MarkedFile_, leaves_no_digest_while_somebody_else_holds_the_connection) {
    const auto held = file_->connection();
    insert(2);
    file_->close();
    EXPECT_EQ(bytes(kMark).find("sha256"), std::string::npos);
}

TEST_F(MarkedFile_, refuses_another_file_and_takes_it_without_the_mark) {
    insert(1);
    file_->close();
    const std::string mark = bytes(kMark);
    ASSERT_TRUE(environment_.files().remove(kPath));
    ASSERT_TRUE(environment_.files().remove(kMark));
    file_ = open().value();
    ASSERT_TRUE(file_->mark());
    file_->close();
    const std::string own = bytes(kMark);
    bytes(kMark) = mark;
    EXPECT_NE(refusal(), "none");
    ASSERT_TRUE(environment_.files().remove(kMark));
    reopen();
}

TEST_F(MarkedFile_, refuses_a_lost_file) {
    file_->close();
    ASSERT_TRUE(environment_.files().remove(kPath));
    EXPECT_TRUE(is_refused_for("is not as it was left"));
}

TEST_F(MarkedFile_, refuses_a_damaged_mark) {
    file_->close();
    for (std::size_t at = 0; at < bytes(kMark).size(); ++at) {
        bytes(kMark)[at] = static_cast<char>(bytes(kMark)[at] ^ 2);
        EXPECT_TRUE(is_refused_for(".mark is damaged")) << at;
        bytes(kMark)[at] = static_cast<char>(bytes(kMark)[at] ^ 2);
    }
}

TEST_F(MarkedFile_, says_what_was_changed_since_the_mark) {
    ASSERT_TRUE(file_->mark());
    EXPECT_FALSE(file_->changed().value());
    insert(1);
    EXPECT_TRUE(file_->changed().value());
    ASSERT_TRUE(file_->mark());
    EXPECT_FALSE(file_->changed().value());
}

TEST_F(MarkedFile_, tries_again_when_there_was_no_space) {
    insert(1);
    environment_.world.files.writes_left = 0;
    EXPECT_FALSE(file_->mark());
    environment_.world.files.writes_left = 1'000'000;
    EXPECT_TRUE(file_->changed().value());
    EXPECT_TRUE(file_->mark());
    crash();
    reopen();
    EXPECT_EQ(rows(), 1);
}

}  // namespace
}  // namespace onsale::records
