#include "notices/internal/table.h"

#include <gtest/gtest.h>

#include "records/testing/scratch.h"

namespace onsale::notices {
namespace {

Notice notice_at(std::int64_t ms) {
    Notice notice;
    notice.key = {domain::ShardId(3), 0xffff'ffff'ffff'ffffU, static_cast<std::uint64_t>(ms), 4};
    notice.kind = NoticeKind::refund_rejected;
    notice.person = domain::PersonId(17);
    notice.order = domain::OrderId(259);
    notice.session = domain::SessionId(7);
    notice.refund = domain::make_refund_id(notice.order, 1);
    notice.cause = domain::RefundCause::replaced;
    notice.amount = {1125, base::Currency::eur};
    notice.fee = {125, base::Currency::eur};
    notice.at = base::Timestamp::from_unix_ms(ms);
    return notice;
}

class TableTest : public testing::Test {
  protected:
    TableTest() { ONSALE_CHECK(migrate_tables(rows_).has_value()); }
    std::vector<Waiting> waiting() {
        auto all = read_waiting(rows_);
        ONSALE_CHECK(all.has_value());
        return *all;
    }
    std::vector<std::int64_t> times() {
        std::vector<std::int64_t> all;
        for (const auto& one : waiting()) all.push_back(one.notice.at.unix_ms());
        return all;
    }

    records::Scratch scratch_{testing::TempDir()};
    std::unique_ptr<records::Store> store_ = scratch_.open("records.sqlite");
    sql::Connection& rows_ = store_->connection();
};

TEST_F(TableTest, a_row_is_the_whole_notice_and_comes_once) {
    const auto notice = notice_at(1000);
    ASSERT_TRUE(insert_waiting(rows_, {notice}));
    Waiting tried{notice, 5, base::Timestamp::from_unix_ms(77)};
    ASSERT_TRUE(set_tries(rows_, tried));
    ASSERT_TRUE(insert_waiting(rows_, {notice}));
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].notice, notice);
    EXPECT_EQ(waiting()[0].tries, 5U);
    EXPECT_EQ(waiting()[0].due, tried.due);
    ASSERT_TRUE(delete_waiting(rows_, notice.key));
    EXPECT_TRUE(waiting().empty());
}

TEST_F(TableTest, the_oldest_parked_are_forgotten_and_the_others_wait_again_at_a_start) {
    for (std::int64_t ms = 1; ms <= 5; ++ms) {
        ASSERT_TRUE(insert_waiting(rows_, {notice_at(ms)}));
        ASSERT_TRUE(set_tries(rows_, {notice_at(ms), 12, notice_at(99).at}));
    }
    for (const std::int64_t ms : {4, 2, 3, 1})
        ASSERT_TRUE(park(rows_, notice_at(ms).key, "no such mailbox", 2));
    EXPECT_EQ(times(), std::vector<std::int64_t>{5});
    ASSERT_TRUE(take_up(rows_, base::Timestamp::from_unix_ms(4)));
    EXPECT_EQ(times(), (std::vector<std::int64_t>{4, 5}));
    EXPECT_EQ(waiting()[0].tries, 0U);
    EXPECT_EQ(waiting()[0].due, base::Timestamp());
    EXPECT_EQ(waiting()[1].tries, 12U);  // was not parked
}

TEST_F(TableTest, how_far_the_journal_was_looked_through) {
    ASSERT_TRUE(save_looked(rows_, {{domain::ShardId(0), 5}, {domain::ShardId(2), 9}}));
    ASSERT_TRUE(save_looked(rows_, {{domain::ShardId(0), 6}}));
    const auto looked = read_looked(rows_);
    ASSERT_TRUE(looked && looked->size() == 2U);
    EXPECT_EQ((*looked)[0].sequence, 6U);
    EXPECT_EQ((*looked)[1].sequence, 9U);
}

}  // namespace
}  // namespace onsale::notices
