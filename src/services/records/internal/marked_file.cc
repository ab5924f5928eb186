#include "records/internal/marked_file.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "records/rows.h"
#include "telemetry/log.h"

namespace onsale::records {
namespace {

using base::Unexpected;
using sql::SqlError;
using sql::SqlResult;

constexpr std::size_t kPieceBytes = 1024 * 1024;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE records_mark (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        salt INTEGER NOT NULL,
        counter INTEGER NOT NULL
    ) STRICT;
)sql"}};

std::string mark_path(const std::string& path) {
    return path + ".mark";
}

Unexpected<SqlError> damaged(const std::string& path, const std::string& why) {
    return Unexpected{SqlError{
        sql::ErrorCode::corrupt,
        why + " (if another file was put there on purpose, remove " + mark_path(path) + ")"}};
}

Unexpected<SqlError> failed(const std::string& path, env::FileError error) {
    const bool full = error == env::FileError::no_space;
    return Unexpected{SqlError{full ? sql::ErrorCode::disk_full : sql::ErrorCode::io_error,
                               mark_path(path) + ": " + std::string(env::to_string(error))}};
}

// Nothing also of a file that never had a mark.
SqlResult<std::optional<Mark>> read_row(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(table, connection.prepare("SELECT count(*) FROM sqlite_schema WHERE type = "
                                                "'table' AND name = 'records_mark'"));
    ONSALE_TRY_ASSIGN(counted, table.step());
    if (!counted || table.integer(0) == 0) return std::optional<Mark>{};
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT salt, counter FROM records_mark"));
    ONSALE_TRY_ASSIGN(there, row.step());
    if (!there) return std::optional<Mark>{};
    return std::optional(
        Mark{number_from_row(row.integer(0)), number_from_row(row.integer(1)), {}});
}

SqlResult<Mark> make_row(sql::Connection& connection, env::Entropy& entropy) {
    ONSALE_TRY(sql::migrate(connection, "records_mark", kMigrations));
    const Mark mark{entropy.next_u64() >> 1, 1, {}};  // SQL integers are signed
    ONSALE_TRY_ASSIGN(insert, connection.prepare("INSERT INTO records_mark VALUES (1, ?, ?)"));
    ONSALE_TRY(insert.bind(1, to_row(mark.salt)).bind(2, to_row(mark.counter)).run());
    return mark;
}

}  // namespace

SqlResult<std::unique_ptr<MarkedFile>> MarkedFile::open(const sql::OpenOptions& options,
                                                        env::Environment& environment) {
    std::unique_ptr<MarkedFile> file(new MarkedFile(options.path, environment));
    auto& files = environment.files();
    auto mark = read_mark(files, mark_path(options.path));
    if (!mark && mark.error() == env::FileError::io_error)
        return damaged(options.path, mark_path(options.path) + " is damaged");
    if (!mark) return failed(options.path, mark.error());
    if (*mark && (**mark).digest) {
        const auto digest = file->digest();
        if (!digest && digest.error() != env::FileError::not_found)
            return failed(options.path, digest.error());
        if (!digest || *digest != (**mark).digest)
            return damaged(options.path,
                           options.path + " is not as it was left: its content is damaged");
        // Before the first change, or a crash would leave a digest of the past.
        (**mark).digest.reset();
        const auto opened = write_mark(files, mark_path(options.path), **mark);
        if (!opened) return failed(options.path, opened.error());
    }
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options));
    file->connection_ = std::move(connection);
    ONSALE_TRY(file->compare(*mark));
    return file;
}

SqlResult<void> MarkedFile::compare(const std::optional<Mark>& mark) {
    ONSALE_TRY_ASSIGN(row, read_row(*connection_));
    if (mark && (!row || row->salt != mark->salt))
        return damaged(path_, path_ + " is not the file to which " + mark_path(path_) + " belongs");
    if (mark && row->counter < mark->counter)
        return damaged(path_, path_ + " has lost acknowledged changes: it ends at mark " +
                                  std::to_string(row->counter) + ", and " + mark_path(path_) +
                                  " names " + std::to_string(mark->counter));
    if (row) {
        mark_ = *row;
    } else {
        ONSALE_TRY_ASSIGN(made, make_row(*connection_, environment_.entropy()));
        mark_ = made;
    }
    if (!mark || mark->counter != mark_.counter) {
        const auto written = write_mark(environment_.files(), mark_path(path_), mark_);
        if (!written) return failed(path_, written.error());
    }
    written_ = true;
    ONSALE_TRY_ASSIGN(changes_now, changes());
    marked_changes_ = changes_now;
    return {};
}

SqlResult<std::int64_t> MarkedFile::changes() {
    ONSALE_TRY_ASSIGN(total, connection_->prepare("SELECT total_changes()"));
    ONSALE_TRY_ASSIGN(there, total.step());
    return there ? total.integer(0) : 0;
}

SqlResult<bool> MarkedFile::changed() {
    ONSALE_TRY_ASSIGN(changes_now, changes());
    return !written_ || changes_now != marked_changes_;
}

SqlResult<void> MarkedFile::mark() {
    ONSALE_TRY_ASSIGN(raise,
                      connection_->prepare("UPDATE records_mark SET counter = ? WHERE only = 1"));
    ONSALE_TRY(raise.bind(1, to_row(mark_.counter + 1)).run());
    ++mark_.counter;
    ONSALE_TRY_ASSIGN(changes_now, changes());
    marked_changes_ = changes_now;
    const auto written = write_mark(environment_.files(), mark_path(path_), mark_);
    written_ = written.has_value();
    if (!written) return failed(path_, written.error());
    return {};
}

void MarkedFile::close() {
    const auto has_changed = changed();
    bool good = has_changed.has_value();
    if (good && *has_changed) good = mark().has_value();
    const bool alone = connection_.use_count() == 1;
    connection_.reset();
    if (!good || !alone) return;
    // Who still reads the file keeps its log, and then the file itself is not all there is.
    auto& files = environment_.files();
    const auto log = files.open(path_ + "-wal", env::OpenMode::read);
    if (log || log.error() != env::FileError::not_found) return;
    auto digest_now = digest();
    if (!digest_now || !*digest_now) return;
    mark_.digest = *digest_now;
    if (!write_mark(files, mark_path(path_), mark_))
        telemetry::log_warning("records", mark_path(path_) + " could not be written");
}

env::FileResult<std::optional<crypto::Digest>> MarkedFile::digest() {
    ONSALE_TRY_ASSIGN(file, environment_.files().open(path_, env::OpenMode::read));
    ONSALE_TRY_ASSIGN(size, file->size());
    if (size > kDigestBytesMax) return std::optional<crypto::Digest>{};
    crypto::Sha256 sha;
    std::vector<std::byte> piece(kPieceBytes);
    for (std::uint64_t at = 0; at < size;) {
        ONSALE_TRY_ASSIGN(count, file->read_at(at, piece));
        if (count == 0) break;
        sha.update(std::span(piece).first(count));
        at += count;
    }
    return std::optional(sha.finish());
}

}  // namespace onsale::records
