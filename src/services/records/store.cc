#include "records/store.h"

#include <utility>

namespace onsale::records {

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

sql::SqlResult<std::unique_ptr<Store>> Store::open(const StoreOptions& options,
                                                   env::Environment& environment) {
    ONSALE_TRY_ASSIGN(connection, sql::Connection::open(options.database));
    std::unique_ptr<Store> store(new Store());
    store->connection_ = std::move(connection);
    store->waiting_max_ = options.waiting_max;
    store->asked_ = options.asked;
    store->executor_ = environment.make_executor(
        {options.name, options.purpose, options.waiting_max + kAnswersWaitingMax});
    return store;
}

bool Store::post(Work work) {
    if (asked_ != nullptr) asked_->add();
    if (waiting_.fetch_add(1, std::memory_order_relaxed) >= waiting_max_) {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        return false;
    }
    executor_->post([this, work = std::move(work)]() mutable {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        work(*connection_);
    });
    return true;
}

}  // namespace onsale::records
