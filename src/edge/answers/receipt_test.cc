#include "answers/receipt.h"

#include <gtest/gtest.h>

namespace onsale::answers {
namespace {

crypto::Key key_of(std::uint8_t fill) {
    crypto::Key key;
    key.fill(static_cast<std::byte>(fill));
    return key;
}

Receipt sample() {
    return {domain::Refusal::sold_out,
            domain::ShardId(11),
            domain::SessionId(100),
            domain::CampaignId(1001),
            812,
            40'000'000'000,
            0,
            base::Timestamp::from_unix_ms(1'795'176'000'123)};
}

TEST(Receipt, is_read_as_it_was_signed) {
    ReceiptSigner signer(key_of(1));
    const auto text = signer.sign(sample());
    EXPECT_EQ(text.size(), 91U);  // 68 bytes
    const auto parsed = signer.parse_receipt(text);
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, sample());
}

TEST(Receipt, any_changed_character_makes_it_void) {
    ReceiptSigner signer(key_of(1));
    const auto text = signer.sign(sample());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(signer.parse_receipt(changed).has_value()) << i;
    }
}

TEST(Receipt, of_another_site_is_void) {
    ReceiptSigner signer(key_of(1));
    ReceiptSigner other(key_of(2));
    EXPECT_FALSE(other.parse_receipt(signer.sign(sample())).has_value());
}

TEST(Receipt, what_is_no_receipt_is_nothing) {
    ReceiptSigner signer(key_of(1));
    for (const char* text : {"", "x", "AAAA", "not base64!",
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                             "AAAAAAAAAAAAAAAAAAAAAA"}) {
        EXPECT_FALSE(signer.parse_receipt(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace onsale::answers
