// Answers about orders that several resources give: an order with its tickets, a list of orders, a
// refusal with its receipt. On the event loop of the call; nothing is kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/order.h"
#include "gate/call.h"
#include "shard/engine.h"
#include "tickets/ticket_service.h"

namespace onsale::shop {

// Gets the tickets of a completed order, at once when their codes are in memory; an order without
// tickets gets an empty list. `use` is called with the call, the order and its tickets; when the
// codes cannot be read the call has failed.
using UseTickets = void (*)(gate::Call call, const domain::Order& order,
                            const tickets::IssuedTickets& tickets);
void with_tickets(gate::Call call, const domain::Order& order, UseTickets use);

// {"order":{…}}
void send_order(gate::Call call, const domain::Order& order, const tickets::IssuedTickets& tickets);

// {"orders":[…],"next":…}: each with its tickets.
void send_orders(gate::Call call, std::vector<domain::Order> orders,
                 std::optional<domain::OrderId> next);

// The refusal, busy or stopping in the envelope. `shard`: where it was decided.
void send_refusal(gate::Call call, const shard::Answer& answer, domain::ShardId shard);

}  // namespace onsale::shop
