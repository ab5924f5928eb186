#include "journal/reserve.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "journal/internal/paths.h"
#include "journal/limits.h"

namespace onsale::journal {
namespace {

// Zeros are written as well as allocated: a file system that compresses, copies on write or only
// promises blocks would let the journal down in the minute for which this file exists.
env::FileResult<void> fill(env::Files& files, const std::string& path, std::uint64_t bytes) {
    ONSALE_TRY_ASSIGN(file, files.open(path, env::OpenMode::create));
    ONSALE_TRY(file->truncate(0));
    ONSALE_TRY(file->allocate(bytes));
    const std::vector<std::byte> zeros(
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kPieceBytes)));
    for (std::uint64_t at = 0; at < bytes; at += zeros.size()) {
        const auto left = std::min<std::uint64_t>(zeros.size(), bytes - at);
        ONSALE_TRY(file->write_at(at, std::span(zeros).first(static_cast<std::size_t>(left))));
        ONSALE_TRY(file->sync());
    }
    return file->sync();
}

std::string unfinished(const std::string& path) {
    return path + ".new";
}

// The name is given last, so a file with it has all its blocks and need not be written again.
env::FileResult<void> make(env::Files& files, const std::string& path, std::uint64_t bytes) {
    ONSALE_TRY(fill(files, unfinished(path), bytes));
    ONSALE_TRY(files.rename(unfinished(path), path));
    return files.sync_folder(folder_of(path));
}

bool is_whole(env::Files& files, const std::string& path, std::uint64_t bytes) {
    const auto file = files.open(path, env::OpenMode::read);
    if (!file) return false;
    const auto size = (*file)->size();
    return size && *size == bytes;
}

}  // namespace

Reserve::Reserve(env::Files& files, std::string path, std::uint64_t bytes)
    : files_(files), path_(std::move(path)), bytes_(bytes) {}

bool Reserve::take() {
    if (taken_) return true;
    if (!is_whole(files_, path_, bytes_)) {
        release();  // one of another size would need its space twice
        // A part of a reserve would only make the full disk fuller.
        taken_ = make(files_, path_, bytes_).has_value();
        if (!taken_) release();
        return taken_;
    }
    taken_ = true;
    return true;
}

void Reserve::release() {
    taken_ = false;
    // Whether it worked shows at the next write of the journal; there is nothing else to do here.
    static_cast<void>(files_.remove(unfinished(path_)).has_value());
    if (!files_.remove(path_)) return;
    static_cast<void>(files_.sync_folder(folder_of(path_)).has_value());
}

}  // namespace onsale::journal
