#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <utility>

#include "base/check.h"
#include "env/posix/internal/files.h"

namespace onsale::env::posix::internal {
namespace {

using base::Unexpected;

constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;

FileError to_error(int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return FileError::not_found;
        case EEXIST:
            return FileError::already_there;
        case ENOSPC:
        case EDQUOT:
            return FileError::no_space;
        case EACCES:
        case EPERM:
        case EROFS:
        case EISDIR:
        case ENOTEMPTY:
            return FileError::refused;
        case EWOULDBLOCK:
            return FileError::locked;
        default:
            return FileError::io_error;
    }
}

// Repeats a system call that a signal has interrupted.
template <class Call>
auto repeat(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

FileResult<void> to_result(int returned) {
    if (returned < 0) return Unexpected{to_error(errno)};
    return {};
}

off_t to_offset(std::uint64_t value) {
    ONSALE_CHECK(value <= static_cast<std::uint64_t>(std::numeric_limits<off_t>::max()));
    return static_cast<off_t>(value);
}

class PosixFile final : public File {
  public:
    explicit PosixFile(int descriptor) : descriptor_(descriptor) {}
    // The result of close is of no use: what matters has been synced before.
    ~PosixFile() override { ::close(descriptor_); }
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;

    FileResult<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t count = repeat([&] {
                return ::pread(descriptor_, out.data() + done, out.size() - done,
                               to_offset(offset + done));
            });
            if (count < 0) return Unexpected{to_error(errno)};
            if (count == 0) break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

    FileResult<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        std::size_t done = 0;
        while (done < data.size()) {
            const ssize_t count = repeat([&] {
                return ::pwrite(descriptor_, data.data() + done, data.size() - done,
                                to_offset(offset + done));
            });
            if (count < 0) return Unexpected{to_error(errno)};
            if (count == 0) return Unexpected{FileError::io_error};
            done += static_cast<std::size_t>(count);
        }
        return {};
    }

    FileResult<void> truncate(std::uint64_t size) override {
        return to_result(repeat([&] { return ::ftruncate(descriptor_, to_offset(size)); }));
    }

    FileResult<void> sync() override {
        return to_result(repeat([&] { return ::fdatasync(descriptor_); }));
    }

    FileResult<std::uint64_t> size() override {
        struct stat status = {};
        if (::fstat(descriptor_, &status) < 0) return Unexpected{to_error(errno)};
        return static_cast<std::uint64_t>(status.st_size);
    }

    FileResult<void> allocate(std::uint64_t size) override {
        if (size == 0) return {};
        int code = 0;
        do {
            code = ::posix_fallocate(descriptor_, 0, to_offset(size));
        } while (code == EINTR);
        if (code != 0) return Unexpected{to_error(code)};
        return {};
    }

    [[nodiscard]] FileResult<void> try_lock() {
        return to_result(repeat([&] { return ::flock(descriptor_, LOCK_EX | LOCK_NB); }));
    }

  private:
    const int descriptor_;
};

int flags_of(OpenMode mode) {
    switch (mode) {
        case OpenMode::read:
            return O_RDONLY | O_CLOEXEC;
        case OpenMode::read_write:
            return O_RDWR | O_CLOEXEC;
        case OpenMode::create:
            return O_RDWR | O_CREAT | O_CLOEXEC;
    }
    ONSALE_CHECK(false);
}

FileResult<std::unique_ptr<PosixFile>> open_file(const std::string& path, int flags) {
    const int descriptor = repeat([&] { return ::open(path.c_str(), flags, kFileMode); });
    if (descriptor < 0) return Unexpected{to_error(errno)};
    return std::make_unique<PosixFile>(descriptor);
}

FileResult<void> create_folder(const std::string& path) {
    if (::mkdir(path.c_str(), kFolderMode) == 0) return {};
    const int code = errno;
    struct stat status = {};
    // Whatever mkdir says about a folder that is there (a read-only parent, for one), it is there.
    if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
    return Unexpected{to_error(code)};
}

}  // namespace

FileResult<std::unique_ptr<File>> PosixFiles::open(const std::string& path, OpenMode mode) {
    ONSALE_TRY_ASSIGN(file, open_file(path, flags_of(mode)));
    return std::unique_ptr<File>(std::move(file));
}

FileResult<void> PosixFiles::remove(const std::string& path) {
    return to_result(std::remove(path.c_str()));
}

FileResult<void> PosixFiles::rename(const std::string& from, const std::string& to) {
    return to_result(std::rename(from.c_str(), to.c_str()));
}

FileResult<bool> PosixFiles::exists(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0) return true;
    const FileError error = to_error(errno);
    if (error == FileError::not_found) return false;
    return Unexpected{error};
}

FileResult<std::uint64_t> PosixFiles::free_bytes(const std::string& folder) {
    struct statvfs disk = {};
    if (::statvfs(folder.c_str(), &disk) != 0) return Unexpected{to_error(errno)};
    return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

FileResult<std::vector<std::string>> PosixFiles::list(const std::string& folder) {
    struct CloseFolder {
        void operator()(DIR* opened) const noexcept { ::closedir(opened); }
    };
    const std::unique_ptr<DIR, CloseFolder> opened(::opendir(folder.c_str()));
    if (!opened) return Unexpected{to_error(errno)};
    std::vector<std::string> names;
    while (true) {
        errno = 0;
        const dirent* const entry = ::readdir(opened.get());
        if (entry == nullptr) break;
        std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(std::move(name));
    }
    if (errno != 0) return Unexpected{to_error(errno)};
    std::ranges::sort(names);
    return names;
}

FileResult<void> PosixFiles::create_folders(const std::string& path) {
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
        ONSALE_TRY(create_folder(path.substr(0, slash)));
    }
    return create_folder(path);
}

FileResult<void> PosixFiles::sync_folder(const std::string& path) {
    const int descriptor =
        repeat([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (descriptor < 0) return Unexpected{to_error(errno)};
    const FileResult<void> synced = to_result(repeat([&] { return ::fsync(descriptor); }));
    ::close(descriptor);
    return synced;
}

FileResult<std::unique_ptr<File>> PosixFiles::lock(const std::string& path) {
    ONSALE_TRY_ASSIGN(file, open_file(path, flags_of(OpenMode::create)));
    ONSALE_TRY(file->try_lock());
    return std::unique_ptr<File>(std::move(file));
}

}  // namespace onsale::env::posix::internal
