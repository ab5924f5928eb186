#include "payments/authorisation.h"

#include <gtest/gtest.h>

namespace onsale::payments {
namespace {

const crypto::CallKey kKey = crypto::parse_call_key("90b1d2e4", std::string(64, 'a')).value();
const crypto::CallKey kOtherKey = crypto::parse_call_key("00b1d2e4", std::string(64, 'b')).value();

std::string payload(const std::string& bank = "1", const std::string& order = "123",
                    const std::string& merchant = "onsale") {
    return R"({"key":"90b1d2e4","bank":)" + bank + R"(,"authorisation":"A1","merchant":")" +
           merchant + R"(","order":")" + order +
           R"(","amount":1200,"currency":"CNY","expires":1790000000})";
}
auto read(const std::string& token) {
    return read_token(token, {kOtherKey, kKey},
                      {domain::BankId(1), "onsale", domain::OrderId(123)});
}

TEST(Token, tells_what_it_is_good_for) {
    const auto authorisation = read(crypto::sign_carried(kKey, payload()));
    ASSERT_TRUE(authorisation);
    EXPECT_EQ(authorisation->amount, (base::Money{1200, base::Currency::cny}));
    EXPECT_EQ(authorisation->until, base::Timestamp::from_unix_ms(1'790'000'000'000));
}

TEST(Token, is_good_for_its_bank_merchant_and_order_only) {
    EXPECT_EQ(read(crypto::sign_carried(kKey, payload("2"))).error(), TokenRefusal::other_bank);
    EXPECT_EQ(read(crypto::sign_carried(kKey, payload("1", "124"))).error(),
              TokenRefusal::other_order);
    EXPECT_EQ(read(crypto::sign_carried(kKey, payload("1", "123", "other"))).error(),
              TokenRefusal::other_bank);
}

TEST(Token, is_refused_when_anything_of_it_was_changed) {
    const std::string token = crypto::sign_carried(kKey, payload());
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(read(changed)) << i;
    }
    EXPECT_FALSE(read(token + "A"));
    EXPECT_FALSE(read(""));
    EXPECT_FALSE(read(crypto::sign_carried(kOtherKey, payload()))) << "signed with another key";
    EXPECT_FALSE(read(crypto::sign_carried(kKey, "{}")));
    EXPECT_FALSE(read(crypto::sign_carried(kKey, "not JSON")));
    EXPECT_FALSE(read(std::string(3000, 'A')));
}

}  // namespace
}  // namespace onsale::payments
