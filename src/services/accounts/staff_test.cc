#include "accounts/staff.h"

#include <filesystem>

#include "accounts/testing/fixture.h"

namespace onsale::accounts {
namespace {

using enum AccountRefusal;

constexpr Roles kOperator{true, false};
constexpr Roles kAdmin{false, true};

class StaffTest : public AccountsTest {
  protected:
    AccountResult<void> set_roles(domain::PersonId person, Roles roles,
                                  std::vector<std::uint64_t> organisers = {}) {
        return wait<void>([&](auto reply) {
            accounts_->staff().set_roles({person, roles, std::move(organisers)}, scratch_.home(),
                                         reply);
        });
    }
    AccountResult<PeoplePage> list(PeopleQuery query) {
        return wait<PeoplePage>(
            [&](auto reply) { accounts_->staff().list(std::move(query), scratch_.home(), reply); });
    }
    AccountResult<PersonSummary> find(domain::PersonId person) {
        return wait<PersonSummary>(
            [&](auto reply) { accounts_->staff().find(person, scratch_.home(), reply); });
    }
    std::vector<std::uint64_t> numbers(const PeopleQuery& query) {
        std::vector<std::uint64_t> found;
        const auto page = list(query);
        for (const auto& person : page->people) found.push_back(person.person.value());
        return found;
    }
};

TEST_F(StaffTest, are_in_memory_with_roles_and_organisers) {
    const auto olga = create_staff("olga", kOperator, {9, 4, 9});
    ASSERT_TRUE(olga);
    for (int life = 0; life < 2; ++life) {
        const auto member = accounts_->staff().member(*olga);
        ASSERT_TRUE(member);
        EXPECT_EQ(member->organisers, (std::vector<std::uint64_t>{4, 9}));
        EXPECT_TRUE(member->acts_for(4));
        EXPECT_FALSE(member->acts_for(5));
        EXPECT_TRUE(member->must_change_password);
        open();
    }
    EXPECT_EQ(accounts_->staff().member(domain::PersonId(99)), nullptr);
    EXPECT_EQ(refusal_of(create_staff("Olga", kOperator)), username_taken);
    EXPECT_EQ(refusal_of(create_staff("odd", kOperator)), username_invalid);
    EXPECT_EQ(refusal_of(create_staff("nobody", {})), roles_invalid);
    EXPECT_EQ(refusal_of(create_staff("other", kAdmin, {4})), roles_invalid);
}

TEST_F(StaffTest, change_at_once) {
    const auto anna = person_named("anna");
    EXPECT_EQ(accounts_->staff().member(anna), nullptr);
    ASSERT_TRUE(set_roles(anna, {true, true}, {3}));
    EXPECT_TRUE(accounts_->staff().member(anna)->acts_for(1));
    EXPECT_FALSE(accounts_->staff().member(anna)->must_change_password);
    ASSERT_TRUE(create_staff("boss", kAdmin));
    ASSERT_TRUE(set_roles(anna, {}));
    EXPECT_EQ(accounts_->staff().member(anna), nullptr);
    open();
    EXPECT_EQ(accounts_->staff().member(anna), nullptr);
    EXPECT_EQ(refusal_of(set_roles(domain::PersonId(99), kAdmin)), person_unknown);
}

TEST_F(StaffTest, disabled_are_no_staff) {
    ASSERT_TRUE(create_staff("boss", kAdmin));
    const auto olga = create_staff("olga", kOperator);
    ASSERT_TRUE(disable(*olga));
    EXPECT_EQ(accounts_->staff().member(*olga), nullptr);
    EXPECT_EQ(find(*olga)->disabled_reason, "because");
    EXPECT_TRUE(find(*olga)->disabled);
    ASSERT_TRUE(disable(*olga, false));
    EXPECT_TRUE(accounts_->staff().member(*olga));
    EXPECT_EQ(find(*olga)->disabled_reason, "");
}

TEST_F(StaffTest, keep_one_who_may_administer) {
    const auto boss = create_staff("boss", kAdmin);
    EXPECT_EQ(refusal_of(set_roles(*boss, kOperator)), last_admin);
    EXPECT_EQ(refusal_of(disable(*boss)), last_admin);
    const auto second = create_staff("second", kAdmin);
    ASSERT_TRUE(disable(*second));
    EXPECT_EQ(refusal_of(disable(*boss)), last_admin);
    ASSERT_TRUE(disable(*second, false));
    EXPECT_TRUE(disable(*boss));
}

TEST_F(StaffTest, find_people_by_a_whole_name_or_number_and_page_through_them) {
    for (const char* name : {"anna", "bert", "carl"}) (void)person_named(name);
    using Numbers = std::vector<std::uint64_t>;
    EXPECT_EQ(numbers({}), (Numbers{3, 2, 1}));
    EXPECT_EQ(numbers({"BERT", 0, 20}), Numbers{2});
    EXPECT_EQ(numbers({"3", 0, 20}), Numbers{3});
    EXPECT_EQ(numbers({"ber", 0, 20}), Numbers{});
    const auto first = list({"", 0, 2});
    EXPECT_EQ(first->next, 2U);
    EXPECT_EQ(numbers({"", first->next, 2}), Numbers{1});
    EXPECT_EQ(list({"", first->next, 2})->next, 0U);
    EXPECT_EQ(find(domain::PersonId(1))->username, "anna");
    EXPECT_TRUE(find(domain::PersonId(1))->has_password);
    EXPECT_EQ(refusal_of(find(domain::PersonId(9))), person_unknown);
}

TEST_F(StaffTest, begin_with_an_administrator_whose_password_stands_in_a_file) {
    auto& files = scratch_.environment().files();
    const std::string path = scratch_.path("first-admin.txt");
    EXPECT_TRUE(*accounts_->ensure_first_admin(files, path));
    EXPECT_FALSE(*accounts_->ensure_first_admin(files, path));
    const auto text = env::read_file(files, path);
    ASSERT_TRUE(text);
    const std::string line = "password: ";
    const auto begin = text->find(line) + line.size();
    const std::string password = text->substr(begin, text->find('\n', begin) - begin);
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto admin = login("admin", password, Audience::staff);
    ASSERT_TRUE(admin);
    EXPECT_TRUE(admin->must_change_password);
    ASSERT_TRUE(wait<void>([&](auto reply) {
        accounts_->profiles().change_password(
            {admin->person, admin->login, password, "newsecret1", "192.0.2.1"}, scratch_.home(),
            reply);
    }));
    EXPECT_FALSE(accounts_->staff().member(admin->person)->must_change_password);
    EXPECT_FALSE(std::filesystem::exists(path));
    open();
    EXPECT_FALSE(login("admin", "newsecret1", Audience::staff)->must_change_password);
    // What a former version or a crash has left goes at the next start.
    ASSERT_TRUE(env::replace_file(files, path, *text));
    EXPECT_FALSE(*accounts_->ensure_first_admin(files, path));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(StaffTest, begin_with_an_administrator_also_where_somebody_is_called_admin) {
    auto& files = scratch_.environment().files();
    const std::string path = scratch_.path("first-admin.txt");
    (void)person_named("Admin");
    (void)person_named("admin1");
    ASSERT_TRUE(accounts_->ensure_first_admin(files, path));
    const auto text = env::read_file(files, path);
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->starts_with("username: admin2\n"));
    EXPECT_EQ(find(domain::PersonId(3))->username, "admin2");
    EXPECT_EQ(find(domain::PersonId(3))->roles, (Roles{false, true}));
}

TEST(Roles, have_names) {
    EXPECT_EQ(roles_of({"admin", "operator"}), (Roles{true, true}));
    EXPECT_EQ(roles_of({}), Roles{});
    EXPECT_EQ(roles_of({"root"}), std::nullopt);
    EXPECT_EQ((Roles{true, true}.names()), (std::vector<std::string>{"operator", "admin"}));
}

}  // namespace
}  // namespace onsale::accounts
