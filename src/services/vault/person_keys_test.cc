#include "vault/person_keys.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "records/testing/scratch.h"

namespace onsale::vault {
namespace {

class PersonKeysTest : public testing::Test {
  protected:
    void SetUp() override { open(); }
    void open() {
        keys_.reset();
        auto connection = sql::Connection::open(
            {scratch_.path("people.sqlite"), scratch_.environment().sqlite_vfs()});
        ASSERT_TRUE(connection);
        auto made = PersonKeys::open(std::move(*connection), sql::OpenOptions{}.busy_timeout_ms,
                                     scratch_.environment().entropy());
        ASSERT_TRUE(made);
        keys_ = std::move(*made);
    }
    // Whether any file of the folder holds these bytes.
    bool on_disk(const crypto::Key& key) {
        const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
        for (const auto& entry : std::filesystem::directory_iterator(scratch_.path(""))) {
            const auto text = env::read_file(scratch_.environment().files(), entry.path().string());
            if (text && text->find(bytes) != std::string::npos) return true;
        }
        return false;
    }

    records::Scratch scratch_{testing::TempDir()};
    std::unique_ptr<PersonKeys> keys_;
};

TEST_F(PersonKeysTest, are_random_and_found_in_another_life) {
    const auto made = keys_->create(domain::PersonId(1), 3);
    ASSERT_TRUE(made);
    EXPECT_NE((*made)[0], (*made)[1]);
    open();
    EXPECT_EQ(*keys_->find(domain::PersonId(2)), (*made)[1]);
    EXPECT_EQ(*keys_->find(domain::PersonId(4)), std::nullopt);
}

TEST_F(PersonKeysTest, never_give_a_number_twice) {
    EXPECT_EQ(*keys_->last(), domain::PersonId(0));
    ASSERT_TRUE(keys_->create(domain::PersonId(1), 7));
    EXPECT_EQ(*keys_->last(), domain::PersonId(7));
    EXPECT_FALSE(keys_->create(domain::PersonId(7), 1));
    ASSERT_TRUE(keys_->destroy(domain::PersonId(7)));
    EXPECT_EQ(*keys_->last(), domain::PersonId(7));
}

TEST_F(PersonKeysTest, are_in_no_file_once_destroyed_but_known_as_destroyed) {
    const auto made = keys_->create(domain::PersonId(1), 500);
    ASSERT_TRUE(made);
    EXPECT_TRUE(on_disk((*made)[249]));
    ASSERT_TRUE(keys_->destroy(domain::PersonId(250)));
    EXPECT_TRUE(*keys_->cut_log());
    EXPECT_FALSE(on_disk((*made)[249]));
    EXPECT_TRUE(on_disk((*made)[250]));
    EXPECT_EQ(*keys_->find(domain::PersonId(250)), std::nullopt);
    open();
    EXPECT_EQ(*keys_->destroyed(), std::vector{domain::PersonId(250)});
    EXPECT_FALSE(on_disk((*made)[249]));
}

TEST_F(PersonKeysTest, are_destroyed_while_somebody_reads_the_file_and_leave_its_log_afterwards) {
    const auto made = keys_->create(domain::PersonId(1), 2);
    ASSERT_TRUE(made);
    {
        sql::OpenOptions options{scratch_.path("people.sqlite"),
                                 scratch_.environment().sqlite_vfs()};
        options.access = sql::Access::read_only;
        const auto reader = sql::Connection::open(options);
        ASSERT_TRUE(reader);
        ASSERT_TRUE((*reader)->begin());
        auto statement = (*reader)->prepare("SELECT count(*) FROM person_keys");
        ASSERT_TRUE(statement);
        ASSERT_TRUE(statement->step());
        EXPECT_TRUE(keys_->destroy(domain::PersonId(1)));
        EXPECT_EQ(*keys_->find(domain::PersonId(1)), std::nullopt);
        EXPECT_FALSE(*keys_->cut_log());
        open();
        EXPECT_EQ(*keys_->destroyed(), std::vector{domain::PersonId(1)});
        EXPECT_TRUE(on_disk((*made)[0]));
    }
    EXPECT_TRUE(*keys_->cut_log());
    EXPECT_FALSE(on_disk((*made)[0]));
}

}  // namespace
}  // namespace onsale::vault
