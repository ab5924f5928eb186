#include "crypto/jwt.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onsale::crypto {
namespace {

using base::Duration;
using base::Timestamp;

constexpr Timestamp kIssued = Timestamp::from_unix_ms(1'800'000'000'000);
constexpr Timestamp kNow = kIssued + Duration::minutes(1);
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

// Made by another program, with the key 00 01 02 … 1f.
constexpr std::string_view kForeignToken =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJzdWIiOiIxODQ0Njc0NDA3MzcwOTU1MTYxNSIsImF1ZCI6ImJ1eWVyIiwiaWF0IjoxODAwMDAwMDAwLCJleHAiOjE4MD"
    "Aw"
    "MDA5MDB9."
    "9zV2cEqIWbjU0G-IJcO_GJVfy3O7182NkyRsVObhvro";

Hmac make_hmac() {
    Key key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i);
    return Hmac(key);
}

Claims buyer() {
    return {.subject = 18446744073709551615U,
            .audience = "buyer",
            .issued_at = kIssued,
            .expires_at = kIssued + Duration::minutes(15)};
}

std::string encode(std::string_view text) {
    return to_base64url(std::as_bytes(std::span(text)));
}

// A token with a right signature over whatever stands in it.
std::string signed_as(std::string_view header, std::string_view payload) {
    Hmac hmac = make_hmac();
    const std::string text = encode(header) + "." + encode(payload);
    return text + "." + to_base64url(hmac.sign(text));
}

TokenError refusal(std::string_view token, Timestamp now = kNow) {
    Hmac hmac = make_hmac();
    return verify_token(token, "buyer", now, hmac).error();
}

TEST(Token, is_what_another_program_makes_of_the_same_claims) {
    Hmac hmac = make_hmac();
    EXPECT_EQ(sign_token(buyer(), hmac), kForeignToken);
    EXPECT_EQ(verify_token(kForeignToken, "buyer", kNow, hmac).value(), buyer());
}

TEST(Token, cuts_times_to_whole_seconds) {
    Hmac hmac = make_hmac();
    Claims claims = buyer();
    claims.issued_at = claims.issued_at + Duration::milliseconds(999);
    claims.expires_at = claims.expires_at + Duration::milliseconds(1);
    EXPECT_EQ(sign_token(claims, hmac), kForeignToken);
}

TEST(Token, is_valid_until_the_second_of_its_end) {
    Hmac hmac = make_hmac();
    const Timestamp end = buyer().expires_at;
    EXPECT_TRUE(verify_token(kForeignToken, "buyer", end - Duration::milliseconds(1), hmac));
    EXPECT_EQ(refusal(kForeignToken, end), TokenError::expired);
    EXPECT_EQ(refusal(kForeignToken, Timestamp::never() - Duration::days(1)), TokenError::expired);
}

TEST(Token, bears_a_clock_that_was_set_back) {
    Hmac hmac = make_hmac();
    EXPECT_TRUE(verify_token(kForeignToken, "buyer", kIssued - Duration::hours(1), hmac));
}

TEST(Token, is_for_its_audience_only) {
    Hmac hmac = make_hmac();
    for (const char* audience : {"staff", "buye", "buyers", ""}) {
        EXPECT_EQ(verify_token(kForeignToken, audience, kNow, hmac).error(),
                  TokenError::wrong_audience);
    }
}

TEST(Token, with_any_other_header_is_refused_whatever_its_signature) {
    const std::string payload = R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":1800000900})";
    for (const char* header :
         {R"({"alg":"none","typ":"JWT"})", R"({"alg":"none"})", R"({"alg":"RS256","typ":"JWT"})",
          R"({"alg":"hs256","typ":"JWT"})", R"({"alg":"HS256"})", R"({"typ":"JWT","alg":"HS256"})",
          R"({"alg":"HS256","typ":"JWT","crit":["x"]})", R"({"alg":"HS256","typ":"JWT"} )",
          R"({})"}) {
        const bool is_object = std::string_view(header).ends_with('}');
        EXPECT_EQ(refusal(signed_as(header, payload)),
                  is_object ? TokenError::wrong_algorithm : TokenError::malformed)
            << header;
    }
    EXPECT_EQ(refusal(encode(R"({"alg":"none","typ":"JWT"})") + "." + encode(payload) + "."),
              TokenError::wrong_algorithm);
}

TEST(Token, with_any_character_changed_is_refused) {
    for (std::size_t i = 0; i < kForeignToken.size(); ++i) {
        std::string changed(kForeignToken);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        Hmac hmac = make_hmac();
        EXPECT_FALSE(verify_token(changed, "buyer", kNow, hmac)) << i;
    }
    std::string other_subject(kForeignToken);
    other_subject[50] = other_subject[50] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal(other_subject), TokenError::bad_signature);
}

