#include "rush/operator.h"

#include <algorithm>
#include <utility>

#include "rush/client.h"

namespace onsale::rush {
namespace {

using domain::OutcomeKind;

constexpr auto kRetryAfter = base::Duration::milliseconds(150);
constexpr domain::PoolId kCodes(1);
constexpr domain::TierId kPricedTier(12);
constexpr std::uint64_t kSaleMs = 90'000;  // about as long as people act

}  // namespace

void Operator::connect(shard::Engine* engine, env::Executor* home) {
    engine_ = engine;
    home_ = home;
    ++connection_;
    if (engine_ == nullptr) return;
    for (const auto& pending : pending_) submit(pending);
}

void Operator::start() {
    if (plan_.cancels) ++plan_.changes;
    schedule();
}

void Operator::schedule() {
    if (plan_.changes == 0) return;
    scheduled_ = true;
    const std::uint64_t most_ms = 2 * kSaleMs / (plan_.changes + 1);
    own_.post_after(base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(most_ms))),
                    [this] { act(); });
}

void Operator::act() {
    scheduled_ = false;
    --plan_.changes;
    plan_.changes == 0 && plan_.cancels ? cancel_session() : change();
    schedule();
}

void Operator::change() {
    const domain::SessionId session(kSession);
    switch (random_.below(3)) {
        case 0:
            return withdraw();
        case 1: {
            const auto starts_at = base::parse_rfc3339("2026-12-02T00:00:00Z");
            const auto ends_at = base::parse_rfc3339("2026-12-03T00:00:00Z");
            const auto tickets = 1 + static_cast<std::uint32_t>(random_.below(4));
            return persist(domain::ChangeSession{session, *starts_at, *ends_at, 0, tickets},
                           [](const domain::Outcome&) {});
        }
        default: {
            const base::Money price{1 + static_cast<std::int64_t>(random_.below(20'000)),
                                    base::Currency::cny};
            return persist(domain::ChangeTier{session, kPricedTier, price, random_.chance(3, 4)},
                           [](const domain::Outcome&) {});
        }
    }
}

// The same id is sent a second time in half of the cases: it must change nothing.
void Operator::withdraw() {
    const std::uint64_t id = next_withdrawal_++;
    const domain::WithdrawStock command{domain::SessionId(kSession), kCodes, 1 + random_.below(3),
                                        domain::WithdrawalId(id)};
    const bool again = random_.chance(1, 2);
    const auto age = history_.times_gone_back();
    persist(command, [this, command, again, id, age](const domain::Outcome& outcome) {
        if (outcome.kind == OutcomeKind::refused) return;
        withdrawn_[id] = command.count;
        if (!again) return;
        persist(command, [this, age](const domain::Outcome& repeated) {
            if (repeated.kind != OutcomeKind::unchanged && age == history_.times_gone_back())
                history_.missed("a repeated withdrawal was not recognised");
        });
    });
}

void Operator::cancel_session() {
    history_.expect_refunds();
    persist(domain::CancelSession{domain::SessionId(kSession)},
            [this](const domain::Outcome& outcome) {
                has_cancelled_ = outcome.kind != OutcomeKind::refused;
            });
}

// A withdrawal that is refused now is not in the backup, and its codes have gone to others.
void Operator::restored() {
    for (const auto& [id, count] : withdrawn_) {
        const domain::WithdrawStock command{domain::SessionId(kSession), kCodes, count,
                                            domain::WithdrawalId(id)};
        persist(command, [this, gone = id](const domain::Outcome& outcome) {
            if (outcome.kind == OutcomeKind::refused) withdrawn_.erase(gone);
        });
    }
    if (has_cancelled_) cancel_session();
}

std::uint64_t Operator::withdrawn_codes() const {
    std::uint64_t sum = 0;
    for (const auto& [id, count] : withdrawn_) sum += count;
    return sum;
}

void Operator::persist(domain::Command command, std::function<void(const domain::Outcome&)> done) {
    pending_.push_back({next_number_++, std::move(command), std::move(done)});
    submit(pending_.back());
}

void Operator::submit(const Pending& pending) {
    if (engine_ == nullptr) return;
    engine_->submit(
        engine_->shard_of(domain::SessionId(kSession)), pending.command, *home_,
        [this, number = pending.number, connection = connection_](const shard::Answer& answer) {
            if (connection == connection_) answered(number, answer);
        });
}

void Operator::answered(std::uint64_t number, const shard::Answer& answer) {
    const auto found = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& pending) {
        return pending.number == number;
    });
    if (found == pending_.end()) return;
    if (answer.kind != shard::AnswerKind::decided) {
        own_.post_after(kRetryAfter, [this, number, connection = connection_] {
            const auto same = [&](const Pending& pending) { return pending.number == number; };
            const auto left = std::find_if(pending_.begin(), pending_.end(), same);
            if (connection == connection_ && left != pending_.end()) submit(*left);
        });
        return;
    }
    const auto done = std::move(found->done);
    pending_.erase(found);
    done(answer.outcome);
}

}  // namespace onsale::rush
