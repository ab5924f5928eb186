#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {
namespace {

using domain::OrderState;
using domain::OutcomeKind;
using domain::Refusal;

// Writes down an end that has happened already.
void accept_end(const BoxOffice::Memory& memory, domain::OrderId order, const OrderEnd& end,
                base::Timestamp now, Decision& out) {
    if (end.state == OrderState::expired) return accept(out, domain::OrderExpired{order, now});
    if (end.state == OrderState::cancelled) return accept(out, domain::OrderCancelled{order, now});
    end_completed(memory, order, now, out);
}

// A refund with a fee that nobody has approved yet gives way to one of everything.
void replace_review(const BoxOffice::Memory& memory, domain::OrderId order, base::Timestamp now,
                    Decision& out) {
    for (const auto& refund : memory.find_money(order)->refunds) {
        if (refund.state == domain::RefundState::requested)
            accept(out, domain::RefundCancelled{refund.id, now});
    }
    accept(out, domain::OrderMoved{order, OrderState::completed, now, {}});
    end_completed(memory, order, now, out);
}

}  // namespace

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
    if (!domain::is_final(out.outcome.order.state)) return refuse(out, Refusal::order_not_final);
    if (const auto end = memory.end_of(command.order, *stored, now))
        accept_end(memory, command.order, *end, now, out);
    accept(out, domain::OrderHidden{command.order});
    out.outcome.order.hidden = true;
}

void decide_expire(const BoxOffice::Memory& memory, const domain::ExpireDue& command,
                   base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::unchanged;
    for (const auto& [deadline, order] : memory.deadlines) {
        if (deadline > now || out.outcome.count == command.orders_max) return;
        accept_end(memory, order, *memory.end_of(order, *memory.find_order(order), now), now, out);
        ++out.outcome.count;
    }
}

void decide_end_cancelled(const BoxOffice::Memory& memory, const domain::EndCancelled& command,
                          base::Timestamp now, Decision& out) {
    out.outcome.kind = OutcomeKind::unchanged;
    for (const auto id : memory.ending) {
        const SessionState& session = *memory.find_session(id);
        std::uint64_t left = session.orders_to_end();
        for (std::uint64_t number = session.next_to_end; left > 0;
             number = memory.orders.next(number + 1)) {
            const StoredOrder& stored = *memory.orders.find(number);
            const auto order = domain::make_order_id(memory.shard, number);
            if (stored.campaign->session != &session || !memory.has_to_end(order, stored)) continue;
            if (out.outcome.count == command.orders_max) return;
            if (stored.state == OrderState::refunding) {
                replace_review(memory, order, now, out);
            } else {
                accept_end(memory, order, *memory.end_of(order, stored, now), now, out);
            }
            ++out.outcome.count;
            --left;
        }
    }
}

}  // namespace onsale::boxoffice
