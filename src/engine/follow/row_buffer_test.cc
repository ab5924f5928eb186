#include "follow/row_buffer.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace onsale::follow {
namespace {

class RowBufferTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = ::testing::TempDir() + "onsale-rows-XXXXXX";
        ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
        sql::OpenOptions options;
        options.path = folder_ + "/rows.sqlite";
        connection_ = *sql::Connection::open(options);
        ASSERT_TRUE(
            connection_->execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, twice INTEGER)"));
    }
    void TearDown() override {
        connection_.reset();
        std::filesystem::remove_all(folder_);
    }
    std::int64_t number(const std::string& sql) {
        auto row = *connection_->prepare(sql);
        EXPECT_TRUE(*row.step());
        return row.integer(0);
    }

    std::string folder_;
    std::unique_ptr<sql::Connection> connection_;
    RowBuffer rows_{"seen", 2};
};

TEST_F(RowBufferTest, writes_every_row_once_however_many_there_are) {
    std::int64_t next = 1;
    for (const int count : {0, 1, 63, 64, 65, 200}) {
        for (int i = 0; i < count; ++i, ++next) rows_.add(next, 2 * next);
        ASSERT_TRUE(rows_.write(*connection_));
        EXPECT_EQ(number("SELECT count(*) FROM seen"), next - 1);
        EXPECT_EQ(number("SELECT count(*) FROM seen WHERE twice = 2 * id"), next - 1);
    }
}

TEST_F(RowBufferTest, what_was_cleared_is_not_written) {
    rows_.add(1, 2);
    rows_.clear();
    rows_.add(3, 6);
    ASSERT_TRUE(rows_.write(*connection_));
    EXPECT_EQ(number("SELECT sum(id) FROM seen"), 3);
}

TEST_F(RowBufferTest, is_empty_after_an_error) {
    rows_.add(1, 2);
    rows_.add(1, 2);
    const auto twice = rows_.write(*connection_);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, sql::ErrorCode::conflict);
    rows_.add(2, 4);
    EXPECT_TRUE(rows_.write(*connection_));
}

TEST(RowBufferDeathTest, a_row_has_a_value_for_each_column) {
    RowBuffer rows("seen", 2);
    EXPECT_DEATH(rows.add(1), "check failed");
}

}  // namespace
}  // namespace onsale::follow
