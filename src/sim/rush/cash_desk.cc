#include "rush/cash_desk.h"

namespace onsale::rush {
namespace {

constexpr std::uint64_t kPauseMaxMs = 9000;
constexpr std::uint64_t kRoundsOfCancelling = 8;  // the last ones
// Nobody who buys, for they do not decide about their own money.
constexpr std::uint64_t kFirstMember = 9001;
constexpr std::uint64_t kMembers = 2;

}  // namespace

domain::PersonId CashDesk::anybody() {
    return domain::PersonId(kFirstMember + random_.below(kMembers));
}

void CashDesk::submit(domain::ShardId shard, const domain::Command& command) {
    ++acts_;
    stage_.submit(shard, command);
}

void CashDesk::schedule() {
    if (plan_.rounds == 0) return;
    scheduled_ = true;
    stage_.network().clients().post_after(
        base::Duration::milliseconds(static_cast<std::int64_t>(random_.below(kPauseMaxMs))),
        [this] {
            scheduled_ = false;
            --plan_.rounds;
            const domain::SessionId session(plan_.session);
            const bool late = plan_.rounds < kRoundsOfCancelling;
            // Said again and again, for an answer may be lost.
            if (plan_.cancels && late && random_.chance(1, 4))
                submit(domain::shard_of(session, kShards), domain::CancelSession{session});
            look(Mood::choosy);
            schedule();
        });
}

void CashDesk::look(Mood mood) {
    for (std::uint16_t i = 0; i < kShards; ++i) {
        const domain::ShardId shard(i);
        stage_.read(shard, [this, shard, mood](const boxoffice::BoxOffice& office) {
            look_at(shard, office, mood);
        });
    }
}

void CashDesk::look_at(domain::ShardId shard, const boxoffice::BoxOffice& office, Mood mood) {
    const auto now = [&] { return mood == Mood::generous || random_.chance(1, 2); };
    for (const auto& refund : office.open_refunds()) {
        if (refund.state == domain::RefundState::requested && now()) {
            const bool approves = mood == Mood::generous || random_.chance(4, 5);
            submit(shard, domain::ReviewRefund{refund.id, anybody(), approves});
        }
        if (refund.parked && now()) submit(shard, domain::ResumeRefund{refund.id, anybody()});
    }
    for (const auto& payment : office.open_payments()) {
        if (payment.parked && now()) submit(shard, domain::ResumePayment{payment.id, anybody()});
    }
    for (const auto& stray : office.open_strays()) {
        if (stray.parked && now()) submit(shard, domain::ResumeStray{stray.id, anybody()});
    }
}

}  // namespace onsale::rush
