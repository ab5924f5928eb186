#include "payments/callbacks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/crypto.h"
#include "payments/internal/grouped_writes.h"
#include "payments/limits.h"
#include "records/rows.h"
#include "telemetry/log.h"

namespace onsale::payments {
namespace {

using domain::BankWord;
using domain::OutcomeKind;
using domain::Refusal;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE payments_callbacks (
        bank INTEGER NOT NULL,
        event TEXT NOT NULL,
        digest INTEGER NOT NULL,        -- of the body: one id with two texts is two rows
        received_at_ms INTEGER NOT NULL,
        body TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- empty until it is decided
        PRIMARY KEY (bank, event, digest)
    ) WITHOUT ROWID;
    CREATE INDEX payments_callbacks_by_time ON payments_callbacks (received_at_ms);
)sql"}};
constexpr std::int64_t kPrunedPerWrite = 200;

struct RowKey {
    domain::BankId bank;
    std::string event;
    std::uint64_t digest = 0;
};

SqlResult<void> insert(sql::Connection& connection, const RowKey& key, std::string_view body,
                       base::Timestamp now) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO payments_callbacks VALUES "
                                              "(?, ?, ?, ?, ?, '') ON CONFLICT DO NOTHING"));
    row.bind(1, to_row(key.bank)).bind(2, std::string_view(key.event));
    row.bind(3, to_row(key.digest)).bind(4, to_row(now)).bind(5, body);
    return row.run();
}

SqlResult<void> set_outcome(sql::Connection& connection, const RowKey& key,
                            std::string_view outcome) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE payments_callbacks SET outcome = ? WHERE "
                                              "bank = ? AND event = ? AND digest = ?"));
    row.bind(1, outcome).bind(2, to_row(key.bank)).bind(3, std::string_view(key.event));
    return row.bind(4, to_row(key.digest)).run();
}

// A few with each write, so that no write has many to do.
SqlResult<void> prune(sql::Connection& connection, base::Timestamp before) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("DELETE FROM payments_callbacks WHERE (bank, event, digest) IN "
                                "(SELECT bank, event, digest FROM payments_callbacks WHERE "
                                "received_at_ms < ? ORDER BY received_at_ms LIMIT ?)"));
    return row.bind(1, to_row(before)).bind(2, kPrunedPerWrite).run();
}

domain::ReportPayment report_of(domain::BankId bank, const BankEvent& event) {
    domain::ReportPayment report;
    report.payment = domain::PaymentId(event.name->id);
    report.incarnation = event.name->incarnation;
    report.bank = bank;
    if (event.status == BankStatus::captured) {
        report.amount = event.amount;
        report.transaction = event.transaction;
        return report;
    }
    const bool failed = event.status == BankStatus::failed;
    report.word = failed ? BankWord::failed : BankWord::closed;
    report.reason = failed ? domain::PaymentReason::given_up : domain::PaymentReason::expired;
    return report;
}

// Whether what an event says of a captured amount is believed. asked: the agent asks the bank about
// it. parked: it will, once somebody has resumed it.
enum class Belief : std::uint8_t { believed, asked, parked };

Belief belief_in(const std::optional<domain::OrderMoney>& money, domain::PaymentId id,
                 base::Money said) {
    const std::uint32_t index = domain::index_of(id);
    if (!money || index >= money->payments.size()) return Belief::believed;
    const domain::Payment& payment = money->payments[index];
    if (!domain::is_open(payment.state) || payment.amount == said) return Belief::believed;
    return payment.parked ? Belief::parked : Belief::asked;
}

std::string_view outcome_of(const domain::Outcome& outcome) {
    switch (outcome.kind) {
        case OutcomeKind::accepted:
            return "accepted";
        case OutcomeKind::repeated:
        case OutcomeKind::already_joined:
        case OutcomeKind::unchanged:
            return "repeated";
        case OutcomeKind::refused:
            break;
    }
    return domain::to_string(outcome.refusal);
}

}  // namespace

