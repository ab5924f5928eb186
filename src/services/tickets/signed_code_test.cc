#include "tickets/signed_code.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tickets/key_ring.h"

namespace onsale::tickets {
namespace {

using base::Timestamp;

constexpr std::int64_t kIssuedMs = 1'790'000'000'000;

crypto::Key counting_seed() {
    crypto::Key seed{};
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::byte>(i);
    return seed;
}

CodeFacts facts() {
    return {domain::TicketId(262177), domain::SessionId(1), domain::TierId(11), 1,
            Timestamp::from_unix_ms(kIssuedMs)};
}

// Computed by OpenSSL and Python from docs/formats/ticket.md. They never change.
constexpr std::string_view kGolden =
    "CAAVMR22U4AAAAAAAQACCAAAAAAAAAABAAAAAAAAAAFWVMJ3QBUMT5QYFYHNXOCYNJJ67H6BNRYFEH6B4BXVCXAA6WYFVP"
    "VS"
    "KP6G47BWYRBRIETNZEJYAAEGCASLIHS6K6Z7PGH72BV4PJIYWEFDWIQO";
constexpr std::string_view kGoldenHighest =
    "D7727ARJLAP7777777776H7777777776D77777777767777777VH3OAFPULCNKHIXDAIUUSQ2UEACBTCDKEGSWRRRA6FSX"
    "QT"
    "THDKK7F5QYZITCMEFOW7NHT6SXYV73VGRO7QD7WUVUMXCTJLGIILOBAP";

TEST(SignedCode, has_the_bytes_of_the_published_format) {
    const crypto::SigningKey key(counting_seed());
    EXPECT_EQ(to_string(key_id_of(key.public_key())), "56475aa7");
    EXPECT_EQ(sign_code(facts(), key), kGolden);

    crypto::Key highest_seed{};
    highest_seed.fill(std::byte{0xff});
    const CodeFacts highest{domain::TicketId(domain::kIdMax), domain::SessionId(domain::kIdMax - 1),
                            domain::TierId(domain::kIdMax - 2), 4095,
                            Timestamp::from_unix_ms(4'294'967'295'000)};
    EXPECT_EQ(sign_code(highest, crypto::SigningKey(highest_seed)), kGoldenHighest);
}

TEST(SignedCode, says_what_was_signed) {
    const crypto::SigningKey key(counting_seed());
    for (const auto golden : {kGolden, kGoldenHighest}) {
        const auto code = parse_code(golden);
        ASSERT_TRUE(code);
        EXPECT_EQ(is_genuine(*code, key.public_key()), golden == kGolden);
    }
    EXPECT_EQ(parse_code(kGolden)->facts, facts());
}

TEST(SignedCode, is_read_however_it_was_typed) {
    std::string typed;
    for (const char c : kGolden) {
        typed += static_cast<char>(std::tolower(c));
        if (typed.size() % 9 == 8) typed += typed.size() % 2 == 0 ? ' ' : '-';
    }
    EXPECT_EQ(parse_code(typed + "\r\n"), parse_code(kGolden));
}

TEST(SignedCode, is_no_code_when_the_text_has_another_length_alphabet_or_format) {
    const std::string golden(kGolden);
    EXPECT_FALSE(parse_code(""));
    EXPECT_FALSE(parse_code(golden.substr(1)));
    EXPECT_FALSE(parse_code(golden + "A"));
    EXPECT_FALSE(parse_code(golden.substr(0, 151) + "1"));
    EXPECT_FALSE(parse_code("E" + golden.substr(1)));
    EXPECT_FALSE(parse_code(std::string(500, ' ') + golden));
}

// Whichever bit of the 760 is altered: no code, another key, or a wrong signature.
TEST(SignedCode, is_refused_with_any_bit_altered) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const crypto::SigningKey key(counting_seed());
    const KeyRing ring({{key_id_of(key.public_key()), key.public_key(), {}, {}}});
    ASSERT_EQ(read_code(kGolden, ring).reading, Reading::genuine);
    for (std::size_t bit = 0; bit < kSignedCodeCharacters * 5; ++bit) {
        std::string altered(kGolden);
        const auto digit = kDigits.find(altered[bit / 5]);
        altered[bit / 5] = kDigits[digit ^ (std::size_t{16} >> (bit % 5))];
        EXPECT_NE(read_code(altered, ring).reading, Reading::genuine) << "bit " << bit;
    }
}

TEST(KeyRing, refuses_another_sites_code_and_one_that_claims_a_known_key) {
    const crypto::SigningKey ours(counting_seed());
    const crypto::SigningKey theirs(crypto::Key{std::byte{9}});
    const KeyRing ring({{key_id_of(ours.public_key()), ours.public_key(), {}, {}}});
    EXPECT_EQ(read_code(sign_code(facts(), theirs), ring).reading, Reading::unknown_key);
    // Their signature behind our key's id.
    const std::string patched =
        std::string(kGolden.substr(0, 50)) + sign_code(facts(), theirs).substr(50);
    EXPECT_EQ(read_code(patched, ring).reading, Reading::forged);
    EXPECT_EQ(read_code("HELLO", ring).reading, Reading::malformed);
}

TEST(KeyRing, believes_a_key_for_its_own_time_only) {
    const crypto::SigningKey first(counting_seed());
    const crypto::SigningKey second(crypto::Key{std::byte{2}});
    const auto change = Timestamp::from_unix_ms(kIssuedMs);
    const auto id = [](const crypto::SigningKey& key) { return key_id_of(key.public_key()); };
    const KeyRing ring(
        {{id(first), first.public_key(), {}, {}}, {id(second), second.public_key(), change, {}}});
    CodeFacts before = facts();
    before.issued_at = change - base::Duration::seconds(1);
    EXPECT_EQ(ring.place_at(before.issued_at), 0U);
    EXPECT_EQ(ring.place_at(change), 1U);
    EXPECT_EQ(ring.keys()[0].until, change);
    EXPECT_EQ(read_code(sign_code(before, first), ring).reading, Reading::genuine);
    EXPECT_EQ(read_code(sign_code(facts(), second), ring).reading, Reading::genuine);
    EXPECT_EQ(read_code(sign_code(facts(), first), ring).reading, Reading::forged);
    EXPECT_EQ(read_code(sign_code(before, second), ring).reading, Reading::forged);
}

}  // namespace
}  // namespace onsale::tickets
