// What the resources of payments and refunds do alike: look an order's money up in the box office,
// give refusals with their receipts, and hold the staff who call against the organiser whose order
// it is. On the event loop of the call; nothing is kept.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/unique_function.h"
#include "domain/image.h"
#include "domain/order.h"
#include "finance/money_body.h"
#include "gate/call.h"
#include "shard/engine.h"

namespace onsale::finance {

// An order with its payments and refunds as the box office has them.
struct MoneyInMemory {
    std::optional<domain::Order> order;  // nothing: not there, or let go of
    std::optional<domain::OrderMoney> money;
    std::optional<domain::RefundPolicy> policy;
    base::Timestamp starts_at;  // of its session
};
using UseMoney = std::function<void(gate::Call, const MoneyInMemory&)>;
void read_money(gate::Call call, domain::OrderId order, UseMoney use);

// The refusal, busy or stopping, in the envelope.
void send_refusal(gate::Call call, const shard::Answer& answer, domain::ShardId shard);

// Submits `command` for the shard of `order` and calls `use` with what was accepted or repeated.
using UseOutcome = std::function<void(gate::Call, const domain::Outcome&)>;
void submit(gate::Call call, domain::OrderId order, domain::Command command, UseOutcome use);

// Of staff: submits only if the order is there and of an organiser whom the caller acts for; else
// `unknown`, or not_your_organiser.
void submit_for_staff(gate::Call call, domain::OrderId order, domain::Command command,
                      answers::Code unknown, UseOutcome use);

// Sessions of the organisers that the caller acts for; empty: all.
[[nodiscard]] refunds::MaySee may_see(const gate::Call& call);

// Refunds with the words about them.
using UseNotes = std::function<void(gate::Call, std::vector<refunds::NotesOfRefund>)>;
void with_notes(gate::Call call, std::vector<refunds::Notes::Wanted> wanted, UseNotes use);

}  // namespace onsale::finance
