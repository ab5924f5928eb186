// Clean histories raise nothing, and the figures say how much was looked at.
#include "audit/audit.h"

#include <algorithm>

#include "audit/audit_fixture.h"

namespace onsale::audit {
namespace {

using domain::OrderCancelled;
using domain::OrderExpired;
using domain::OrderHidden;
using domain::OrderPlaced;

class Audit : public AuditFixture {};

TEST_F(Audit, a_clean_history_raises_nothing) {
    begin_sale();
    sell({OrderPlaced{code_order(1, 7, 1, 10)}, OrderPlaced{code_order(2, 8, 2, 11)},
          OrderPlaced{paid_order(3, 9, 2, 12)}},
         20);
    sell({OrderPlaced{paid_order(4, 9, 1, 30)}, OrderCancelled{domain::OrderId(3 << 8), at(31)}},
         40);
    sell({OrderExpired{domain::OrderId(4 << 8), at(30 + 900'000)},
          OrderHidden{domain::OrderId(3 << 8)}},
         1'000'000);
    sell({OrderPlaced{paid_order(5, 9, 3, 1'000'001)}}, 1'000'002);
    const Report report = audit();
    EXPECT_EQ(broken(report), "") << to_text(report);
    EXPECT_EQ(report.orders, 5U);
    EXPECT_EQ(report.tickets, 2U);
    EXPECT_EQ(report.batches, 6U);
    EXPECT_EQ(report.of(Clause::c1).checked, 3U);
    EXPECT_GE(report.of(Clause::t1).checked, 8U);
}

TEST_F(Audit, the_journals_own_writer_writes_what_the_auditor_reads) {
    const std::vector<journal::Batch> batches = {epoch_batch(1, 0), set_up_batch(5),
                                                 batch({OrderPlaced{code_order(1, 7, 1, 10)}}, 10)};
    auto writer = journal::Writer::open(sql_options("journal/journal.sqlite"));
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->append(batches));
    const Report report = audit();
    EXPECT_EQ(broken(report), "") << to_text(report);
    EXPECT_EQ(report.of(Clause::d2).checked, 3U);
}

TEST_F(Audit, reading_in_small_pieces_finds_the_same) {
    begin_sale();
    for (std::uint64_t i = 1; i <= 10; ++i) {
        sell({OrderPlaced{code_order(i, i, i, static_cast<std::int64_t>(i))}},
             static_cast<std::int64_t>(i));
    }
    Options small = options();
    small.bytes_per_read = 1;
    std::vector<std::uint64_t> told;
    small.progress = [&](std::string_view, std::uint64_t done, std::uint64_t all) {
        if (all == 12) told.push_back(done);
    };
    const Report report = audit(small);
    EXPECT_EQ(told.size(), 12U);
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_EQ(broken(report), "");
    EXPECT_EQ(report.orders, 10U);
}

TEST_F(Audit, stock_added_and_withdrawn_moves_the_codes) {
    begin_sale();
    const domain::SessionId session(100);
    const domain::PoolId pool(1);
    sell({domain::StockWithdrawn{session, pool, 10}}, 5);
    sell({domain::StockAdded{session, pool, {domain::AdditionId(5002), 3, digest('b')}},
          OrderPlaced{code_order(1, 7, 11, 6)}},
         6);
    EXPECT_EQ(broken(audit()), "");
}

TEST_F(Audit, a_retired_session_lets_go_of_its_keys) {
    begin_sale();
    sell({OrderPlaced{code_order(1, 7, 1, 10)}}, 10);
    sell({domain::SessionRetired{domain::SessionId(100), 1, 1, 1}}, 3 * kDay);
    domain::Session next = session(101);
    next.pools[0].additions[0].id = domain::AdditionId(5009);
    next.campaigns[0].id = domain::CampaignId(1003);
    next.campaigns[0].closes_at = at(9 * kDay);
    domain::Order order = code_order(2, 7, 1, 4 * kDay);
    order.session = domain::SessionId(101);
    order.campaign = domain::CampaignId(1003);
    order.idempotency_key = 901;
    sell({domain::SessionSetUp{std::make_shared<const domain::Session>(next)}, OrderPlaced{order}},
         4 * kDay);
    EXPECT_EQ(broken(audit()), "");
}

TEST_F(Audit, a_session_that_changes_and_is_cancelled_is_clean) {
    begin_sale();
    const domain::SessionId session(100);
    domain::Order dearer = paid_order(2, 8, 1, 12);
    dearer.lines[0].unit_price.minor = 1500;
    sell({OrderPlaced{paid_order(1, 7, 2, 10)}}, 10);
    sell({domain::SessionChanged{session, at(2 * kDay), at(3 * kDay), 1, 0},
          domain::TierChanged{session, domain::TierId(22), {1500, base::Currency::cny}, true}},
         11);
    sell({OrderPlaced{dearer}, OrderPlaced{code_order(3, 9, 1, 12)}}, 12);
    sell({domain::StockWithdrawn{session, domain::PoolId(1), 2, domain::WithdrawalId(5)},
          domain::SessionCancelled{session, at(20)}},
         20);
    sell({domain::OrderCancelled{domain::OrderId(1 << 8), at(21)},
          domain::OrderCancelled{domain::OrderId(2 << 8), at(21)},
          domain::OrderRefunded{domain::OrderId(3 << 8), at(21)}},
         21);
    sell({domain::SessionRetired{session, 3, 0, 0}}, 4 * kDay);
    const Report report = audit();
    EXPECT_EQ(broken(report), "") << to_text(report);
}

TEST_F(Audit, takes_over_with_a_higher_epoch) {
    begin_sale();
    sell({OrderPlaced{code_order(1, 7, 1, 10)}}, 10);
    store(epoch_batch(2, 50));
    sell({OrderPlaced{code_order(2, 8, 2, 60)}}, 60);
    const Report report = audit();
    EXPECT_EQ(broken(report), "");
    EXPECT_EQ(report.shards.at(0).epoch, 2U);
}

TEST_F(Audit, a_snapshot_of_a_changed_and_cancelled_session_is_compared_with_it) {
    begin_sale();
    const domain::SessionId id(100);
    const journal::Batch last =
        batch({domain::SessionChanged{id, at(3 * kDay), at(4 * kDay), 1, 0},
               domain::TierChanged{id, domain::TierId(22), {0, base::Currency::cny}, false},
               domain::StockWithdrawn{id, domain::PoolId(2), 5, domain::WithdrawalId(9)},
               domain::SessionCancelled{id, at(30)}},
              30);
    store(last);
    domain::Session changed = session();
    changed.starts_at = at(3 * kDay);
    changed.ends_at = at(4 * kDay);
    changed.orders_per_person = 1;
    changed.tickets_per_person = 0;
    changed.tiers[1] = {domain::TierId(22), domain::PoolId(2), {0, base::Currency::cny}, false};
    changed.pools[1].withdrawals = {{domain::WithdrawalId(9), 5}};
    journal::SnapshotStore snapshots(environment_->files(),
                                     (folder_ / "journal" / "snapshots").string());
    const auto with = [&](const domain::SessionStatus& status) {
        wire::SnapshotEncoder encoder;
        encoder.header({domain::ShardId(0), 1, 0});
        encoder.session(changed, status);
        encoder.stock({id, domain::PoolId(1), {10, 10, 0, 0, 0}, 1});
        encoder.stock({id, domain::PoolId(2), {5, 0, 0, 0, 5}, 1});
        EXPECT_TRUE(snapshots.write({0, {last.sequence, last.hash}, encoder.take()}));
        return audit();
    };
    const Report same = with({false, true, at(30)});
    EXPECT_EQ(broken(same), "") << to_text(same);
    EXPECT_EQ(broken(with({false, false, {}})), "S3");
}

TEST_F(Audit, no_journal_is_an_error_and_not_a_clean_report) {
    Options options = this->options();
    options.folder += "/elsewhere";
    const auto report = run(options, environment_->files());
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().find("journal"), std::string::npos);
}

TEST_F(Audit, a_snapshot_equal_to_the_fold_is_clean) {
    begin_sale();
    const domain::Order order = code_order(1, 7, 1, 10);
    const journal::Batch last = batch({OrderPlaced{order}}, 10);
    store(last);
    wire::SnapshotEncoder encoder;
    encoder.header({domain::ShardId(0), 2, 0});
    encoder.session(session(), {});
    encoder.stock({domain::SessionId(100), domain::PoolId(1), {10, 9, 0, 1, 0}, 2});
    encoder.stock({domain::SessionId(100), domain::PoolId(2), {5, 5, 0, 0, 0}, 1});
    encoder.order(order);
    journal::SnapshotStore store(environment_->files(),
                                 (folder_ / "journal" / "snapshots").string());
    ASSERT_TRUE(store.write({0, {last.sequence, last.hash}, encoder.take()}));
    const Report report = audit();
    EXPECT_EQ(broken(report), "") << to_text(report);
    EXPECT_EQ(report.of(Clause::s3).checked, 5U);
}

}  // namespace
}  // namespace onsale::audit
