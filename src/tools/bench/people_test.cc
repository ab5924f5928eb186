#include "bench/people.h"

#include <gtest/gtest.h>

#include "bench/crowd.h"
#include "crypto/jwt.h"

namespace onsale::bench {
namespace {

const crypto::Key kMaster{std::byte{1}};

PeopleRequests three_people() {
    return {kMaster,
            {8080,
             41,
             3,
             {"{\"campaign\":5}"},
             "run",
             base::Timestamp::from_unix_ms(1'800'000'000'000)}};
}

TEST(PeopleRequests, hold_a_token_that_the_server_accepts) {
    auto people = three_people();
    const std::string request(people.request(1, 0));
    const auto begin = request.find("Bearer ") + 7;
    const std::string token = request.substr(begin, request.find("\r\n", begin) - begin);
    crypto::Hmac hmac(crypto::derive_key(kMaster, "jwt person"));
    const auto claims = crypto::verify_token(
        token, "person", base::Timestamp::from_unix_ms(1'800'000'001'000), hmac);
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->subject, 42U);
}

TEST(PeopleRequests, differ_by_their_try_in_the_key_only) {
    auto people = three_people();
    const std::string first(people.request(2, 0));
    const std::string other(people.request(2, 120));
    EXPECT_NE(first.find("Idempotency-Key: run-43-000000\r\n\r\n{\"campaign\":5}"),
              std::string::npos)
        << first;
    EXPECT_NE(other.find("Idempotency-Key: " + people.key(2, 120) + "\r\n"), std::string::npos)
        << other;
    EXPECT_EQ(people.key(2, 120), "run-43-000120");
    EXPECT_EQ(first.size(), other.size());
}

TEST(PeopleRequests, take_bodies_in_turn) {
    PeopleRequests people(kMaster, {8080,
                                    1,
                                    3,
                                    {"{\"campaign\":5}", "{\"campaign\":1006}"},
                                    "run",
                                    base::Timestamp::from_unix_ms(1'800'000'000'000)});
    EXPECT_TRUE(people.request(0, 1).ends_with("run-1-000001\r\n\r\n{\"campaign\":5}"));
    EXPECT_TRUE(people.request(1, 2).ends_with("run-2-000002\r\n\r\n{\"campaign\":1006}"));
    EXPECT_NE(people.request(1, 0).find("Content-Length: 17\r\n"), std::string_view::npos);
    EXPECT_TRUE(people.request(2, 0).ends_with("{\"campaign\":5}"));
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
