#include "accounts/revocations.h"

#include <gtest/gtest.h>

#include "accounts/tokens.h"

namespace onsale::accounts {
namespace {

using base::Duration;
using base::Timestamp;

constexpr Timestamp kNow = Timestamp::from_unix_ms(1'790'000'000'123);
const crypto::Key kMaster{std::byte{1}};

class RevocationsTest : public testing::Test {
  protected:
    std::optional<TokenRefusal> refusal(const std::string& token) {
        const auto verified = verifier_.check(token, kNow);
        return verified ? std::nullopt : std::optional(verified.error());
    }
    Revocations revocations_;
    TokenIssuer issuer_{kMaster, Audience::person};
    TokenVerifier verifier_{kMaster, Audience::person, &revocations_, 64};
};

TEST_F(RevocationsTest, end_a_login_at_once_also_where_its_token_is_remembered) {
    const auto token = issuer_.issue(42, LoginId(7), kNow).token;
    const auto other = issuer_.issue(42, LoginId(8), kNow).token;
    ASSERT_EQ(verifier_.check(token, kNow)->login, LoginId(7));
    ASSERT_EQ(verifier_.check(other, kNow)->subject, 42U);
    revocations_.revoke(LoginId(7), kNow + Duration::minutes(15));
    EXPECT_EQ(refusal(token), TokenRefusal::login_revoked);
    EXPECT_EQ(refusal(other), std::nullopt);
    TokenVerifier cold(kMaster, Audience::person, &revocations_, 64);
    EXPECT_EQ(cold.check(token, kNow).error(), TokenRefusal::login_revoked);
}

TEST_F(RevocationsTest, disable_a_person_with_every_token) {
    const auto token = issuer_.issue(42, LoginId(7), kNow).token;
    const auto without_login = issuer_.issue(42, kNow).token;
    ASSERT_EQ(refusal(token), std::nullopt);
    ASSERT_EQ(refusal(without_login), std::nullopt);
    revocations_.disable(domain::PersonId(42));
    EXPECT_EQ(refusal(token), TokenRefusal::account_disabled);
    EXPECT_EQ(refusal(without_login), TokenRefusal::account_disabled);
    revocations_.enable(domain::PersonId(42));
    EXPECT_EQ(refusal(token), std::nullopt);
}

TEST_F(RevocationsTest, keep_the_version_while_nothing_changes) {
    const auto before = revocations_.version();
    (void)revocations_.standing(domain::PersonId(1), LoginId(1));
    revocations_.prune(kNow);
    EXPECT_EQ(revocations_.version(), before);
    revocations_.revoke(LoginId(1), kNow);
    EXPECT_NE(revocations_.version(), before);
}

TEST_F(RevocationsTest, forget_logins_whose_tokens_have_expired) {
    revocations_.revoke(LoginId(1), kNow);
    revocations_.revoke(LoginId(2), kNow + Duration::milliseconds(1));
    revocations_.prune(kNow);
    EXPECT_EQ(revocations_.standing(domain::PersonId(1), LoginId(1)), Standing::good);
    EXPECT_EQ(revocations_.standing(domain::PersonId(1), LoginId(2)), Standing::login_revoked);
}

}  // namespace
}  // namespace onsale::accounts
