// The chain of operation records as the accounts really write it.
#include "accounts/testing/fixture.h"
#include "audit/internal/operations_check.h"

namespace onsale::audit {
namespace {

using base::Duration;

class OperationRecords : public accounts::AccountsTest {
  protected:
    void record(domain::PersonId person, const std::string& details) {
        auto slot = accounts_->operations().reserve();
        ASSERT_TRUE(slot);
        slot->record({person, "put_show", "show 3", "ok", "192.0.2.1", "r1", details});
    }
    // A record that comes while another is written waits for the next write, which stands behind
    // the first answer at the latest; so the second has all.
    std::size_t count() {
        list();
        return list();
    }
    std::size_t list() {
        const auto page = wait<accounts::OperationPage>([&](auto reply) {
            accounts_->operations().list({.limit = 100}, scratch_.home(), reply);
        });
        EXPECT_TRUE(page);
        return page ? page->operations.size() : 0;
    }
    Report check(const KeptMark& mark = {}) {
        sql::OpenOptions options;
        options.path = scratch_.path("records.sqlite");
        auto connection = sql::Connection::open(options);
        EXPECT_TRUE(connection);
        Report report;
        EXPECT_TRUE(check_operations(**connection, mark, report));
        return report;
    }
    void change(const std::string& sql) {
        sql::OpenOptions options;
        options.path = scratch_.path("records.sqlite");
        auto connection = sql::Connection::open(options);
        ASSERT_TRUE(connection);
        ASSERT_TRUE((*connection)->execute(sql));
    }
};

TEST_F(OperationRecords, are_a_chain_through_restarts) {
    const auto anna = person_named("anna");
    for (int i = 0; i < 3; ++i) record(anna, std::to_string(i));
    EXPECT_EQ(count(), 3U);
    open();
    record(domain::PersonId(), "nobody");
    EXPECT_EQ(count(), 4U);
    const Report report = check();
    EXPECT_TRUE(report.clean()) << to_text(report);
    EXPECT_EQ(report.operations, 4U);
    EXPECT_EQ(report.of(Clause::d5).checked, 5U);
    EXPECT_TRUE(check({"4:" + report.operations_hash, {}}).clean());
    record(anna, "one more");
    EXPECT_EQ(count(), 5U);
    EXPECT_TRUE(check({"4:" + report.operations_hash, {}}).clean());
    EXPECT_FALSE(check({"5:" + report.operations_hash, {}}).clean());
}

TEST_F(OperationRecords, name_the_one_whose_byte_was_changed) {
    const auto anna = person_named("anna");
    for (int i = 0; i < 3; ++i) record(anna, std::to_string(i));
    EXPECT_EQ(count(), 3U);
    change("UPDATE accounts_operations SET object = 'show 4' WHERE operation = 2");
    const Report report = check();
    ASSERT_EQ(report.breaches.size(), 1U) << to_text(report);
    EXPECT_NE(report.breaches[0].text.find("operation record 2"), std::string::npos);
}

TEST_F(OperationRecords, stay_a_chain_when_the_oldest_go_and_a_person_is_erased) {
    const auto anna = person_named("anna");
    record(anna, "old");
    EXPECT_EQ(count(), 1U);
    clock_.pass(accounts::kOperationsKept + Duration::milliseconds(1));
    record(anna, "new");
    EXPECT_EQ(count(), 1U);
    EXPECT_TRUE(check().clean()) << to_text(check());
    const auto erased = wait<void>([&](auto reply) {
        accounts_->profiles().erase({anna, kPassword, "192.0.2.1"}, scratch_.home(), reply);
    });
    ASSERT_TRUE(erased);
    record(anna, "of nobody any more");
    EXPECT_EQ(count(), 2U);
    const Report report = check();
    EXPECT_TRUE(report.clean()) << to_text(report);
    EXPECT_EQ(report.of(Clause::d5).checked, 3U);
}

TEST_F(OperationRecords, go_on_behind_a_damaged_end) {
    record(domain::PersonId(), "1");
    record(domain::PersonId(), "2");
    EXPECT_EQ(count(), 2U);
    change("UPDATE accounts_operation_chain SET newest = 1");
    record(domain::PersonId(), "3");
    EXPECT_EQ(count(), 3U);
    change("DELETE FROM accounts_operation_chain");
    record(domain::PersonId(), "4");
    EXPECT_EQ(count(), 4U);
    EXPECT_FALSE(check().clean());
}

// Somebody who may write the file: the chain goes on behind its newest record, all before is gone.
constexpr const char* kTakeOffTheBegin =
    "UPDATE accounts_operation_chain SET removed = newest, removed_hash = newest_hash;"
    "DELETE FROM accounts_operations";

TEST_F(OperationRecords, cannot_lose_their_begin_when_a_mark_was_kept) {
    for (int i = 0; i < 3; ++i) record(domain::PersonId(), std::to_string(i));
    EXPECT_EQ(count(), 3U);
    const Report first = check();
    const std::string mark = first.operations_mark;
    const auto now = clock_.wall_now();
    const std::string at = std::to_string(now.unix_ms());
    EXPECT_EQ(mark, "3:" + first.operations_hash + ":" + at + ":1:" + at);
    EXPECT_TRUE(check({mark, now}).clean());
    change(kTakeOffTheBegin);
    for (const auto days : {0, 399}) {
        const Report report = check({mark, now + Duration::days(days)});
        ASSERT_EQ(report.breaches.size(), 1U) << to_text(report);
        EXPECT_NE(report.breaches[0].text.find("record 3, which is not 400 days old"),
                  std::string::npos)
            << report.breaches[0].text;
    }
    EXPECT_FALSE(check({mark, {}}).clean());
    EXPECT_FALSE(check({"3:" + first.operations_hash, now + Duration::days(401)}).clean());
    EXPECT_FALSE(check({"2:" + first.operations_hash, now}).clean());
}

TEST_F(OperationRecords, cannot_lose_what_was_before_the_one_that_was_kept) {
    for (int i = 0; i < 3; ++i) record(domain::PersonId(), std::to_string(i));
    EXPECT_EQ(count(), 3U);
    const std::string mark = check().operations_mark;
    change(
        "UPDATE accounts_operation_chain SET removed = 2, removed_hash = "
        "(SELECT hash FROM accounts_operations WHERE operation = 2);"
        "DELETE FROM accounts_operations WHERE operation <= 2");
    EXPECT_TRUE(check().clean());
    const Report report = check({mark, clock_.wall_now() + Duration::days(399)});
    ASSERT_EQ(report.breaches.size(), 1U) << to_text(report);
    EXPECT_NE(report.breaches[0].text.find("record 1, which is not 400 days old"),
              std::string::npos)
        << report.breaches[0].text;
    EXPECT_TRUE(check({mark, clock_.wall_now() + Duration::days(401)}).clean());
}

TEST_F(OperationRecords, may_be_gone_when_400_days_of_a_kept_mark_have_passed) {
    record(domain::PersonId(), "old");
    EXPECT_EQ(count(), 1U);
    const std::string mark = check().operations_mark;
    clock_.pass(accounts::kOperationsKept + Duration::milliseconds(1));
    record(domain::PersonId(), "new");
    EXPECT_EQ(count(), 1U);
    const Report report = check({mark, clock_.wall_now()});
    EXPECT_TRUE(report.clean()) << to_text(report);
    EXPECT_EQ(report.notes.size(), 1U) << to_text(report);
}

TEST_F(OperationRecords, without_their_chain_are_a_breach) {
    record(domain::PersonId(), "1");
    record(domain::PersonId(), "2");
    EXPECT_EQ(count(), 2U);
    const std::string mark = check().operations_mark;
    change(
        "DROP TABLE accounts_operation_chain; DELETE FROM accounts_operations "
        "WHERE operation = 1");
    EXPECT_EQ(check().breach_count(), 1U) << to_text(check());
    EXPECT_EQ(check({mark, {}}).breach_count(), 2U) << to_text(check({mark, {}}));
    change("ALTER TABLE accounts_operations DROP COLUMN hash");
    EXPECT_EQ(check().breach_count(), 1U) << to_text(check());
    change(
        "DROP TABLE accounts_operations; DELETE FROM accounts_schema_versions "
        "WHERE version >= 4");
    EXPECT_TRUE(check().clean());
    EXPECT_EQ(check({mark, {}}).breach_count(), 1U);
}

TEST_F(OperationRecords, from_before_the_chain_are_not_put_in_later) {
    record(domain::PersonId(), "1");
    record(domain::PersonId(), "2");
    EXPECT_EQ(count(), 2U);
    change(
        "UPDATE accounts_operation_chain SET removed = 1, removed_hash = "
        "(SELECT hash FROM accounts_operations WHERE operation = 1)");
    const Report report = check();
    EXPECT_EQ(report.breach_count(), 1U) << to_text(report);
}

}  // namespace
}  // namespace onsale::audit
