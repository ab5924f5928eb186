#include "accounts/people.h"

#include <gtest/gtest.h>

#include "accounts/internal/password_desk.h"
#include "records/testing/scratch.h"

namespace onsale::accounts {
namespace {

using Names = std::vector<std::string>;

class People_ : public testing::Test {
  protected:
    void SetUp() override { open({}); }
    void TearDown() override { people_.reset(); }
    void open(PeopleOptions options) {
        people_.reset();
        store_.reset();
        store_ = scratch_.open("records.sqlite");
        auto made = People::create(*store_, scratch_.environment(), options);
        ASSERT_TRUE(made);
        people_ = std::move(*made);
    }
    PersonResult register_person(const std::string& name, const std::string& password) {
        return scratch_.wait<PersonResult>([&](auto reply) {
            people_->register_person({name, password}, scratch_.home(), reply);
        });
    }
    PersonResult login(const std::string& name, const std::string& password) {
        return scratch_.wait<PersonResult>([&](auto reply) {
            people_->login({name, password}, scratch_.home(), reply);
        });
    }
    ImportResult import_people(Names names) {
        return scratch_.wait<ImportResult>(
            [&](auto reply) { people_->import_people(std::move(names), scratch_.home(), reply); });
    }

    records::Scratch scratch_{testing::TempDir()};
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<People> people_;
};

TEST_F(People_, log_in_with_what_they_registered_also_in_another_life) {
    const auto anna = register_person("anna_1", "secret123");
    ASSERT_EQ(anna.refusal, AccountRefusal::none);
    EXPECT_EQ(anna.person, domain::PersonId(1));
    EXPECT_EQ(register_person("bert", "secret456").person, domain::PersonId(2));
    open({});
    EXPECT_EQ(login("anna_1", "secret123").person, domain::PersonId(1));
    EXPECT_EQ(login("anna_1", "secret456").refusal, AccountRefusal::wrong_credentials);
    EXPECT_EQ(login("nobody", "secret123").refusal, AccountRefusal::wrong_credentials);
}

TEST_F(People_, have_names_that_differ_by_more_than_case) {
    ASSERT_EQ(register_person("anna", "secret123").refusal, AccountRefusal::none);
    EXPECT_EQ(register_person("Anna", "secret123").refusal, AccountRefusal::username_taken);
    EXPECT_EQ(login("ANNA", "secret123").person, domain::PersonId(1));
}

TEST_F(People_, are_one_row_when_many_register_the_same_name_at_once) {
    constexpr int kAttempts = 8;
    std::promise<void> done;
    int left = kAttempts;
    int accepted = 0;
    for (int i = 0; i < kAttempts; ++i) {
        people_->register_person({"wanted", "secret123"}, scratch_.home(),
                                 [&](PersonResult result) {
                                     accepted += result.refusal == AccountRefusal::none ? 1 : 0;
                                     if (--left == 0) done.set_value();
                                 });
    }
    done.get_future().wait();
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(register_person("second", "secret123").person, domain::PersonId(2));
}

TEST_F(People_, are_imported_with_consecutive_numbers_or_not_at_all) {
    (void)register_person("anna", "secret123");
    const auto imported = import_people({"name_a", "name_b", "name_c"});
    EXPECT_EQ(imported.first_person, domain::PersonId(2));
    EXPECT_EQ(imported.last_person, domain::PersonId(4));
    EXPECT_EQ(imported.imported, 3U);

    const auto again = import_people({"name_d", "name_b"});
    EXPECT_EQ(again.refusal, AccountRefusal::username_taken);
    EXPECT_EQ(again.line, 2U);
    EXPECT_EQ(import_people({"name_d"}).first_person, domain::PersonId(5));
    EXPECT_EQ(login("name_a", "").refusal, AccountRefusal::wrong_credentials);
}

TEST_F(People_, are_not_imported_from_a_list_with_a_mistake) {
    EXPECT_EQ(import_people({}).refusal, AccountRefusal::import_empty);
    EXPECT_EQ(import_people(Names(kImportLinesMax + 1, "name")).refusal,
              AccountRefusal::import_too_long);
    const auto invalid = import_people({"name_a", "1name"});
    EXPECT_EQ(invalid.refusal, AccountRefusal::username_invalid);
    EXPECT_EQ(invalid.line, 2U);
    const auto repeated = import_people({"name_a", "name_b", "NAME_A"});
    EXPECT_EQ(repeated.refusal, AccountRefusal::username_repeated);
    EXPECT_EQ(repeated.line, 3U);
}

TEST(PasswordDesk, refuses_what_its_queue_does_not_hold) {
    records::Scratch scratch(testing::TempDir());
    std::promise<void> running;
    std::promise<void> go_on;
    auto gate = go_on.get_future();
    PasswordDesk desk(scratch.environment(), 1);
    ASSERT_TRUE(desk.hash("secret123", [&](std::string) {
        running.set_value();
        gate.wait();
    }));
    running.get_future().wait();
    std::promise<std::string> second;
    EXPECT_TRUE(desk.hash("secret123", [&](std::string hash) { second.set_value(hash); }));
    EXPECT_FALSE(desk.verify("", "secret123", [](bool) {}));
    go_on.set_value();
    EXPECT_FALSE(second.get_future().get().empty());
}

TEST(Credentials, follow_the_rules_at_their_bounds) {
    EXPECT_TRUE(is_username("abcd"));
    EXPECT_TRUE(is_username("a_34567890123456"));
    EXPECT_FALSE(is_username("abc"));
    EXPECT_FALSE(is_username("a_345678901234567"));
    EXPECT_FALSE(is_username("_abc"));
    EXPECT_FALSE(is_username("ab-cd"));
    EXPECT_TRUE(is_password("abcdefg1"));
    EXPECT_TRUE(is_password("a2345678901234567890"));
    EXPECT_FALSE(is_password("abcdef1"));
    EXPECT_FALSE(is_password("a23456789012345678901"));
    EXPECT_FALSE(is_password("abcdefgh"));
    EXPECT_FALSE(is_password("12345678"));
}

}  // namespace
}  // namespace onsale::accounts
