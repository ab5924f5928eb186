// Flow: one payment, refund or return that a bank has still to say something about, and what comes
// next for it. Pure: time and chance are handed in; the agent carries out what is decided here.
// Belongs to the agent. After a crash it is made again from the box office, and whatever may have
// been tried is asked about first.
//
// INVARIANT: nothing with an effect is asked twice under different names, and after silence about
// a deduction or a refund the bank is asked what it did before that is tried again.
#pragma once

#include <cstdint>
#include <string>

#include "base/prng.h"
#include "base/time.h"
#include "domain/payment.h"
#include "domain/refund.h"
#include "payments/bank.h"

namespace onsale::payments {

// asleep: until `due`. deciding: a command is in the engine. waiting: for a call of the bank.
enum class FlowStage : std::uint8_t { asleep, looking, deciding, waiting };

struct Flow {
    FlowName name;
    domain::BankId bank;
    base::Money amount;
    FlowName payment;          // refund: its payment; incarnation 0: to be looked up
    std::uint64_t token = 0;   // payment, way token: its keyed hash
    std::string transaction;   // stray
    base::Timestamp deadline;  // way cashier: of the order; zero: to be looked up
    domain::PayWay way = domain::PayWay::cashier;
    Ask ask = Ask::query;  // what comes next
    FlowStage stage = FlowStage::asleep;
    bool unneeded = false;  // way cashier: the order has no use for it any more
    bool alone = false;     // the bank did not take a batch that it was in
    bool seen = false;      // details are complete
    std::uint32_t tries = 0;
    std::uint32_t rung = 0;   // of the ladder of questions
    std::uint32_t turn = 0;   // changes with every step: what comes back late is not taken
    std::int64_t due_ms = 0;  // of the monotonic clock
};

// Flows as the box office has them. What may have been tried before is asked about first.
[[nodiscard]] Flow make_flow(const domain::Payment& payment, base::Timestamp deadline);
// `payment_incarnation` 0: unknown as yet.
[[nodiscard]] Flow make_flow(const domain::Refund& refund, std::uint64_t payment_incarnation);
[[nodiscard]] Flow make_flow(const domain::Stray& stray);

// Whether the step is a fact before it is asked.
[[nodiscard]] constexpr bool has_effect(Ask ask) {
    return ask == Ask::deduct || ask == Ask::close || ask == Ask::refund;
}

// What is done next with a flow: told to the box office, parked, or slept over for `pause` and then
// asked (Flow::ask).
enum class NextKind : std::uint8_t { tell, park, sleep };
struct Next {
    NextKind kind = NextKind::sleep;
    base::Duration pause;
    domain::PaymentReason reason = domain::PaymentReason::none;  // park
};

// The pause before the first question about a new flow.
[[nodiscard]] base::Duration first_pause(const Flow& flow, base::Prng& prng);
// The bank has answered Flow::ask.
[[nodiscard]] Next after_answer(Flow& flow, const BankAnswer& answer, base::Timestamp now,
                                base::Prng& prng);
// The bank may or may not have done it. Silence of a bank that is known to be away is no try.
enum class Silence : std::uint8_t { counts, away };
[[nodiscard]] Next after_silence(Flow& flow, Silence silence, base::Timestamp now,
                                 base::Prng& prng);
// The bank does not take a call with this item alone.
[[nodiscard]] Next after_refusal(Flow& flow, base::Timestamp now, base::Prng& prng);
// The box office does not want the step, and the flow is still open.
[[nodiscard]] Next after_unwanted(Flow& flow, base::Prng& prng);

}  // namespace onsale::payments
