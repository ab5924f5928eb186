#include "accounts/operations.h"

#include "accounts/testing/fixture.h"

namespace onsale::accounts {
namespace {

using base::Duration;

class OperationsTest : public AccountsTest {
  protected:
    void record(Operation operation) {
        auto slot = accounts_->operations().reserve();
        ASSERT_TRUE(slot);
        slot->record(std::move(operation));
    }
    // A record that comes while another is written waits for the next write, which stands behind
    // the first answer at the latest; so the second has all.
    OperationPage list(const OperationQuery& query) {
        list_once({});
        return list_once(query);
    }
    OperationPage list_once(OperationQuery query) {
        const auto page = wait<OperationPage>([&](auto reply) {
            accounts_->operations().list(std::move(query), scratch_.home(), reply);
        });
        EXPECT_TRUE(page);
        return *page;
    }
    std::vector<std::string> details(const OperationQuery& query) {
        std::vector<std::string> found;
        for (const auto& record : list(query).operations) {
            found.push_back(record.operation.details);
        }
        return found;
    }
    static Operation operation(domain::PersonId person, const std::string& action,
                               const std::string& details) {
        return {person, action, "session 5", "ok", "192.0.2.1", "r1", details};
    }
};

TEST_F(OperationsTest, are_found_by_person_action_and_time_newest_first) {
    using Texts = std::vector<std::string>;
    const auto anna = person_named("anna");
    const auto bert = person_named("bert");
    record(operation(anna, "put_show", "1"));
    clock_.pass(Duration::minutes(1));
    const auto from = clock_.wall_now();
    record(operation(bert, "put_show", "2"));
    record(operation(anna, "put_session", "3"));
    record(operation(domain::PersonId(), "login", "4"));
    EXPECT_EQ(details({}), (Texts{"4", "3", "2", "1"}));
    EXPECT_EQ(details({.person = anna}), (Texts{"3", "1"}));
    EXPECT_EQ(details({.action = "put_show"}), (Texts{"2", "1"}));
    EXPECT_EQ(details({.person = anna, .action = "put_show"}), Texts{"1"});
    EXPECT_EQ(details({.from = from}), (Texts{"4", "3", "2"}));
    EXPECT_EQ(details({.until = from}), Texts{"1"});
    const auto page = list({.limit = 3});
    EXPECT_EQ(page.operations.size(), 3U);
    EXPECT_EQ(details({.before = page.next, .limit = 3}), Texts{"1"});
    const auto& last = page.operations[1];
    EXPECT_EQ(last.person_name, "anna");
    EXPECT_EQ(last.at, from);
    EXPECT_EQ(last.operation.object, "session 5");
    EXPECT_EQ(last.operation.address, "192.0.2.1");
    EXPECT_EQ(last.operation.request_id, "r1");
}

TEST_F(OperationsTest, need_room_that_is_given_back) {
    std::vector<OperationSlot> slots;
    for (std::size_t i = 0; i < kOperationsWaitingMax; ++i) {
        auto slot = accounts_->operations().reserve();
        ASSERT_TRUE(slot);
        slots.push_back(std::move(*slot));
    }
    EXPECT_FALSE(accounts_->operations().reserve());
    slots.pop_back();
    EXPECT_TRUE(accounts_->operations().reserve());
    slots.clear();
}

TEST_F(OperationsTest, are_kept_four_hundred_days) {
    record(operation(domain::PersonId(), "login", "old"));
    EXPECT_EQ(details({}).size(), 1U);
    clock_.pass(kOperationsKept);
    record(operation(domain::PersonId(), "login", "edge"));
    EXPECT_EQ(details({}).size(), 2U);
    clock_.pass(Duration::milliseconds(1));
    record(operation(domain::PersonId(), "login", "new"));
    EXPECT_EQ(details({}), (std::vector<std::string>{"new", "edge"}));
}

TEST_F(OperationsTest, cut_long_details_between_characters) {
    std::string text(kDetailsBytesMax - 1, 'x');
    record(operation(domain::PersonId(), "login", text + "张"));
    EXPECT_EQ(details({}), std::vector<std::string>{text});
}

TEST_F(OperationsTest, hold_nothing_that_is_no_text) {
    record(operation(domain::PersonId(), "login", "{\xff\xe5\xbc\xed\xa0\x80 张"));
    EXPECT_EQ(details({}), std::vector<std::string>{"{?????? 张"});
}

}  // namespace
}  // namespace onsale::accounts
