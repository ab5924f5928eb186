#include "accounts/profiles.h"

#include <algorithm>
#include <filesystem>

#include "accounts/testing/fixture.h"

namespace onsale::accounts {
namespace {

using base::Duration;
using enum AccountRefusal;

class ProfilesTest : public AccountsTest {
  protected:
    void SetUp() override {
        AccountsTest::SetUp();
        anna_ = person_named("Anna_1");
    }
    AccountResult<Profile> find(domain::PersonId person) {
        return wait<Profile>(
            [&](auto reply) { accounts_->profiles().find(person, scratch_.home(), reply); });
    }
    AccountResult<Profile> change(ProfileChange change) {
        return wait<Profile>([&](auto reply) {
            accounts_->profiles().change(anna_, std::move(change), scratch_.home(), reply);
        });
    }
    AccountResult<Profile> set_contact(domain::PersonId person, const Contact& contact,
                                       const std::string& code,
                                       const std::string& password = kPassword) {
        return wait<Profile>([&](auto reply) {
            accounts_->profiles().set_contact({person, contact, code, password, "192.0.2.1"},
                                              scratch_.home(), reply);
        });
    }
    void give_contacts() {
        ASSERT_TRUE(set_contact(anna_, mobile_, code_for(CodePurpose::change, mobile_)));
        ASSERT_TRUE(set_contact(anna_, email_, code_for(CodePurpose::change, email_)));
    }
    AccountResult<void> change_password(LoginId login, const std::string& old_password,
                                        const std::string& new_password) {
        return wait<void>([&](auto reply) {
            accounts_->profiles().change_password(
                {anna_, login, old_password, new_password, "192.0.2.1"}, scratch_.home(), reply);
        });
    }
    AccountResult<void> reset(const Contact& contact, const std::string& code) {
        return wait<void>([&](auto reply) {
            accounts_->profiles().reset_password({contact, code, "newsecret1", "192.0.2.1"},
                                                 scratch_.home(), reply);
        });
    }
    AccountResult<void> erase(domain::PersonId person, const std::string& password) {
        return wait<void>([&](auto reply) {
            accounts_->profiles().erase({person, password, "192.0.2.1"}, scratch_.home(), reply);
        });
    }
    AccountResult<PersonExport> export_person() {
        return wait<PersonExport>([&](auto reply) {
            accounts_->profiles().export_person(anna_, scratch_.home(), reply);
        });
    }
    // Files of the folder that hold this text.
    std::vector<std::string> files_with(const std::string& text) {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(scratch_.path(""))) {
            const auto bytes =
                env::read_file(scratch_.environment().files(), entry.path().string());
            if (bytes && bytes->find(text) != std::string::npos) found.push_back(entry.path());
        }
        return found;
    }
    void record(const std::string& details) {
        auto slot = accounts_->operations().reserve();
        ASSERT_TRUE(slot);
        slot->record({anna_, "change_me", "person 1", "ok", "192.0.2.1", "r1", details});
    }

    domain::PersonId anna_;
    const Contact mobile_{ContactKind::mobile, "13812345678"};
    const Contact email_{ContactKind::email, "anna@example.org"};
};

TEST_F(ProfilesTest, show_what_was_told_and_change) {
    EXPECT_EQ(find(anna_)->username, "Anna_1");
    EXPECT_EQ(find(anna_)->gender, Gender::unknown);
    const auto changed = change({"安娜", Gender::female, "/pictures/7"});
    ASSERT_TRUE(changed);
    open();
    const auto profile = find(anna_);
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->nickname, "安娜");
    EXPECT_EQ(profile->gender, Gender::female);
    EXPECT_EQ(profile->avatar, "/pictures/7");
    EXPECT_EQ(profile->created_at, clock_.wall_now());
    EXPECT_EQ(change({{}, Gender::other, {}})->nickname, "安娜");
    EXPECT_EQ(refusal_of(change({"", {}, {}})), nickname_missing);
    EXPECT_EQ(refusal_of(change({{}, {}, "javascript:x"})), avatar_invalid);
    EXPECT_EQ(refusal_of(find(domain::PersonId(99))), person_unknown);
}

TEST_F(ProfilesTest, the_language_of_mails_is_kept_and_changes) {
    EXPECT_EQ(find(anna_)->language, std::nullopt);
    const auto bert = register_person({"bert", kPassword, "bert", {}, {}, {}, Language::en});
    ASSERT_TRUE(bert);
    open();
    EXPECT_EQ(find(*bert)->language, Language::en);
    EXPECT_EQ(change({{}, {}, {}, Language::zh})->language, Language::zh);
    EXPECT_EQ(change({"安娜", {}, {}})->language, Language::zh);
}

