// Orders and tickets as JSON: written by hand into one buffer, since every answer of a rush is one.
// The described structs say the same for the API document, and a test reads what is written here
// with them. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "catalog/directory.h"
#include "domain/order.h"
#include "tickets/ticket_service.h"

namespace onsale::shop {

struct MoneyBody {
    std::int64_t minor = 0;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(MoneyBody, (), (minor, currency))
struct OrderLineBody {
    std::uint64_t tier = 0;
    std::uint32_t quantity = 0;
    MoneyBody unit_price;
};
BOOST_DESCRIBE_STRUCT(OrderLineBody, (), (tier, quantity, unit_price))
struct OrderTicketBody {
    std::uint64_t id = 0;
    std::uint64_t tier = 0;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(OrderTicketBody, (), (id, tier, code))
struct OrderBody {
    std::uint64_t id = 0;
    std::uint64_t person = 0;
    std::uint64_t session = 0;
    std::uint64_t campaign = 0;
    std::string state;
    std::string created_at;
    std::optional<std::string> deadline;  // reserved orders only
    MoneyBody amount;
    std::vector<OrderLineBody> lines;
    std::optional<std::vector<OrderTicketBody>> tickets;  // completed orders only
};
BOOST_DESCRIBE_STRUCT(OrderBody, (),
                      (id, person, session, campaign, state, created_at, deadline, amount, lines,
                       tickets))

struct TicketBody {
    std::uint64_t id = 0;
    std::uint64_t order = 0;
    std::uint64_t session = 0;
    std::uint64_t campaign = 0;
    std::uint64_t tier = 0;
    std::string code;                        // empty unless it is valid
    std::string state;                       // valid, refunding, void
    std::optional<std::string> void_reason;  // as in /api/v1/tickets/check; absent: it is valid
    std::optional<std::string> signed_code;  // of one valid ticket; lists have none
    std::string issued_at;
    std::optional<std::string> valid_from;
    std::optional<std::string> valid_until;
};
BOOST_DESCRIBE_STRUCT(TicketBody, (),
                      (id, order, session, campaign, tier, code, state, void_reason, signed_code,
                       issued_at, valid_from, valid_until))

[[nodiscard]] std::optional<domain::OrderState> parse_order_state(std::string_view text);

// `tickets`: null when they are not known; written only for a completed order.
void append_order(std::string& out, const domain::Order& order,
                  const tickets::IssuedTickets* tickets);

// The tier's times and the state of the session come from the directory, where they are there.
[[nodiscard]] TicketBody ticket_body(const tickets::TicketDetail& detail,
                                     const catalog::Directory& directory);

}  // namespace onsale::shop
