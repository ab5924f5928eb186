#include "sql/internal/handle.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "sql/internal/wal_check.h"
#include "sql/limits.h"

namespace onsale::sql {
namespace {

using base::Unexpected;

bool only_spaces(std::string_view text) {
    return text.find_first_not_of(" \t\r\n;") == std::string_view::npos;
}

}  // namespace

ErrorCode error_code_of(int sqlite_code) {
    switch (sqlite_code) {
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_ROWID:
            return ErrorCode::conflict;
        // The WAL's index could not grow. Nothing durable hangs on it (it is rebuilt from the WAL),
        // and in practice the cause is a full disk.
        case SQLITE_IOERR_SHMSIZE:
            return ErrorCode::disk_full;
        default:
            break;
    }
    switch (sqlite_code & 0xff) {
        case SQLITE_FULL:
            return ErrorCode::disk_full;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return ErrorCode::busy;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return ErrorCode::io_error;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::corrupt;
        default:
            return ErrorCode::misuse;
    }
}

Handle::~Handle() {
    ONSALE_CHECK(lent_ == 0);  // a Statement must not outlive its Connection
    for (auto& [text, idle] : idle_) {
        for (sqlite3_stmt* statement : idle) sqlite3_finalize(statement);
    }
    // A failure to checkpoint here changes nothing: the WAL stays and is read at the next start.
    if (db_ != nullptr) sqlite3_close(db_);
}

SqlResult<void> Handle::open() {
    if (options_.access == Access::read_write) ONSALE_TRY(check_wal(options_.path, options_.vfs));
    const int access = options_.access == Access::read_write
                           ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                           : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(
        options_.path.c_str(), &db_,
        access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
        options_.vfs.empty() ? nullptr : options_.vfs.c_str());
    if (code != SQLITE_OK) return Unexpected{failed(code)};
    return configure();
}

SqlResult<void> Handle::configure() {
    sqlite3_busy_timeout(db_, static_cast<int>(options_.busy_timeout_ms));
    ONSALE_TRY(execute("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-" +
                       std::to_string(options_.cache_kib)));
    if (options_.access == Access::read_only) {
        // A reader that happens to close last leaves the checkpoint to the next writer.
        sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return execute("PRAGMA query_only=ON");
    }
    ONSALE_TRY(execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"));
    ONSALE_TRY(execute("PRAGMA journal_size_limit=" + std::to_string(kWalBytesKept)));
    // SQLite's own automatic checkpoint hides its errors. A failed sync of the database file would
    // be repeated at the next one, succeed for nothing, and the WAL that still holds the rows would
    // be overwritten. on_commit() does the same work, and the committing caller sees the error.
    sqlite3_wal_hook(db_, &Handle::on_commit, this);
    return {};
}

int Handle::on_commit(void* self, sqlite3* db, const char* schema, int frames) {
    auto& handle = *static_cast<Handle*>(self);
    if (frames < handle.options_.wal_checkpoint_pages) return SQLITE_OK;
    const int code =
        sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    const ErrorCode meaning = error_code_of(code);
    // Busy or out of space: the rows stay in the WAL, a later commit tries again.
    const bool harmless = meaning == ErrorCode::busy || meaning == ErrorCode::disk_full;
    if (code != SQLITE_OK && !harmless) handle.checkpoint_code_ = code;
    return SQLITE_OK;
}

// The commit itself is durable then, but the disk has shown that it cannot be trusted.
SqlResult<void> Handle::checkpoint_outcome() {
    if (checkpoint_code_ == SQLITE_OK) return {};
    return Unexpected{failed(std::exchange(checkpoint_code_, SQLITE_OK))};
}

SqlResult<Handle::Lent> Handle::lend(std::string_view text) {
    if (const SqlError* error = refusal()) return Unexpected{*error};
    auto place = idle_.find(text);
    if (place == idle_.end() && idle_.size() < kCachedTextsMax) {
        place = idle_.try_emplace(std::string(text)).first;
    }
    Idle* const home = place == idle_.end() ? nullptr : &place->second;
    if (home != nullptr && !home->empty()) {
        sqlite3_stmt* const statement = home->back();
        home->pop_back();
        ++lent_;
        return Lent{statement, home};
    }
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, &tail);
    if (code != SQLITE_OK) return Unexpected{failed(code)};
    if (statement == nullptr || !only_spaces({tail, text.data() + text.size()})) {
        sqlite3_finalize(statement);
        return Unexpected{SqlError{ErrorCode::misuse, "prepare() takes exactly one statement"}};
    }
    ++lent_;
    return Lent{statement, home};
}

void Handle::give_back(Lent lent) noexcept {
    --lent_;
    sqlite3_reset(lent.statement);
    sqlite3_clear_bindings(lent.statement);
    if (lent.home == nullptr || lent.home->size() >= kIdlePerTextMax) {
        sqlite3_finalize(lent.statement);
    } else {
        lent.home->push_back(lent.statement);
    }
}

SqlResult<bool> Handle::step(sqlite3_stmt* statement) {
    if (const SqlError* error = refusal()) return Unexpected{*error};
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) return Unexpected{failed(code)};
    ONSALE_TRY(checkpoint_outcome());
    return false;
}

SqlResult<void> Handle::execute(std::string_view sql) {
    if (const SqlError* error = refusal()) return Unexpected{*error};
    const std::string text(sql);
    const int code = sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return Unexpected{failed(code)};
    return checkpoint_outcome();
}

SqlResult<void> Handle::run(std::string_view text) {
    ONSALE_TRY_ASSIGN(lent, lend(text));
    const auto stepped = step(lent.statement);
    give_back(lent);
    if (!stepped) return Unexpected{stepped.error()};
    return {};
}

SqlResult<void> Handle::begin() {
    ONSALE_CHECK(!in_transaction_);
    ONSALE_TRY(run(options_.access == Access::read_write ? "BEGIN IMMEDIATE" : "BEGIN"));
    in_transaction_ = true;
    return {};
}

SqlResult<void> Handle::commit() {
    ONSALE_CHECK(in_transaction_);
    auto committed = run("COMMIT");
    if (!committed) rollback();
    in_transaction_ = false;
    return committed;
}

void Handle::rollback() {
    in_transaction_ = false;
    lost_transaction_.reset();
    // Not by run(): it must work on a distrusted handle, too.
    if (sqlite3_get_autocommit(db_) == 0) {
        sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

std::int64_t Handle::changes() const {
    return sqlite3_changes64(db_);
}

SqlError Handle::failed(int sqlite_code) {
    const bool newest = db_ != nullptr && sqlite3_extended_errcode(db_) == sqlite_code;
    const char* const text = newest ? sqlite3_errmsg(db_) : sqlite3_errstr(sqlite_code);
    SqlError error{error_code_of(sqlite_code),
                   std::string(text) + " (SQLite " + std::to_string(sqlite_code) + ")"};
    // INVARIANT: after an I/O error a writer writes nothing more. A sync that is repeated after it
    // failed may succeed without having written anything.
    if (error.code == ErrorCode::io_error && options_.access == Access::read_write) {
        distrusted_ = error;
        if (db_ != nullptr) sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    // Some errors (a full disk) make SQLite roll back by itself. What the caller still sends of
    // that transaction must not run, each statement committed by itself.
    if (in_transaction_ && sqlite3_get_autocommit(db_) != 0) lost_transaction_ = error;
    return error;
}

const SqlError* Handle::refusal() const {
    if (distrusted_) return &*distrusted_;
    return lost_transaction_ ? &*lost_transaction_ : nullptr;
}

}  // namespace onsale::sql
