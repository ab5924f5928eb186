// Files in pieces: digests and durable copies that need no more memory than a piece.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "crypto/crypto.h"
#include "env/files.h"

namespace onsale::backup {

struct FileDigest {
    std::uint64_t bytes = 0;
    crypto::Digest sha256{};
};
using Advance = std::function<void(std::uint64_t done, std::uint64_t all)>;

[[nodiscard]] env::FileResult<FileDigest> digest_of(env::Files& files, const std::string& path,
                                                    const Advance& advance);
// Writes beside `to`, syncs, renames: `to` is whole or as before. Its folder is not synced yet.
[[nodiscard]] env::FileResult<FileDigest> copy_file(env::Files& files, const std::string& from,
                                                    const std::string& to, const Advance& advance);
// Makes a file that another program part has written durable.
[[nodiscard]] env::FileResult<void> sync_file(env::Files& files, const std::string& path);

// Whether something is in the folder. A folder that is not there has nothing in it.
[[nodiscard]] env::FileResult<bool> is_empty(env::Files& files, const std::string& folder);

}  // namespace onsale::backup
