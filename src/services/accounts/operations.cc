#include "accounts/operations.h"

#include <algorithm>
#include <utility>

#include "accounts/internal/operation_table.h"
#include "accounts/internal/shared.h"
#include "telemetry/log.h"

namespace onsale::accounts {
namespace {

constexpr base::Duration kWriteAgainAfter = base::Duration::seconds(1);

// On the store's executor: writes what waits, a piece at a time, so that other work comes between.
void write_waiting(const std::shared_ptr<Shared>& shared) {
    const auto waiting = shared->operations.next(kOperationsPerWrite);
    const auto again = [shared] { write_waiting(shared); };
    sql::Connection& connection = shared->store.connection();
    const OperationTable table(shared->people, shared->site_key);
    const auto written = table.write(connection, waiting, shared->now());
    if (!written) {
        // They stay where they are; when there is no room for more, actions are refused.
        telemetry::log_error("accounts",
                             "operation records were not written: " + written.error().message);
        return shared->store.executor().post_after(kWriteAgainAfter, again);
    }
    if (shared->operations.written(waiting.size())) shared->store.executor().post(again);
}

std::string cut(std::string text) {
    if (text.size() <= kDetailsBytesMax) return text;
    std::size_t end = kDetailsBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(end);
    return text;
}

}  // namespace

OperationSlot::OperationSlot(OperationSlot&& other) noexcept : shared_(std::move(other.shared_)) {}

OperationSlot& OperationSlot::operator=(OperationSlot&& other) noexcept {
    std::swap(shared_, other.shared_);
    return *this;
}

OperationSlot::~OperationSlot() {
    if (shared_ != nullptr) shared_->operations.give_back();
}

void OperationSlot::record(Operation operation) {
    ONSALE_CHECK(shared_ != nullptr);
    const std::shared_ptr<Shared> shared = std::exchange(shared_, nullptr);
    operation.details = cut(std::move(operation.details));
    if (!shared->operations.put({shared->now(), std::move(operation)})) return;
    // Past the store's bound: there is at most one such task.
    shared->store.executor().post([shared] { write_waiting(shared); });
}

std::optional<OperationSlot> Operations::reserve() {
    if (!shared_->operations.reserve()) return std::nullopt;
    return OperationSlot(shared_);
}

void Operations::list(OperationQuery query, env::Executor& home,
                      AccountReply<OperationPage> reply) {
    query.limit = std::clamp<std::size_t>(query.limit, 1, kPageMax);
    shared_->ask<OperationPage>(
        {home, std::move(reply)},
        [shared = shared_, query = std::move(query)](sql::Connection& connection) {
            return list_operations(*shared, connection, query);
        });
}

AccountResult<OperationPage> list_operations(Shared& shared, sql::Connection& connection,
                                             const OperationQuery& query) {
    const OperationTable table(shared.people, shared.site_key);
    ONSALE_TRY_ASSIGN(page, table.list(connection, query));
    return page;
}

}  // namespace onsale::accounts
