#include "accounts/people.h"

#include "accounts/internal/password_desk.h"
#include "accounts/testing/fixture.h"

namespace onsale::accounts {
namespace {

using Names = std::vector<std::string>;
using enum AccountRefusal;

class PeopleTest : public AccountsTest {
  protected:
    ImportResult import_people(Names names) {
        return scratch_.wait<ImportResult>([&](auto reply) {
            accounts_->people().import_people(std::move(names), scratch_.home(), reply);
        });
    }
    AccountResult<bool> is_free(NameKind kind, const std::string& text) {
        return wait<bool>([&](auto reply) {
            accounts_->people().is_free({kind, text, "192.0.2.1"}, scratch_.home(), reply);
        });
    }
    static Registration anna() { return {"anna_1", kPassword, "Anna", {}, {}}; }
};

TEST_F(PeopleTest, log_in_with_what_they_registered_also_in_another_life) {
    EXPECT_EQ(*register_person(anna()), domain::PersonId(1));
    EXPECT_EQ(person_named("bert"), domain::PersonId(2));
    open();
    EXPECT_EQ(login("anna_1", kPassword)->person, domain::PersonId(1));
    EXPECT_EQ(login("ANNA_1", kPassword)->person, domain::PersonId(1));
    EXPECT_EQ(refusal_of(login("anna_1", "secret456")), wrong_credentials);
    EXPECT_EQ(refusal_of(login("nobody", kPassword)), wrong_credentials);
}

TEST_F(PeopleTest, are_refused_with_the_rule_they_break) {
    const auto with = [](auto change) {
        Registration registration = anna();
        change(registration);
        return registration;
    };
    const std::vector<std::pair<Registration, AccountRefusal>> cases = {
        {with([](auto& r) { r.username = "abc"; }), username_invalid},
        {with([](auto& r) { r.password = "secret"; }), password_invalid},
        {with([](auto& r) { r.nickname = ""; }), nickname_missing},
        {with([](auto& r) { r.nickname = "a\tb"; }), nickname_invalid},
        {with([](auto& r) {
             r.mobile = {"12345678901", "000000"};
         }),
         mobile_invalid},
        {with([](auto& r) {
             r.email = {"anna", "000000"};
         }),
         email_invalid},
        {with([](auto& r) {
             r.mobile = {"13812345678", "000000"};
         }),
         code_wrong},
    };
    for (const auto& [registration, refusal] : cases) {
        EXPECT_EQ(refusal_of(register_person(registration)), refusal);
    }
    EXPECT_EQ(*register_person(anna()), domain::PersonId(1));
    EXPECT_EQ(refusal_of(register_person(anna())), username_taken);
    EXPECT_EQ(refusal_of(register_person(with([](auto& r) { r.username = "Anna_1"; }))),
              username_taken);
}

TEST_F(PeopleTest, prove_their_contacts_and_log_in_with_them) {
    Registration registration = anna();
    const Contact mobile{ContactKind::mobile, "13812345678"};
    const Contact email{ContactKind::email, "Anna@Example.org"};
    registration.mobile = {mobile.text, code_for(CodePurpose::registration, mobile)};
    registration.email = {email.text, code_for(CodePurpose::registration, email)};
    ASSERT_TRUE(register_person(registration));
    EXPECT_EQ(login("13812345678", kPassword)->person, domain::PersonId(1));
    EXPECT_EQ(login("anna@example.org", kPassword)->person, domain::PersonId(1));

    // The codes are used; that what they proved is taken, they do not tell any more.
    registration.username = "bert";
    EXPECT_EQ(refusal_of(register_person(registration)), code_wrong);
    registration.mobile.reset();
    EXPECT_EQ(refusal_of(register_person(registration)), code_wrong);
    EXPECT_FALSE(*is_free(NameKind::mobile, mobile.text));
    EXPECT_FALSE(*is_free(NameKind::email, "ANNA@example.org"));
    EXPECT_FALSE(*is_free(NameKind::username, "anna_1"));
    EXPECT_TRUE(*is_free(NameKind::username, "bert"));
    EXPECT_EQ(refusal_of(is_free(NameKind::mobile, "1")), mobile_invalid);
}

TEST_F(PeopleTest, are_one_row_when_a_hundred_register_the_same_name_at_once) {
    constexpr int kAttempts = 100;
    std::promise<void> done;
    int left = kAttempts;
    int accepted = 0;
    int taken = 0;
    for (int i = 0; i < kAttempts; ++i) {
        Registration registration = anna();
        registration.address = "192.0.2." + std::to_string(i);
        accounts_->people().register_person(
            std::move(registration), scratch_.home(), [&](AccountResult<domain::PersonId> result) {
                accepted += result ? 1 : 0;
                taken += refusal_of(result) == username_taken ? 1 : 0;
                if (--left == 0) done.set_value();
            });
    }
    done.get_future().wait();
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(taken, kAttempts - 1);
    EXPECT_EQ(person_named("second"), domain::PersonId(2));
}

TEST_F(PeopleTest, are_imported_with_consecutive_numbers_or_not_at_all) {
    (void)person_named("anna");
    const auto imported = import_people({"name_a", "name_b", "name_c"});
    EXPECT_EQ(imported.first_person, domain::PersonId(2));
    EXPECT_EQ(imported.last_person, domain::PersonId(4));
    EXPECT_EQ(imported.imported, 3U);

    const auto again = import_people({"name_d", "name_b"});
    EXPECT_EQ(again.refusal, username_taken);
    EXPECT_EQ(again.line, 2U);
    EXPECT_EQ(import_people({"name_d"}).first_person, domain::PersonId(5));
    EXPECT_EQ(refusal_of(login("name_a", "")), wrong_credentials);
}

TEST_F(PeopleTest, are_imported_ten_thousand_at_a_time) {
    Names names;
    for (std::size_t i = 0; i < kImportLinesMax; ++i) names.push_back("name_" + std::to_string(i));
    const auto imported = import_people(names);
    EXPECT_EQ(imported.imported, kImportLinesMax);
    EXPECT_FALSE(*is_free(NameKind::username, "name_9999"));
}

TEST_F(PeopleTest, are_not_imported_from_a_list_with_a_mistake) {
    EXPECT_EQ(import_people({}).refusal, import_empty);
    EXPECT_EQ(import_people(Names(kImportLinesMax + 1, "name")).refusal, import_too_long);
    const auto invalid = import_people({"name_a", "1name"});
    EXPECT_EQ(invalid.refusal, username_invalid);
    EXPECT_EQ(invalid.line, 2U);
    const auto repeated = import_people({"name_a", "name_b", "NAME_A"});
    EXPECT_EQ(repeated.refusal, username_repeated);
    EXPECT_EQ(repeated.line, 3U);
}

TEST_F(PeopleTest, keep_number_and_password_when_their_names_are_sealed) {
    close();
    const std::string secret_hash = crypto::hash_password(kPassword);
    {
        // What the first version wrote.
        const auto old = scratch_.open("old.sqlite");
        auto& connection = old->connection();
        ASSERT_TRUE(connection.execute(
            "CREATE TABLE accounts_schema_versions (version INTEGER PRIMARY KEY) STRICT;"
            "INSERT INTO accounts_schema_versions VALUES (1);"
            "CREATE TABLE accounts_people (person INTEGER PRIMARY KEY, username TEXT NOT NULL "
            "UNIQUE COLLATE NOCASE, password_hash TEXT, created_at_ms INTEGER NOT NULL);"
            "INSERT INTO accounts_people VALUES (1, 'OldAnna', '" +
            secret_hash + "', 1), (2, 'imported_b', NULL, 2);"));
    }
    for (int life = 0; life < 2; ++life) {
        store_ = scratch_.open("old.sqlite");
        AccountsOptions options;
        options.person_keys_path = scratch_.path("old_keys.sqlite");
        auto made = Accounts::create({*store_, outbox_, master_, environment_}, options);
        ASSERT_TRUE(made) << made.error();
        accounts_ = std::move(*made);
        EXPECT_EQ(login("oldanna", kPassword)->person, domain::PersonId(1));
        EXPECT_EQ(refusal_of(register_person({"imported_B", kPassword, "b", {}, {}})),
                  username_taken);
        for (const char* file : {"old.sqlite", "old.sqlite-wal"}) {
            const auto bytes = env::read_file(scratch_.environment().files(), scratch_.path(file));
            ASSERT_TRUE(bytes);
            EXPECT_EQ(bytes->find("OldAnna"), std::string::npos) << file;
            EXPECT_EQ(bytes->find("imported_b"), std::string::npos) << file;
        }
        close();
    }
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

TEST_F(PeopleTest, who_register_are_held_back_by_address) {
    for (std::int64_t i = 0; i < kRegistrationsRule.free; ++i) {
        Registration taken = anna();
        taken.address = "192.0.2.1";
        EXPECT_EQ(refusal_of(register_person(taken)), i == 0 ? none : username_taken);
    }
    Registration bert = anna();
    bert.username = "bert";
    bert.address = "192.0.2.1";
    EXPECT_EQ(refusal_of(register_person(bert)), too_many_attempts);
    bert.address = "192.0.2.2";
    EXPECT_EQ(refusal_of(register_person(bert)), none);
}

TEST_F(PeopleTest, hear_that_a_contact_is_taken_only_with_its_code) {
    const Contact mobile{ContactKind::mobile, "13812345678"};
    Registration first = anna();
    first.mobile = {mobile.text, code_for(CodePurpose::registration, mobile)};
    ASSERT_TRUE(register_person(first));
    clock_.pass(kCodeResendAfter);
    const std::string code = code_for(CodePurpose::registration, mobile);
    Registration second = anna();
    second.username = "bert";
    second.mobile = {mobile.text, wrong(code)};
    EXPECT_EQ(refusal_of(register_person(second)), code_wrong);
    second.mobile->code = code;
    EXPECT_EQ(refusal_of(register_person(second)), mobile_taken);
}

}  // namespace
}  // namespace onsale::accounts
