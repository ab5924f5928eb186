// MarkedFile: an SQLite file that is opened for writing, and the mark beside it ("<file>.mark"),
// which says how far the file had come. Owned by a Store and used on its executor, or by whoever
// opens it before that runs. SQLite drops the end of a damaged log without a word; the mark is
// outside of it, so that a start refuses instead of going on without what was acknowledged.
//
// In the file stands a counter with the file's random salt, raised by a transaction of its own; the
// mark repeats both once that is synced. Transactions of a log are lost from the end only, so who
// has the counter has all that was committed before it. A mark written at a clean end holds a
// digest of the whole file, too. After a crash: the mark is at most as late as its last call.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "crypto/crypto.h"
#include "env/environment.h"
#include "env/files.h"
#include "sql/database.h"

namespace onsale::records {

// Files above it have no digest: it would hold up a start and an end for more than half a second.
inline constexpr std::uint64_t kDigestBytesMax = 256ULL * 1024 * 1024;

struct Mark {
    std::uint64_t salt = 0;
    std::uint64_t counter = 0;
    std::optional<crypto::Digest> digest;  // of the whole file, while nobody has it open
};

// Text, closed by a line with its own checksum; replaced atomically.
env::FileResult<void> write_mark(env::Files& files, const std::string& path, const Mark& mark);
// Nothing when there is none; io_error when it cannot be read or its checksum is wrong.
env::FileResult<std::optional<Mark>> read_mark(env::Files& files, const std::string& path);

class MarkedFile {
  public:
    // `corrupt` when the file is behind its mark or not as its last owner left it; the message
    // names both files and the remedy.
    static sql::SqlResult<std::unique_ptr<MarkedFile>> open(const sql::OpenOptions& options,
                                                            env::Environment& environment);

    [[nodiscard]] const std::shared_ptr<sql::Connection>& connection() const { return connection_; }
    // Whether rows were written since the last mark. io_error: after a failed write or sync.
    sql::SqlResult<bool> changed();
    // Raises the counter and writes the mark. What fails for lack of space is tried again when
    // `changed()` is asked again.
    sql::SqlResult<void> mark();
    // The end: a last mark, the connection closed, and the digest when nobody else uses the file.
    void close();

  private:
    MarkedFile(std::string path, env::Environment& environment)
        : path_(std::move(path)), environment_(environment) {}
    sql::SqlResult<void> compare(const std::optional<Mark>& mark);
    sql::SqlResult<std::int64_t> changes();
    env::FileResult<std::optional<crypto::Digest>> digest();

    const std::string path_;
    env::Environment& environment_;
    std::shared_ptr<sql::Connection> connection_;
    Mark mark_;
    std::int64_t marked_changes_ = 0;
    bool written_ = false;  // whether the mark's file has mark_
};

}  // namespace onsale::records
