#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace onsale::crypto {
namespace {

template <class Bytes>
Bytes bytes_from(std::string_view hex) {
    const auto text = from_hex(hex);
    Bytes bytes{};
    EXPECT_TRUE(text && text->size() == bytes.size());
    std::memcpy(bytes.data(), text->data(), bytes.size());
    return bytes;
}

struct Vector {
    std::string_view seed;
    std::string_view key;
    std::string_view message;
    std::string_view signature;
};
// RFC 8032, 7.1, tests 1 and 2.
constexpr Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"}};

TEST(Ed25519, signs_as_the_standard_says) {
    for (const auto& vector : kVectors) {
        const SigningKey key(bytes_from<Key>(vector.seed));
        const auto message = from_hex(vector.message);
        ASSERT_TRUE(message);
        EXPECT_EQ(key.public_key(), bytes_from<PublicKey>(vector.key));
        EXPECT_EQ(key.sign(*message), bytes_from<Signature>(vector.signature));
        EXPECT_TRUE(is_signed_by(key.public_key(), *message, key.sign(*message)));
    }
}

TEST(Ed25519, refuses_other_data_another_key_and_any_changed_bit) {
    const SigningKey key(Key{std::byte{1}});
    const SigningKey other(Key{std::byte{2}});
    const auto signature = key.sign("ticket");
    EXPECT_TRUE(is_signed_by(key.public_key(), "ticket", signature));
    EXPECT_FALSE(is_signed_by(key.public_key(), "Ticket", signature));
    EXPECT_FALSE(is_signed_by(other.public_key(), "ticket", signature));
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Signature changed = signature;
        changed[bit / 8] ^= std::byte{1} << (bit % 8);
        EXPECT_FALSE(is_signed_by(key.public_key(), "ticket", changed)) << bit;
    }
}

}  // namespace
}  // namespace onsale::crypto
