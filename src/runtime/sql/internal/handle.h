// Handle: SQLite's handle of one connection, with what SQLite leaves to its caller: the idle
// prepared statements, checkpoints whose failure is seen, and a memory for two states in which
// nothing more may be done: a transaction that an error ended, and a disk whose word is not
// trusted any more. Used by one executor at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace onsale::sql {

// What SQLite's (extended) result code means to our callers.
[[nodiscard]] ErrorCode error_code_of(int sqlite_code);

class Handle {
  public:
    using Idle = std::vector<sqlite3_stmt*>;
    struct Lent {
        sqlite3_stmt* statement = nullptr;
        Idle* home = nullptr;  // where it goes back to; null: it is finalised
    };

    explicit Handle(const OpenOptions& options) : options_(options) {}
    ~Handle();
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    SqlResult<void> open();

    SqlResult<Lent> lend(std::string_view text);
    void give_back(Lent lent) noexcept;

    SqlResult<bool> step(sqlite3_stmt* statement);
    SqlResult<void> execute(std::string_view sql);
    SqlResult<void> begin();
    SqlResult<void> commit();
    void rollback();
    [[nodiscard]] std::int64_t changes() const;
    SqlResult<void> copy_to(const std::string& path, const CopyProgress& progress);  // copy.cc

  private:
    static int on_commit(void* self, sqlite3* db, const char* schema, int frames);
    SqlResult<void> configure();
    SqlResult<void> checkpoint_outcome();
    SqlResult<void> run(std::string_view text);
    [[nodiscard]] SqlError failed(int sqlite_code);
    [[nodiscard]] const SqlError* refusal() const;

    OpenOptions options_;
    sqlite3* db_ = nullptr;
    std::map<std::string, Idle, std::less<>> idle_;
    std::size_t lent_ = 0;
    int checkpoint_code_ = 0;  // of the last one that failed; 0 once it has been told
    bool in_transaction_ = false;
    std::optional<SqlError> lost_transaction_;  // until rollback() or commit() has told the caller
    std::optional<SqlError> distrusted_;        // for ever
};

}  // namespace onsale::sql
