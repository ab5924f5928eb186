// PosixFiles: env::Files on the file system of this machine. Without state, so any thread may use
// it; a File it opens belongs to one thread at a time, or to several that only read. sync() is
// fdatasync, sync_folder() is fsync, and neither is tried again after an error: what the kernel has
// dropped stays dropped, so the owner of the file must end the process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "env/files.h"

namespace onsale::env::posix::internal {

class PosixFiles final : public Files {
  public:
    FileResult<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
    FileResult<void> remove(const std::string& path) override;
    FileResult<void> rename(const std::string& from, const std::string& to) override;
    FileResult<bool> exists(const std::string& path) override;
    FileResult<std::uint64_t> free_bytes(const std::string& folder) override;
    FileResult<std::vector<std::string>> list(const std::string& folder) override;
    FileResult<void> create_folders(const std::string& path) override;
    FileResult<void> sync_folder(const std::string& path) override;
    FileResult<std::unique_ptr<File>> lock(const std::string& path) override;
};

}  // namespace onsale::env::posix::internal
