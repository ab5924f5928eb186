#include "sql/internal/shared_node.h"

#include <gtest/gtest.h>

namespace onsale::sql {
namespace {

using Level = SharedNode::Level;

class SharedNodeTest : public ::testing::Test {
  protected:
    SharedNode node_;
    int a_ = 0;
    int b_ = 0;
};

TEST_F(SharedNodeTest, one_owner_reserves_while_others_read) {
    EXPECT_TRUE(node_.raise(&a_, Level::shared));
    EXPECT_TRUE(node_.raise(&b_, Level::shared));
    EXPECT_FALSE(node_.reserved());
    EXPECT_TRUE(node_.raise(&a_, Level::reserved));
    EXPECT_TRUE(node_.reserved());
    EXPECT_FALSE(node_.raise(&b_, Level::reserved));
    EXPECT_FALSE(node_.raise(&b_, Level::exclusive));
}

TEST_F(SharedNodeTest, pending_owner_keeps_new_readers_out) {
    int c = 0;
    EXPECT_TRUE(node_.raise(&a_, Level::shared));
    EXPECT_TRUE(node_.raise(&b_, Level::shared));
    EXPECT_FALSE(node_.raise(&a_, Level::exclusive));
    EXPECT_FALSE(node_.raise(&c, Level::shared));
    node_.lower(&b_, Level::none);
    EXPECT_TRUE(node_.raise(&a_, Level::exclusive));
    EXPECT_FALSE(node_.raise(&b_, Level::shared));
    node_.lower(&a_, Level::shared);
    EXPECT_TRUE(node_.raise(&b_, Level::shared));
}

TEST_F(SharedNodeTest, index_locks_are_shared_or_exclusive_bit_by_bit) {
    EXPECT_TRUE(node_.lock_shared(&a_, 0b0110));
    EXPECT_TRUE(node_.lock_shared(&b_, 0b0010));
    EXPECT_FALSE(node_.lock_exclusive(&b_, 0b0011));
    EXPECT_TRUE(node_.lock_exclusive(&b_, 0b1001));
    EXPECT_FALSE(node_.lock_shared(&a_, 0b1000));
    node_.unlock(&b_, 0b1000);
    EXPECT_TRUE(node_.lock_shared(&a_, 0b1000));
    EXPECT_FALSE(node_.lock_shared(&a_, 0b0001));
}

TEST_F(SharedNodeTest, index_lives_as_long_as_somebody_uses_it) {
    EXPECT_EQ(node_.region(&a_, 0, 32, false), nullptr);
    auto* const bytes = static_cast<unsigned char*>(node_.region(&a_, 0, 32, true));
    ASSERT_NE(bytes, nullptr);
    EXPECT_EQ(bytes[31], 0);
    EXPECT_EQ(node_.region(&b_, 0, 32, false), bytes);
    EXPECT_TRUE(node_.lock_exclusive(&a_, 1));
    node_.unmap(&a_);
    EXPECT_TRUE(node_.lock_exclusive(&b_, 1));
    EXPECT_EQ(node_.region(&b_, 0, 32, false), bytes);
    node_.unmap(&b_);
    EXPECT_EQ(node_.region(&a_, 0, 32, false), nullptr);
}

}  // namespace
}  // namespace onsale::sql
