// SQL behind one face: a Database is one file (one schema in PostgreSQL later), opened for writing
// by one connection and for reading by others. A Connection belongs to one executor at a time.
// Errors of SQLite become SqlError; nothing is thrown. After a crash: WAL with synchronous=FULL, so
// what commit() acknowledged is there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sql/limits.h"

namespace onsale::sql {

enum class ErrorCode : std::uint8_t {
    disk_full,  // nothing of the transaction is there
    conflict,   // a unique or primary key is taken
    busy,       // another writer holds the file longer than the deadline
    io_error,   // the disk's word cannot be trusted any more
    corrupt,
    misuse,  // wrong SQL or binding: a programmer's error that tests must find
};

struct SqlError {
    ErrorCode code = ErrorCode::misuse;
    std::string message;
};

template <class T>
using SqlResult = base::Result<T, SqlError>;

class Connection;

// A prepared statement. Bind by 1-based place, then step; rows are read by 0-based column while
// step() returns true. Reset happens in run()/first bind, and forgets all bindings. A failed
// binding is told by the next step() or run().
class Statement {
  public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    Statement& bind(int place, std::int64_t value);
    Statement& bind(int place, std::string_view text);  // copied
    Statement& bind_blob(int place,
                         std::span<const std::byte> bytes);  // not copied: must live until reset
    Statement& bind_blob(int place,
                         std::string_view bytes);  // the same, for bytes kept in a string
    Statement& bind_null(int place);

    SqlResult<bool> step();  // true: a row is there; false: done (and reset)
    SqlResult<void> run();   // for statements without rows; resets
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;  // until the next step
    [[nodiscard]] std::string_view blob(int column) const;  // until the next step
    [[nodiscard]] bool is_null(int column) const;

  private:
    friend class Connection;
    struct Impl;
    explicit Statement(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

enum class Access : std::uint8_t { read_write, read_only };

struct OpenOptions {
    std::string path;
    std::string vfs;  // env::Environment::sqlite_vfs()
    Access access = Access::read_write;
    std::int64_t cache_kib = 8 * 1024;
    std::int64_t busy_timeout_ms = 5000;
    std::int64_t wal_checkpoint_pages = kWalCheckpointPages;
};

using CopyProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

class Connection {
  public:
    static SqlResult<std::unique_ptr<Connection>> open(const OpenOptions& options);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    SqlResult<void> execute(
        std::string_view sql);  // one or more statements without parameters or rows
    SqlResult<Statement> prepare(std::string_view sql);  // cached by text: preparing again is cheap
    SqlResult<void> begin();  // immediate for writers, deferred for readers
    SqlResult<void>
    commit();  // durable when it returns; on an error the transaction is rolled back
    void rollback();
    [[nodiscard]] std::int64_t changes() const;  // rows of the last insert, update or delete
    SqlResult<void> check_integrity();           // PRAGMA integrity_check
    // Copies the whole file to `path`, where nothing is yet, as this connection sees it at one
    // moment: inside a transaction, the transaction's. Writers go on meanwhile. The copy is synced
    // and one file, without a log beside it. `progress` gets pages done and to do, now and then.
    SqlResult<void> copy_to(const std::string& path, const CopyProgress& progress);

  private:
    struct Impl;
    explicit Connection(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Runs a transaction: rolls back in the destructor unless commit() succeeded.
class Transaction {
  public:
    static SqlResult<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    SqlResult<void> commit();

  private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

// One step of a schema, applied once and in order, recorded in <component>_schema_versions of the
// same file.
struct Migration {
    std::int64_t version = 0;
    std::string_view sql;
};
SqlResult<void> migrate(Connection& connection, std::string_view component,
                        std::span<const Migration> migrations);

}  // namespace onsale::sql
