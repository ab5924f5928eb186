#include "records/store.h"

#include <algorithm>
#include <utility>

#include "records/internal/marked_file.h"
#include "telemetry/log.h"

namespace onsale::records {
namespace {

constexpr base::Duration kMarkInterval = base::Duration::seconds(1);

}  // namespace

StoreError to_store_error(const sql::SqlError& error) {
    switch (error.code) {
        case sql::ErrorCode::busy:
            return {StoreTrouble::busy, error.message};
        case sql::ErrorCode::disk_full:
            return {StoreTrouble::storage_full, error.message};
        case sql::ErrorCode::conflict:
        case sql::ErrorCode::io_error:
        case sql::ErrorCode::corrupt:
        case sql::ErrorCode::misuse:
            break;
    }
    return {StoreTrouble::failed, error.message};
}

Store::Store(env::Environment& environment) : environment_(environment) {}

Store::~Store() {
    if (executor_ == nullptr) return;
    executor_->close();
    executor_.reset();  // with the work that was dropped, and what that held
    connection_.reset();
    if (dead_) return;
    for (const auto& file : marked_) file->close();
}

sql::SqlResult<std::unique_ptr<Store>> Store::open(const StoreOptions& options,
                                                   env::Environment& environment) {
    std::unique_ptr<Store> store(new Store(environment));
    if (options.database.access == sql::Access::read_write) {
        ONSALE_TRY_ASSIGN(connection, store->open_beside(options.database));
        store->connection_ = std::move(connection);
    } else {
        ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options.database));
        store->connection_ = std::move(connection);
    }
    store->waiting_max_ = options.waiting_max;
    store->asked_ = options.asked;
    store->executor_ = environment.make_executor(
        {options.name, options.purpose, options.waiting_max + kAnswersWaitingMax});
    return store;
}

sql::SqlResult<std::shared_ptr<sql::Connection>> Store::open_beside(
    const sql::OpenOptions& options) {
    ONSALE_TRY_ASSIGN(file, MarkedFile::open(options, environment_));
    marked_.push_back(std::move(file));
    return marked_.back()->connection();
}

bool Store::post(Work work) {
    if (asked_ != nullptr) asked_->add();
    if (waiting_.fetch_add(1, std::memory_order_relaxed) >= waiting_max_) {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        return false;
    }
    if (!marked_.empty() && !marking_.exchange(true, std::memory_order_relaxed))
        executor_->post_after(kMarkInterval, [this] { set_marks(); });
    executor_->post([this, work = std::move(work)]() mutable {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        run(work);
    });
    return true;
}

void Store::run(Work& work) {
    if (dead_) return;
    work(*connection_);
    look_after();
}

// INVARIANT: nothing is answered from a file whose disk has failed: what SQLite still has in memory
// may never have reached it.
void Store::look_after() {
    for (const auto& file : marked_) {
        const auto changed = file->changed();
        if (changed || changed.error().code != sql::ErrorCode::io_error) continue;
        dead_ = true;
        return environment_.die(
            env::FatalCause::journal_io,
            "records or keys could not be written, synced or read: " + changed.error().message);
    }
}

void Store::set_marks() {
    if (dead_) return;
    executor_->post_after(kMarkInterval, [this] { set_marks(); });
    for (const auto& file : marked_) {
        const auto changed = file->changed();
        if (!changed || !*changed) continue;
        const auto marked = file->mark();
        if (!marked) telemetry::log_warning("records", "no mark: " + marked.error().message);
    }
    look_after();
}

bool Store::answers() {
    const auto reads = [](sql::Connection& connection) {
        auto statement = connection.prepare("SELECT count(*) FROM sqlite_schema");
        return statement && statement->step().has_value();
    };
    const auto all = [&](const auto& file) { return reads(*file->connection()); };
    return reads(*connection_) && std::ranges::all_of(marked_, all);
}

}  // namespace onsale::records
