// Facts: what has happened, in the past tense, as it stands in the journal for ever. apply(fact) is
// the only way memory changes, so a fact holds everything that a decision took from outside: ids,
// prices, times, ordinals.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/offer.h"
#include "domain/order.h"
#include "domain/payment.h"
#include "domain/refund.h"

namespace onsale::domain {

// The first fact of every owner's time.
struct EpochStarted {
    std::uint64_t epoch = 0;
    std::uint64_t incarnation = 0;
};
struct SessionSetUp {
    std::shared_ptr<const Session> session;
};
struct CampaignChanged {
    SessionId session;
    std::shared_ptr<const Campaign> campaign;
};
struct SessionChanged {
    SessionId session;
    base::Timestamp starts_at;
    base::Timestamp ends_at;
    std::uint32_t orders_per_person = 0;
    std::uint32_t tickets_per_person = 0;
};
struct TierChanged {
    SessionId session;
    TierId tier;
    base::Money price;
    bool on_sale = true;
};
// Nothing of the session is sold any more, and its live orders have ended at `at`, whatever the
// moment at which OrderCancelled, OrderExpired or OrderRefunded says so of each.
struct SessionCancelled {
    SessionId session;
    base::Timestamp at;
};
struct StockAdded {
    SessionId session;
    PoolId pool;
    Addition addition;
};
struct StockWithdrawn {
    SessionId session;
    PoolId pool;
    std::uint64_t count = 0;
    WithdrawalId withdrawal{};  // 0: it had no id
};
// A new order, as reserved or (when it is free of charge) as completed.
struct OrderPlaced {
    Order order;
};
struct OrderCancelled {
    OrderId order;
    base::Timestamp at;
};
struct OrderExpired {
    OrderId order;
    base::Timestamp at;
};
// A completed order of a cancelled session. Its tickets are void; what it had bought is withdrawn,
// because a code that somebody has seen is never stock again.
struct OrderRefunded {
    OrderId order;
    base::Timestamp at;
};
struct OrderHidden {
    OrderId order;
};
// All orders of the session are final and its time is over: memory lets go of them. The totals are
// what the auditor compares.
struct SessionRetired {
    SessionId session;
    std::uint64_t orders = 0;
    std::uint64_t completed = 0;
    std::uint64_t tickets = 0;  // of completed orders
};

struct TermsChanged {
    SessionId session;
    RefundPolicy refunds;
    LatePayment late_payment = LatePayment::refund;
};
// An order goes on along its graph, by money: to paid, completed, failed, refunding or refunded. To
// completed from paid: its lines get the ordinals of their codes (0: the pool has none).
struct OrderMoved {
    OrderId order;
    OrderState to = OrderState::paid;
    base::Timestamp at;
    base::BoundedVector<std::uint64_t, kLinesPerOrderMax> first_ordinals;
};
// An order that had ended lives again as paid, since its money came late and is accepted: with its
// own lines, or with better ones at the same price.
struct LatePaymentAccepted {
    OrderId order;
    SessionId session;
    OrderLines lines;
    bool replaced = false;  // the lines are others; their unit prices are what was paid
    base::Timestamp at;
};
struct PaymentStarted {
    Payment payment;
};
struct PaymentStepTried {
    PaymentId payment;
    PaymentStep step = PaymentStep::deduct;
    base::Timestamp at;
};
struct PaymentCaptured {
    PaymentId payment;
    base::Money amount;
    std::string transaction;
    MoneyUse use = MoneyUse::order;
    base::Timestamp at;
};
// Nothing was taken: failed or closed.
struct PaymentEnded {
    PaymentId payment;
    PaymentState state = PaymentState::failed;
    PaymentReason reason = PaymentReason::none;
    base::Timestamp at;
};
struct PaymentParked {
    PaymentId payment;
    PaymentReason reason = PaymentReason::bank_silent;
    base::Timestamp at;
};
struct PaymentResumed {
    PaymentId payment;
    PersonId by;
    base::Timestamp at;
};
struct RefundRequested {
    Refund refund;
};
// A review: the last approval that is needed makes it `approved`.
struct RefundReviewed {
    RefundId refund;
    PersonId by;
    bool approved = false;
    RefundState state = RefundState::requested;  // after it
    base::Timestamp at;
};
struct RefundCancelled {
    RefundId refund;
    base::Timestamp at;
};
struct RefundTried {
    RefundId refund;
    base::Timestamp at;
};
struct RefundCompleted {
    RefundId refund;
    std::string transaction;
    base::Timestamp at;
    std::uint32_t round = 0;  // under which of its names
};
// The bank had said that it was completed, and takes it back: the money is owed again, and the
// refund is parked. Its order stays as it is.
struct RefundReopened {
    RefundId refund;
    base::Timestamp at;
    bool refused = false;  // always, since refunds have rounds
};
struct RefundParked {
    RefundId refund;
    base::Timestamp at;
    bool refused = false;  // the bank's final word; otherwise it does not answer
    bool given_before = false;
};
// After the bank's final word a new round begins.
struct RefundResumed {
    RefundId refund;
    PersonId by;
    base::Timestamp at;
};
// Somebody says that the buyer has the money; the second one completes it.
struct RefundSettled {
    RefundId refund;
    PersonId by;
    bool completed = false;
    base::Timestamp at;
};
struct StrayReceived {
    Stray stray;
};
struct StrayTried {
    StrayId stray;
    base::Timestamp at;
};
struct StrayReturned {
    StrayId stray;
    base::Timestamp at;
    std::uint32_t round = 0;
};
struct StrayParked {
    StrayId stray;
    base::Timestamp at;
    bool refused = false;
};
struct StrayResumed {
    StrayId stray;
    PersonId by;
    base::Timestamp at;
};

using Fact =
    std::variant<EpochStarted, SessionSetUp, CampaignChanged, SessionChanged, TierChanged,
                 SessionCancelled, StockAdded, StockWithdrawn, OrderPlaced, OrderCancelled,
                 OrderExpired, OrderRefunded, OrderHidden, SessionRetired, TermsChanged, OrderMoved,
                 LatePaymentAccepted, PaymentStarted, PaymentStepTried, PaymentCaptured,
                 PaymentEnded, PaymentParked, PaymentResumed, RefundRequested, RefundReviewed,
                 RefundCancelled, RefundTried, RefundCompleted, RefundReopened, RefundParked,
                 RefundResumed, StrayReceived, StrayTried, StrayReturned, StrayParked, StrayResumed,
                 RefundSettled>;

// What a fact does to the state of an order that exists already; nothing for all others.
struct OrderChange {
    OrderId order;
    OrderState to = OrderState::reserved;
    base::Timestamp at;
};
[[nodiscard]] std::optional<OrderChange> order_change(const Fact& fact);

}  // namespace onsale::domain
