// A refund: a flow of money back, out of one captured payment. Values and the arithmetic of fees;
// docs/formats/money.md has the rules.
#pragma once

#include <cstdint>
#include <string>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"

namespace onsale::domain {

// buyer: asked for by the buyer, by the session's policy. replaced: the buyer does not want the
// better tickets that a late payment got. The others are ours: in full, without a review.
enum class RefundCause : std::uint8_t {
    buyer = 1,
    session_cancelled = 2,
    late = 3,
    duplicate = 4,
    mismatch = 5,
    replaced = 6,
};
// What the buyer chose; their own words are a record.
enum class RefundReason : std::uint8_t {
    none = 0,
    schedule = 1,
    cannot_attend = 2,
    bought_by_mistake = 3,
    other = 4,
};

enum class RefundState : std::uint8_t {
    requested = 1,  // waits for its reviews
    approved = 2,   // being done at the bank
    completed = 3,  // by the bank's word
    rejected = 4,
    cancelled = 5,  // by the buyer, while it was being reviewed
};
[[nodiscard]] constexpr bool is_open(RefundState state) {
    return state == RefundState::requested || state == RefundState::approved;
}

struct Refund {
    RefundId id;
    PaymentId payment;
    BankId bank;
    RefundCause cause = RefundCause::buyer;
    RefundReason reason = RefundReason::none;
    RefundState state = RefundState::requested;
    base::Money amount;  // that goes back
    base::Money fee;     // that stays; amount + fee is what the payment paid for the order
    std::uint8_t reviews_needed = 0;
    PersonId first_reviewer;   // who approved it first; zero: nobody
    PersonId second_reviewer;  // two reviews are by two people
    bool parked = false;
    bool refused = false;       // the bank's last word about this round is no
    bool given_before = false;  // with it: it has given the money back already, in a past we lost
    std::uint32_t round = 0;    // how often it was taken up again after such a no
    std::uint32_t tries = 0;
    std::uint64_t incarnation = 0;  // of the owner that requested it: part of its name at the bank
    // Two people say that the buyer got the money in another way; zero: nobody has.
    PersonId first_settler;
    PersonId second_settler;
    std::string transaction;  // the bank's; empty until it is completed
    base::Timestamp requested_at;
    base::Timestamp changed_at;
    bool operator==(const Refund&) const = default;
};

// A session's policy for refunds that buyers ask for.
struct RefundPolicy {
    bool allowed = false;
    base::Duration until_before_start;  // asked for at the latest so long before the start
    std::uint32_t fee_basis_points = 0;
    bool reviewed = true;                       // false: approved as it is asked for
    std::int64_t second_review_from_minor = 0;  // from this amount two people review; 0: never
    bool operator==(const RefundPolicy&) const = default;
};
inline constexpr std::uint32_t kBasisPoints = 10'000;

// The fee of a refund of `paid`: rounded down to the minor unit, in the buyer's favour.
[[nodiscard]] constexpr base::Money refund_fee(base::Money paid, std::uint32_t basis_points) {
    const std::int64_t whole = paid.minor / kBasisPoints;
    const std::int64_t rest = paid.minor % kBasisPoints;
    return {whole * basis_points + rest * basis_points / kBasisPoints, paid.currency};
}

// What happens to money that comes after its order has ended.
enum class LatePayment : std::uint8_t {
    refund = 0,          // it goes back
    same = 1,            // the same tickets if they are free, else it goes back
    same_or_better = 2,  // else as many of a tier that costs as much or more, else it goes back
};

}  // namespace onsale::domain
