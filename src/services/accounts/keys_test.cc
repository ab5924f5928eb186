#include "accounts/keys.h"

#include <gtest/gtest.h>

#include "records/testing/scratch.h"

namespace onsale::accounts {
namespace {

class Keys : public testing::Test {
  protected:
    base::Result<crypto::Key, std::string> load() {
        return load_or_create_master_key(scratch_.environment().files(),
                                         scratch_.environment().entropy(), scratch_.path("data"));
    }
    std::string file() { return scratch_.path("data/keys/master.key"); }

    records::Scratch scratch_{testing::TempDir()};
};

TEST_F(Keys, makes_a_key_once_and_reads_it_again) {
    const auto made = load();
    ASSERT_TRUE(made) << made.error();
    EXPECT_NE(*made, crypto::Key{});
    EXPECT_EQ(*load(), *made);
    const auto content = env::read_file(scratch_.environment().files(), file());
    ASSERT_TRUE(content);
    EXPECT_EQ(*content, crypto::to_hex(*made) + "\n");
    EXPECT_EQ(content->size(), 65U);
    EXPECT_EQ(std::filesystem::status(file()).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Keys, never_replaces_a_damaged_key) {
    ASSERT_TRUE(load());
    ASSERT_TRUE(env::replace_file(scratch_.environment().files(), file(), "0123\n"));
    const auto damaged = load();
    ASSERT_FALSE(damaged);
    EXPECT_NE(damaged.error().find("restore"), std::string::npos);
    EXPECT_EQ(*env::read_file(scratch_.environment().files(), file()), "0123\n");
}

}  // namespace
}  // namespace onsale::accounts
