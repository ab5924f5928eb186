#include "api/authenticate.h"

#include <gtest/gtest.h>

namespace onsale::api {
namespace {

class SetClock final : public env::Clock {
  public:
    [[nodiscard]] base::Timestamp wall_now() const override { return now; }
    [[nodiscard]] std::int64_t monotonic_us() const override { return 0; }
    base::Timestamp now = base::Timestamp::from_unix_ms(1'795'176'000'000);
};

class NoExecutor final : public env::Executor {
  public:
    void post(env::Task) override {}
    void post_after(base::Duration, env::Task) override {}
};

class HeaderRequest final : public http::Request {
  public:
    explicit HeaderRequest(std::string authorization) : authorization_(std::move(authorization)) {}
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        return name == "Authorization" ? std::string_view(authorization_) : std::string_view();
    }

  private:
    std::string authorization_;
};

class AuthenticatorTest : public testing::Test {
  protected:
    std::string token(accounts::Audience audience, std::uint64_t subject) {
        accounts::TokenIssuer issuer(master_, audience);
        return issuer.issue(subject, clock_.now).token;
    }
    static crypto::Key make_key() {
        crypto::Key key;
        key.fill(std::byte{7});
        return key;
    }

    SetClock clock_;
    NoExecutor home_;
    crypto::Key master_ = make_key();
    Authenticator authenticator_{master_, clock_};
};

TEST_F(AuthenticatorTest, knows_people_by_their_token) {
    const auto person = authenticator_.person(
        HeaderRequest("Bearer " + token(accounts::Audience::person, 42)), home_);
    ASSERT_TRUE(person.has_value());
    EXPECT_EQ(*person, domain::PersonId(42));
    EXPECT_TRUE(
        authenticator_
            .person(HeaderRequest("bearer  " + token(accounts::Audience::person, 42)), home_)
            .has_value());
}

TEST_F(AuthenticatorTest, says_why_a_token_is_not_taken) {
    EXPECT_EQ(authenticator_.person(HeaderRequest(""), home_).error(), Code::login_required);
    EXPECT_EQ(authenticator_.person(HeaderRequest("Basic abc"), home_).error(),
              Code::login_required);
    EXPECT_EQ(authenticator_.person(HeaderRequest("Bearer x.y.z"), home_).error(),
              Code::token_invalid);
    EXPECT_EQ(
        authenticator_.person(HeaderRequest("Bearer " + token(accounts::Audience::staff, 1)), home_)
            .error(),
        Code::token_invalid);
    const HeaderRequest request("Bearer " + token(accounts::Audience::person, 42));
    EXPECT_TRUE(authenticator_.person(request, home_).has_value());
    clock_.now = clock_.now + accounts::kTokenLifetime;
    EXPECT_EQ(authenticator_.person(request, home_).error(), Code::token_expired);
}

TEST_F(AuthenticatorTest, staff_is_not_people) {
    const auto staff =
        authenticator_.staff(HeaderRequest("Bearer " + token(accounts::Audience::staff, 5)), home_);
    ASSERT_TRUE(staff.has_value());
    EXPECT_EQ(*staff, 5U);
    EXPECT_EQ(authenticator_
                  .staff(HeaderRequest("Bearer " + token(accounts::Audience::person, 42)), home_)
                  .error(),
              Code::staff_only);
    EXPECT_EQ(authenticator_.staff(HeaderRequest("Bearer nonsense"), home_).error(),
              Code::token_invalid);
    EXPECT_EQ(authenticator_.staff(HeaderRequest(""), home_).error(), Code::login_required);
}

TEST_F(AuthenticatorTest, a_visitor_needs_no_token_but_a_bad_one_is_an_error) {
    const auto nobody = authenticator_.visitor(HeaderRequest(""), home_);
    ASSERT_TRUE(nobody.has_value());
    EXPECT_FALSE(nobody->has_value());
    EXPECT_EQ(authenticator_.visitor(HeaderRequest("Bearer x"), home_).error(),
              Code::token_invalid);
}

TEST(PerLoop, each_loop_has_its_own) {
    NoExecutor first;
    NoExecutor second;
    int made = 0;
    PerLoop<int> numbers([&made] { return std::make_unique<int>(++made); });
    EXPECT_NE(&numbers.of(first), &numbers.of(second));
    EXPECT_EQ(&numbers.of(first), &numbers.of(first));
    EXPECT_EQ(made, 2);
}

}  // namespace
}  // namespace onsale::api
