#include "notices/notice.h"

namespace onsale::notices {
namespace {

using domain::RefundCause;
using domain::RefundState;

NoticeKind kind_of(const domain::Refund& refund) {
    switch (refund.cause) {
        case RefundCause::buyer:
        case RefundCause::replaced:
            return refund.state == RefundState::requested ? NoticeKind::refund_requested
                                                          : NoticeKind::refund_approved;
        case RefundCause::session_cancelled:
            return NoticeKind::session_cancelled;
        case RefundCause::late:
        case RefundCause::duplicate:
        case RefundCause::mismatch:
            return NoticeKind::money_returned;
    }
    return NoticeKind::refund_approved;
}

Subject about(NoticeKind kind, domain::RefundId refund, base::Timestamp at) {
    return {kind, domain::order_of(refund), refund, at};
}

std::optional<Subject> of_review(const domain::RefundReviewed& fact) {
    if (fact.state == RefundState::approved)
        return about(NoticeKind::refund_approved, fact.refund, fact.at);
    if (fact.state == RefundState::rejected)
        return about(NoticeKind::refund_rejected, fact.refund, fact.at);
    return std::nullopt;
}

}  // namespace

std::string to_string(const NoticeKey& key) {
    return std::to_string(key.shard.value()) + '-' + std::to_string(key.incarnation) + '-' +
           std::to_string(key.sequence) + '-' + std::to_string(key.index);
}

std::optional<Subject> subject_of(const domain::Fact& fact) {
    if (const auto* moved = std::get_if<domain::OrderMoved>(&fact)) {
        // Without ordinals it is completed again, since its refund was given up.
        const bool is_new =
            moved->to == domain::OrderState::completed && !moved->first_ordinals.empty();
        if (!is_new) return std::nullopt;
        return Subject{NoticeKind::order_completed, moved->order, {}, moved->at};
    }
    // A free order of a cancelled session: the others have a refund.
    if (const auto* refunded = std::get_if<domain::OrderRefunded>(&fact))
        return Subject{NoticeKind::session_cancelled, refunded->order, {}, refunded->at};
    if (const auto* requested = std::get_if<domain::RefundRequested>(&fact))
        return about(kind_of(requested->refund), requested->refund.id,
                     requested->refund.requested_at);
    if (const auto* reviewed = std::get_if<domain::RefundReviewed>(&fact))
        return of_review(*reviewed);
    if (const auto* completed = std::get_if<domain::RefundCompleted>(&fact))
        return about(NoticeKind::refund_completed, completed->refund, completed->at);
    const auto* settled = std::get_if<domain::RefundSettled>(&fact);
    if (settled != nullptr && settled->completed)
        return about(NoticeKind::refund_completed, settled->refund, settled->at);
    return std::nullopt;
}

}  // namespace onsale::notices
