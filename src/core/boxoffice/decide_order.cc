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
    const bool overdue = stored->state == OrderState::reserved && now >= stored->deadline;
    if (!domain::is_final(stored->state) && !overdue) return refuse(out, Refusal::order_not_final);
    if (overdue) accept(out, domain::OrderExpired{command.order, now});
    accept(out, domain::OrderHidden{command.order});
    out.outcome.order.hidden = true;
}

void decide_expire(const BoxOffice::Memory& memory, const domain::ExpireDue& command,
                   base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::unchanged;
    for (const auto& [deadline, order] : memory.deadlines) {
        if (deadline > now || out.outcome.count == command.orders_max) return;
        accept(out, domain::OrderExpired{order, now});
        ++out.outcome.count;
    }
}

}  // namespace onsale::boxoffice
