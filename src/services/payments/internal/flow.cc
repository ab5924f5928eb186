#include "payments/internal/flow.h"

#include <algorithm>
#include <array>

#include "payments/limits.h"

namespace onsale::payments {
namespace {

using base::Duration;
using domain::PaymentReason;

// What a token payment goes through at other companies, in order. Whatever has to be certain before
// money is taken, such as a place that a supplier keeps, stands in front of the deduction.
constexpr std::array kStepsOfToken = {Ask::deduct};

// Between two questions about a payment at the cashier.
constexpr std::array kLadder = {Duration::seconds(2),  Duration::seconds(5),
                                Duration::seconds(15), Duration::seconds(30),
                                Duration::seconds(60), Duration::seconds(120)};

// Three quarters of the pause, and up to as much again as half of it: flows that began together do
// not stay together.
Duration with_jitter(Duration pause, base::Prng& prng) {
    const auto ms = static_cast<std::uint64_t>(pause.count_ms());
    return Duration::milliseconds(static_cast<std::int64_t>(ms - ms / 4 + prng.below(ms / 2 + 1)));
}

Duration doubled(Duration first, std::uint32_t times) {
    constexpr std::uint32_t kDoublingsMax = 16;
    const std::int64_t ms = first.count_ms() << std::min(times, kDoublingsMax);
    return std::min(Duration::milliseconds(ms), kRetryMax);
}

bool is_cashier(const Flow& flow) {
    return flow.name.kind == FlowKind::payment && flow.way == domain::PayWay::cashier;
}

Next sleep(Duration pause) {
    return {NextKind::sleep, pause, PaymentReason::none};
}
Next tell() {
    return {NextKind::tell, {}, PaymentReason::none};
}
Next park(PaymentReason reason) {
    return {NextKind::park, {}, reason};
}

// What to ask when it is not certain what the last question did. A closure is only asked again: it
// is final, and the bank says what was before.
Ask question_after(Ask ask) {
    if (ask == Ask::deduct) return Ask::query;
    if (ask == Ask::refund) return Ask::query_refund;
    return ask;
}

Next retry(Flow& flow, PaymentReason reason, base::Prng& prng) {
    ++flow.tries;
    if (flow.tries >= kTriesMax) return park(reason);
    flow.ask = question_after(flow.ask);
    return sleep(with_jitter(doubled(kRetryMin, flow.tries - 1), prng));
}

// Nobody has paid at the cashier yet.
Next next_rung(Flow& flow, base::Timestamp now, base::Prng& prng) {
    if (flow.unneeded || now >= flow.deadline) {
        flow.ask = Ask::close;
        return sleep({});
    }
    flow.ask = Ask::query;
    const auto rung = std::min<std::size_t>(++flow.rung, kLadder.size() - 1);
    const Duration pause = with_jitter(kLadder[rung], prng);
    // At the deadline it is closed, whatever the ladder says.
    return sleep(std::min(pause, flow.deadline - now));
}

Next after_payment_answer(Flow& flow, const BankAnswer& answer, base::Timestamp now,
                          base::Prng& prng) {
    switch (answer.status) {
        case BankStatus::captured:
        case BankStatus::failed:
        case BankStatus::closed:
            return tell();
        case BankStatus::unknown:
        case BankStatus::open:
            break;
        case BankStatus::accepted:
        case BankStatus::completed:
        case BankStatus::refused:
        case BankStatus::nonsense:
            return retry(flow, PaymentReason::bank_contradictory, prng);
    }
    if (has_effect(flow.ask)) return retry(flow, PaymentReason::bank_contradictory, prng);
    if (is_cashier(flow)) return next_rung(flow, now, prng);
    // Nothing was taken yet, so it may be tried now.
    flow.ask = kStepsOfToken.front();
    return sleep({});
}

Next after_refund_answer(Flow& flow, const BankAnswer& answer, base::Prng& prng) {
    switch (answer.status) {
        case BankStatus::completed:
            // The refund itself, asked again, names its transaction.
            if (answer.transaction.empty() && flow.ask == Ask::query_refund) break;
            return tell();
        case BankStatus::refused:
            return tell();
        case BankStatus::accepted:
            flow.ask = Ask::query_refund;
            return sleep(with_jitter(doubled(kAcceptedAgainMin, flow.rung++), prng));
        case BankStatus::unknown:
            if (flow.ask == Ask::query_refund) break;
            return retry(flow, PaymentReason::bank_contradictory, prng);
        case BankStatus::open:
        case BankStatus::captured:
        case BankStatus::failed:
        case BankStatus::closed:
        case BankStatus::nonsense:
            return retry(flow, PaymentReason::bank_contradictory, prng);
    }
    flow.ask = Ask::refund;
    return sleep({});
}

}  // namespace

Flow make_flow(const domain::Payment& payment, base::Timestamp deadline) {
    Flow flow;
    flow.name = name_of(payment);
    flow.bank = payment.bank;
    flow.amount = payment.amount;
    flow.token = payment.token;
    flow.way = payment.way;
    flow.tries = payment.tries;
    flow.deadline = deadline;
    const bool by_token = payment.way == domain::PayWay::token;
    flow.seen = by_token || deadline != base::Timestamp();
    flow.ask = by_token && payment.tries == 0 ? kStepsOfToken.front() : Ask::query;
    return flow;
}

Flow make_flow(const domain::Refund& refund, std::uint64_t payment_incarnation) {
    Flow flow;
    flow.name = name_of(refund);
    flow.bank = refund.bank;
    flow.amount = refund.amount;
    flow.payment = {FlowKind::payment, refund.payment.value(), payment_incarnation};
    flow.tries = refund.tries;
    flow.seen = payment_incarnation != 0;
    flow.ask = refund.tries == 0 ? Ask::refund : Ask::query_refund;
    return flow;
}

Flow make_flow(const domain::Stray& stray) {
    Flow flow;
    flow.name = name_of(stray);
    flow.bank = stray.bank;
    flow.amount = stray.amount;
    flow.transaction = stray.transaction;
    flow.tries = stray.tries;
    flow.seen = true;
    flow.ask = stray.tries == 0 ? Ask::refund : Ask::query_refund;
    return flow;
}

Duration first_pause(const Flow& flow, base::Prng& prng) {
    return is_cashier(flow) ? with_jitter(kLadder.front(), prng) : Duration();
}

Next after_answer(Flow& flow, const BankAnswer& answer, base::Timestamp now, base::Prng& prng) {
    if (flow.name.kind == FlowKind::payment) return after_payment_answer(flow, answer, now, prng);
    return after_refund_answer(flow, answer, prng);
}

Next after_silence(Flow& flow, Silence silence, base::Timestamp now, base::Prng& prng) {
    // The ladder goes on by itself and has an end.
    if (is_cashier(flow) && flow.ask == Ask::query) return next_rung(flow, now, prng);
    if (silence == Silence::away) {
        flow.ask = question_after(flow.ask);
        return sleep(with_jitter(kRetryMin, prng));
    }
    return retry(flow, PaymentReason::bank_silent, prng);
}

Next after_refusal(Flow& flow, base::Timestamp now, base::Prng& prng) {
    flow.alone = true;
    if (is_cashier(flow) && flow.ask == Ask::query) return next_rung(flow, now, prng);
    return retry(flow, PaymentReason::bank_contradictory, prng);
}

Next after_unwanted(Flow& flow, base::Prng& prng) {
    if (is_cashier(flow)) {
        // The order waits for it again, or the clocks differ a little: look at the order anew.
        flow.ask = Ask::query;
        flow.unneeded = false;
        flow.seen = false;
        return sleep(with_jitter(kStillNeededAfter, prng));
    }
    flow.ask = flow.ask == Ask::deduct ? Ask::close : kStepsOfToken.front();
    return sleep(flow.ask == Ask::close ? Duration() : with_jitter(kStillNeededAfter, prng));
}

}  // namespace onsale::payments
