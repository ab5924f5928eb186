#include "crypto/crypto.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace onsale::crypto {
namespace {

std::string hex(std::span<const std::byte> bytes) {
    return to_hex(bytes);
}
std::string unhex(std::string_view text) {
    return from_hex(text).value();
}

// A key may be shorter than 32 bytes in the examples; HMAC fills it up with zeros anyway.
Key key_of(std::string_view bytes) {
    Key key{};
    std::ranges::copy(std::as_bytes(std::span(bytes)), key.begin());
    return key;
}

Key counting_key() {
    Key key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i);
    return key;
}

class CountingEntropy final : public env::Entropy {
  public:
    void fill(std::span<std::byte> out) override {
        for (std::byte& b : out) b = static_cast<std::byte>(next_++);
    }

  private:
    unsigned next_ = 1;
};

TEST(Sha256, follows_fips_180) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Sha256 pieces;
    pieces.update(std::as_bytes(std::span(std::string_view("a"))));
    pieces.update(std::as_bytes(std::span(std::string_view("bc"))));
    EXPECT_EQ(hex(pieces.finish()), hex(sha256("abc")));
    EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

struct HmacExample {
    std::string key;
    std::string data;
    const char* digest;
};

// RFC 4231, the cases whose key fits in 32 bytes.
std::vector<HmacExample> hmac_examples() {
    return {{std::string(20, '\x0b'), "Hi There",
             "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
            {"Jefe", "what do ya want for nothing?",
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
            {std::string(20, '\xaa'), std::string(50, '\xdd'),
             "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
            {unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd'),
             "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"}};
}

TEST(Hmac, follows_rfc_4231_each_time_it_is_used) {
    for (const HmacExample& example : hmac_examples()) {
        Hmac hmac(key_of(example.key));
        EXPECT_EQ(hex(hmac.sign(example.data)), example.digest);
        EXPECT_NE(hex(hmac.sign("something else")), example.digest);
        EXPECT_EQ(hex(hmac.sign(example.data)), example.digest);
    }
}

TEST(Hmac, goes_on_with_its_key_after_a_move) {
    const HmacExample example = hmac_examples().front();
    Hmac first(key_of(example.key));
    Hmac second(std::move(first));
    EXPECT_EQ(hex(second.sign(example.data)), example.digest);
}

TEST(Hmac, objects_of_different_threads_do_not_meet) {
    const HmacExample example = hmac_examples().front();
    std::vector<int> right(4, 0);
    {
        std::vector<std::jthread> threads;
        for (int& count : right) {
            threads.emplace_back([&example, &count] {
                Hmac hmac(key_of(example.key));
                for (int i = 0; i < 1000; ++i) {
                    count += hex(hmac.sign(example.data)) == example.digest ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(right, std::vector<int>(4, 1000));
}

TEST(Equal, compares_length_and_every_byte) {
    const Digest digest = sha256("a");
    EXPECT_TRUE(equal(digest, sha256("a")));
    EXPECT_TRUE(equal({}, {}));
    EXPECT_FALSE(equal(digest, std::span(digest).first(31)));
    for (std::size_t i = 0; i < digest.size(); ++i) {
        Digest other = digest;
        other[i] ^= std::byte{1};
        EXPECT_FALSE(equal(digest, other)) << i;
    }
}

TEST(Seal, open_follows_the_published_example) {
    // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    const Key key =
        key_of(unhex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
    const std::string sealed = unhex(
        "404142434445464748494a4b4c4d4e4f5051525354555657"
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
        "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
        "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
        "21f9664c97637da9768812f615c68b13b52e"
        "c0875924c1c7987947deafd8780acf49");
    EXPECT_EQ(open(key, sealed, unhex("50515253c0c1c2c3c4c5c6c7")),
              "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
              "the future, sunscreen would be it.");
}

TEST(Seal, what_is_sealed_opens_with_the_same_key_and_context_only) {
    CountingEntropy entropy;
    for (const std::string& plain : {std::string(), std::string("code"), std::string(5000, 'x')}) {
        const std::string sealed = seal(counting_key(), plain, "list 7", entropy);
        EXPECT_EQ(sealed.size(), plain.size() + 24 + 16);
        EXPECT_EQ(open(counting_key(), sealed, "list 7"), plain);
        EXPECT_EQ(open(counting_key(), sealed, "list 8"), std::nullopt);
        EXPECT_EQ(open(key_of("other"), sealed, "list 7"), std::nullopt);
    }
}

TEST(Seal, a_changed_or_shortened_text_does_not_open) {
    CountingEntropy entropy;
    const std::string sealed = seal(counting_key(), "code", "", entropy);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_EQ(open(counting_key(), changed, ""), std::nullopt) << i;
        EXPECT_EQ(open(counting_key(), sealed.substr(0, i), ""), std::nullopt) << i;
    }
}

TEST(Seal, the_same_text_is_sealed_differently_each_time) {
    CountingEntropy entropy;
    EXPECT_NE(seal(counting_key(), "code", "", entropy), seal(counting_key(), "code", "", entropy));
}

// The expected values of the next three were computed by independent programs; they are stored in
// journals and vaults, so they must never change.
TEST(KeyedHash, is_blake2b_of_16_bytes) {
    EXPECT_EQ(hex(keyed_hash(counting_key(), "ticket-code-1")), "0ab18a3e3e21ebc1c07c0caa1d905a65");
    EXPECT_NE(keyed_hash(counting_key(), "ticket-code-1"),
              keyed_hash(key_of("other"), "ticket-code-1"));
}

TEST(DeriveKey, is_blake2b_of_32_bytes) {
    EXPECT_EQ(hex(derive_key(counting_key(), "vault.codes")),
              "1c44499bd27fe663c6f4eb1dec5047da293c7d6625e9db87653dec5d34dc01b8");
    EXPECT_NE(derive_key(counting_key(), "vault.codes"), derive_key(counting_key(), "vault.names"));
}

TEST(ShortHash, is_siphash_2_4_and_the_same_everywhere) {
    EXPECT_EQ(short_hash(""), 0xee973f9a4609f67eU);
    EXPECT_EQ(short_hash("a"), 0xc3f2fddeecfba58fU);
    EXPECT_EQ(short_hash("0123456789abcdef"), 0xb0f0618faade60b3U);
}

TEST(Password, verifies_with_its_own_hash_only) {
    const std::string hash = hash_password("correct horse");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    EXPECT_TRUE(verify_password(hash, "correct horse"));
    EXPECT_FALSE(verify_password(hash, "correct hors"));
    EXPECT_FALSE(verify_password(hash, std::string("correct horse\0", 14)));
    EXPECT_NE(hash, hash_password("correct horse"));
}

TEST(Password, a_text_that_is_no_hash_verifies_nothing) {
    const std::string hash = hash_password("p");
    for (const std::string& odd :
         {std::string(), std::string("p"), hash.substr(0, 60), std::string(1000, '$'),
          std::string("$argon2i$v=19$m=8,t=3,p=1")}) {
        EXPECT_FALSE(verify_password(odd, "p")) << odd;
    }
}

}  // namespace
}  // namespace onsale::crypto
