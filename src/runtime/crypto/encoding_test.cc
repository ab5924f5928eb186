#include <gtest/gtest.h>

#include <array>
#include <string>

#include "crypto/crypto.h"
#include "crypto/internal/base64url.h"

namespace onsale::crypto {
namespace {

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

TEST(Hex, goes_there_and_back) {
    const std::string all("\x00\x01\x7f\x80\xfe\xff", 6);
    EXPECT_EQ(to_hex(bytes(all)), "00017f80feff");
    EXPECT_EQ(from_hex("00017F80feff"), all);
    EXPECT_EQ(from_hex(""), "");
}

TEST(Hex, refuses_what_is_none) {
    for (const char* odd : {"0", "0g", "g0", " 0", "0x00", "00 "}) {
        EXPECT_EQ(from_hex(odd), std::nullopt) << odd;
    }
}

struct Example {
    const char* plain;
    const char* encoded;
};

// RFC 4648, section 10, without the padding.
constexpr Example kExamples[] = {
    {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
    {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};

TEST(Base64url, follows_the_rfc) {
    for (const Example& example : kExamples) {
        EXPECT_EQ(to_base64url(bytes(example.plain)), example.encoded);
        EXPECT_EQ(from_base64url(example.encoded), example.plain);
    }
    EXPECT_EQ(to_base64url(bytes("\xfb\xff\xfe")), "-__-");
    EXPECT_EQ(from_base64url("-__-"), "\xfb\xff\xfe");
}

TEST(Base64url, gives_every_byte_string_back) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(from_base64url(to_base64url(bytes(text))), text);
        text.push_back(static_cast<char>(i * 7));
    }
}

TEST(Base64url, has_one_spelling_for_each_byte_string) {
    // Padding, the other alphabet, white space, a lone digit, unused bits that are not zero.
    for (const char* odd : {"Zg==", "Zg=", "+//+", "Zm9v\n", " Zm9v", "Z", "Zm9vY", "Zh", "Zm9",
                            "Zm9vYh", "Zm9vYmF", "Zm.v", "\xc3\xa4zz"}) {
        EXPECT_EQ(from_base64url(odd), std::nullopt) << odd;
    }
}

TEST(Base64url, accepts_exactly_the_64_digits_in_every_place) {
    int accepted = 0;
    for (int c = 0; c < 256; ++c) {
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAA";
            text[place] = static_cast<char>(c);
            accepted += from_base64url(text).has_value() ? 1 : 0;
        }
    }
    EXPECT_EQ(accepted, 4 * 64);
}

TEST(Base64url, writes_nothing_beyond_the_memory_it_was_given) {
    std::array<std::byte, 3> out{};
    EXPECT_EQ(internal::decode_base64url("Zm9v", out), 3U);
    EXPECT_EQ(internal::decode_base64url("Zm9vYg", out), std::nullopt);
}

}  // namespace
}  // namespace onsale::crypto
