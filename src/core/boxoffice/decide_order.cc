#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {
namespace {

using domain::OrderState;
using domain::OutcomeKind;
using domain::Refusal;

// The order, if it is in memory and this person's. Another person's order is as unknown as none.
const StoredOrder* own_order(const BoxOffice::Memory& memory, domain::PersonId person,
                             domain::OrderId id, Decision& out) {
    const StoredOrder* stored = memory.find_order(id);
    if (stored == nullptr || stored->person != person) {
        refuse(out, Refusal::order_unknown);
        return nullptr;
    }
    out.outcome.session = stored->campaign->session->definition.id;
    out.outcome.campaign = stored->campaign->session->campaign(*stored->campaign).id;
    return stored;
}

// Writes down an end that has happened already.
void accept_end(Decision& out, domain::OrderId order, const OrderEnd& end, base::Timestamp now) {
    if (end.state == OrderState::expired) return accept(out, domain::OrderExpired{order, now});
    if (end.state == OrderState::refunded) return accept(out, domain::OrderRefunded{order, now});
    accept(out, domain::OrderCancelled{order, now});
}

}  // namespace

void decide_cancel(const BoxOffice::Memory& memory, const domain::CancelOrder& command,
                   base::Timestamp now, Decision& out) {
    const StoredOrder* stored = own_order(memory, command.person, command.order, out);
    if (stored == nullptr) return;
    out.outcome.order = memory.view(command.order, *stored, now);
    if (out.outcome.order.state == OrderState::cancelled) {
        out.outcome.kind = OutcomeKind::repeated;
        return;
    }
    if (out.outcome.order.state != OrderState::reserved)
        return refuse(out, Refusal::order_not_cancellable);
    out.outcome.order.state = OrderState::cancelled;
    out.outcome.order.changed_at = now;
    accept(out, domain::OrderCancelled{command.order, now});
}

void decide_hide(const BoxOffice::Memory& memory, const domain::HideOrder& command,
                 base::Timestamp now, Decision& out) {
    const StoredOrder* stored = own_order(memory, command.person, command.order, out);
    if (stored == nullptr) return;
    out.outcome.order = memory.view(command.order, *stored, now);
    if (stored->hidden) {
        out.outcome.kind = OutcomeKind::repeated;
        return;
    }
    const auto end = BoxOffice::Memory::end_of(*stored, now);
    if (!domain::is_final(stored->state) && !end) return refuse(out, Refusal::order_not_final);
    if (end) accept_end(out, command.order, *end, now);
    accept(out, domain::OrderHidden{command.order});
    out.outcome.order.hidden = true;
}

void decide_expire(const BoxOffice::Memory& memory, const domain::ExpireDue& command,
                   base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::unchanged;
    for (const auto& [deadline, order] : memory.deadlines) {
        if (deadline > now || out.outcome.count == command.orders_max) return;
        accept_end(out, order, *BoxOffice::Memory::end_of(*memory.find_order(order), now), now);
        ++out.outcome.count;
    }
}

void decide_end_cancelled(const BoxOffice::Memory& memory, const domain::EndCancelled& command,
                          base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::unchanged;
    for (const auto id : memory.ending) {
        const SessionState& session = *memory.find_session(id);
        std::uint64_t left = session.live_orders();
        for (std::uint64_t number = session.next_to_end; left > 0;
             number = memory.orders.next(number + 1)) {
            const StoredOrder& stored = *memory.orders.find(number);
            if (stored.campaign->session != &session || !domain::is_live(stored.state)) continue;
            if (out.outcome.count == command.orders_max) return;
            const auto order = domain::make_order_id(memory.shard, number);
            accept_end(out, order, *BoxOffice::Memory::end_of(stored, now), now);
            ++out.outcome.count;
            --left;
        }
    }
}

}  // namespace onsale::boxoffice
