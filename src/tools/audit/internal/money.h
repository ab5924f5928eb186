// The auditor's own picture of money: payments, refunds and money that belongs to nobody, as they
// follow from the facts. Nothing of core/domain is used. Belongs to one Fold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace onsale::audit {

// As they stand in the records.
inline constexpr std::uint32_t kWayToken = 1;
inline constexpr std::uint32_t kPaymentOpen = 1;
inline constexpr std::uint32_t kPaymentAuthorised = 2;
inline constexpr std::uint32_t kPaymentCaptured = 3;
inline constexpr std::uint32_t kPaymentFailed = 4;
inline constexpr std::uint32_t kPaymentClosed = 5;
inline constexpr std::uint32_t kUseOrder = 1;
inline constexpr std::uint32_t kUseLate = 2;
inline constexpr std::uint32_t kUseDuplicate = 3;
inline constexpr std::uint32_t kUseMismatch = 4;
inline constexpr std::uint32_t kStepDeduct = 1;
inline constexpr std::uint32_t kCauseBuyer = 1;
inline constexpr std::uint32_t kCauseSessionCancelled = 2;
inline constexpr std::uint32_t kCauseLate = 3;
inline constexpr std::uint32_t kCauseDuplicate = 4;
inline constexpr std::uint32_t kCauseMismatch = 5;
inline constexpr std::uint32_t kCauseReplaced = 6;
inline constexpr std::uint32_t kRefundRequested = 1;
inline constexpr std::uint32_t kRefundApproved = 2;
inline constexpr std::uint32_t kRefundCompleted = 3;
inline constexpr std::uint32_t kRefundRejected = 4;
inline constexpr std::uint32_t kRefundCancelled = 5;
inline constexpr std::uint32_t kFlowBits = 5;  // a payment's or refund's id is order << 5 | index

struct Cash {
    std::int64_t minor = 0;
    std::uint32_t currency = 0;
    bool operator==(const Cash&) const = default;
};

struct Payment {
    std::uint64_t id = 0;
    std::uint64_t bank = 0;
    std::uint32_t way = 0;
    std::uint32_t state = 0;
    std::uint32_t use = 0;
    Cash asked;
    Cash captured;
    std::int64_t captured_at_ms = 0;
    std::uint32_t deductions = 0;  // tried
    bool parked = false;
    std::string transaction;
    [[nodiscard]] bool is_open() const {
        return state == kPaymentOpen || state == kPaymentAuthorised;
    }
};

struct Refund {
    std::uint64_t id = 0;
    std::uint64_t payment = 0;
    std::uint64_t bank = 0;
    std::uint32_t cause = 0;
    std::uint32_t state = 0;
    std::int64_t amount_minor = 0;
    std::int64_t fee_minor = 0;
    std::uint32_t reviews_needed = 0;
    std::vector<std::uint64_t> reviewers;
    std::uint32_t tries = 0;
    bool parked = false;
    bool refused = false;             // by the bank, for good
    bool given_before = false;        // since it has given the money in a past that was lost
    std::uint64_t first_settler = 0;  // who says that it was given back in another way
    bool settled = false;
    [[nodiscard]] std::int64_t whole() const { return amount_minor + fee_minor; }
    // The money is owed, or has gone.
    [[nodiscard]] bool counts() const {
        return state == kRefundApproved || state == kRefundCompleted;
    }
    [[nodiscard]] bool is_open() const {
        return state == kRefundRequested || state == kRefundApproved;
    }
    // It ends the order; the others give back what never was the order's.
    [[nodiscard]] bool ends_order() const {
        return cause == kCauseBuyer || cause == kCauseSessionCancelled || cause == kCauseReplaced;
    }
};

// What the payments and refunds of an order are.
struct Money {
    std::uint64_t order = 0;
    bool replaced = false;  // a late payment got other tickets than were ordered
    std::vector<Payment> payments;
    std::vector<Refund> refunds;
    // The payment that pays for the order.
    [[nodiscard]] const Payment* paying() const {
        for (const Payment& payment : payments)
            if (payment.state == kPaymentCaptured && payment.use == kUseOrder) return &payment;
        return nullptr;
    }
    [[nodiscard]] const Payment* find(std::uint64_t id) const {
        for (const Payment& payment : payments)
            if (payment.id == id) return &payment;
        return nullptr;
    }
};

struct Stray {
    std::uint64_t id = 0;
    std::uint64_t bank = 0;
    Cash amount;
    std::uint32_t tries = 0;
    bool parked = false;
    bool returned = false;
    std::int64_t received_at_ms = 0;
    std::string transaction;
};

}  // namespace onsale::audit
