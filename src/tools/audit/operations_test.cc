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
    Report check(const std::string& mark = {}) {
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
    EXPECT_TRUE(check("4:" + report.operations_hash).clean());
    record(anna, "one more");
    EXPECT_EQ(count(), 5U);
    EXPECT_TRUE(check("4:" + report.operations_hash).clean());
    EXPECT_FALSE(check("5:" + report.operations_hash).clean());
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

}  // namespace
}  // namespace onsale::audit