// One callback on its way; all of it belongs to the executor `home`.
struct Callbacks::Received {
    Received(domain::BankId b, env::Executor& h, Reply r) : bank(b), home(h), reply(std::move(r)) {}
    domain::BankId bank;
    env::Executor& home;
    Reply reply;
    std::vector<BankEvent> events;
    std::vector<std::string> outcomes;
    std::size_t open = 0;
    bool failed = false;

    [[nodiscard]] RowKey key(std::size_t index) const {
        return {bank, events[index].id, crypto::short_hash(events[index].body)};
    }
};

// The reply is gone from here when the records are still busy with the rest.
void Callbacks::tell(const Shared& received, CallbackResult result) {
    Reply reply = std::move(received->reply);
    reply(result);
}

Callbacks::Callbacks(Parts parts)
    : environment_(parts.environment),
      engine_(parts.engine),
      metrics_(parts.metrics),
      strays_(parts.strays),
      writes_(std::move(parts.writes)) {}

SqlResult<void> Callbacks::migrate(sql::Connection& connection) {
    return sql::migrate(connection, "payments_callbacks", kMigrations);
}

void Callbacks::receive(domain::BankId bank, std::string_view body, env::Executor& home,
                        Reply reply) {
    auto events = read_events(body);
    if (!events) return reply(CallbackResult::malformed);
    auto received = std::make_shared<Received>(bank, home, std::move(reply));
    received->events = *std::move(events);
    received->outcomes.resize(received->events.size());
    auto write = [received, now = environment_.clock().wall_now()](
                     sql::Connection& connection) mutable -> SqlResult<void> {
        for (std::size_t i = 0; i < received->events.size(); ++i)
            ONSALE_TRY(insert(connection, received->key(i), received->events[i].body, now));
        return prune(connection, now - kEventsKept);
    };
    auto stored = [this, received](const GroupedWrites::Written& written) {
        if (!written) return tell(received, CallbackResult::not_now);
        received->open = received->events.size();
        for (std::size_t i = 0; i < received->events.size(); ++i) decide(received, i);
    };
    writes_->add(std::move(write), body.size(), home, std::move(stored));
}

void Callbacks::decide(const Shared& received, std::size_t index) {
    const BankEvent& event = received->events[index];
    if (event.status == BankStatus::nonsense) return ended(received, index, "nonsense");
    if (event.is_refund) return decide_refund(received, index);
    if (event.name && event.name->kind == FlowKind::payment) {
        const auto order = domain::order_of(domain::PaymentId(event.name->id));
        if (domain::shard_of(order).value() < engine_.shards())
            return decide_payment(received, index);
    }
    receive_stray(received, index);
}

// Another amount than was asked for is not believed from an event: the agent asks the bank, and
// what the bank answers then is decided.
void Callbacks::decide_payment(const Shared& received, std::size_t index) {
    const BankEvent& event = received->events[index];
    if (event.status != BankStatus::captured) return report_payment(received, index);
    const domain::PaymentId id(event.name->id);
    const domain::OrderId order = domain::order_of(id);
    engine_.read(domain::shard_of(order), received->home,
                 [this, received, index, id, order](const boxoffice::BoxOffice& box_office,
                                                    base::Timestamp) -> env::Task {
                     const auto money = box_office.money_of(order);
                     const base::Money said = received->events[index].amount;
                     return [this, received, index, belief = belief_in(money, id, said)] {
                         if (belief == Belief::asked) return ended(received, index, "doubtful");
                         if (belief == Belief::parked) return not_now(received);
                         report_payment(received, index);
                     };
                 });
}

void Callbacks::report_payment(const Shared& received, std::size_t index) {
    const BankEvent& event = received->events[index];
    const auto shard = domain::shard_of(domain::order_of(domain::PaymentId(event.name->id)));
    engine_.submit(shard, report_of(received->bank, event), received->home,
                   [this, received, index](const shard::Answer& answer) {
                       if (answer.kind != shard::AnswerKind::decided) return not_now(received);
                       if (answer.outcome.refusal == Refusal::payment_unknown)
                           return receive_stray(received, index);
                       ended(received, index, outcome_of(answer.outcome));
                   });
}

