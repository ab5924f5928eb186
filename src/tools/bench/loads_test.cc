#include "bench/loads.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace onsale::bench {
namespace {

const crypto::Key kMaster{std::byte{1}};

PeopleRequests people() {
    return {kMaster,
            {8080,
             1,
             4,
             {"{\"campaign\":5}"},
             "run",
             base::Timestamp::from_unix_ms(1'800'000'000'000)}};
}

Response response(std::uint32_t status, std::string_view body, std::string_view head = {}) {
    Response made;
    made.status = status;
    made.head = head;
    made.body = body;
    return made;
}

TEST(OrderLoad, gives_everybody_a_try_before_anybody_has_a_second) {
    auto requests = people();
    OrderLoad load(requests, {{5}, false, nullptr});
    std::set<std::string> keys;
    for (std::uint64_t number = 0; number < 8; ++number) {
        const std::string text(load.request(number));
        const auto at = text.find("Idempotency-Key: ");
        keys.insert(text.substr(at, text.find('\r', at) - at));
    }
    EXPECT_EQ(keys.size(), 8U);
    EXPECT_TRUE(keys.contains("Idempotency-Key: run-1-000000"));
    EXPECT_TRUE(keys.contains("Idempotency-Key: run-4-000001"));
}

TEST(OrderLoad, keeps_codes_with_their_persons_only_when_asked) {
    auto requests = people();
    OrderLoad silent(requests, {{5}, false, nullptr});
    OrderLoad keeping(requests, {{5}, true, nullptr});
    Exchange exchange;
    exchange.number = 6;
    EXPECT_EQ(silent.answered(exchange, response(201, R"({"code":"A"})")), Verdict::accepted);
    EXPECT_EQ(keeping.answered(exchange, response(201, R"({"code":"A"})")), Verdict::accepted);
    EXPECT_TRUE(silent.tally(Phase::measured).issued().empty());
    ASSERT_EQ(keeping.tally(Phase::measured).issued().size(), 1U);
    EXPECT_EQ(keeping.tally(Phase::measured).issued()[0].person, 3U);
}

TEST(ReadLoad, comes_back_with_the_tag_of_the_last_answer) {
    ReadLoad load(8080, {1001});
    const std::uint64_t number = 16;  // of a browser that was there before
    EXPECT_EQ(load.request(number).find("If-None-Match"), std::string_view::npos);
    Exchange exchange;
    exchange.number = number;
    EXPECT_EQ(load.answered(exchange, response(200, "", "HTTP/1.1 200 OK\r\nETag: \"x1\"")),
              Verdict::read);
    EXPECT_TRUE(load.request(number).ends_with("\r\nIf-None-Match: \"x1\"\r\n\r\n"));
    EXPECT_EQ(load.answered(exchange, response(304, "")), Verdict::read);
    EXPECT_EQ(load.unchanged(), 1U);
    EXPECT_EQ(load.answered(exchange, response(404, R"({"code":"no"})")), Verdict::refused);
    EXPECT_EQ(load.tally(Phase::measured).reads(), 2U);
}

TEST(MixedLoad, numbers_each_part_without_a_gap) {
    auto requests = people();
    OrderLoad orders(requests, {{5}, false, nullptr});
    ReadLoad reads(8080, {1001});
    MixedLoad mixed(orders, reads, 4);
    std::set<std::string> keys;
    std::uint64_t gets = 0;
    for (std::uint64_t number = 0; number < 20; ++number) {
        const std::string text(mixed.request(number));
        gets += text.starts_with("GET ") ? 1U : 0U;
        if (text.starts_with("POST ")) keys.insert(text.substr(text.find("Idempotency-Key: "), 40));
    }
    EXPECT_EQ(gets, 12U);
    EXPECT_EQ(keys.size(), 8U);
}

}  // namespace
}  // namespace onsale::bench