TEST(Token, of_another_key_is_refused) {
    Hmac other(Key{});
    EXPECT_EQ(refusal(sign_token(buyer(), other)), TokenError::bad_signature);
}

TEST(Token, cut_off_anywhere_or_with_something_behind_is_refused) {
    Hmac hmac = make_hmac();
    for (std::size_t size = 0; size < kForeignToken.size(); ++size) {
        EXPECT_FALSE(verify_token(kForeignToken.substr(0, size), "buyer", kNow, hmac)) << size;
    }
    for (const char* tail : {"A", "=", ".", ".x", " ", "\n"}) {
        EXPECT_EQ(refusal(std::string(kForeignToken) + tail), TokenError::malformed);
    }
}

TEST(Token, of_any_length_and_shape_is_refused_without_harm) {
    for (const std::string& odd :
         {std::string(), std::string("."), std::string(".."), std::string("..."),
          std::string(10'000'000, 'A'), std::string(10'000'000, '.'), std::string(513, '.'),
          std::string("\0\0\0", 3), "Bearer " + std::string(kForeignToken)}) {
        EXPECT_EQ(refusal(odd), TokenError::malformed) << odd.substr(0, 20);
    }
    const std::string header = encode(kHeader);
    EXPECT_EQ(refusal(header + "." + std::string(430, 'A') + "." + std::string(43, 'A')),
              TokenError::bad_signature);
}

TEST(Token, whose_claims_have_another_spelling_is_refused_even_if_signed) {
    const std::vector<const char*> odd = {
        "",
        "{}",
        "[]",
        R"({"sub":1,"aud":"buyer","iat":1800000000,"exp":1800000900})",
        R"({"sub":"","aud":"buyer","iat":1800000000,"exp":1800000900})",
        R"({"sub":"01","aud":"buyer","iat":1800000000,"exp":1800000900})",
        R"({"sub":"-1","aud":"buyer","iat":1800000000,"exp":1800000900})",
        R"({"sub":"+1","aud":"buyer","iat":1800000000,"exp":1800000900})",
        R"({"sub":"18446744073709551616","aud":"buyer","iat":1800000000,"exp":1800000900})",
        R"({"sub":"1","aud":"","iat":1800000000,"exp":1800000900})",
        R"({"sub":"1","aud":["buyer"],"iat":1800000000,"exp":1800000900})",
        R"({"sub":"1","aud":"buy\u0065r","iat":1800000000,"exp":1800000900})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":1800000900.5})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":1.9e9})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":"1800000900"})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":99999999999999})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":9999999999999999999999})",
        R"({"sub":"1","aud":"buyer","iat":-1,"exp":1800000900})",
        R"({"sub":"1","aud":"buyer","exp":1800000900,"iat":1800000000})",
        R"({"sub":"1","aud":"buyer","iat":1800000000})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":1800000900,"exp":1900000000})",
        R"({"sub":"1","aud":"buyer","iat":1800000000,"exp":1800000900} )",
        R"({"sub":"1", "aud":"buyer","iat":1800000000,"exp":1800000900})"};
    for (const char* payload : odd) {
        EXPECT_EQ(refusal(signed_as(kHeader, payload)), TokenError::malformed) << payload;
    }
    Hmac hmac = make_hmac();
    const std::string right = R"({"sub":"0","aud":"buyer","iat":1800000000,"exp":1800000900})";
    EXPECT_EQ(verify_token(signed_as(kHeader, right), "buyer", kNow, hmac).value().subject, 0U);
}

TEST(Token, names_its_login_in_one_spelling) {
    Hmac hmac = make_hmac();
    Claims claims = buyer();
    claims.login = 9007199254740991;
    EXPECT_EQ(verify_token(sign_token(claims, hmac), "buyer", kNow, hmac).value(), claims);
    const std::string rest = R"(,"aud":"buyer","iat":1800000000,"exp":1800000900})";
    const auto payload = [&](const std::string& login) {
        return signed_as(kHeader, R"({"sub":"1","jti":")" + login + "\"" + rest);
    };
    EXPECT_EQ(verify_token(payload("7"), "buyer", kNow, hmac).value().login, 7U);
    for (const char* login : {"0", "07", "-1", "", "x", "18446744073709551616"}) {
        EXPECT_EQ(refusal(payload(login)), TokenError::malformed) << login;
    }
}

TEST(TokenDeathTest, an_audience_that_would_need_escapes_is_a_programmers_error) {
    Hmac hmac = make_hmac();
    for (const char* audience : {"", "a\"b", "a b", "a\\"}) {
        Claims claims = buyer();
        claims.audience = audience;
        EXPECT_DEATH(static_cast<void>(sign_token(claims, hmac)), "check failed");
    }
}

}  // namespace
}  // namespace onsale::crypto
