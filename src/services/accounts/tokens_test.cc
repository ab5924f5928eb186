#include "accounts/tokens.h"

#include <gtest/gtest.h>

namespace onsale::accounts {
namespace {

using base::Duration;
using base::Timestamp;
using crypto::TokenError;

constexpr Timestamp kNow = Timestamp::from_unix_ms(1'790'000'000'123);
const crypto::Key kMaster{std::byte{1}, std::byte{2}};

TEST(Tokens, are_good_for_a_quarter_of_an_hour) {
    TokenIssuer issuer(kMaster, Audience::person);
    TokenVerifier verifier(kMaster, Audience::person);
    const auto issued = issuer.issue(42, kNow);
    EXPECT_EQ(issued.expires_at, Timestamp::from_unix_ms(1'790'000'900'000));
    EXPECT_EQ(*verifier.verify(issued.token, kNow), 42U);
    EXPECT_EQ(*verifier.verify(issued.token, kNow + Duration::minutes(14)), 42U);
}

TEST(Tokens, expire_also_when_they_are_remembered) {
    TokenIssuer issuer(kMaster, Audience::person);
    TokenVerifier verifier(kMaster, Audience::person);
    const auto issued = issuer.issue(42, kNow);
    ASSERT_TRUE(verifier.verify(issued.token, kNow));
    EXPECT_EQ(verifier.verify(issued.token, issued.expires_at).error(), TokenError::expired);
    TokenVerifier cold(kMaster, Audience::person);
    EXPECT_EQ(cold.verify(issued.token, issued.expires_at).error(), TokenError::expired);
}

TEST(Tokens, of_people_are_not_those_of_staff) {
    TokenIssuer person(kMaster, Audience::person);
    TokenIssuer staff(kMaster, Audience::staff);
    TokenVerifier verifier(kMaster, Audience::staff);
    EXPECT_FALSE(verifier.verify(person.issue(1, kNow).token, kNow));
    EXPECT_TRUE(verifier.verify(staff.issue(1, kNow).token, kNow));
}

TEST(Tokens, with_a_changed_byte_are_refused_also_beside_a_remembered_one) {
    TokenIssuer issuer(kMaster, Audience::person);
    TokenVerifier verifier(kMaster, Audience::person);
    const auto token = issuer.issue(42, kNow).token;
    ASSERT_TRUE(verifier.verify(token, kNow));
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        const auto result = verifier.verify(forged, kNow);
        // The last character of base64url has bits that mean nothing.
        if (i + 1 < token.size()) {
            EXPECT_FALSE(result) << i;
        }
    }
    EXPECT_FALSE(verifier.verify("", kNow));
    EXPECT_FALSE(verifier.verify("a.b.c", kNow));
}

TEST(Tokens, find_their_person_when_the_cache_is_too_small) {
    TokenIssuer issuer(kMaster, Audience::person);
    TokenVerifier verifier(kMaster, Audience::person, 2);
    std::vector<std::string> tokens;
    for (std::uint64_t i = 0; i < 16; ++i) tokens.push_back(issuer.issue(i, kNow).token);
    for (int round = 0; round < 2; ++round) {
        for (std::uint64_t i = 0; i < 16; ++i) EXPECT_EQ(*verifier.verify(tokens[i], kNow), i);
    }
}

}  // namespace
}  // namespace onsale::accounts
