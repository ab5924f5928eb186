#include <algorithm>

#include "boxoffice/internal/decide.h"

namespace onsale::boxoffice {

using domain::OutcomeKind;
using domain::Refusal;

void decide_set_up(const BoxOffice::Memory& memory, const domain::SetUpSession& command,
                   Decision& out) {
    const domain::Session& wanted = *command.session;
    out.outcome.session = wanted.id;
    const SessionState* existing = memory.find_session(wanted.id);
    if (existing != nullptr && existing->definition == wanted) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    if (existing != nullptr) return refuse(out, Refusal::definition_conflict);
    const auto has_withdrawals = [](const domain::Pool& pool) { return !pool.withdrawals.empty(); };
    if (!definition_is_valid(wanted) || !campaigns_fit(wanted) ||
        std::any_of(wanted.pools.begin(), wanted.pools.end(), has_withdrawals))
        return refuse(out, Refusal::definition_invalid);
    const auto taken = [&](const domain::Campaign& campaign) {
        return memory.find_campaign(campaign.id) != nullptr;
    };
    if (std::any_of(wanted.campaigns.begin(), wanted.campaigns.end(), taken))
        return refuse(out, Refusal::definition_conflict);
    accept(out, domain::SessionSetUp{command.session});
}

void decide_change(const BoxOffice::Memory& memory, const domain::ChangeCampaign& command,
                   Decision& out) {
    const SessionState* session = session_on_offer(memory, command.session, out);
    if (session == nullptr) return;
    const domain::Campaign& wanted = *command.campaign;
    out.outcome.campaign = wanted.id;
    if (!campaign_is_valid(wanted, session->definition) ||
        !campaign_fits(wanted, session->definition))
        return refuse(out, Refusal::definition_invalid);
    const CampaignState* existing = memory.find_campaign(wanted.id);
    if (existing == nullptr) {
        if (session->campaigns.size() >= domain::kCampaignsPerSessionMax)
            return refuse(out, Refusal::definition_invalid);
        return accept(out, domain::CampaignChanged{command.session, command.campaign});
    }
    if (existing->session != session) return refuse(out, Refusal::definition_conflict);
    const domain::Campaign& current = session->campaign(*existing);
    if (current == wanted) {
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    // Who has joined is only counted while one per person is the rule, so the rule stays once
    // somebody has bought.
    if (current.one_per_person != wanted.one_per_person && session->orders > 0)
        return refuse(out, Refusal::definition_conflict);
    accept(out, domain::CampaignChanged{command.session, command.campaign});
}

void decide_add(const BoxOffice::Memory& memory, const domain::AddStock& command, Decision& out) {
    const SessionState* session = session_on_offer(memory, command.session, out);
    if (session == nullptr) return;
    const std::size_t index = session->pool_index(command.pool);
    if (index == session->pools.size()) return refuse(out, Refusal::pool_unknown);
    const auto& additions = session->definition.pools[index].additions;
    const auto same = std::find_if(additions.begin(), additions.end(),
                                   [&](const auto& a) { return a.id == command.addition.id; });
    if (same != additions.end()) {
        if (*same != command.addition) return refuse(out, Refusal::definition_conflict);
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    const std::uint64_t id = command.addition.id.value();
    const std::uint64_t count = command.addition.count;
    const bool fits = count >= 1 && count <= domain::kStockPerPoolMax &&
                      session->pools[index].count.capacity + count <= domain::kStockPerPoolMax &&
                      additions.size() < domain::kAdditionsPerPoolMax && id >= 1 &&
                      id <= domain::kIdMax;
    if (!fits) return refuse(out, Refusal::definition_invalid);
    accept(out, domain::StockAdded{command.session, command.pool, command.addition});
}

void decide_withdraw(const BoxOffice::Memory& memory, const domain::WithdrawStock& command,
                     Decision& out) {
    const SessionState* session = session_in_memory(memory, command.session, out);
    if (session == nullptr) return;
    const std::size_t index = session->pool_index(command.pool);
    if (index == session->pools.size()) return refuse(out, Refusal::pool_unknown);
    const auto& known = session->definition.pools[index].withdrawals;
    const bool has_id = command.withdrawal != domain::WithdrawalId();
    const auto same = std::find_if(known.begin(), known.end(), [&](const auto& withdrawal) {
        return has_id && withdrawal.id == command.withdrawal;
    });
    if (same != known.end()) {
        if (same->count != command.count) return refuse(out, Refusal::definition_conflict);
        out.outcome.kind = OutcomeKind::unchanged;
        return;
    }
    const bool remembered = known.size() < domain::kWithdrawalsPerPoolMax &&
                            command.withdrawal.value() <= domain::kIdMax;
    if (has_id && !remembered) return refuse(out, Refusal::definition_invalid);
    const std::uint64_t free = session->pools[index].count.free;
    if (command.count == 0 || command.count > free)
        return refuse(out, Refusal::stock_not_free, {.free = free});
    accept(out, domain::StockWithdrawn{command.session, command.pool, command.count,
                                       command.withdrawal});
}

void decide_retire(const BoxOffice::Memory& memory, const domain::RetireSession& command,
                   base::Timestamp now, Decision& out) {
    const SessionState* session = session_in_memory(memory, command.session, out);
    if (session == nullptr) return;
    if (now < session->definition.ends_at)
        return refuse(out, Refusal::session_not_ended, {.at = session->definition.ends_at});
    const std::uint64_t completed = session->count(domain::OrderState::completed);
    const std::uint64_t standing = session->status.cancelled ? 0 : completed;
    const std::uint64_t unfinished = session->live_orders() - standing + session->open_payments;
    if (unfinished != 0) return refuse(out, Refusal::orders_not_final, {.used = unfinished});
    accept(out,
           domain::SessionRetired{command.session, session->orders, completed, session->tickets});
}

}  // namespace onsale::boxoffice
