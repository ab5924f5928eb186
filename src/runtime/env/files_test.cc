#include "env/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace onsale::env {
namespace {

using base::Unexpected;
using testing::ElementsAre;

// Files in memory that write down what was asked of them, and fail where a test says so.
struct Recorder {
    std::map<std::string, std::string> contents;
    std::vector<std::string> calls;
    std::string failing_call;

    FileResult<void> record(const std::string& call) {
        calls.push_back(call);
        if (call == failing_call) return Unexpected{FileError::no_space};
        return {};
    }
};

class RecordingFile final : public File {
  public:
    RecordingFile(Recorder& recorder, std::string path)
        : recorder_(recorder), path_(std::move(path)) {}
    FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        const std::string& content = recorder_.contents[path_];
        const std::size_t count = std::min<std::size_t>(out.size(), content.size() - offset);
        std::memcpy(out.data(), content.data() + offset, count);
        return count;
    }
    FileResult<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        ONSALE_TRY(recorder_.record("write " + path_));
        std::string& content = recorder_.contents[path_];
        content.resize(std::max<std::size_t>(content.size(), offset + data.size()));
        std::memcpy(content.data() + offset, data.data(), data.size());
        return {};
    }
    FileResult<void> truncate(std::uint64_t size) override {
        recorder_.contents[path_].resize(size);
        return recorder_.record("truncate " + path_);
    }
    FileResult<void> sync() override { return recorder_.record("sync " + path_); }
    FileResult<std::uint64_t> size() override {
        return std::uint64_t{recorder_.contents[path_].size()};
    }
    FileResult<void> allocate(std::uint64_t) override { return {}; }

  private:
    Recorder& recorder_;
    std::string path_;
};

class RecordingFiles final : public Files {
  public:
    explicit RecordingFiles(Recorder& recorder) : recorder_(recorder) {}
    FileResult<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
        if (mode != OpenMode::create && !recorder_.contents.contains(path)) {
            return Unexpected{FileError::not_found};
        }
        return std::unique_ptr<File>(std::make_unique<RecordingFile>(recorder_, path));
    }
    FileResult<void> remove(const std::string& path) override {
        recorder_.contents.erase(path);
        return recorder_.record("remove " + path);
    }
    FileResult<void> rename(const std::string& from, const std::string& to) override {
        recorder_.contents[to] = recorder_.contents[from];
        recorder_.contents.erase(from);
        return recorder_.record("rename " + from + " " + to);
    }
    FileResult<bool> exists(const std::string& path) override {
        return recorder_.contents.contains(path);
    }
    FileResult<std::uint64_t> free_bytes(const std::string&) override { return std::uint64_t{0}; }
    FileResult<std::vector<std::string>> list(const std::string&) override {
        return std::vector<std::string>();
    }
    FileResult<void> create_folders(const std::string&) override { return {}; }
    FileResult<void> sync_folder(const std::string& path) override {
        return recorder_.record("sync_folder " + path);
    }
    FileResult<std::unique_ptr<File>> lock(const std::string& path) override {
        return open(path, OpenMode::create);
    }

  private:
    Recorder& recorder_;
};

TEST(FileErrorNames, are_the_names_of_the_values) {
    EXPECT_EQ(to_string(FileError::no_space), "no_space");
    EXPECT_EQ(to_string(FileError::locked), "locked");
}

TEST(ReadFile, gives_the_whole_content_or_why_not) {
    Recorder recorder;
    RecordingFiles files(recorder);
    recorder.contents["a"] = std::string("x\0y", 3);
    EXPECT_EQ(read_file(files, "a").value(), std::string("x\0y", 3));
    EXPECT_EQ(read_file(files, "b").error(), FileError::not_found);
}

TEST(ReplaceFile, syncs_the_content_before_the_name_and_then_the_folder) {
    Recorder recorder;
    RecordingFiles files(recorder);
    recorder.contents["data/a"] = "old";
    recorder.contents["data/a.new"] = "longer leftover of a crash";
    ASSERT_TRUE(replace_file(files, "data/a", "new"));
    EXPECT_THAT(recorder.calls,
                ElementsAre("truncate data/a.new", "write data/a.new", "sync data/a.new",
                            "rename data/a.new data/a", "sync_folder data"));
    EXPECT_EQ(recorder.contents, (std::map<std::string, std::string>{{"data/a", "new"}}));
}

TEST(ReplaceFile, leaves_the_old_content_when_the_new_one_cannot_be_written) {
    for (const std::string failing : {"write data/a.new", "sync data/a.new"}) {
        Recorder recorder;
        RecordingFiles files(recorder);
        recorder.contents["data/a"] = "old";
        recorder.failing_call = failing;
        EXPECT_EQ(replace_file(files, "data/a", "new").error(), FileError::no_space);
        EXPECT_EQ(recorder.contents, (std::map<std::string, std::string>{{"data/a", "old"}}));
    }
}

TEST(ReplaceFile, syncs_the_folder_of_names_without_one) {
    Recorder recorder;
    RecordingFiles files(recorder);
    ASSERT_TRUE(replace_file(files, "a", ""));
    EXPECT_EQ(recorder.calls.back(), "sync_folder .");
    ASSERT_TRUE(replace_file(files, "/a", ""));
    EXPECT_EQ(recorder.calls.back(), "sync_folder /");
}

}  // namespace
}  // namespace onsale::env
