#include "imports/staging.h"

#include <algorithm>
#include <span>
#include <utility>

#include "imports/internal/utf8.h"
#include "imports/limits.h"

namespace onsale::imports {
namespace {

bool is_file_name(std::string_view name) {
    if (name.empty() || name.size() > kFileNameBytesMax || !is_utf8(name)) return false;
    if (name == "." || name == "..") return false;
    return std::ranges::none_of(name, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
    });
}

}  // namespace

std::string Staging::path_of(std::size_t index) const {
    return prefix_ + std::to_string(index);
}

StageRefusal Staging::check(const Piece& piece, const StagedFile& file) const {
    if (piece.offset > file.bytes) return StageRefusal::piece_missing;
    const std::uint64_t end = piece.offset + piece.bytes.size();
    if (end > kFileBytesMax) return StageRefusal::file_too_large;
    std::uint64_t others = 0;
    for (const auto& staged : staged_) {
        if (staged.name != piece.name) others += staged.bytes;
    }
    if (others + end > kImportBytesMax) return StageRefusal::import_too_large;
    return StageRefusal::none;
}

StageRefusal Staging::write(const Piece& piece) {
    if (!is_file_name(piece.name)) return StageRefusal::name_invalid;
    const auto found = std::ranges::find(staged_, piece.name, &StagedFile::name);
    const auto index = static_cast<std::size_t>(found - staged_.begin());
    if (index == kFilesPerImportMax) return StageRefusal::too_many_files;
    const bool fresh = found == staged_.end();
    const auto refusal = check(piece, fresh ? StagedFile{piece.name, 0} : *found);
    if (refusal != StageRefusal::none) return refusal;
    // From here on the file counts, so that whatever was written is removed with the rest.
    if (fresh) staged_.push_back({piece.name, 0});
    const auto stored = store(piece, path_of(index));
    if (!stored) {
        return stored.error() == env::FileError::no_space ? StageRefusal::storage_full
                                                          : StageRefusal::failed;
    }
    auto& bytes = staged_[index].bytes;
    const std::uint64_t end = piece.offset + piece.bytes.size();
    bytes = piece.offset == 0 ? end : std::max(bytes, end);
    return StageRefusal::none;
}

env::FileResult<void> Staging::store(const Piece& piece, const std::string& path) {
    const auto folder = prefix_.substr(0, prefix_.find_last_of('/'));
    ONSALE_TRY(files_.create_folders(folder));
    ONSALE_TRY_ASSIGN(free, files_.free_bytes(folder));
    if (free < kFreeBytesMin + piece.bytes.size())
        return base::Unexpected{env::FileError::no_space};
    ONSALE_TRY_ASSIGN(file, files_.open(path, env::OpenMode::create));
    if (piece.offset == 0) ONSALE_TRY(file->truncate(0));
    return file->write_at(piece.offset, std::as_bytes(std::span(piece.bytes)));
}

env::FileResult<std::vector<InputFile>> Staging::read() const {
    std::vector<InputFile> read;
    for (std::size_t i = 0; i < staged_.size(); ++i) {
        ONSALE_TRY_ASSIGN(text, env::read_file(files_, path_of(i)));
        read.push_back({staged_[i].name, std::move(text)});
    }
    return read;
}

void Staging::remove() {
    // What cannot be removed now is removed at the next start.
    for (std::size_t i = 0; i < staged_.size(); ++i) (void)files_.remove(path_of(i));
    staged_.clear();
}

void remove_leftovers(env::Files& files, const std::string& folder) {
    const auto names = files.list(folder);
    if (!names) return;
    for (const auto& name : *names) (void)files.remove(folder + "/" + name);
}

}  // namespace onsale::imports