TEST_F(ProfilesTest, change_a_contact_only_with_its_code) {
    const std::string code = code_for(CodePurpose::change, mobile_);
    EXPECT_EQ(refusal_of(set_contact(anna_, mobile_, wrong(code))), code_wrong);
    EXPECT_EQ(refusal_of(set_contact(anna_, {ContactKind::mobile, "13900000000"}, code)),
              code_wrong);
    EXPECT_EQ(set_contact(anna_, mobile_, code)->mobile, mobile_.text);
    EXPECT_EQ(login(mobile_.text, kPassword)->person, anna_);

    const auto bert = person_named("bert");
    clock_.pass(kCodeResendAfter);
    EXPECT_EQ(refusal_of(set_contact(bert, mobile_, code_for(CodePurpose::change, mobile_))),
              mobile_taken);
    // A new number frees the old one.
    const Contact other{ContactKind::mobile, "13900000000"};
    ASSERT_TRUE(set_contact(anna_, other, code_for(CodePurpose::change, other)));
    clock_.pass(kCodeResendAfter);
    EXPECT_TRUE(set_contact(bert, mobile_, code_for(CodePurpose::change, mobile_)));
    EXPECT_EQ(login(mobile_.text, kPassword)->person, bert);
}

TEST_F(ProfilesTest, change_a_contact_only_with_the_password_and_tell_the_old_one) {
    give_contacts();
    const Contact other{ContactKind::mobile, "13900000000"};
    const std::string code = code_for(CodePurpose::change, other);
    EXPECT_EQ(refusal_of(set_contact(anna_, other, code, "secret456")), password_wrong);
    EXPECT_EQ(refusal_of(set_contact(anna_, other, code, "")), password_wrong);
    EXPECT_EQ(find(anna_)->mobile, mobile_.text);
    EXPECT_EQ(set_contact(anna_, other, code)->mobile, other.text);
    std::unique_lock lock(kept_->mutex);
    const auto told = [this] {
        return std::ranges::any_of(kept_->messages,
                                   [this](const auto& one) { return one.to == mobile_.text; });
    };
    kept_->more.wait(lock, told);
}

TEST_F(ProfilesTest, without_a_password_take_a_contact_by_its_code) {
    const auto imported = scratch_.wait<ImportResult>([&](auto reply) {
        accounts_->people().import_people({"imported_b"}, scratch_.home(), reply);
    });
    EXPECT_TRUE(
        set_contact(imported.first_person, mobile_, code_for(CodePurpose::change, mobile_), ""));
}

TEST_F(ProfilesTest, do_not_take_the_present_password_as_a_new_one) {
    EXPECT_EQ(refusal_of(change_password(LoginId(1), kPassword, kPassword)), password_unchanged);
}

TEST_F(ProfilesTest, record_wrong_codes_of_a_reset_only_where_one_was_sent) {
    give_contacts();
    clock_.pass(kCodeResendAfter);
    EXPECT_EQ(refusal_of(reset(mobile_, "000000")), code_wrong);
    const std::string code = code_for(CodePurpose::reset, mobile_);
    EXPECT_EQ(refusal_of(reset(mobile_, wrong(code))), code_wrong);
    const auto page = wait<OperationPage>([&](auto reply) {
        accounts_->operations().list({.action = "reset_password"}, scratch_.home(), reply);
    });
    ASSERT_EQ(page->operations.size(), 1U);
    EXPECT_EQ(page->operations[0].operation.object, "person 1");
    EXPECT_EQ(page->operations[0].operation.result, "code_wrong");
}

TEST_F(ProfilesTest, are_erased_while_the_keys_are_copied) {
    const auto login = open_login(anna_);
    sql::OpenOptions options{scratch_.path("people.sqlite"), scratch_.environment().sqlite_vfs()};
    options.access = sql::Access::read_only;
    const auto copying = sql::Connection::open(options);
    ASSERT_TRUE(copying);
    ASSERT_TRUE((*copying)->begin());
    auto statement = (*copying)->prepare("SELECT count(*) FROM person_keys");
    ASSERT_TRUE(statement);
    ASSERT_TRUE(statement->step());
    EXPECT_EQ(refusal_of(erase(anna_, kPassword)), none);
    EXPECT_EQ(standing(*login), Standing::account_disabled);
    EXPECT_NE(person_named("Anna_1"), anna_);
    open();
    EXPECT_EQ(refusal_of(find(anna_)), person_unknown);
}

TEST_F(ProfilesTest, change_the_password_and_end_the_other_logins) {
    const auto here = open_login(anna_);
    const auto elsewhere = open_login(anna_);
    EXPECT_EQ(refusal_of(change_password(here->login, "secret456", "newsecret1")), password_wrong);
    EXPECT_EQ(refusal_of(change_password(here->login, kPassword, "short1")), password_invalid);
    EXPECT_EQ(standing(*elsewhere), Standing::good);
    ASSERT_TRUE(change_password(here->login, kPassword, "newsecret1"));
    EXPECT_EQ(standing(*here), Standing::good);
    EXPECT_EQ(standing(*elsewhere), Standing::login_revoked);
    EXPECT_EQ(refusal_of(refresh(elsewhere->refresh_token)), login_revoked);
    EXPECT_EQ(refusal_of(login("anna_1", kPassword)), wrong_credentials);
    EXPECT_TRUE(login("anna_1", "newsecret1"));
}

