// A parked delivery goes out again, by an operator's wish: read anew from the journal, part by part
// when the hook wants more now than then.
#include <algorithm>
#include <utility>

#include "webhooks/internal/impl.h"

namespace onsale::webhooks {
namespace {

using base::Unexpected;
using Result = HookResult<CallReport>;

using FoundParked = records::StoreResult<std::vector<Parked>>;

}  // namespace

void Webhooks::retry(HookId id, DeliveryId delivery, env::Executor& home, Reply<Result> reply) {
    // Told at home, whatever happens on the way.
    auto owed =
        std::make_shared<Reply<Result>>([&home, reply = std::move(reply)](Result result) mutable {
            home.post([reply = std::move(reply), result = std::move(result)]() mutable {
                reply(std::move(result));
            });
        });
    impl_->store.ask<FoundParked>(
        *impl_->executor,
        [held = impl_, id](sql::Connection& connection) -> FoundParked {
            auto rows = read_parked(connection, id, kParkedMax);
            if (!rows) return Unexpected{records::to_store_error(rows.error())};
            return std::move(*rows);
        },
        [impl = impl_.get(), id, delivery, owed](FoundParked rows) {
            if (!rows)
                return (*owed)(Unexpected{HookError{HookRefusal::busy, rows.error().message}});
            const auto row = std::ranges::find(*rows, delivery, &Parked::id);
            if (row == rows->end())
                return (*owed)(Unexpected{HookError{HookRefusal::delivery_unknown, {}}});
            impl->resend(id, *row, row->from, owed);
        },
        Unexpected{records::store_busy()});
}

void Webhooks::Impl::resend(HookId id, const Parked& parked, Cursor from,
                            std::shared_ptr<Reply<Result>> reply) {
    const Live* live = find(id);
    if (live == nullptr) return (*reply)(Unexpected{HookError{HookRefusal::hook_unknown, {}}});
    auto delivery = collector->collect(live->hook, parked.shard, from, parked.until);
    if (!delivery)
        return (*reply)(Unexpected{HookError{HookRefusal::failed, delivery.error().message}});
    if (delivery->events == 0) {
        if (delivery->more) return resend(id, parked, delivery->until, std::move(reply));
        return resent(id, parked, *delivery, {}, std::move(reply));
    }
    auto request = request_of(*live, delivery->first_id, delivery->body);
    const bool taken = call(live->hook.organiser, std::move(request),
                            [self = weak_from_this(), id, parked, reply,
                             sent = std::move(*delivery)](CallReport report) {
                                const auto alive = self.lock();
                                if (alive)
                                    alive->resent(id, parked, sent, std::move(report), reply);
                            });
    if (!taken) (*reply)(Unexpected{HookError{HookRefusal::busy, {}}});
}

void Webhooks::Impl::resent(HookId id, const Parked& parked, const Delivery& delivery,
                            CallReport report, std::shared_ptr<Reply<Result>> reply) {
    if (report.arrived() && delivery.until < parked.until)
        return resend(id, parked, delivery.until, std::move(reply));
    Parked changed = parked;
    changed.status = report.status;
    changed.error = report.error;
    changed.at = environment.clock().wall_now();
    const bool over = report.arrived();
    auto write = [id, changed, over](sql::Connection& connection) -> sql::SqlResult<void> {
        if (!over) return update_parked(connection, changed);
        ONSALE_TRY_ASSIGN(was_there, delete_parked(connection, id, changed.id));
        static_cast<void>(was_there);  // somebody else may have dropped it
        return {};
    };
    persist(write, [reply, report] { (*reply)(report); });
}

}  // namespace onsale::webhooks
