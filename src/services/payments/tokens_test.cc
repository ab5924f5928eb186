#include "payments/tokens.h"

#include <gtest/gtest.h>

#include "payments/testing/world.h"

namespace onsale::payments {
namespace {

Tokens::Found find(World& world, std::vector<std::uint64_t> hashes) {
    Tokens::Found found;
    world.tokens->find(std::move(hashes), *world.home,
                       [&](records::StoreResult<Tokens::Found> got) { found = std::move(*got); });
    world.run(base::Duration::milliseconds(10));
    return found;
}

TEST(Tokens, are_kept_sealed_and_dropped) {
    World world(1);
    bool kept = false;
    world.tokens->keep("a secret token", *world.home,
                       [&kept](const auto& written) { kept = written.has_value(); });
    world.run(base::Duration::milliseconds(10));
    ASSERT_TRUE(kept);
    const auto hash = world.tokens->hash_of("a secret token");
    EXPECT_EQ(find(world, {hash, 77}), (Tokens::Found{{hash, "a secret token"}}));
    auto row = world.store->connection().prepare(
        "SELECT count(*) FROM payments_tokens WHERE instr(sealed, 'secret') > 0");
    ASSERT_TRUE(row && row->step());
    EXPECT_EQ(row->integer(0), 0);
    row->reset();
    world.tokens->drop({hash}, *world.home);
    world.run(base::Duration::milliseconds(10));
    EXPECT_TRUE(find(world, {hash}).empty());
}

TEST(Tokens, of_payments_that_never_began_are_swept) {
    World world(2);
    const auto home = world.home.get();
    world.tokens->keep("begun", *home, [](const auto&) {});
    world.tokens->keep("never begun", *home, [](const auto&) {});
    world.run(base::Duration::seconds(1));
    const auto now = world.environment.clock().wall_now();
    const auto begun = world.tokens->hash_of("begun");
    world.tokens->sweep({begun}, now, *home);
    world.run(base::Duration::seconds(1));
    EXPECT_EQ(find(world, {begun, world.tokens->hash_of("never begun")}).size(), 1U);
}

}  // namespace
}  // namespace onsale::payments