TEST_F(ProfilesTest, hold_back_who_guesses_the_password) {
    for (std::int64_t i = 0; i < kPairRule.free; ++i) {
        EXPECT_EQ(refusal_of(change_password(LoginId(1), "secret456", "newsecret1")),
                  password_wrong);
    }
    EXPECT_EQ(refusal_of(change_password(LoginId(1), kPassword, "newsecret1")), too_many_attempts);
}

TEST_F(ProfilesTest, take_a_new_password_with_a_code_once) {
    give_contacts();
    const auto login_before = open_login(anna_);
    clock_.pass(kCodeResendAfter);
    const std::string code = code_for(CodePurpose::reset, mobile_);
    EXPECT_EQ(refusal_of(reset(email_, code)), code_wrong);
    EXPECT_EQ(refusal_of(reset({ContactKind::mobile, "13900000000"}, code)), code_wrong);
    EXPECT_EQ(refusal_of(reset(mobile_, wrong(code))), code_wrong);
    ASSERT_TRUE(reset(mobile_, code));
    EXPECT_EQ(refusal_of(reset(mobile_, code)), code_wrong);
    EXPECT_EQ(standing(*login_before), Standing::login_revoked);
    EXPECT_TRUE(login("anna_1", "newsecret1"));
    EXPECT_EQ(refusal_of(login("anna_1", kPassword)), wrong_credentials);
}

TEST_F(ProfilesTest, are_exported_whole) {
    give_contacts();
    const auto login = open_login(anna_);
    record("nickname");
    const auto everything = export_person();
    ASSERT_TRUE(everything);
    EXPECT_EQ(everything->profile.mobile, mobile_.text);
    EXPECT_EQ(everything->profile.email, email_.text);
    ASSERT_EQ(everything->logins.size(), 1U);
    EXPECT_EQ(everything->logins[0].login, login->login);
    ASSERT_EQ(everything->operations.size(), 1U);
    EXPECT_EQ(everything->operations[0].operation.details, "nickname");
    EXPECT_EQ(everything->operations[0].person_name, "Anna_1");
}

TEST_F(ProfilesTest, name_people_in_order) {
    const auto bert = person_named("bert");
    const auto names = wait<std::vector<std::string>>([&](auto reply) {
        accounts_->profiles().names({bert, domain::PersonId(99), anna_}, scratch_.home(), reply);
    });
    EXPECT_EQ(*names, (std::vector<std::string>{"bert", "", "Anna_1"}));
}

TEST_F(ProfilesTest, stand_in_no_file_in_clear) {
    give_contacts();
    record("told something-to-be-found");
    (void)export_person();
    for (const auto& text : {std::string("Anna_1"), mobile_.text, email_.text,
                             std::string(kPassword), std::string("something-to-be-found")}) {
        EXPECT_EQ(files_with(text), std::vector<std::string>{}) << text;
    }
}

TEST_F(ProfilesTest, are_gone_after_an_erasure_also_from_a_backup_made_before) {
    give_contacts();
    const auto login = open_login(anna_);
    record("details");
    (void)export_person();
    close();
    // A backup of the data: everything but the keys.
    std::filesystem::copy_file(scratch_.path("records.sqlite"), scratch_.path("backup.sqlite"));
    open();
    EXPECT_EQ(refusal_of(erase(anna_, "secret456")), password_wrong);
    ASSERT_TRUE(erase(anna_, kPassword));

    for (int life = 0; life < 2; ++life) {
        EXPECT_EQ(refusal_of(find(anna_)), person_unknown);
        EXPECT_EQ(refusal_of(export_person()), person_unknown);
        EXPECT_EQ(refusal_of(this->login("anna_1", kPassword)), wrong_credentials);
        EXPECT_EQ(refusal_of(this->login(mobile_.text, kPassword)), wrong_credentials);
        EXPECT_EQ(refusal_of(refresh(login->refresh_token)), token_invalid);
        EXPECT_EQ(standing(*login), Standing::account_disabled);
        open();
    }
    const auto operations = wait<OperationPage>([&](auto reply) {
        accounts_->operations().list({.person = anna_}, scratch_.home(), reply);
    });
    ASSERT_EQ(operations->operations.size(), 1U);
    EXPECT_EQ(operations->operations[0].operation.address, "");
    EXPECT_EQ(operations->operations[0].operation.details, "");
    EXPECT_EQ(operations->operations[0].person_name, "");
    EXPECT_EQ(operations->operations[0].operation.action, "change_me");

    // The backup comes back beside the keys as they are now: nobody can be read or log in.
    close();
    std::filesystem::remove(scratch_.path("records.sqlite"));
    std::filesystem::remove(scratch_.path("records.sqlite.mark"));
    std::filesystem::copy_file(scratch_.path("backup.sqlite"), scratch_.path("records.sqlite"));
    open();
    EXPECT_EQ(refusal_of(find(anna_)), person_unknown);
    EXPECT_EQ(refusal_of(this->login("anna_1", kPassword)), wrong_credentials);
    EXPECT_EQ(standing(*login), Standing::account_disabled);
    // The name is free again, the number is not.
    EXPECT_NE(person_named("Anna_1"), anna_);
}

}  // namespace
}  // namespace onsale::accounts
