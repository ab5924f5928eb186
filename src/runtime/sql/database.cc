#include "sql/database.h"

#include <sqlite3.h>

#include <utility>

#include "base/check.h"
#include "sql/internal/handle.h"

namespace onsale::sql {
namespace {

using base::Unexpected;

// SQLite's word for "copy it", without its old-style cast.
const auto kCopied = reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1});

}  // namespace

struct Statement::Impl {
    Impl(Handle& handle_of, Handle::Lent lent_by) : handle(handle_of), lent(lent_by) {}

    Handle& handle;
    Handle::Lent lent;
    bool stepped = false;       // rows may be pending; bindings belong to the past
    int bind_code = SQLITE_OK;  // the first binding that failed; told by step()

    void remember(int code) {
        if (bind_code == SQLITE_OK) bind_code = code;
    }
};

Statement::Statement(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Statement::Statement(Statement&&) noexcept = default;

Statement& Statement::operator=(Statement&& other) noexcept {
    if (this == &other) return *this;
    if (impl_) impl_->handle.give_back(impl_->lent);
    impl_ = std::move(other.impl_);
    return *this;
}

Statement::~Statement() {
    if (impl_) impl_->handle.give_back(impl_->lent);
}

Statement& Statement::bind(int place, std::int64_t value) {
    if (impl_->stepped) reset();
    impl_->remember(sqlite3_bind_int64(impl_->lent.statement, place, value));
    return *this;
}

Statement& Statement::bind(int place, std::string_view text) {
    if (impl_->stepped) reset();
    // A null pointer would bind NULL; an empty text is a text.
    const char* const data = text.empty() ? "" : text.data();
    impl_->remember(
        sqlite3_bind_text64(impl_->lent.statement, place, data, text.size(), kCopied, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind_blob(int place, std::string_view bytes) {
    if (impl_->stepped) reset();
    const char* const data = bytes.empty() ? "" : bytes.data();
    impl_->remember(sqlite3_bind_blob64(impl_->lent.statement, place, data, bytes.size(), nullptr));
    return *this;
}

Statement& Statement::bind_blob(int place, std::span<const std::byte> bytes) {
    return bind_blob(place,
                     std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Statement& Statement::bind_null(int place) {
    if (impl_->stepped) reset();
    impl_->remember(sqlite3_bind_null(impl_->lent.statement, place));
    return *this;
}

SqlResult<bool> Statement::step() {
    if (impl_->bind_code != SQLITE_OK) {
        SqlError error{error_code_of(impl_->bind_code), sqlite3_errstr(impl_->bind_code)};
        reset();
        return Unexpected{std::move(error)};
    }
    impl_->stepped = true;
    auto row = impl_->handle.step(impl_->lent.statement);
    if (!row || !*row) reset();
    return row;
}

SqlResult<void> Statement::run() {
    const auto row = step();
    if (!row) return Unexpected{row.error()};
    if (*row) {
        reset();
        return Unexpected{SqlError{ErrorCode::misuse, "run() on a statement that yields rows"}};
    }
    return {};
}

// Clears the bindings, too: a blob is bound without a copy and may be gone when the statement runs
// again.
void Statement::reset() {
    sqlite3_reset(impl_->lent.statement);
    sqlite3_clear_bindings(impl_->lent.statement);
    impl_->stepped = false;
    impl_->bind_code = SQLITE_OK;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(impl_->lent.statement, column);
}

std::string_view Statement::text(int column) const {
    const unsigned char* const data = sqlite3_column_text(impl_->lent.statement, column);
    if (data == nullptr) return {};
    const int size = sqlite3_column_bytes(impl_->lent.statement, column);
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::string_view Statement::blob(int column) const {
    const void* const data = sqlite3_column_blob(impl_->lent.statement, column);
    if (data == nullptr) return {};
    const int size = sqlite3_column_bytes(impl_->lent.statement, column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(impl_->lent.statement, column) == SQLITE_NULL;
}

struct Connection::Impl {
    explicit Impl(const OpenOptions& options) : handle(options) {}

    Handle handle;
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;

SqlResult<std::unique_ptr<Connection>> Connection::open(const OpenOptions& options) {
    auto impl = std::make_unique<Impl>(options);
    ONSALE_TRY(impl->handle.open());
    return std::unique_ptr<Connection>(new Connection(std::move(impl)));
}

SqlResult<void> Connection::execute(std::string_view sql) {
    return impl_->handle.execute(sql);
}

SqlResult<Statement> Connection::prepare(std::string_view sql) {
    ONSALE_TRY_ASSIGN(lent, impl_->handle.lend(sql));
    return Statement(std::make_unique<Statement::Impl>(impl_->handle, lent));
}

SqlResult<void> Connection::begin() {
    return impl_->handle.begin();
}
SqlResult<void> Connection::commit() {
    return impl_->handle.commit();
}
void Connection::rollback() {
    impl_->handle.rollback();
}
std::int64_t Connection::changes() const {
    return impl_->handle.changes();
}

SqlResult<void> Connection::copy_to(const std::string& path, const CopyProgress& progress) {
    return impl_->handle.copy_to(path, progress);
}

SqlResult<void> Connection::check_integrity() {
    ONSALE_TRY_ASSIGN(check, prepare("PRAGMA integrity_check(1)"));
    ONSALE_TRY_ASSIGN(row, check.step());
    if (row && check.text(0) == "ok") return {};
    return Unexpected{SqlError{ErrorCode::corrupt, row ? std::string(check.text(0)) : "no answer"}};
}

SqlResult<Transaction> Transaction::begin(Connection& connection) {
    ONSALE_TRY(connection.begin());
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    if (connection_ != nullptr) connection_->rollback();
}

SqlResult<void> Transaction::commit() {
    ONSALE_CHECK(connection_ != nullptr);
    return std::exchange(connection_, nullptr)->commit();
}

}  // namespace onsale::sql
