#include "finance/internal/money_answers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "boxoffice/box_office.h"
#include "gate/api.h"
#include "gate/ownership.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

MoneyInMemory money_in(const boxoffice::BoxOffice& office, domain::OrderId order,
                       base::Timestamp now) {
    MoneyInMemory found;
    found.order = office.find_order(order, now);
    found.money = office.money_of(order);
    if (!found.order) return found;
    if (const auto* session = office.find_session(found.order->session)) {
        found.policy = session->refunds;
        found.starts_at = session->starts_at;
    }
    return found;
}

}  // namespace

void read_money(Call call, domain::OrderId order, UseMoney use) {
    auto& engine = call.api.context.engine;
    const auto shard = domain::shard_of(order);
    if (shard.value() >= engine.shards()) return use(std::move(call), {});
    env::Executor& home = call.home();
    // Shared, since a read may run more than once.
    auto owed = std::make_shared<Call>(std::move(call));
    auto read = [owed, order, use = std::move(use)](const boxoffice::BoxOffice& office,
                                                    base::Timestamp now) {
        return env::Task(
            [owed, use, found = money_in(office, order, now)] { use(std::move(*owed), found); });
    };
    engine.read(shard, home, std::move(read));
}

void send_refusal(Call call, const shard::Answer& answer, domain::ShardId shard) {
    if (answer.kind != shard::AnswerKind::decided) return call.fail(code_of(answer.kind));
    const domain::Outcome& outcome = answer.outcome;
    ErrorExtras extras = refusal_details(outcome.refusal, outcome.explanation);
    const Receipt receipt{outcome.refusal,          shard,           outcome.session,
                          outcome.campaign,         answer.sequence, answer.refusal_ordinal,
                          outcome.explanation.free, answer.at};
    extras.receipt = call.api.receipts.of(call.home()).sign(receipt);
    call.fail(code_of(outcome.refusal), extras);
}

void submit(Call call, domain::OrderId order, domain::Command command, UseOutcome use) {
    auto& engine = call.api.context.engine;
    const auto shard = domain::shard_of(order);
    if (shard.value() >= engine.shards()) return call.fail(Code::order_unknown);
    env::Executor& home = call.home();
    auto owed = std::make_shared<Call>(std::move(call));
    auto reply = [owed, shard, use = std::move(use)](const shard::Answer& answer) {
        owed->api.metrics.count(answer);
        const bool done = answer.kind == shard::AnswerKind::decided &&
                          answer.outcome.kind != domain::OutcomeKind::refused;
        if (!done) return send_refusal(std::move(*owed), answer, shard);
        use(std::move(*owed), answer.outcome);
    };
    engine.submit(shard, std::move(command), home, std::move(reply));
}

void submit_for_staff(Call call, domain::OrderId order, domain::Command command, Code unknown,
                      UseOutcome use) {
    auto go_on = [order, unknown, command = std::move(command), use = std::move(use)](
                     Call asked, const MoneyInMemory& found) {
        if (!found.order) return asked.fail(unknown);
        const auto directory = asked.api.context.catalog.directory();
        const auto session = directory->find_session(found.order->session);
        if (session == nullptr) return asked.fail(unknown);
        if (!may_act_for(asked, session->organiser->id.value()))
            return asked.fail(Code::not_your_organiser);
        submit(std::move(asked), order, command, use);
    };
    read_money(std::move(call), order, std::move(go_on));
}

refunds::MaySee may_see(const Call& call) {
    auto own = organisers_of(call);
    if (!own) return {};
    return [own = std::move(*own),
            directory = call.api.context.catalog.directory()](domain::SessionId id) {
        const auto session = directory->find_session(id);
        return session != nullptr &&
               std::ranges::find(own, session->organiser->id.value()) != own.end();
    };
}

void with_notes(Call call, std::vector<refunds::Notes::Wanted> wanted, UseNotes use) {
    auto& notes = call.api.context.refund_notes;
    env::Executor& home = call.home();
    auto owed = std::make_shared<Call>(std::move(call));
    auto reply = [owed, use = std::move(use)](refunds::Notes::Found found) {
        if (!found) return owed->fail(found.error());
        use(std::move(*owed), std::move(*found));
    };
    notes.read(std::move(wanted), home, std::move(reply));
}

}  // namespace onsale::finance
