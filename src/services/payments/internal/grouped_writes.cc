#include "payments/internal/grouped_writes.h"

#include <utility>

#include "payments/limits.h"

namespace onsale::payments {
namespace {

using base::Unexpected;

GroupedWrites::Written written_of(const sql::SqlResult<void>& done) {
    if (done) return {};
    return Unexpected{records::to_store_error(done.error())};
}

}  // namespace

void GroupedWrites::add(Write write, std::size_t bytes, env::Executor& home, Reply reply) {
    std::vector<Waiting> refused;
    bool post = false;
    {
        const std::lock_guard lock(mutex_);
        const bool full = stopped_ || waiting_.size() >= kWritesWaitingMax ||
                          bytes > kWritesWaitingBytesMax - bytes_;
        auto& list = full ? refused : waiting_;
        list.push_back({std::move(write), bytes, &home, std::move(reply)});
        if (!full) bytes_ += bytes;
        post = !full && !std::exchange(posted_, true);
    }
    if (!refused.empty()) return tell(std::move(refused), Unexpected{records::store_busy()});
    if (!post) return;
    const bool taken = store_.post(
        [self = shared_from_this()](sql::Connection& connection) { self->run(connection); });
    if (taken) return;
    {
        const std::lock_guard lock(mutex_);
        posted_ = false;
        refused = std::exchange(waiting_, {});
    }
    give_room(refused);
    tell(std::move(refused), Unexpected{records::store_busy()});
}

void GroupedWrites::stop() {
    std::vector<Waiting> refused;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        refused = std::exchange(waiting_, {});
    }
    give_room(refused);
    tell(std::move(refused), Unexpected{records::store_busy()});
}

void GroupedWrites::run(sql::Connection& connection) {
    std::vector<Waiting> group;
    {
        const std::lock_guard lock(mutex_);
        posted_ = false;
        group = std::exchange(waiting_, {});
    }
    if (group.empty()) return;
    const auto write_all = [&group, &connection]() -> sql::SqlResult<void> {
        ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
        for (auto& waiting : group) ONSALE_TRY(waiting.write(connection));
        return transaction.commit();
    };
    const Written written = written_of(write_all());
    give_room(group);
    tell(std::move(group), written);
}

void GroupedWrites::give_room(const std::vector<Waiting>& group) {
    const std::lock_guard lock(mutex_);
    for (const auto& waiting : group) bytes_ -= waiting.bytes;
}

void GroupedWrites::tell(std::vector<Waiting> group, const Written& written) {
    for (auto& waiting : group)
        waiting.home->post(
            [reply = std::move(waiting.reply), written]() mutable { reply(std::move(written)); });
}

}  // namespace onsale::payments
