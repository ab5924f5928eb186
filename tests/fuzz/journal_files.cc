// Files beside the journal: the high-water file and a snapshot's file, on a disk in memory. An
// input is taken as it is, and with its check sum mended, so that what stands behind the sum is
// read, too.
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "journal/high_water.h"
#include "journal/internal/bytes.h"
#include "journal/snapshot_store.h"
#include "target.h"

namespace onsale::fuzz {
namespace {

using env::FileError;
using env::FileResult;

class MemoryFile final : public env::File {
  public:
    explicit MemoryFile(std::string& content) : content_(content) {}
    FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        if (offset >= content_.size()) return std::size_t{0};
        const auto from = std::as_bytes(std::span(content_)).subspan(offset);
        const auto count = std::min(from.size(), out.size());
        std::copy_n(from.begin(), count, out.begin());
        return count;
    }
    FileResult<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        content_.resize(std::max(content_.size(), offset + data.size()));
        std::ranges::copy(data, std::as_writable_bytes(std::span(content_)).begin() +
                                    static_cast<std::ptrdiff_t>(offset));
        return {};
    }
    FileResult<void> truncate(std::uint64_t size) override {
        content_.resize(size);
        return {};
    }
    FileResult<void> sync() override { return {}; }
    FileResult<std::uint64_t> size() override { return content_.size(); }
    FileResult<void> allocate(std::uint64_t) override { return {}; }

  private:
    std::string& content_;
};

// One file under whatever name it is asked for; the folder lists it under `name`.
class OneFile final : public env::Files {
  public:
    FileResult<std::unique_ptr<env::File>> open(const std::string&, env::OpenMode) override {
        return std::unique_ptr<env::File>(std::make_unique<MemoryFile>(content));
    }
    FileResult<void> remove(const std::string&) override { return {}; }
    FileResult<void> rename(const std::string&, const std::string&) override { return {}; }
    FileResult<bool> exists(const std::string&) override { return true; }
    FileResult<std::vector<std::string>> list(const std::string&) override {
        return std::vector{name};
    }
    FileResult<void> create_folders(const std::string&) override { return {}; }
    FileResult<void> sync_folder(const std::string&) override { return {}; }
    FileResult<std::uint64_t> free_bytes(const std::string&) override {
        return std::uint64_t{1} << 30;
    }
    FileResult<std::unique_ptr<env::File>> lock(const std::string&) override {
        return base::Unexpected{FileError::locked};
    }

    std::string name;
    std::string content;
};

std::string crc_line(std::string_view lines) {
    std::string text = "crc ";
    for (int shift = 28; shift >= 0; shift -= 4)
        text.push_back("0123456789abcdef"[journal::crc32(lines) >> shift & 0xf]);
    return text + "\n";
}

void read_high_water(std::string content) {
    OneFile files;
    files.content = std::move(content);
    const auto positions = journal::read_high_water(files, "high-water");
    if (!positions) return;
    ONSALE_CHECK(journal::write_high_water(files, "high-water", *positions).has_value());
    const auto again = journal::read_high_water(files, "high-water");
    ONSALE_CHECK(again.has_value() && *again == *positions);
}

void read_snapshot(std::string_view content) {
    OneFile files;
    files.name = "3-7.snapshot";
    files.content = content;
    journal::SnapshotStore store(files, "snapshots");
    std::vector<std::string> damaged;
    const auto snapshot = store.newest(3, &damaged);
    ONSALE_CHECK(snapshot.has_value());
    ONSALE_CHECK(snapshot->has_value() != (damaged.size() == 1));
    if (!*snapshot) return;
    ONSALE_CHECK((*snapshot)->shard == 3 && (*snapshot)->position.sequence == 7);
    ONSALE_CHECK(content.ends_with((*snapshot)->content));
}

void write_snapshot(std::string_view content) {
    OneFile files;
    files.name = "3-7.snapshot";
    journal::SnapshotStore store(files, "snapshots");
    journal::Snapshot snapshot{3, {7, {}}, std::string(content)};
    ONSALE_CHECK(store.write(snapshot).has_value());
    const auto read = store.newest(3);
    ONSALE_CHECK(read && *read && (*read)->content == content);
    // Any bit that changes is noticed.
    const std::size_t place = content.empty() ? 0 : static_cast<unsigned char>(content[0]);
    files.content[place % files.content.size()] ^= 1;
    const auto spoilt = store.newest(3);
    ONSALE_CHECK(spoilt && !*spoilt);
}

}  // namespace

void run(Input input) {
    const auto way = input.choice(4);
    const std::string text(input.rest());
    if (way == 0) return read_high_water(text);
    if (way == 1) return read_high_water(text + crc_line(text));
    if (way == 2) return read_snapshot(text);
    write_snapshot(text);
}

}  // namespace onsale::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    onsale::fuzz::run({data, size});
    return 0;
}
