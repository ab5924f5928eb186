#include "shop/ticket_json.h"

#include <gtest/gtest.h>

#include "http/described.h"

namespace onsale::shop {
namespace {

tickets::TicketKey key_from(std::byte seed, std::int64_t from_s) {
    const crypto::SigningKey key(crypto::Key{seed});
    return {tickets::key_id_of(key.public_key()),
            key.public_key(),
            base::Timestamp::from_unix_ms(from_s * 1000),
            {}};
}

TEST(TicketJson, keys_are_read_as_they_are_published) {
    const tickets::KeyRing ring({key_from(std::byte{1}, 0), key_from(std::byte{2}, 1'790'000'000)});
    const auto json = http::to_json(ticket_keys_body(ring));
    EXPECT_NE(json.find(R"("until":"2026-09-21T14:13:20.000Z")"), std::string::npos) << json;
    const auto body = http::parse_body<TicketKeysBody>(json);
    ASSERT_TRUE(body);
    const auto read = key_ring_of(*body);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->keys(), ring.keys());
}

TEST(TicketJson, keys_that_do_not_fit_together_are_none) {
    const tickets::KeyRing ring({key_from(std::byte{1}, 0), key_from(std::byte{2}, 5)});
    EXPECT_FALSE(key_ring_of({}));
    auto swapped = ticket_keys_body(ring);
    std::swap(swapped.keys[0], swapped.keys[1]);
    EXPECT_FALSE(key_ring_of(swapped));
    auto renamed = ticket_keys_body(ring);
    renamed.keys[0].id = renamed.keys[1].id;
    EXPECT_FALSE(key_ring_of(renamed));
    auto shortened = ticket_keys_body(ring);
    shortened.keys[0].public_key.pop_back();
    EXPECT_FALSE(key_ring_of(shortened));
}

TEST(TicketJson, a_check_tells_nothing_of_what_is_not_genuine) {
    tickets::CheckResult forged;
    forged.standing = tickets::Standing::forged;
    EXPECT_EQ(http::to_json(ticket_check_body(forged)), R"({"result":"forged"})");
    tickets::CheckResult lost;
    lost.standing = tickets::Standing::voided;
    lost.reason = tickets::VoidReason::order_unknown;
    lost.code = tickets::SignedCode{};
    lost.code->facts.ticket = domain::TicketId(33);
    const auto body = ticket_check_body(lost);
    EXPECT_EQ(body.result, "void");
    EXPECT_EQ(body.reason, "order_unknown");
    EXPECT_EQ(body.ticket, 33U);
    EXPECT_FALSE(body.show);
}

}  // namespace
}  // namespace onsale::shop
