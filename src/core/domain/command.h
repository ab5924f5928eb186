// Commands: what somebody wants of a box office. They are decided against its memory; only their
// facts are kept.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "base/bounded_vector.h"
#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/limits.h"
#include "domain/offer.h"
#include "domain/payment.h"
#include "domain/refund.h"

namespace onsale::domain {

struct WantedLine {
    TierId tier;
    std::uint32_t quantity = 0;
};
using WantedLines = base::BoundedVector<WantedLine, kLinesPerOrderMax>;

// No price: prices are the server's. No lines: one ticket of the campaign's first tier
// that has one.
struct PlaceOrder {
    PersonId person;
    CampaignId campaign;
    WantedLines lines;
    std::uint64_t idempotency_key = 0;
    std::uint64_t body_hash = 0;
};
struct CancelOrder {
    PersonId person;
    OrderId order;
};
// Takes a final order out of its person's list; stock and limits do not change.
struct HideOrder {
    PersonId person;
    OrderId order;
};
// Ends at most `orders_max` reserved orders whose deadline has passed, the oldest first.
struct ExpireDue {
    std::uint32_t orders_max = 0;
};
// Ends at most `orders_max` live orders of cancelled sessions: reserved ones as cancelled (or
// expired, if their deadline came first), completed ones as refunded.
struct EndCancelled {
    std::uint32_t orders_max = 0;
};
// Opens a session with everything in it, in one step. Repeating it is harmless; the same id with
// another content is refused.
struct SetUpSession {
    std::shared_ptr<const Session> session;
};
// Changes the window and limits of a campaign, or adds one to its session.
struct ChangeCampaign {
    SessionId session;
    std::shared_ptr<const Campaign> campaign;
};
// Changes a session's times and its limits per person. Limits bind new orders only. Its campaigns
// must still fit into the new times.
struct ChangeSession {
    SessionId session;
    base::Timestamp starts_at;
    base::Timestamp ends_at;
    std::uint32_t orders_per_person = 0;   // 0: no limit
    std::uint32_t tickets_per_person = 0;  // 0: no limit
};
// Changes the price of a tier (same currency) and whether it is sold. Orders that exist keep
// theirs.
struct ChangeTier {
    SessionId session;
    TierId tier;
    base::Money price;
    bool on_sale = true;
};
// Cancels a session before it starts. From its fact on every new order in it is refused and every
// live order reads as ended; EndCancelled writes their ends down, slice by slice.
struct CancelSession {
    SessionId session;
};
// Makes a session safe to be taken out of the catalogue: it is cancelled like by CancelSession, but
// only if no campaign of it has opened yet and it has no live order; otherwise
// `session_not_removable`. A session that was cancelled before is `unchanged`, so it may go too.
// The box office forgets nothing here: a removed session is retired like any other.
struct RemoveSession {
    SessionId session;
};
// More stock for a pool. Repeating the same addition is harmless.
struct AddStock {
    SessionId session;
    PoolId pool;
    Addition addition;
};
// Takes free stock away; of codes, the ones that would be handed out next. With an id of the
// operator's, repeating it is `unchanged` and another count under it a `definition_conflict`; with
// 0 it is done again each time.
struct WithdrawStock {
    SessionId session;
    PoolId pool;
    std::uint64_t count = 0;
    WithdrawalId withdrawal{};
};
struct RetireSession {
    SessionId session;
};

// Changes what holds for refunds and late payments; refunds that were asked for stay as they are.
struct ChangeTerms {
    SessionId session;
    RefundPolicy refunds;
    LatePayment late_payment = LatePayment::refund;
};

// Begins to pay for a reserved order. Way token: with the live authorisation that the bank has
// signed, so the order is paid. An open payment of the same bank and way (and token) is `repeated`.
struct StartPayment {
    PersonId person;
    OrderId order;
    BankId bank;
    PayWay way = PayWay::cashier;
    std::uint64_t token = 0;  // way token: a keyed hash of it
    base::Money authorised;   // way token: at most this much
    base::Timestamp authorised_until;
};
// Something is about to be tried at the bank. Refused with `step_not_wanted` when it should not be
// any more: the order has ended meanwhile, or is paid for by another payment.
struct TryPaymentStep {
    PaymentId payment;
    PaymentStep step = PaymentStep::deduct;
};
// What the bank says of a payment: in answer to a step or a question, or on its own.
enum class BankWord : std::uint8_t { captured = 1, failed = 2, closed = 3 };
struct ReportPayment {
    PaymentId payment;
    std::uint64_t incarnation = 0;  // both from the name that the bank knows it by
    BankId bank;                    // who says it
    BankWord word = BankWord::captured;
    base::Money amount;       // captured
    std::string transaction;  // captured
    PaymentReason reason = PaymentReason::none;
};
struct ParkPayment {
    PaymentId payment;
    PaymentReason reason = PaymentReason::bank_silent;
};
struct ResumePayment {
    PaymentId payment;
    PersonId by;
};
// A buyer wants their money back, by the session's policy; or, for tickets that a late payment got
// in place of others, in full.
struct RequestRefund {
    PersonId person;
    OrderId order;
    RefundReason reason = RefundReason::none;
};
struct CancelRefund {
    PersonId person;
    RefundId refund;
};
struct ReviewRefund {
    RefundId refund;
    PersonId by;
    bool approve = false;
};
struct TryRefund {
    RefundId refund;
};
// What the bank says of a refund. refused after completed: the bank has it back, and it is parked.
struct ReportRefund {
    RefundId refund;
    std::uint64_t incarnation = 0;
    BankId bank;
    bool completed = false;  // false: refused
    std::string transaction;
    std::uint32_t round = 0;    // of the name that the bank speaks of
    bool given_before = false;  // refused: because it has given the money back already
};
struct ParkRefund {
    RefundId refund;
};
// Takes a parked refund up again; under a new name if the bank has refused it for good.
struct ResumeRefund {
    RefundId refund;
    PersonId by;
};
// Says that the buyer has got the money in another way, for a refund that the bank refuses for
// good. Two people have to say so; neither is the buyer.
struct SettleRefund {
    RefundId refund;
    PersonId by;
};
// Money for no payment we know; for shard 0 only. The same transaction of the same bank again is
// `repeated`.
struct ReceiveStray {
    BankId bank;
    std::string transaction;
    base::Money amount;
};
struct TryStray {
    StrayId stray;
};
// silent: not a word after many tries. All but returned park it.
enum class StrayWord : std::uint8_t { returned = 1, refused = 2, silent = 3 };
struct ReportStray {
    StrayId stray;
    StrayWord word = StrayWord::returned;
    std::uint32_t round = 0;  // of the name that the bank speaks of
};
struct ResumeStray {
    StrayId stray;
    PersonId by;
};

using Command =
    std::variant<PlaceOrder, CancelOrder, HideOrder, ExpireDue, EndCancelled, SetUpSession,
                 ChangeCampaign, ChangeSession, ChangeTier, CancelSession, RemoveSession, AddStock,
                 WithdrawStock, RetireSession, ChangeTerms, StartPayment, TryPaymentStep,
                 ReportPayment, ParkPayment, ResumePayment, RequestRefund, CancelRefund,
                 ReviewRefund, TryRefund, ReportRefund, ParkRefund, ResumeRefund, SettleRefund,
                 ReceiveStray, TryStray, ReportStray, ResumeStray>;

// Commands that may use the journal's reserve when the disk is full: they free stock, end something
// or say what a bank has done, and take nothing.
[[nodiscard]] constexpr bool may_use_reserve(const Command& command) {
    return std::holds_alternative<CancelOrder>(command) ||
           std::holds_alternative<ExpireDue>(command) ||
           std::holds_alternative<ReportPayment>(command) ||
           std::holds_alternative<ReportRefund>(command) ||
           std::holds_alternative<ReceiveStray>(command) ||
           std::holds_alternative<ReportStray>(command);
}

}  // namespace onsale::domain
