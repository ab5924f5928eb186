// The rules, one function per command. Each reads memory, and writes an outcome and facts; none
// changes memory.
#pragma once

#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {

void decide_place(const BoxOffice::Memory& memory, const domain::PlaceOrder& command,
                  base::Timestamp now, Decision& out);
void decide_cancel(const BoxOffice::Memory& memory, const domain::CancelOrder& command,
                   base::Timestamp now, Decision& out);
void decide_hide(const BoxOffice::Memory& memory, const domain::HideOrder& command,
                 base::Timestamp now, Decision& out);
void decide_expire(const BoxOffice::Memory& memory, const domain::ExpireDue& command,
                   base::Timestamp now, Decision& out);
void decide_set_up(const BoxOffice::Memory& memory, const domain::SetUpSession& command,
                   Decision& out);
void decide_change(const BoxOffice::Memory& memory, const domain::ChangeCampaign& command,
                   Decision& out);
void decide_add(const BoxOffice::Memory& memory, const domain::AddStock& command, Decision& out);
void decide_withdraw(const BoxOffice::Memory& memory, const domain::WithdrawStock& command,
                     Decision& out);
void decide_retire(const BoxOffice::Memory& memory, const domain::RetireSession& command,
                   base::Timestamp now, Decision& out);

void decide_end_cancelled(const BoxOffice::Memory& memory, const domain::EndCancelled& command,
                          base::Timestamp now, Decision& out);
void decide_change_session(const BoxOffice::Memory& memory, const domain::ChangeSession& command,
                           Decision& out);
void decide_change_tier(const BoxOffice::Memory& memory, const domain::ChangeTier& command,
                        Decision& out);
void decide_cancel_session(const BoxOffice::Memory& memory, const domain::CancelSession& command,
                           base::Timestamp now, Decision& out);
void decide_remove_session(const BoxOffice::Memory& memory, const domain::RemoveSession& command,
                           base::Timestamp now, Decision& out);

// The session that a command names: known and not retired. Otherwise refuses, and returns nullptr.
[[nodiscard]] const SessionState* session_in_memory(const BoxOffice::Memory& memory,
                                                    domain::SessionId id, Decision& out);
// The same, and not cancelled: its rules may still change.
[[nodiscard]] const SessionState* session_on_offer(const BoxOffice::Memory& memory,
                                                   domain::SessionId id, Decision& out);

inline void refuse(Decision& out, domain::Refusal refusal,
                   const domain::Explanation& explanation = {}) {
    out.outcome.kind = domain::OutcomeKind::refused;
    out.outcome.refusal = refusal;
    out.outcome.explanation = explanation;
}
inline void accept(Decision& out, domain::Fact fact) {
    out.outcome.kind = domain::OutcomeKind::accepted;
    out.facts.push_back(std::move(fact));
}

}  // namespace onsale::boxoffice
