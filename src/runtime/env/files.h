// Files: the only way to the disk besides SQLite (which comes through the same seam in simulation,
// by runtime/sql/file_vfs). What was written is durable only after File::sync(); a new, renamed or
// removed name only after Files::sync_folder(). A simulated disk forgets everything else when the
// power goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace onsale::env {

enum class FileError : std::uint8_t {
    not_found,
    already_there,
    no_space,
    io_error,
    refused,
    locked
};
[[nodiscard]] std::string_view to_string(FileError error);

template <class T>
using FileResult = base::Result<T, FileError>;

class File {
  public:
    virtual ~File() = default;
    // Reads up to out.size() bytes; fewer only at the end of the file. Returns how many.
    virtual FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) = 0;
    // Writes all bytes or fails; a failed write may have written a part.
    virtual FileResult<void> write_at(std::uint64_t offset, std::span<const std::byte> data) = 0;
    virtual FileResult<void> truncate(std::uint64_t size) = 0;
    virtual FileResult<void> sync() = 0;
    virtual FileResult<std::uint64_t> size() = 0;
    // Takes blocks for `size` bytes now, so that later writes inside cannot fail for lack of space.
    virtual FileResult<void> allocate(std::uint64_t size) = 0;
};

enum class OpenMode : std::uint8_t {
    read,
    read_write,
    create
};  // create: opens or creates, never truncates

class Files {
  public:
    virtual ~Files() = default;
    virtual FileResult<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) = 0;
    virtual FileResult<void> remove(const std::string& path) = 0;
    virtual FileResult<void> rename(const std::string& from,
                                    const std::string& to) = 0;  // replaces `to`
    virtual FileResult<bool> exists(const std::string& path) = 0;
    virtual FileResult<std::vector<std::string>> list(
        const std::string& folder) = 0;                                    // names, sorted
    virtual FileResult<void> create_folders(const std::string& path) = 0;  // mode 0700
    virtual FileResult<void> sync_folder(const std::string& path) = 0;
    // Bytes that can still be written on the disk of this folder.
    virtual FileResult<std::uint64_t> free_bytes(const std::string& folder) = 0;
    // Exclusive lock held until the returned object dies; `locked` if another process has it.
    virtual FileResult<std::unique_ptr<File>> lock(const std::string& path) = 0;
};

// Whole small files. replace_file writes beside, syncs, renames and syncs the folder: after a crash
// the old or the new content is there.
FileResult<std::string> read_file(Files& files, const std::string& path);
FileResult<void> replace_file(Files& files, const std::string& path, std::string_view content);

}  // namespace onsale::env
