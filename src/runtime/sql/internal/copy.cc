// The online copy of a database, by SQLite's backup interface.
#include <sqlite3.h>

#include <memory>

#include "sql/internal/handle.h"

namespace onsale::sql {
namespace {

using base::Unexpected;

// Pages between two reports of progress: 16 MiB.
constexpr int kPagesPerStep = 4096;

struct Close {
    void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using Target = std::unique_ptr<sqlite3, Close>;

Unexpected<SqlError> failed(sqlite3* target) {
    return Unexpected{
        SqlError{error_code_of(sqlite3_extended_errcode(target)), sqlite3_errmsg(target)}};
}

SqlResult<void> copy_pages(sqlite3* target, sqlite3* source, const CopyProgress& progress) {
    sqlite3_backup* const backup = sqlite3_backup_init(target, "main", source, "main");
    if (backup == nullptr) return failed(target);
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, kPagesPerStep);
        const auto all = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup));
        const auto left = static_cast<std::uint64_t>(sqlite3_backup_remaining(backup));
        progress(all - left, all);
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE) return {};
    return Unexpected{SqlError{error_code_of(code), sqlite3_errstr(code)}};
}

}  // namespace

// The source's read transaction is held from its first page to its last, so the copy is of one
// moment, and a writer in between does not make it begin again.
SqlResult<void> Handle::copy_to(const std::string& path, const CopyProgress& progress) {
    if (const SqlError* error = refusal()) return Unexpected{*error};
    const bool own_transaction = !in_transaction_;
    if (own_transaction) ONSALE_TRY(begin());
    const auto copied = [&]() -> SqlResult<void> {
        ONSALE_TRY(execute("SELECT count(*) FROM sqlite_schema"));
        sqlite3* opened = nullptr;
        const int code =
            sqlite3_open_v2(path.c_str(), &opened,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
                            options_.vfs.empty() ? nullptr : options_.vfs.c_str());
        const Target target(opened);
        if (code != SQLITE_OK) return sql::failed(target.get());
        ONSALE_TRY(copy_pages(target.get(), db_, progress));
        // The header says "with a log" like the source's; as one file it is complete by itself.
        if (sqlite3_exec(target.get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr) !=
            SQLITE_OK)
            return sql::failed(target.get());
        return {};
    }();
    if (own_transaction) rollback();
    return copied;
}

}  // namespace onsale::sql
