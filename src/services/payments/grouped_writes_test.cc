#include "payments/internal/grouped_writes.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "payments/limits.h"
#include "payments/testing/world.h"

namespace onsale::payments {
namespace {

using records::StoreTrouble;

class GroupedWritesTest : public testing::Test {
  protected:
    // The answer, which may not be there yet.
    std::shared_ptr<std::optional<GroupedWrites::Written>> add(std::size_t bytes) {
        auto got = std::make_shared<std::optional<GroupedWrites::Written>>();
        world.writes->add([](sql::Connection&) -> sql::SqlResult<void> { return {}; }, bytes,
                          *world.home, [got](GroupedWrites::Written written) { *got = written; });
        return got;
    }
    void run() { world.run(base::Duration::milliseconds(10)); }

    World world{1};
};

TEST_F(GroupedWritesTest, what_waits_is_bounded_by_its_bytes) {
    const auto first = add(kWritesWaitingBytesMax - 10);
    const auto second = add(11);
    const auto third = add(10);
    run();
    EXPECT_TRUE(first->value());
    ASSERT_FALSE(second->value());
    EXPECT_EQ(second->value().error().trouble, StoreTrouble::busy);
    EXPECT_TRUE(third->value());
    const auto fourth = add(kWritesWaitingBytesMax);
    run();
    EXPECT_TRUE(fourth->value()) << "what was written has given its room back";
}

TEST_F(GroupedWritesTest, what_waits_is_bounded_by_its_number) {
    for (std::size_t i = 0; i < kWritesWaitingMax; ++i) add(1);
    const auto more = add(1);
    run();
    ASSERT_FALSE(more->value());
    EXPECT_EQ(more->value().error().trouble, StoreTrouble::busy);
    const auto again = add(1);
    run();
    EXPECT_TRUE(again->value());
}

}  // namespace
}  // namespace onsale::payments
