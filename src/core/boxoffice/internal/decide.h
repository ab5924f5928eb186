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

void decide_terms(const BoxOffice::Memory& memory, const domain::ChangeTerms& command,
                  Decision& out);

void decide_start(const BoxOffice::Memory& memory, const domain::StartPayment& command,
                  base::Timestamp now, Decision& out);
void decide_step(const BoxOffice::Memory& memory, const domain::TryPaymentStep& command,
                 base::Timestamp now, Decision& out);
void decide_report(const BoxOffice::Memory& memory, const domain::ReportPayment& command,
                   base::Timestamp now, Decision& out);
void decide_park(const BoxOffice::Memory& memory, const domain::ParkPayment& command,
                 base::Timestamp now, Decision& out);
void decide_resume(const BoxOffice::Memory& memory, const domain::ResumePayment& command,
                   base::Timestamp now, Decision& out);

void decide_request(const BoxOffice::Memory& memory, const domain::RequestRefund& command,
                    base::Timestamp now, Decision& out);
void decide_cancel_refund(const BoxOffice::Memory& memory, const domain::CancelRefund& command,
                          base::Timestamp now, Decision& out);
void decide_review(const BoxOffice::Memory& memory, const domain::ReviewRefund& command,
                   base::Timestamp now, Decision& out);
void decide_try_refund(const BoxOffice::Memory& memory, const domain::TryRefund& command,
                       base::Timestamp now, Decision& out);
void decide_report_refund(const BoxOffice::Memory& memory, const domain::ReportRefund& command,
                          base::Timestamp now, Decision& out);
void decide_park_refund(const BoxOffice::Memory& memory, const domain::ParkRefund& command,
                        base::Timestamp now, Decision& out);
void decide_settle(const BoxOffice::Memory& memory, const domain::SettleRefund& command,
                   base::Timestamp now, Decision& out);
void decide_resume_refund(const BoxOffice::Memory& memory, const domain::ResumeRefund& command,
                          base::Timestamp now, Decision& out);

void decide_receive(const BoxOffice::Memory& memory, const domain::ReceiveStray& command,
                    base::Timestamp now, Decision& out);
void decide_try_stray(const BoxOffice::Memory& memory, const domain::TryStray& command,
                      base::Timestamp now, Decision& out);
void decide_report_stray(const BoxOffice::Memory& memory, const domain::ReportStray& command,
                         base::Timestamp now, Decision& out);
void decide_resume_stray(const BoxOffice::Memory& memory, const domain::ResumeStray& command,
                         base::Timestamp now, Decision& out);

// The order, if it is in memory and this person's; names its session and campaign. Otherwise
// refuses, and returns nullptr: another person's order is as unknown as none.
[[nodiscard]] const StoredOrder* own_order(const BoxOffice::Memory& memory, domain::PersonId person,
                                           domain::OrderId id, Decision& out);
// Captured money that goes back, in full and without a review.
struct GiveBack {
    const domain::Payment& payment;
    base::Money amount;
    domain::RefundCause cause;
};
void give_back(const BoxOffice::Memory& memory, const GiveBack& what, base::Timestamp now,
               Decision& out);
// A completed order of a cancelled session: its money, or nothing when it was free, goes back.
void end_completed(const BoxOffice::Memory& memory, domain::OrderId order, base::Timestamp now,
                   Decision& out);

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
