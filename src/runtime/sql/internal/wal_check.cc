#include "sql/internal/wal_check.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <vector>

namespace onsale::sql {
namespace {

using base::Unexpected;

// Layout and checksums: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kFrameHeaderBytes = 24;
constexpr std::uint32_t kMagic = 0x377f0682;  // its last bit: checksums of big-endian words
constexpr std::uint32_t kPageBytesMax = 65536;

using Bytes = std::span<const unsigned char>;

std::uint32_t big_endian(Bytes bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
           std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

std::uint32_t little_endian(Bytes bytes, std::size_t at) {
    return std::uint32_t{bytes[at + 3]} << 24 | std::uint32_t{bytes[at + 2]} << 16 |
           std::uint32_t{bytes[at + 1]} << 8 | std::uint32_t{bytes[at]};
}

struct Checksum {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    bool operator==(const Checksum&) const = default;
};

Checksum add(Checksum sum, Bytes bytes, bool big) {
    const auto word = big ? big_endian : little_endian;
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
        sum.first += word(bytes, at) + sum.second;
        sum.second += word(bytes, at + 4) + sum.first;
    }
    return sum;
}

// The log as SQLite's VFS reads it; closed when this goes.
class LogFile {
  public:
    LogFile(sqlite3_vfs& vfs, const std::string& path)
        : name_(path + std::string(2, '\0')),  // a VFS may look for parameters behind the name
          memory_(static_cast<std::size_t>(vfs.szOsFile) / sizeof(std::max_align_t) + 1) {
        file_ = reinterpret_cast<sqlite3_file*>(memory_.data());
        code_ =
            vfs.xOpen(&vfs, name_.c_str(), file_, SQLITE_OPEN_READONLY | SQLITE_OPEN_WAL, nullptr);
    }
    ~LogFile() {
        if (file_->pMethods != nullptr) file_->pMethods->xClose(file_);
    }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    [[nodiscard]] int code() const { return code_; }
    // False at the end of the file; the code tells of everything else.
    bool read(std::span<unsigned char> out, std::int64_t at) {
        if (code_ != SQLITE_OK) return false;
        const int code =
            file_->pMethods->xRead(file_, out.data(), static_cast<int>(out.size()), at);
        if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) code_ = code;
        return code == SQLITE_OK;
    }

  private:
    const std::string name_;
    std::vector<std::max_align_t> memory_;
    sqlite3_file* file_ = nullptr;
    int code_ = SQLITE_OK;
};

// Goes through the frames, each checked against the checksum that the one before it has stored.
class Frames {
  public:
    explicit Frames(Bytes header)
        : big_((big_endian(header, 0) & 1) != 0),
          page_bytes_(big_endian(header, 8)),
          before_{big_endian(header, 24), big_endian(header, 28)} {
        std::ranges::copy(header.subspan(16, salt_.size()), salt_.begin());
    }
    [[nodiscard]] std::size_t frame_bytes() const { return kFrameHeaderBytes + page_bytes_; }

    // True when the frames tell that the log is damaged.
    bool take(Bytes frame) {
        const Bytes head = frame.first(kFrameHeaderBytes);
        const Checksum stored{big_endian(head, 16), big_endian(head, 20)};
        const bool good = std::ranges::equal(head.subspan(8, salt_.size()), salt_) &&
                          add(add(before_, head.first(8), big_), frame.subspan(kFrameHeaderBytes),
                              big_) == stored;
        before_ = stored;
        ++count_;
        if (!good && first_wrong_ == 0) first_wrong_ = count_;
        // A commit may be repeated as it is to fill a sector; any other frame begins a transaction.
        const Bytes page = frame.subspan(kFrameHeaderBytes);
        const bool begins = good && !committed_.empty() && !std::ranges::equal(page, committed_);
        committed_.clear();
        if (first_wrong_ != 0 && good && big_endian(head, 4) != 0)
            committed_.assign(page.begin(), page.end());
        return begins;
    }
    [[nodiscard]] std::size_t first_wrong() const { return first_wrong_; }

  private:
    const bool big_;
    const std::size_t page_bytes_;
    Checksum before_;
    std::array<unsigned char, 8> salt_{};
    std::size_t count_ = 0;
    std::size_t first_wrong_ = 0;           // counted from 1; 0: none yet
    std::vector<unsigned char> committed_;  // page of the commit just before, behind a wrong frame
};

bool is_log(Bytes header) {
    const std::uint32_t page_bytes = big_endian(header, 8);
    const bool big = (big_endian(header, 0) & 1) != 0;
    return (big_endian(header, 0) & ~std::uint32_t{1}) == kMagic && page_bytes >= 512 &&
           page_bytes <= kPageBytesMax && (page_bytes & (page_bytes - 1)) == 0 &&
           add({}, header.first(24), big) ==
               Checksum{big_endian(header, 24), big_endian(header, 28)};
}

bool is_there(sqlite3_vfs& vfs, const std::string& path) {
    int there = 0;
    return vfs.xAccess(&vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK && there != 0;
}

}  // namespace

SqlResult<void> check_wal(const std::string& path, const std::string& vfs_name) {
    sqlite3_initialize();
    sqlite3_vfs* const vfs = sqlite3_vfs_find(vfs_name.empty() ? nullptr : vfs_name.c_str());
    if (vfs == nullptr) return {};  // opening the database tells it
    const std::string log_path = path + "-wal";
    if (!is_there(*vfs, path) || !is_there(*vfs, log_path)) return {};
    LogFile log(*vfs, log_path);
    std::array<unsigned char, kHeaderBytes> header{};
    if (log.read(header, 0) && is_log(header)) {
        Frames frames(header);
        std::vector<unsigned char> frame(frames.frame_bytes());
        for (auto at = std::int64_t{kHeaderBytes}; log.read(frame, at);
             at += static_cast<std::int64_t>(frame.size())) {
            if (!frames.take(frame)) continue;
            return Unexpected{
                SqlError{ErrorCode::corrupt, log_path + " is damaged at frame " +
                                                 std::to_string(frames.first_wrong()) +
                                                 ", and there are committed rows behind it"}};
        }
    }
    if (log.code() == SQLITE_OK) return {};
    return Unexpected{SqlError{ErrorCode::io_error, log_path + " cannot be read (SQLite " +
                                                        std::to_string(log.code()) + ")"}};
}

}  // namespace onsale::sql
