#include "backup/internal/copy_file.h"

#include <vector>

namespace onsale::backup {
namespace {

using base::Unexpected;

constexpr std::size_t kPieceBytes = 1 << 20;

// Reads `path` from its beginning to its end, piece by piece.
env::FileResult<FileDigest> for_each_piece(
    env::Files& files, const std::string& path, const Advance& advance,
    const std::function<env::FileResult<void>(std::uint64_t, std::span<const std::byte>)>& take) {
    ONSALE_TRY_ASSIGN(file, files.open(path, env::OpenMode::read));
    ONSALE_TRY_ASSIGN(all, file->size());
    crypto::Sha256 sha256;
    std::vector<std::byte> piece(kPieceBytes);
    FileDigest digest;
    while (true) {
        ONSALE_TRY_ASSIGN(bytes, file->read_at(digest.bytes, piece));
        if (bytes == 0) break;
        const auto read = std::span<const std::byte>(piece).first(bytes);
        sha256.update(read);
        ONSALE_TRY(take(digest.bytes, read));
        digest.bytes += bytes;
        advance(digest.bytes, all);
    }
    digest.sha256 = sha256.finish();
    return digest;
}

}  // namespace

env::FileResult<FileDigest> digest_of(env::Files& files, const std::string& path,
                                      const Advance& advance) {
    return for_each_piece(
        files, path, advance,
        [](std::uint64_t, std::span<const std::byte>) -> env::FileResult<void> { return {}; });
}

env::FileResult<FileDigest> copy_file(env::Files& files, const std::string& from,
                                      const std::string& to, const Advance& advance) {
    const std::string unfinished = to + ".part";
    ONSALE_TRY_ASSIGN(target, files.open(unfinished, env::OpenMode::create));
    ONSALE_TRY(target->truncate(0));
    ONSALE_TRY_ASSIGN(digest,
                      for_each_piece(files, from, advance,
                                     [&](std::uint64_t at, std::span<const std::byte> piece) {
                                         return target->write_at(at, piece);
                                     }));
    ONSALE_TRY(target->sync());
    ONSALE_TRY(files.rename(unfinished, to));
    return digest;
}

env::FileResult<void> sync_file(env::Files& files, const std::string& path) {
    ONSALE_TRY_ASSIGN(file, files.open(path, env::OpenMode::read_write));
    return file->sync();
}

env::FileResult<bool> is_empty(env::Files& files, const std::string& folder) {
    ONSALE_TRY_ASSIGN(there, files.exists(folder));
    if (!there) return true;
    ONSALE_TRY_ASSIGN(names, files.list(folder));
    return names.empty();
}

}  // namespace onsale::backup
