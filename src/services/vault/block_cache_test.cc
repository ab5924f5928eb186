#include "vault/internal/block_cache.h"

#include <gtest/gtest.h>

namespace onsale::vault {
namespace {

TEST(BlockCache, finds_each_code_of_a_block) {
    BlockCache cache(4);
    cache.put(ListId(1), 2, Block("a\nbb\nccc\n"));
    EXPECT_EQ(cache.code(ListId(1), 2 * kCodesPerBlock), "a");
    EXPECT_EQ(cache.code(ListId(1), 2 * kCodesPerBlock + 2), "ccc");
    EXPECT_EQ(cache.code(ListId(1), 2 * kCodesPerBlock + 3), std::nullopt);
    EXPECT_EQ(cache.code(ListId(2), 2 * kCodesPerBlock), std::nullopt);
    EXPECT_EQ(cache.code(ListId(1), 0), std::nullopt);
}

TEST(BlockCache, lets_the_block_go_that_was_not_used_for_longest) {
    BlockCache cache(2);
    cache.put(ListId(1), 0, Block("a\n"));
    cache.put(ListId(1), 1, Block("b\n"));
    EXPECT_EQ(cache.code(ListId(1), 0), "a");  // now block 1 is the older one
    cache.put(ListId(1), 2, Block("c\n"));
    EXPECT_TRUE(cache.holds(ListId(1), 0));
    EXPECT_FALSE(cache.holds(ListId(1), 1));
    EXPECT_TRUE(cache.holds(ListId(1), 2));
}

}  // namespace
}  // namespace onsale::vault
