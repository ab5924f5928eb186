#include "env/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "env/posix/environment.h"

namespace onsale::env::posix {
namespace {

using testing::ElementsAre;

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

class PosixFilesTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "onsale_files_XXXXXX";
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path(std::string_view name) const {
        return folder_ + "/" + std::string(name);
    }
    Files& files() { return environment_->files(); }

    std::unique_ptr<Environment> environment_ = make_environment();
    std::string folder_;
};

TEST_F(PosixFilesTest, what_was_written_is_read_at_its_place) {
    auto file = files().open(path("a"), OpenMode::create).value();
    ASSERT_TRUE(file->write_at(3, bytes("defg")));
    ASSERT_TRUE(file->write_at(0, bytes("abc")));
    ASSERT_TRUE(file->sync());
    EXPECT_EQ(file->size().value(), 7U);
    std::string out(10, '?');
    EXPECT_EQ(file->read_at(2, std::as_writable_bytes(std::span(out))).value(), 5U);
    EXPECT_EQ(out, "cdefg?????");
    EXPECT_EQ(file->read_at(7, std::as_writable_bytes(std::span(out))).value(), 0U);
}

TEST_F(PosixFilesTest, create_keeps_what_is_there_and_the_other_modes_create_nothing) {
    EXPECT_EQ(files().open(path("a"), OpenMode::read).error(), FileError::not_found);
    EXPECT_EQ(files().open(path("a"), OpenMode::read_write).error(), FileError::not_found);
    ASSERT_TRUE(files().open(path("a"), OpenMode::create).value()->write_at(0, bytes("kept")));
    ASSERT_TRUE(files().open(path("a"), OpenMode::create));
    EXPECT_EQ(read_file(files(), path("a")).value(), "kept");
    EXPECT_EQ(files().open(folder_, OpenMode::read_write).error(), FileError::refused);
    EXPECT_EQ(files().open(path("a/b"), OpenMode::create).error(), FileError::not_found);
}

TEST_F(PosixFilesTest, a_file_opened_for_reading_takes_no_writes) {
    ASSERT_TRUE(replace_file(files(), path("a"), "text"));
    auto file = files().open(path("a"), OpenMode::read).value();
    EXPECT_FALSE(file->write_at(0, bytes("x")));
    EXPECT_EQ(read_file(files(), path("a")).value(), "text");
}

TEST_F(PosixFilesTest, a_full_disk_is_called_no_space) {
    // The kernel's device that is always full.
    auto file = files().open("/dev/full", OpenMode::read_write).value();
    EXPECT_EQ(file->write_at(0, bytes("x")).error(), FileError::no_space);
}

TEST_F(PosixFilesTest, truncate_and_allocate_change_the_size) {
    auto file = files().open(path("a"), OpenMode::create).value();
    ASSERT_TRUE(file->allocate(0));
    EXPECT_EQ(file->size().value(), 0U);
    ASSERT_TRUE(file->allocate(1 << 16));
    EXPECT_EQ(file->size().value(), 1U << 16);
    struct stat status = {};
    ASSERT_EQ(::stat(path("a").c_str(), &status), 0);
    EXPECT_GE(status.st_blocks * 512, 1 << 16);
    ASSERT_TRUE(file->truncate(5));
    EXPECT_EQ(file->size().value(), 5U);
}

TEST_F(PosixFilesTest, replace_file_changes_the_whole_content_and_leaves_nothing_beside) {
    ASSERT_TRUE(replace_file(files(), path("a"), "a long first content"));
    ASSERT_TRUE(replace_file(files(), path("a"), "second"));
    EXPECT_EQ(read_file(files(), path("a")).value(), "second");
    EXPECT_THAT(files().list(folder_).value(), ElementsAre("a"));
}

TEST_F(PosixFilesTest, names_can_be_removed_renamed_and_asked_for) {
    EXPECT_FALSE(files().exists(path("a")).value());
    EXPECT_EQ(files().remove(path("a")).error(), FileError::not_found);
    EXPECT_EQ(files().rename(path("a"), path("b")).error(), FileError::not_found);
    ASSERT_TRUE(replace_file(files(), path("a"), "new"));
    ASSERT_TRUE(replace_file(files(), path("b"), "old"));
    ASSERT_TRUE(files().rename(path("a"), path("b")));
    EXPECT_FALSE(files().exists(path("a")).value());
    EXPECT_EQ(read_file(files(), path("b")).value(), "new");
    ASSERT_TRUE(files().remove(path("b")));
    EXPECT_FALSE(files().exists(path("b")).value());
}

TEST_F(PosixFilesTest, a_list_is_sorted) {
    for (const char* name : {"c", "a", ".b", "b"}) {
        ASSERT_TRUE(files().open(path(name), OpenMode::create));
    }
    EXPECT_THAT(files().list(folder_).value(), ElementsAre(".b", "a", "b", "c"));
    EXPECT_EQ(files().list(path("none")).error(), FileError::not_found);
}

TEST_F(PosixFilesTest, folders_are_created_with_their_parents_and_for_nobody_else) {
    ASSERT_TRUE(files().create_folders(path("x/y/z")));
    ASSERT_TRUE(files().create_folders(path("x/y/z/")));
    ASSERT_TRUE(files().sync_folder(path("x/y")));
    struct stat status = {};
    ASSERT_EQ(::stat(path("x/y").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    ASSERT_TRUE(files().open(path("file"), OpenMode::create));
    EXPECT_EQ(files().create_folders(path("file")).error(), FileError::already_there);
    EXPECT_EQ(files().create_folders(path("file/x")).error(), FileError::already_there);
    EXPECT_EQ(files().sync_folder(path("none")).error(), FileError::not_found);
}

TEST_F(PosixFilesTest, a_lock_belongs_to_one_until_it_dies) {
    auto first = files().lock(path("lock"));
    ASSERT_TRUE(first);
    EXPECT_EQ(files().lock(path("lock")).error(), FileError::locked);
    first.value().reset();
    EXPECT_TRUE(files().lock(path("lock")));
}

}  // namespace
}  // namespace onsale::env::posix
