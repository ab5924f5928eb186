// What is done with a flow: look it up, ask the box office whether it may be tried, ask the bank,
// tell the box office.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/mutant.h"
#include "payments/internal/agent_impl.h"
#include "payments/limits.h"
#include "telemetry/log.h"

namespace onsale::payments {
namespace {

using domain::BankWord;
using domain::OutcomeKind;
using domain::PaymentReason;
using domain::Refusal;

constexpr auto kOfficeAgainAfter = base::Duration::seconds(1);

// As the box office has it; nothing if it is not open.
std::optional<Flow> see_payment(const boxoffice::BoxOffice& office, domain::PaymentId id,
                                base::Timestamp now) {
    const auto money = office.money_of(domain::order_of(id));
    if (!money) return std::nullopt;
    const auto payment = std::ranges::find(money->payments, id, &domain::Payment::id);
    if (payment == money->payments.end() || !domain::is_open(payment->state) || payment->parked)
        return std::nullopt;
    const auto order = office.find_order(domain::order_of(id), now);
    return make_flow(*payment, order ? order->deadline : now);
}

std::optional<Flow> see_refund(const boxoffice::BoxOffice& office, domain::RefundId id) {
    const auto money = office.money_of(domain::order_of(id));
    if (!money) return std::nullopt;
    const auto refund = std::ranges::find(money->refunds, id, &domain::Refund::id);
    if (refund == money->refunds.end() || refund->state != domain::RefundState::approved ||
        refund->parked)
        return std::nullopt;
    const auto payment = std::ranges::find(money->payments, refund->payment, &domain::Payment::id);
    if (payment == money->payments.end()) return std::nullopt;
    return make_flow(*refund, payment->incarnation);
}

std::optional<Flow> see_stray(const boxoffice::BoxOffice& office, domain::StrayId id) {
    for (const auto& stray : office.open_strays())
        if (stray.id == id && !stray.parked) return make_flow(stray);
    return std::nullopt;
}

std::optional<Flow> see(const boxoffice::BoxOffice& office, FlowKey key, base::Timestamp now) {
    switch (kind_of(key)) {
        case FlowKind::payment:
            return see_payment(office, domain::PaymentId(id_of(key)), now);
        case FlowKind::refund:
            return see_refund(office, domain::RefundId(id_of(key)));
        case FlowKind::stray:
            break;
    }
    return see_stray(office, domain::StrayId(id_of(key)));
}

domain::Command try_command(const Flow& flow) {
    switch (flow.name.kind) {
        case FlowKind::payment:
            return domain::TryPaymentStep{
                domain::PaymentId(flow.name.id),
                flow.ask == Ask::deduct ? domain::PaymentStep::deduct : domain::PaymentStep::close};
        case FlowKind::refund:
            return domain::TryRefund{domain::RefundId(flow.name.id)};
        case FlowKind::stray:
            break;
    }
    return domain::TryStray{domain::StrayId(flow.name.id)};
}

domain::ReportPayment report_of(const FlowName& name, domain::BankId bank,
                                const BankAnswer& answer) {
    domain::ReportPayment report;
    report.payment = domain::PaymentId(name.id);
    report.incarnation = name.incarnation;
    report.bank = bank;
    if (answer.status == BankStatus::captured) {
        report.amount = answer.amount;
        report.transaction = answer.transaction;
        return report;
    }
    const bool closed =
        answer.status == BankStatus::closed || answer.reason == PaymentReason::closed_by_us;
    report.word = closed ? BankWord::closed : BankWord::failed;
    report.reason = answer.reason;
    return report;
}

domain::Command tell_command(const Flow& flow, const BankAnswer& answer) {
    const bool completed = answer.status == BankStatus::completed;
    switch (flow.name.kind) {
        case FlowKind::payment: {
            auto report = report_of(flow.name, flow.bank, answer);
            if (answer.status == BankStatus::closed)
                report.reason =
                    flow.unneeded ? PaymentReason::closed_by_us : PaymentReason::expired;
            return report;
        }
        case FlowKind::refund:
            return domain::ReportRefund{domain::RefundId(flow.name.id),
                                        flow.name.incarnation,
                                        flow.bank,
                                        completed,
                                        answer.transaction,
                                        flow.name.round,
                                        answer.given_before};
        case FlowKind::stray:
            break;
    }
    return domain::ReportStray{domain::StrayId(flow.name.id),
                               completed ? domain::StrayWord::returned : domain::StrayWord::refused,
                               flow.name.round};
}

domain::Command park_command(const Flow& flow, PaymentReason reason) {
    switch (flow.name.kind) {
        case FlowKind::payment:
            return domain::ParkPayment{domain::PaymentId(flow.name.id), reason};
        case FlowKind::refund:
            return domain::ParkRefund{domain::RefundId(flow.name.id)};
        case FlowKind::stray:
            break;
    }
    return domain::ReportStray{domain::StrayId(flow.name.id), domain::StrayWord::silent,
                               flow.name.round};
}

}  // namespace

void PaymentAgent::Impl::submit(domain::ShardId shard, domain::Command command, Then then) {
    ++commands;
    engine.submit(
        shard, std::move(command), *executor,
        [weak = weak_from_this(), then = std::move(then)](const shard::Answer& answer) mutable {
            const auto alive = weak.lock();
            if (alive == nullptr) return;
            --alive->commands;
            if (alive->stopping) return;
            then(answer);
            if (!alive->ready.empty() || !alive->held.empty()) alive->run_later();
        });
}

void PaymentAgent::Impl::begin(const Turn& turn) {
    Flow* flow = find(turn.key, turn.turn);
    if (flow == nullptr || flow->stage != FlowStage::asleep) return;
    if (!flow->seen) {
        flow->stage = FlowStage::looking;
        to_look[shard_of(turn.key)].push_back(turn);
        return;
    }
    if (!lanes->takes(flow->bank)) return held[flow->bank].push_back(turn);
    has_effect(flow->ask) ? decide(*flow) : ask_bank(*flow);
}

void PaymentAgent::Impl::look(domain::ShardId shard, std::vector<Turn> turns_asked) {
    for (std::size_t from = 0; from < turns_asked.size(); from += kFlowsPerRead) {
        const auto until = std::min(from + kFlowsPerRead, turns_asked.size());
        const auto at = [&](std::size_t place) {
            return turns_asked.begin() + static_cast<std::ptrdiff_t>(place);
        };
        std::vector<Turn> piece(at(from), at(until));
        ++commands;
        engine.read(shard, *executor,
                    [weak = weak_from_this(), piece = std::move(piece)](
                        const boxoffice::BoxOffice& office, base::Timestamp now) -> env::Task {
                        std::vector<std::optional<Flow>> seen;
                        for (const auto& turn : piece) seen.push_back(see(office, turn.key, now));
                        return [weak, piece, seen = std::move(seen)] {
                            const auto alive = weak.lock();
                            if (alive == nullptr) return;
                            --alive->commands;
                            for (std::size_t i = 0; i < piece.size(); ++i)
                                alive->looked(piece[i], seen[i]);
                            if (!alive->ready.empty()) alive->run_later();
                        };
                    });
    }
}

void PaymentAgent::Impl::looked(const Turn& turn, const std::optional<Flow>& seen) {
    Flow* flow = find(turn.key, turn.turn);
    if (flow == nullptr) return;
    // It has ended or is parked: the fact that says so is on its way, and takes the token with it.
    if (!seen) {
        flows.erase(turn.key);
        --open_counts[static_cast<std::size_t>(kind_of(turn.key))];
        return;
    }
    Flow fresh = *seen;
    fresh.ask = flow->unneeded ? Ask::close : flow->ask;
    fresh.alone = flow->alone;
    fresh.unneeded = flow->unneeded;
    fresh.tries = flow->tries;
    fresh.rung = flow->rung;
    fresh.seen = true;
    *flow = std::move(fresh);
    wake(*flow);
}

void PaymentAgent::Impl::decide(Flow& flow) {
    flow.stage = FlowStage::deciding;
    const Turn turn{key_of(flow.name), flow.turn};
    submit(shard_of(turn.key), try_command(flow),
           [this, turn](const shard::Answer& answer) { decided(turn, answer); });
}

void PaymentAgent::Impl::decided(const Turn& turn, const shard::Answer& answer) {
    Flow* flow = find(turn.key, turn.turn);
    if (flow == nullptr) return;
    if (answer.kind != shard::AnswerKind::decided) return sleep(*flow, kOfficeAgainAfter);
    if (answer.outcome.kind == OutcomeKind::accepted) {
        count("onsale_payments_tries_total", to_string(flow->ask));
        return ask_bank(*flow);
    }
    const auto& payment = answer.outcome.payment;
    const bool goes_on = answer.outcome.refusal == Refusal::step_not_wanted && payment != nullptr &&
                         domain::is_open(payment->state) && !payment->parked;
    if (goes_on) return sleep(*flow, after_unwanted(*flow, prng).pause);
    const auto& refund = answer.outcome.refund;
    const auto& stray = answer.outcome.stray;
    const bool is_parked = (payment != nullptr && payment->parked) ||
                           (refund != nullptr && refund->parked) ||
                           (stray != nullptr && stray->parked);
    remove(turn.key, is_parked ? End::parked : End::ended);
}

void PaymentAgent::Impl::ask_bank(Flow& flow) {
    flow.stage = FlowStage::waiting;
    LaneItem item;
    item.key = key_of(flow.name);
    item.turn = flow.turn;
    item.ask = flow.ask;
    item.alone = flow.alone;
    const bool needs_token = flow.ask == Ask::deduct || flow.ask == Ask::close;
    item.token = needs_token ? flow.token : 0;
    item.item.name = flow.name;
    item.item.payment = flow.payment;
    item.item.transaction = flow.transaction;
    if (flow.name.kind == FlowKind::payment)
        item.item.order = domain::order_of(domain::PaymentId(flow.name.id));
    item.item.amount = flow.amount;
    const bool guesses = base::kMutant == base::Mutant::deduct_retried_without_key &&
                         flow.ask == Ask::query && flow.token != 0 && flow.tries > 0;
    if (guesses) {
        item.ask = Ask::deduct;
        item.token = flow.token;
        item.item.name.incarnation += flow.tries;
    }
    lanes->add(flow.bank, std::move(item));
}

void PaymentAgent::Impl::told(domain::BankId bank, const LaneItem& item, const LaneResult& result) {
    if (stopping) return;
    Flow* flow = find(item.key, item.turn);
    const auto now = environment.clock().wall_now();
    if (flow == nullptr) {
        const bool took =
            result.end == CallEnd::answered && result.answer.status == BankStatus::captured;
        if (took) captured_unasked(item.item.name, bank, result.answer);
        return;
    }
    switch (result.end) {
        case CallEnd::answered:
            return go_on(*flow, after_answer(*flow, result.answer, now, prng), result.answer);
        case CallEnd::silent:
            return go_on(
                *flow,
                after_silence(*flow, result.away ? Silence::away : Silence::counts, now, prng), {});
        case CallEnd::refused:
            break;
    }
    if (result.alone) return go_on(*flow, after_refusal(*flow, now, prng), {});
    // One of the others may be what the bank does not take.
    flow->alone = true;
    sleep(*flow, kRetryMin);
}

void PaymentAgent::Impl::go_on(Flow& flow, const Next& next, const BankAnswer& answer) {
    switch (next.kind) {
        case NextKind::tell:
            return tell(flow, answer);
        case NextKind::park:
            return park(flow, next.reason);
        case NextKind::sleep:
            break;
    }
    // Said while the bank was being asked.
    if (flow.unneeded && flow.ask == Ask::query) flow.ask = Ask::close;
    sleep(flow, next.pause);
}

void PaymentAgent::Impl::tell(Flow& flow, const BankAnswer& answer) {
    flow.stage = FlowStage::deciding;
    const Turn turn{key_of(flow.name), flow.turn};
    submit(shard_of(turn.key), tell_command(flow, answer),
           [this, turn, answer, name = flow.name, bank = flow.bank](const shard::Answer& reply) {
               const bool lost = reply.kind != shard::AnswerKind::decided &&
                                 find(turn.key, turn.turn) == nullptr &&
                                 answer.status == BankStatus::captured;
               if (lost) return captured_again(name, bank, answer);
               const bool unknown = reply.kind == shard::AnswerKind::decided &&
                                    reply.outcome.refusal == Refusal::payment_unknown;
               if (unknown && answer.status == BankStatus::captured) receive_stray(bank, answer);
               told_office(turn, answer, reply);
           });
}

void PaymentAgent::Impl::told_office(const Turn& turn, const BankAnswer& answer,
                                     const shard::Answer& reply) {
    Flow* flow = find(turn.key, turn.turn);
    const bool captured = answer.status == BankStatus::captured;
    if (reply.kind != shard::AnswerKind::decided) {
        // Asked again, the bank says it again.
        if (flow == nullptr) return;
        flow->ask = kind_of(turn.key) == FlowKind::payment ? Ask::query : Ask::query_refund;
        return sleep(*flow, kOfficeAgainAfter);
    }
    const auto& outcome = reply.outcome;
    if (outcome.kind == OutcomeKind::accepted)
        count("onsale_payments_told_total", kind_of(turn.key) != FlowKind::payment ? "refunded"
                                            : captured                             ? "captured"
                                                                                   : "ended");
    if (outcome.refusal == Refusal::payment_final) {
        count("onsale_payments_told_total", "contradiction");
        telemetry::log_warning("payments", "payment " + std::to_string(id_of(turn.key)) +
                                               ": its bank takes back that it was captured");
    }
    if (flow == nullptr) return;
    const bool refused = answer.status == BankStatus::refused;
    remove(turn.key, refused ? End::parked : End::ended);
}

void PaymentAgent::Impl::park(Flow& flow, PaymentReason reason) {
    flow.stage = FlowStage::deciding;
    const Turn turn{key_of(flow.name), flow.turn};
    submit(shard_of(turn.key), park_command(flow, reason),
           [this, turn](const shard::Answer& reply) {
               Flow* parked_flow = find(turn.key, turn.turn);
               if (parked_flow == nullptr) return;
               if (reply.kind != shard::AnswerKind::decided)
                   return sleep(*parked_flow, kOfficeAgainAfter);
               const bool done = reply.outcome.kind == OutcomeKind::accepted ||
                                 reply.outcome.kind == OutcomeKind::unchanged;
               remove(turn.key, done ? End::parked : End::ended);
           });
}

// The flow has ended otherwise meanwhile, and the bank says that it has taken money for it.
void PaymentAgent::Impl::captured_unasked(const FlowName& name, domain::BankId bank,
                                          const BankAnswer& answer) {
    submit(shard_of(key_of(name)), report_of(name, bank, answer),
           [this, name, bank, answer](const shard::Answer& reply) {
               if (reply.kind != shard::AnswerKind::decided)
                   return captured_again(name, bank, answer);
               if (reply.outcome.refusal == Refusal::payment_unknown) receive_stray(bank, answer);
           });
}

void PaymentAgent::Impl::captured_again(const FlowName& name, domain::BankId bank,
                                        const BankAnswer& answer) {
    executor->post_after(kOfficeAgainAfter, [weak = weak_from_this(), name, bank, answer] {
        const auto alive = weak.lock();
        if (alive != nullptr && !alive->stopping) alive->captured_unasked(name, bank, answer);
    });
}

// Another transaction under the same name is other money.
void PaymentAgent::Impl::receive_stray(domain::BankId bank, const BankAnswer& answer) {
    submit(domain::ShardId(0), domain::ReceiveStray{bank, answer.transaction, answer.amount},
           [this, bank, answer](const shard::Answer& reply) {
               if (reply.kind == shard::AnswerKind::decided)
                   return count("onsale_payments_told_total", "stray");
               executor->post_after(kOfficeAgainAfter, [weak = weak_from_this(), bank, answer] {
                   const auto alive = weak.lock();
                   if (alive != nullptr && !alive->stopping) alive->receive_stray(bank, answer);
               });
           });
}

void PaymentAgent::Impl::count(const char* what, std::string_view word) {
    metrics
        .counter(what, "what the payments agent has tried and told", {{"what", std::string(word)}})
        .add();
}

}  // namespace onsale::payments
