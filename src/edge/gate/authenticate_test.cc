#include "gate/authenticate.h"

#include <gtest/gtest.h>

#include <map>

namespace onsale::gate {
using namespace answers;
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
    using Headers = std::map<std::string, std::string, std::less<>>;
    explicit HeaderRequest(std::string authorization)
        : HeaderRequest(http::Method::get, {{"Authorization", std::move(authorization)}}) {}
    HeaderRequest(http::Method asked, Headers headers) : headers_(std::move(headers)) {
        method = asked;
    }
    [[nodiscard]] std::string_view header(std::string_view name) const override {
        const auto found = headers_.find(name);
        return found == headers_.end() ? std::string_view() : std::string_view(found->second);
    }

  private:
    Headers headers_;
};

class AuthenticatorTest : public testing::Test {
  protected:
    std::string token(accounts::Audience audience, std::uint64_t subject,
                      accounts::LoginId login = {}) {
        accounts::TokenIssuer issuer(master_, audience);
        return issuer.issue(subject, login, clock_.now).token;
    }
    std::string person_token(std::uint64_t subject, accounts::LoginId login = {}) {
        return token(accounts::Audience::person, subject, login);
    }
    static crypto::Key make_key() {
        crypto::Key key;
        key.fill(std::byte{7});
        return key;
    }
    [[nodiscard]] Code refusal(const HeaderRequest& request) {
        const auto person = authenticator_.person(request, home_);
        EXPECT_FALSE(person.has_value());
        return person ? Code{} : person.error();
    }

    SetClock clock_;
    NoExecutor home_;
    crypto::Key master_ = make_key();
    accounts::Revocations revocations_;
    Authenticator authenticator_{master_, clock_, &revocations_};
};

TEST_F(AuthenticatorTest, knows_people_by_their_token) {
    const auto person = authenticator_.person(HeaderRequest("Bearer " + person_token(42)), home_);
    ASSERT_TRUE(person.has_value());
    EXPECT_EQ(person->subject, 42U);
    EXPECT_TRUE(
        authenticator_.person(HeaderRequest("bearer  " + person_token(42)), home_).has_value());
}

TEST_F(AuthenticatorTest, says_why_a_token_is_not_taken) {
    EXPECT_EQ(refusal(HeaderRequest("")), Code::login_required);
    EXPECT_EQ(refusal(HeaderRequest("Basic abc")), Code::login_required);
    EXPECT_EQ(refusal(HeaderRequest("Bearer x.y.z")), Code::token_invalid);
    EXPECT_EQ(refusal(HeaderRequest("Bearer " + token(accounts::Audience::staff, 1))),
              Code::token_invalid);
    const HeaderRequest request("Bearer " + person_token(42));
    EXPECT_TRUE(authenticator_.person(request, home_).has_value());
    clock_.now = clock_.now + accounts::kTokenLifetime;
    EXPECT_EQ(refusal(request), Code::token_expired);
}

TEST_F(AuthenticatorTest, a_login_that_has_ended_and_a_disabled_person_are_out_at_once) {
    const accounts::LoginId login(77);
    const HeaderRequest request("Bearer " + person_token(42, login));
    const HeaderRequest other("Bearer " + person_token(42, accounts::LoginId(78)));
    EXPECT_TRUE(authenticator_.person(request, home_).has_value());
    revocations_.revoke(login, clock_.now + accounts::kTokenLifetime);
    EXPECT_EQ(refusal(request), Code::login_revoked);
    EXPECT_TRUE(authenticator_.person(other, home_).has_value());
    revocations_.disable(domain::PersonId(42));
    EXPECT_EQ(refusal(other), Code::account_disabled);
    EXPECT_FALSE(authenticator_.visitor(other, home_).has_value());
}

TEST_F(AuthenticatorTest, a_cookie_is_a_login_for_pages_of_this_site_only) {
    const std::string cookie = "a=b; __Host-onsale=" + person_token(42) + "; c=d";
    using enum http::Method;
    const auto works = [&](http::Method method, HeaderRequest::Headers more) {
        more.emplace("Cookie", cookie);
        more.emplace("Host", "tickets.example");
        return authenticator_.person(HeaderRequest(method, std::move(more)), home_).has_value();
    };
    EXPECT_TRUE(works(get, {}));
    EXPECT_TRUE(works(post, {{"Sec-Fetch-Site", "same-origin"}}));
    EXPECT_TRUE(works(post, {{"Origin", "https://tickets.example"}}));
    EXPECT_FALSE(works(post, {}));
    for (const char* site : {"cross-site", "same-site", "none"}) {
        EXPECT_FALSE(works(post, {{"Sec-Fetch-Site", site}, {"Origin", "https://tickets.example"}}))
            << site;
    }
    for (const char* origin : {"https://evil.example", "https://tickets.example.evil", "null",
                               "https://tickets.example:8443", "tickets.example"}) {
        EXPECT_FALSE(works(del, {{"Origin", origin}})) << origin;
    }
    EXPECT_EQ(refusal(HeaderRequest(put, {{"Cookie", cookie}})), Code::cross_site_refused);
    // A bearer token needs no such proof, and is never replaced by a cookie.
    EXPECT_TRUE(works(post, {{"Authorization", "Bearer " + person_token(7)}}));
    EXPECT_FALSE(works(get, {{"Authorization", "Bearer x"}}));
    EXPECT_FALSE(works(get, {{"Authorization", "Basic x"}}));
}

TEST_F(AuthenticatorTest, a_name_that_is_only_part_of_another_is_no_cookie) {
    const HeaderRequest request(
        http::Method::get, {{"Cookie", "__Host-onsale-staff=1; x__Host-onsale=2;__Host-onsale=3"}});
    EXPECT_EQ(cookie_of(request, kPersonCookie), "3");
    EXPECT_EQ(cookie_of(request, kStaffCookie), "1");
    EXPECT_EQ(cookie_of(request, kStaffRefreshCookie), "");
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
}  // namespace onsale::gate
