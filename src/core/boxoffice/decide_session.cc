#include <algorithm>

#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {

using domain::OutcomeKind;
using domain::Refusal;

const SessionState* session_in_memory(const BoxOffice::Memory& memory, domain::SessionId id,
                                      Decision& out) {
    out.outcome.session = id;
    const SessionState* session = memory.find_session(id);
    if (session == nullptr) refuse(out, Refusal::session_unknown);
    if (session == nullptr || !session->status.retired) return session;
    refuse(out, Refusal::session_closed);
    return nullptr;
}

const SessionState* session_on_offer(const BoxOffice::Memory& memory, domain::SessionId id,
                                     Decision& out) {
    const SessionState* session = session_in_memory(memory, id, out);
    if (session == nullptr || !session->status.cancelled) return session;
    refuse(out, Refusal::session_cancelled, {.at = session->status.cancelled_at});
    return nullptr;
}

void decide_change_session(const BoxOffice::Memory& memory, const domain::ChangeSession& command,
                           Decision& out) {
    const SessionState* session = session_on_offer(memory, command.session, out);
    if (session == nullptr) return;
    domain::Session wanted = session->definition;
    wanted.starts_at = command.starts_at;
    wanted.ends_at = command.ends_at;
    wanted.orders_per_person = command.orders_per_person;
    wanted.tickets_per_person = command.tickets_per_person;
    if (wanted == session->definition) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    if (!definition_is_valid(wanted) || !campaigns_fit(wanted))
        return refuse(out, Refusal::definition_invalid);
    accept(out, domain::SessionChanged{command.session, command.starts_at, command.ends_at,
                                       command.orders_per_person, command.tickets_per_person});
}

void decide_change_tier(const BoxOffice::Memory& memory, const domain::ChangeTier& command,
                        Decision& out) {
    const SessionState* session = session_on_offer(memory, command.session, out);
    if (session == nullptr) return;
    const std::size_t index = session->tier_index(command.tier);
    if (index == session->definition.tiers.size())
        return refuse(out, Refusal::tier_unknown, {.tier = command.tier});
    if (!price_is_valid(command.price, session->definition))
        return refuse(out, Refusal::definition_invalid, {.tier = command.tier});
    const domain::Tier& current = session->definition.tiers[index];
    if (current.price == command.price && current.on_sale == command.on_sale) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    accept(out, domain::TierChanged{command.session, command.tier, command.price, command.on_sale});
}

void decide_terms(const BoxOffice::Memory& memory, const domain::ChangeTerms& command,
                  Decision& out) {
    const SessionState* session = session_on_offer(memory, command.session, out);
    if (session == nullptr) return;
    domain::Session wanted = session->definition;
    wanted.refunds = command.refunds;
    wanted.late_payment = command.late_payment;
    if (wanted == session->definition) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    if (!definition_is_valid(wanted)) return refuse(out, Refusal::definition_invalid);
    accept(out, domain::TermsChanged{command.session, command.refunds, command.late_payment});
}

void decide_cancel_session(const BoxOffice::Memory& memory, const domain::CancelSession& command,
                           base::Timestamp now, Decision& out) {
    const SessionState* session = session_in_memory(memory, command.session, out);
    if (session == nullptr) return;
    if (session->status.cancelled) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    if (now >= session->definition.starts_at)
        return refuse(out, Refusal::session_started, {.at = session->definition.starts_at});
    accept(out, domain::SessionCancelled{command.session, now});
}

void decide_remove_session(const BoxOffice::Memory& memory, const domain::RemoveSession& command,
                           base::Timestamp now, Decision& out) {
    const SessionState* session = session_in_memory(memory, command.session, out);
    if (session == nullptr) return;
    if (session->status.cancelled) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    auto opens_at = base::Timestamp::never();
    for (const auto& campaign : session->definition.campaigns)
        opens_at = std::min(opens_at, campaign.opens_at);
    if (opens_at <= now || session->live_orders() > 0)
        return refuse(out, Refusal::session_not_removable,
                      {.used = session->live_orders(), .at = opens_at});
    accept(out, domain::SessionCancelled{command.session, now});
}

}  // namespace onsale::boxoffice
