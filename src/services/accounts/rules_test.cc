#include "accounts/rules.h"

#include <gtest/gtest.h>

namespace onsale::accounts {
namespace {

TEST(Rules, of_usernames_at_their_bounds) {
    EXPECT_TRUE(is_username("abcd"));
    EXPECT_TRUE(is_username("a_34567890123456"));
    EXPECT_FALSE(is_username("abc"));
    EXPECT_FALSE(is_username("a_345678901234567"));
    EXPECT_FALSE(is_username("_abc"));
    EXPECT_FALSE(is_username("1abc"));
    EXPECT_FALSE(is_username("ab-cd"));
    EXPECT_FALSE(is_username(""));
}

TEST(Rules, of_passwords_at_their_bounds) {
    EXPECT_TRUE(is_password("abcdefg1"));
    EXPECT_TRUE(is_password("a2345678901234567890"));
    EXPECT_FALSE(is_password("abcdef1"));
    EXPECT_FALSE(is_password("a23456789012345678901"));
    EXPECT_FALSE(is_password("abcdefgh"));
    EXPECT_FALSE(is_password("12345678"));
    EXPECT_FALSE(is_password("abc def 1"));
}

TEST(Rules, of_mobile_numbers) {
    EXPECT_TRUE(is_mobile("13000000000"));
    EXPECT_TRUE(is_mobile("19999999999"));
    EXPECT_FALSE(is_mobile("12000000000"));
    EXPECT_FALSE(is_mobile("1300000000"));
    EXPECT_FALSE(is_mobile("130000000000"));
    EXPECT_FALSE(is_mobile("1300000000a"));
    EXPECT_FALSE(is_mobile("23000000000"));
}

TEST(Rules, of_mail_addresses) {
    EXPECT_TRUE(is_email("a@example.org"));
    EXPECT_TRUE(is_email("first.last+tag@mail.example.org"));
    EXPECT_TRUE(is_email(std::string(64, 'a') + "@example.org"));
    EXPECT_FALSE(is_email(std::string(65, 'a') + "@example.org"));
    EXPECT_FALSE(is_email("a@example"));
    EXPECT_FALSE(is_email("@example.org"));
    EXPECT_FALSE(is_email("a@-example.org"));
    EXPECT_FALSE(is_email("a@example..org"));
    EXPECT_FALSE(is_email(".a@example.org"));
    EXPECT_FALSE(is_email("a..b@example.org"));
    EXPECT_FALSE(is_email("a b@example.org"));
    EXPECT_FALSE(is_email("a@example.org\r\nDATA"));
    EXPECT_FALSE(is_email("a@b@example.org"));
    const std::string label(63, 'd');
    EXPECT_FALSE(is_email("a@" + label + "." + label + "." + label + "." + label + ".org"));
}

TEST(Rules, of_nicknames_count_characters) {
    using enum AccountRefusal;
    EXPECT_EQ(check_nickname(""), nickname_missing);
    EXPECT_EQ(check_nickname("张"), none);
    std::string longest;
    for (int i = 0; i < 32; ++i) longest += "张";
    EXPECT_EQ(check_nickname(longest), none);
    EXPECT_EQ(check_nickname(longest + "x"), nickname_invalid);
    EXPECT_EQ(check_nickname("🙂 ok"), none);
    EXPECT_EQ(check_nickname(" x"), nickname_invalid);
    EXPECT_EQ(check_nickname("a\nb"), nickname_invalid);
    EXPECT_EQ(check_nickname("\xff"), nickname_invalid);
    EXPECT_EQ(check_nickname("\xc0\x80"), nickname_invalid);
    EXPECT_EQ(check_nickname("\xed\xa0\x80"), nickname_invalid);
    EXPECT_EQ(check_nickname("\xe5\xbc"), nickname_invalid);
    EXPECT_EQ(check_nickname("a\xe2\x80\xae"
                             "b"),
              nickname_invalid);
}

TEST(Rules, of_avatars) {
    EXPECT_TRUE(is_avatar(""));
    EXPECT_TRUE(is_avatar("/pictures/abc.png"));
    EXPECT_TRUE(is_avatar("https://example.org/a.png"));
    EXPECT_FALSE(is_avatar("javascript:alert(1)"));
    EXPECT_FALSE(is_avatar("http://example.org/a.png"));
    EXPECT_FALSE(is_avatar("/pictures/\"onload"));
    EXPECT_FALSE(is_avatar("/pictures/" + std::string(200, 'a')));
}

TEST(Masks, show_enough_to_recognise) {
    EXPECT_EQ(masked_mobile("13812345678"), "138****5678");
    EXPECT_EQ(masked_mobile(""), "");
    EXPECT_EQ(masked_email("anna@example.org"), "a***@example.org");
    EXPECT_EQ(masked_email(""), "");
}

}  // namespace
}  // namespace onsale::accounts
