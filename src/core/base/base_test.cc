#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/bounded_vector.h"
#include "base/money.h"
#include "base/prng.h"
#include "base/result.h"
#include "base/time.h"
#include "base/unique_function.h"

namespace onsale::base {
namespace {

TEST(Time, round_trips_rfc3339_and_reads_offsets) {
    const auto time = parse_rfc3339("2026-11-20T20:00:00.250+08:00");
    ASSERT_TRUE(time.has_value());
    EXPECT_EQ(to_rfc3339(*time), "2026-11-20T12:00:00.250Z");
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:01Z")->unix_ms(), 1000);
}

TEST(Time, refuses_what_is_not_a_point_in_time) {
    for (const char* text :
         {"", "2026-02-30T00:00:00Z", "2026-11-20", "2026-11-20T24:00:00Z", "2026-11-20T12:00:00",
          "2026-11-20T12:00:00.Z", "2026-11-20T12:00:00Zjunk", "2026-11-20T12:00:00+25:00"}) {
        EXPECT_FALSE(parse_rfc3339(text).has_value()) << text;
    }
}

TEST(Money, refuses_mixed_currencies_and_overflow) {
    EXPECT_FALSE(add({1, Currency::cny}, {1, Currency::usd}).has_value());
    EXPECT_FALSE(
        multiply({std::numeric_limits<std::int64_t>::max(), Currency::cny}, 2).has_value());
    EXPECT_EQ(multiply({2550, Currency::cny}, 3)->minor, 7650);
}

TEST(Prng, repeats_from_a_seed_and_stays_in_bounds) {
    Prng a(7);
    Prng b(7);
    for (int i = 0; i < 1000; ++i) {
        const auto x = a.below(10);
        EXPECT_EQ(x, b.below(10));
        EXPECT_LT(x, 10U);
    }
    EXPECT_NE(Prng(1).next(), Prng(2).next());
}

TEST(UniqueFunction, owns_what_it_captures_and_moves_it) {
    for (const bool large : {false, true}) {
        auto count = std::make_shared<int>(0);
        {
            UniqueFunction<int(int)> f;
            if (large) {
                f = [count, padding = std::string(100, 'x'), more = std::string(100, 'y')](int x) {
                    return x + ++*count + static_cast<int>(padding.size() - more.size());
                };
            } else {
                f = [count](int x) { return x + ++*count; };
            }
            UniqueFunction<int(int)> g = std::move(f);
            EXPECT_FALSE(f);
            EXPECT_EQ(g(1), 2);
            EXPECT_EQ(count.use_count(), 2);
        }
        EXPECT_EQ(count.use_count(), 1);
        EXPECT_EQ(*count, 1);
    }
}

Result<int, std::string> half(int x) {
    if (x % 2 != 0) return Unexpected{std::string("odd")};
    return x / 2;
}
Result<int, std::string> quarter(int x) {
    ONSALE_TRY_ASSIGN(h, half(x));
    ONSALE_TRY(half(h));
    return half(h);
}

TEST(Result, hands_the_error_of_an_inner_step_to_the_caller) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(quarter(6).error(), "odd");
}

TEST(BoundedVector, compares_by_content_only) {
    BoundedVector<int, 4> a;
    BoundedVector<int, 4> b;
    a.push_back(1);
    a.push_back(2);
    b.push_back(1);
    EXPECT_FALSE(a == b);
    b.push_back(2);
    EXPECT_TRUE(a == b);
}

TEST(CheckDeathTest, a_broken_condition_ends_the_process) {
    EXPECT_DEATH(ONSALE_CHECK(1 + 1 == 3), "check failed: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace onsale::base
