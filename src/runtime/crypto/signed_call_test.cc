#include "crypto/signed_call.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace onsale::crypto {
namespace {

using base::Duration;
using base::Timestamp;

constexpr Timestamp kNow = Timestamp::from_unix_ms(1'790'000'000'000);
constexpr std::string_view kBody = R"({"items":[{"reference":"P8193-00c0ffee00c0ffee"}]})";
constexpr CallParts kCall{.method = "POST", .path = "/merchant/v1/queries?page=2", .body = kBody};

// Made by another program (Python's hmac), with the key 00 01 02 … 1f.
constexpr std::string_view kForeignSignature =
    "v1=aab9e4a5ecb48c2fddb71fe02757adad92e76dec646d7b88c41bdbc23c7247e1";
constexpr std::string_view kForeignLines =
    "dab0b5a410e86e2179624cc0fdb1140db667a9caf96a7c6feb3551c4019be1b6";
constexpr std::string_view kForeignPayload =
    R"({"key":"0badcafe","bank":1,"authorisation":"A1","merchant":"onsale","order":"123",)"
    R"("amount":1200,"currency":"CNY","expires":1790000000})";
constexpr std::string_view kForeignToken =
    "eyJrZXkiOiIwYmFkY2FmZSIsImJhbmsiOjEsImF1dGhvcmlzYXRpb24iOiJBMSIsIm1lcmNoYW50Ijoib25zYWxlIiwib3"
    "JkZXIiOiIxMjMiLCJhbW91bnQiOjEyMDAsImN1cnJlbmN5IjoiQ05ZIiwiZXhwaXJlcyI6MTc5MDAwMDAwMH0"
    ".IvrFunzQrMIMBDW2wTpRWDtyaekTEtuWVKgFOox13L4";
constexpr std::array<std::string_view, 8> kBill{"onsale",   "P8193-00c0ffee00c0ffee",
                                                "123",      "1200",
                                                "CNY",      "1790000300",
                                                "音乐会 A", "http://127.0.0.1:8080/orders/123/pay"};

CallKey first_key() {
    return parse_call_key("0badcafe",
                          "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        .value();
}

CallKey second_key() {
    CallKey key{.id = "12345678"};
    key.secret.fill(std::byte{7});
    return key;
}

std::vector<CallKey> both_keys() {
    return {second_key(), first_key()};
}

CallRefusal refusal(const CallParts& call, const CallMark& mark, Timestamp now = kNow) {
    return check_call(both_keys(), call, mark, now).error();
}

CallMark good_mark() {
    return sign_call(first_key(), kCall, kNow);
}

TEST(SignedCall, is_what_another_program_signs) {
    const CallMark mark = good_mark();
    EXPECT_EQ(mark.key, "0badcafe");
    EXPECT_EQ(mark.time, "1790000000");
    EXPECT_EQ(mark.signature, kForeignSignature);
    EXPECT_TRUE(check_call(both_keys(), kCall, mark, kNow).has_value());
}

TEST(SignedCall, refuses_whatever_was_altered) {
    CallParts call = kCall;
    call.path = "/merchant/v1/queries?page=3";
    EXPECT_EQ(refusal(call, good_mark()), CallRefusal::wrong_signature);
    call = kCall;
    call.method = "GET";
    EXPECT_EQ(refusal(call, good_mark()), CallRefusal::wrong_signature);
    call = kCall;
    call.body = kBody.substr(1);
    EXPECT_EQ(refusal(call, good_mark()), CallRefusal::wrong_signature);
    CallMark mark = good_mark();
    mark.time = "1790000001";
    EXPECT_EQ(refusal(kCall, mark), CallRefusal::wrong_signature);
    mark = good_mark();
    mark.signature.back() = mark.signature.back() == '0' ? '1' : '0';
    EXPECT_EQ(refusal(kCall, mark), CallRefusal::wrong_signature);
    mark.signature = "v1=";
    EXPECT_EQ(refusal(kCall, mark), CallRefusal::wrong_signature);
}

TEST(SignedCall, refuses_a_key_that_is_not_valid_or_is_another) {
    CallMark mark = good_mark();
    EXPECT_EQ(check_call(std::vector{second_key()}, kCall, mark, kNow).error(),
              CallRefusal::unknown_key);
    mark.key = second_key().id;
    EXPECT_EQ(refusal(kCall, mark), CallRefusal::wrong_signature);
}

TEST(SignedCall, has_an_age_to_both_sides) {
    const CallMark mark = good_mark();
    for (const Duration edge : {kCallAge, Duration::seconds(-300)}) {
        EXPECT_TRUE(check_call(both_keys(), kCall, mark, kNow + edge).has_value());
    }
    EXPECT_EQ(refusal(kCall, mark, kNow + kCallAge + Duration::milliseconds(1)),
              CallRefusal::wrong_time);
    EXPECT_EQ(refusal(kCall, mark, kNow - kCallAge - Duration::milliseconds(1)),
              CallRefusal::wrong_time);
}

TEST(SignedCall, refuses_headers_that_are_none) {
    for (const std::string_view time :
         {"", "0", "01790000000", "+1790000000", "1790000000 ", "99999999999999999999"}) {
        CallMark mark = good_mark();
        mark.time = time;
        EXPECT_EQ(refusal(kCall, mark), CallRefusal::malformed) << time;
    }
    CallMark mark = good_mark();
    mark.signature = mark.signature.substr(3);
    EXPECT_EQ(refusal(kCall, mark), CallRefusal::malformed);
    CallParts call = kCall;
    call.path = "/merchant/v1/queries\n1790000000";
    EXPECT_EQ(refusal(call, good_mark()), CallRefusal::malformed);
}

TEST(SignedLines, are_what_another_program_signs) {
    EXPECT_EQ(sign_lines(first_key(), kBill), kForeignLines);
    EXPECT_TRUE(check_lines(both_keys(), "0badcafe", kBill, kForeignLines));
    EXPECT_FALSE(check_lines(both_keys(), "12345678", kBill, kForeignLines));
    EXPECT_FALSE(check_lines(both_keys(), "00000000", kBill, kForeignLines));
    EXPECT_FALSE(check_lines(both_keys(), "0badcafe", kBill, kForeignLines.substr(2)));
}

TEST(SignedLines, cannot_be_cut_in_another_way) {
    const std::array<std::string_view, 2> lines{"a", "b"};
    const std::array<std::string_view, 1> joined{"a\nb"};
    const std::array<std::string_view, 2> moved{"", "a"};
    const std::array<std::string_view, 1> alone{"a"};
    const std::string signature = sign_lines(first_key(), lines).value();
    EXPECT_EQ(sign_lines(first_key(), joined), std::nullopt);
    EXPECT_FALSE(check_lines(both_keys(), "0badcafe", joined, signature));
    EXPECT_NE(sign_lines(first_key(), moved), sign_lines(first_key(), alone));
    EXPECT_EQ(sign_lines(first_key(), {}), std::nullopt);
}

TEST(CarriedToken, is_what_another_program_makes) {
    EXPECT_EQ(sign_carried(first_key(), kForeignPayload), kForeignToken);
    const std::optional<Carried> opened = open_carried(both_keys(), kForeignToken);
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->payload, kForeignPayload);
    EXPECT_EQ(opened->key_id, "0badcafe");
}

TEST(CarriedToken, is_refused_when_it_was_altered_or_no_key_fits) {
    EXPECT_FALSE(open_carried(std::vector{second_key()}, kForeignToken));
    EXPECT_FALSE(open_carried({}, kForeignToken));
    std::string altered(kForeignToken);
    altered[3] = altered[3] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(open_carried(both_keys(), altered));
    for (const std::string_view text : {"", ".", "abc", "abc.", "abc.def", "a.b.c"}) {
        EXPECT_FALSE(open_carried(both_keys(), text)) << text;
    }
    EXPECT_FALSE(open_carried(both_keys(), std::string(kCarriedTokenBytesMax, 'A') + ".AA"));
}

TEST(CallKeyText, has_one_spelling) {
    const std::string secret(64, 'a');
    EXPECT_TRUE(parse_call_key("0badcafe", secret));
    EXPECT_FALSE(parse_call_key("0BADCAFE", secret));
    EXPECT_FALSE(parse_call_key("0badcaf", secret));
    EXPECT_FALSE(parse_call_key("0badcafe", std::string(63, 'a')));
    EXPECT_FALSE(parse_call_key("0badcafe", std::string(64, 'A')));
    EXPECT_FALSE(parse_call_key("0badcafe", std::string(64, 'g')));
}

}  // namespace
}  // namespace onsale::crypto
