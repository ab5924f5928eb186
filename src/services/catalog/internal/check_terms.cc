// The terms of refunds and late payments, as an operator writes them.
#include <limits>
#include <optional>

#include "catalog/internal/check.h"
#include "catalog/limits.h"
#include "domain/limits.h"

namespace onsale::catalog {
namespace {

using base::Unexpected;

Unexpected<FieldError> mistake(std::string field, std::string message) {
    return Unexpected{FieldError{"session." + std::move(field), std::move(message)}};
}

std::optional<domain::LatePayment> late_payment_of(std::string_view text) {
    if (text == "refund") return domain::LatePayment::refund;
    if (text == "same") return domain::LatePayment::same;
    if (text == "same_or_better") return domain::LatePayment::same_or_better;
    return std::nullopt;
}

// Who speaks of refunds for the first time means that there are some.
domain::RefundPolicy first_policy() {
    domain::RefundPolicy policy;
    policy.allowed = true;
    policy.until_before_start = base::Duration::hours(kRefundUntilHoursDefault);
    policy.fee_basis_points = kRefundFeeBasisPointsDefault;
    return policy;
}

}  // namespace

Checked<Terms> check_terms(const TermsDefinition& given, Terms before) {
    Terms terms = before;
    domain::RefundPolicy& refunds = terms.refunds;
    if (given.speaks_of_refunds() && refunds == domain::RefundPolicy{}) refunds = first_policy();
    if (given.refund_allowed) refunds.allowed = *given.refund_allowed;
    if (given.refund_review) refunds.reviewed = *given.refund_review;
    if (given.refund_until_hours) {
        if (*given.refund_until_hours > kRefundUntilHoursMax)
            return mistake("refund_until_hours",
                           "must be at most " + std::to_string(kRefundUntilHoursMax));
        refunds.until_before_start =
            base::Duration::hours(static_cast<std::int64_t>(*given.refund_until_hours));
    }
    if (given.refund_fee_percent) {
        // A hundredth of a percent is what a cent is to an amount.
        const auto points = parse_price(*given.refund_fee_percent);
        if (!points || *points > domain::kBasisPoints)
            return mistake("refund_fee_percent", "must be from 0 to 100 with at most two decimals");
        refunds.fee_basis_points = static_cast<std::uint32_t>(*points);
    }
    if (given.refund_second_review_from) {
        const auto amount = parse_price(*given.refund_second_review_from);
        if (!amount || *amount > domain::kPriceMinorMax)
            return mistake("refund_second_review_from",
                           "must be an amount with at most two decimals");
        refunds.second_review_from_minor = *amount;
    }
    if (given.late_payment) {
        const auto late = late_payment_of(*given.late_payment);
        if (!late) return mistake("late_payment", "must be refund, same or same_or_better");
        terms.late_payment = *late;
    }
    return terms;
}

}  // namespace onsale::catalog
