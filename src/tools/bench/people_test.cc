#include "bench/people.h"

#include <gtest/gtest.h>

#include "bench/crowd.h"
#include "crypto/jwt.h"

namespace onsale::bench {
namespace {

const crypto::Key kMaster{std::byte{1}};

PeopleRequests three_people() {
    return {
        kMaster,
        {8080, 41, 3, "{\"campaign\":5}", "run", base::Timestamp::from_unix_ms(1'800'000'000'000)}};
}

TEST(PeopleRequests, hold_a_token_that_the_server_accepts) {
    std::string request;
    three_people().write(1, 0, request);
    const auto begin = request.find("Bearer ") + 7;
    const std::string token = request.substr(begin, request.find("\r\n", begin) - begin);
    crypto::Hmac hmac(crypto::derive_key(kMaster, "jwt person"));
    const auto claims = crypto::verify_token(
        token, "person", base::Timestamp::from_unix_ms(1'800'000'001'000), hmac);
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->subject, 42U);
}

TEST(PeopleRequests, differ_by_their_try_in_the_key_only) {
    const auto people = three_people();
    std::string first;
    std::string other;
    people.write(2, 0, first);
    people.write(2, 120, other);
    EXPECT_NE(first.find("Idempotency-Key: run-43-000000\r\n\r\n{\"campaign\":5}"),
              std::string::npos)
        << first;
    EXPECT_NE(other.find("Idempotency-Key: " + people.key(2, 120) + "\r\n"), std::string::npos)
        << other;
    EXPECT_EQ(people.key(2, 120), "run-43-000120");
    EXPECT_EQ(first.size(), other.size());
}

TEST(LocalPort, takes_this_machine_and_nothing_else) {
    EXPECT_EQ(local_port("http://127.0.0.1:8080"), 8080);
    EXPECT_EQ(local_port("http://127.0.0.1:8080/"), 8080);
    EXPECT_EQ(local_port("http://10.0.0.1:8080"), 0);
    EXPECT_EQ(local_port("http://127.0.0.1.example.org:80"), 0);
    EXPECT_EQ(local_port("http://127.0.0.1:80@example.org"), 0);
    EXPECT_EQ(local_port("https://127.0.0.1:8080"), 0);
    EXPECT_EQ(local_port("http://127.0.0.1:99999"), 0);
}

}  // namespace
}  // namespace onsale::bench
