#include "accounts/logins.h"

#include "accounts/testing/fixture.h"

namespace onsale::accounts {
namespace {

using base::Duration;
using enum AccountRefusal;

class LoginsTest : public AccountsTest {
  protected:
    void SetUp() override {
        AccountsTest::SetUp();
        anna_ = person_named("anna");
    }
    OpenedLogin opened() {
        auto login = open_login(anna_);
        EXPECT_TRUE(login);
        return *login;
    }
    std::vector<LoginInfo> list() {
        const auto logins = wait<std::vector<LoginInfo>>(
            [&](auto reply) { accounts_->logins().list(anna_, scratch_.home(), reply); });
        EXPECT_TRUE(logins);
        return *logins;
    }
    AccountResult<void> end(domain::PersonId person, LoginId login) {
        return wait<void>(
            [&](auto reply) { accounts_->logins().end(person, login, scratch_.home(), reply); });
    }
    domain::PersonId anna_;
};

TEST_F(LoginsTest, give_a_new_refresh_token_at_each_use) {
    const OpenedLogin first = opened();
    clock_.pass(Duration::minutes(10));
    const auto second = refresh(first.refresh_token);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->login, first.login);
    EXPECT_EQ(second->person, anna_);
    EXPECT_NE(second->refresh_token, first.refresh_token);
    EXPECT_EQ(second->refresh_expires_at, clock_.wall_now() + Duration::days(14));
    EXPECT_TRUE(refresh(second->refresh_token));
}

TEST_F(LoginsTest, end_when_a_used_refresh_token_comes_again) {
    const OpenedLogin first = opened();
    const auto second = refresh(first.refresh_token);
    ASSERT_TRUE(second);
    clock_.pass(kRefreshGrace + Duration::milliseconds(1));
    EXPECT_EQ(refusal_of(refresh(first.refresh_token)), login_revoked);
    EXPECT_EQ(refusal_of(refresh(second->refresh_token)), login_revoked);
    EXPECT_EQ(standing(first), Standing::login_revoked);
}

TEST_F(LoginsTest, give_the_same_successor_once_more_for_a_moment) {
    const OpenedLogin first = opened();
    const auto second = refresh(first.refresh_token);
    clock_.pass(kRefreshGrace);
    const auto repeated = refresh(first.refresh_token);
    ASSERT_TRUE(second && repeated);
    EXPECT_EQ(repeated->refresh_token, second->refresh_token);
    EXPECT_TRUE(refresh(second->refresh_token));
    // Two steps back is no lost answer.
    EXPECT_EQ(refusal_of(refresh(first.refresh_token)), login_revoked);
}

TEST_F(LoginsTest, take_only_tokens_of_ours_for_their_audience) {
    const OpenedLogin login = opened();
    EXPECT_EQ(refusal_of(refresh("")), token_invalid);
    EXPECT_EQ(refusal_of(refresh("nonsense")), token_invalid);
    std::string forged = login.refresh_token;
    forged.back() = forged.back() == 'A' ? 'Q' : 'A';
    EXPECT_EQ(refusal_of(refresh(forged)), token_invalid);
    const auto as_staff = wait<OpenedLogin>([&](auto reply) {
        accounts_->logins().refresh(login.refresh_token, Audience::staff, scratch_.home(), reply);
    });
    EXPECT_EQ(refusal_of(as_staff), token_invalid);
    EXPECT_TRUE(refresh(login.refresh_token));
}

TEST_F(LoginsTest, end_when_they_are_not_used_for_long) {
    const OpenedLogin first = opened();
    clock_.pass(Duration::days(14) - Duration::milliseconds(1));
    const auto second = refresh(first.refresh_token);
    ASSERT_TRUE(second);
    clock_.pass(Duration::days(14));
    EXPECT_EQ(refusal_of(refresh(second->refresh_token)), login_expired);
    EXPECT_TRUE(list().empty());
}

TEST_F(LoginsTest, survive_a_restart_and_so_does_their_end) {
    const OpenedLogin kept = opened();
    const OpenedLogin ended = opened();
    ASSERT_TRUE(end(anna_, ended.login));
    EXPECT_EQ(standing(ended), Standing::login_revoked);
    open();
    EXPECT_EQ(standing(ended), Standing::login_revoked);
    EXPECT_EQ(standing(kept), Standing::good);
    EXPECT_EQ(refusal_of(refresh(ended.refresh_token)), login_revoked);
    EXPECT_TRUE(refresh(kept.refresh_token));
}

TEST_F(LoginsTest, are_listed_with_where_they_come_from_and_end_one_by_one_or_together) {
    const OpenedLogin first = opened();
    clock_.pass(Duration::minutes(1));
    const OpenedLogin second = opened();
    const OpenedLogin third = opened();
    auto logins = list();
    ASSERT_EQ(logins.size(), 3U);
    EXPECT_EQ(logins.back().login, first.login);
    EXPECT_EQ(logins.back().origin.address, "192.0.2.1");
    EXPECT_EQ(logins.back().origin.device, "test");
    EXPECT_TRUE(end(anna_, first.login));
    EXPECT_EQ(refusal_of(end(anna_, first.login)), login_unknown);
    EXPECT_EQ(refusal_of(end(person_named("bert"), second.login)), login_unknown);
    const auto others = wait<std::uint64_t>([&](auto reply) {
        accounts_->logins().end_others(anna_, third.login, scratch_.home(), reply);
    });
    EXPECT_EQ(*others, 1U);
    EXPECT_EQ(standing(second), Standing::login_revoked);
    EXPECT_EQ(standing(third), Standing::good);
    EXPECT_EQ(list().size(), 1U);
}

TEST_F(LoginsTest, are_bounded_for_each_person) {
    const OpenedLogin oldest = opened();
    clock_.pass(Duration::seconds(1));
    for (std::size_t i = 0; i < kLoginsPerPersonMax; ++i) (void)opened();
    EXPECT_EQ(list().size(), kLoginsPerPersonMax);
    EXPECT_EQ(standing(oldest), Standing::login_revoked);
}

TEST_F(LoginsTest, of_a_disabled_person_end_and_none_begins) {
    const OpenedLogin login = opened();
    ASSERT_TRUE(disable(anna_));
    EXPECT_EQ(standing(login), Standing::account_disabled);
    EXPECT_EQ(refusal_of(this->login("anna", kPassword)), account_disabled);
    EXPECT_EQ(refusal_of(this->login("anna", "secret456")), wrong_credentials);
    EXPECT_EQ(refusal_of(open_login(anna_)), account_disabled);
    open();
    EXPECT_EQ(standing(login), Standing::account_disabled);
    ASSERT_TRUE(disable(anna_, false));
    EXPECT_TRUE(this->login("anna", kPassword));
    // What was ended stays so.
    EXPECT_EQ(standing(login), Standing::login_revoked);
}

TEST_F(LoginsTest, of_staff_are_theirs_alone) {
    EXPECT_EQ(refusal_of(login("anna", kPassword, Audience::staff)), staff_only);
    EXPECT_EQ(refusal_of(login("anna", "secret456", Audience::staff)), wrong_credentials);
    ASSERT_TRUE(create_staff("boss", {false, true}));
    const auto staff = login("boss", kPassword, Audience::staff);
    ASSERT_TRUE(staff);
    EXPECT_TRUE(staff->must_change_password);
    EXPECT_TRUE(staff->roles.administers);
    EXPECT_EQ(staff->refresh_expires_at, clock_.wall_now() + Duration::hours(12));
}

TEST_F(LoginsTest, are_held_back_after_failures_but_not_where_the_person_is_known) {
    ASSERT_TRUE(login("anna", kPassword, Audience::person, "198.51.100.7"));
    for (std::int64_t i = 0; i < kPairRule.free; ++i) {
        EXPECT_EQ(refusal_of(login("anna", "secret456")), wrong_credentials);
    }
    const auto held = login("anna", kPassword);
    EXPECT_EQ(refusal_of(held), too_many_attempts);
    EXPECT_EQ(held.error().retry_after, kPairRule.first);
    EXPECT_TRUE(login("anna", kPassword, Audience::person, "198.51.100.7"));
    clock_.pass(kPairRule.first);
    EXPECT_TRUE(login("ANNA", kPassword));
}

TEST_F(LoginsTest, refuse_what_cannot_be_a_password) {
    EXPECT_EQ(refusal_of(login("anna", std::string(10'000, 'x'))), wrong_credentials);
    EXPECT_EQ(refusal_of(login("", kPassword)), wrong_credentials);
    EXPECT_EQ(refusal_of(login(std::string(1000, 'a'), kPassword)), wrong_credentials);
}

}  // namespace
}  // namespace onsale::accounts
