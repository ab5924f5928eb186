#include "env/files.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"

namespace onsale::env {
namespace {

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// A leftover of an earlier attempt that a crash cut short is longer than the new content, perhaps:
// hence the truncate.
FileResult<void> write_whole(Files& files, const std::string& path, std::string_view content) {
    ONSALE_TRY_ASSIGN(file, files.open(path, OpenMode::create));
    ONSALE_TRY(file->truncate(0));
    ONSALE_TRY(file->write_at(0, std::as_bytes(std::span(content))));
    return file->sync();
}

}  // namespace

std::string_view to_string(FileError error) {
    switch (error) {
        case FileError::not_found:
            return "not_found";
        case FileError::already_there:
            return "already_there";
        case FileError::no_space:
            return "no_space";
        case FileError::io_error:
            return "io_error";
        case FileError::refused:
            return "refused";
        case FileError::locked:
            return "locked";
    }
    ONSALE_CHECK(false);
}

FileResult<std::string> read_file(Files& files, const std::string& path) {
    ONSALE_TRY_ASSIGN(file, files.open(path, OpenMode::read));
    ONSALE_TRY_ASSIGN(size, file->size());
    std::string content(static_cast<std::size_t>(size), '\0');
    ONSALE_TRY_ASSIGN(count, file->read_at(0, std::as_writable_bytes(std::span(content))));
    content.resize(count);
    return content;
}

FileResult<void> replace_file(Files& files, const std::string& path, std::string_view content) {
    const std::string beside = path + ".new";
    FileResult<void> written = write_whole(files, beside, content);
    if (!written) {
        // The half-written file takes space and helps nobody; whether it goes away changes nothing.
        static_cast<void>(files.remove(beside).has_value());
        return written;
    }
    ONSALE_TRY(files.rename(beside, path));
    return files.sync_folder(folder_of(path));
}

}  // namespace onsale::env
