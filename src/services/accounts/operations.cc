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

// The bytes of the well-formed UTF-8 character at the start of `text`; 0: there is none.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    const std::size_t bytes = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (text.size() < bytes) return 0;
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    // Longer than it need be, half of a pair of UTF-16, beyond the last character.
    if ((first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f)) return 0;
    if ((first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f)) return 0;
    return bytes;
}

// Details are what somebody sent, any bytes; they are shown as text.
std::string cut(std::string text) {
    if (text.size() > kDetailsBytesMax) {
        std::size_t end = kDetailsBytesMax;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
        text.resize(end);
    }
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t bytes = character_bytes(std::string_view(text).substr(i));
        if (bytes == 0) text[i] = '?';
        i += std::max<std::size_t>(bytes, 1);
    }
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