void Callbacks::decide_refund(const Shared& received, std::size_t index) {
    const BankEvent& event = received->events[index];
    // What is given back without a payment is asked about by the agent.
    if (event.name && event.name->kind == FlowKind::stray) return ended(received, index, "noted");
    const auto refund = domain::RefundId(event.name ? event.name->id : 0);
    const auto shard = domain::shard_of(domain::order_of(refund));
    if (!event.name || event.name->kind != FlowKind::refund || shard.value() >= engine_.shards())
        return ended(received, index, domain::to_string(Refusal::refund_unknown));
    domain::ReportRefund report;
    report.refund = refund;
    report.incarnation = event.name->incarnation;
    report.bank = received->bank;
    report.completed = event.status == BankStatus::completed;
    if (!report.completed && refusals_.is_over(refund)) return ended(received, index, "repeated");
    report.transaction = event.transaction;
    report.round = event.name->round;
    const bool refused = !report.completed;
    engine_.submit(shard, std::move(report), received->home,
                   [this, received, index, refund, refused](const shard::Answer& answer) {
                       if (answer.kind != shard::AnswerKind::decided) return not_now(received);
                       const bool changed = answer.outcome.kind == OutcomeKind::accepted;
                       if (refused && changed) refusals_.add(refund);
                       ended(received, index, outcome_of(answer.outcome));
                   });
}

// Money for nobody we know is kept apart until it is given back, as much as there is room for.
// Other words about such a payment have no meaning for us.
void Callbacks::receive_stray(const Shared& received, std::size_t index) {
    const BankEvent& event = received->events[index];
    if (event.status != BankStatus::captured)
        return ended(received, index, domain::to_string(Refusal::payment_unknown));
    if (strays_.is_full(received->bank)) return refuse_stray(received);
    engine_.submit(domain::ShardId(0),
                   domain::ReceiveStray{received->bank, event.transaction, event.amount},
                   received->home, [this, received, index](const shard::Answer& answer) {
                       if (answer.kind != shard::AnswerKind::decided) return not_now(received);
                       const bool taken = answer.outcome.kind == OutcomeKind::accepted;
                       if (taken)
                           telemetry::log_warning("payments",
                                                  "bank " + std::to_string(received->bank.value()) +
                                                      " has taken money for no payment of ours");
                       ended(received, index, taken ? "stray" : outcome_of(answer.outcome));
                   });
}

void Callbacks::refuse_stray(const Shared& received) {
    const std::string bank = std::to_string(received->bank.value());
    metrics_
        .counter("onsale_payments_strays_refused_total",
                 "events about money of nobody that found no room", {{"bank", bank}})
        .add();
    if (strays_.may_alarm(received->bank, environment_.clock().wall_now()))
        telemetry::log_error("payments", "bank " + bank + " tells of more money of nobody than " +
                                             std::to_string(kOpenStraysPerBankMax) +
                                             " that has not gone back: it has to come again");
    not_now(received);
}

void Callbacks::ended(const Shared& received, std::size_t index, std::string_view outcome) {
    metrics_
        .counter(
            "onsale_payments_events_total", "events that banks have told, by what became of them",
            {{"bank", std::to_string(received->bank.value())}, {"outcome", std::string(outcome)}})
        .add();
    received->outcomes[index] = outcome;
    finish(received);
}

void Callbacks::not_now(const Shared& received) {
    received->failed = true;
    finish(received);
}

void Callbacks::finish(const Shared& received) {
    if (--received->open > 0) return;
    // For whoever looks into the records; the answer does not wait for it.
    auto write = [received](sql::Connection& connection) -> SqlResult<void> {
        for (std::size_t i = 0; i < received->events.size(); ++i) {
            if (received->outcomes[i].empty()) continue;
            ONSALE_TRY(set_outcome(connection, received->key(i), received->outcomes[i]));
        }
        return {};
    };
    tell(received, received->failed ? CallbackResult::not_now : CallbackResult::taken);
    std::size_t bytes = 0;
    for (const auto& event : received->events) bytes += event.body.size();
    writes_->add(std::move(write), bytes, received->home, [](const GroupedWrites::Written&) {});
}

}  // namespace onsale::payments
