#include "shop/order_json.h"

#include "answers/json_text.h"
#include "tickets/check.h"

namespace onsale::shop {
using namespace answers;
namespace {

void append_lines(std::string& out, const domain::OrderLines& lines) {
    out += R"(,"lines":[)";
    bool first = true;
    for (const auto& line : lines) {
        out += first ? R"({"tier":)" : R"(,{"tier":)";
        first = false;
        append_number(out, line.tier);
        out += R"(,"quantity":)";
        append_number(out, std::uint64_t{line.quantity});
        out += R"(,"unit_price":)";
        append_money(out, line.unit_price);
        out += '}';
    }
    out += ']';
}

void append_tickets(std::string& out, const tickets::IssuedTickets& tickets) {
    out += R"(,"tickets":[)";
    bool first = true;
    for (const auto& ticket : tickets) {
        out += first ? R"({"id":)" : R"(,{"id":)";
        first = false;
        append_number(out, ticket.view.id);
        out += R"(,"tier":)";
        append_number(out, ticket.view.tier);
        out += R"(,"code":)";
        append_text(out, ticket.code);
        out += '}';
    }
    out += ']';
}

}  // namespace

std::optional<domain::OrderState> parse_order_state(std::string_view text) {
    using enum domain::OrderState;
    for (const auto state :
         {reserved, paid, completed, failed, cancelled, expired, refunding, refunded}) {
        if (to_string(state) == text) return state;
    }
    return std::nullopt;
}

void append_order(std::string& out, const domain::Order& order,
                  const tickets::IssuedTickets* tickets) {
    out += R"({"id":)";
    append_number(out, order.id);
    out += R"(,"person":)";
    append_number(out, order.person);
    out += R"(,"session":)";
    append_number(out, order.session);
    out += R"(,"campaign":)";
    append_number(out, order.campaign);
    out += R"(,"state":")";
    out += to_string(order.state);
    out += R"(","created_at":)";
    append_time(out, order.created_at);
    out += R"(,"deadline":)";
    if (order.state == domain::OrderState::reserved) {
        append_time(out, order.deadline);
    } else {
        out += "null";
    }
    out += R"(,"amount":)";
    append_money(out, order.amount());
    append_lines(out, order.lines);
    if (order.state == domain::OrderState::completed && tickets != nullptr)
        append_tickets(out, *tickets);
    out += '}';
}

TicketBody ticket_body(const tickets::TicketDetail& detail, const catalog::Directory& directory) {
    const auto& order = detail.order;
    TicketBody body;
    body.id = detail.ticket.view.id.value();
    body.order = order.id.value();
    body.session = order.session.value();
    body.campaign = order.campaign.value();
    body.tier = detail.ticket.view.tier.value();
    const auto session = directory.find_session(order.session);
    const auto reason = tickets::void_reason(order, session.get());
    if (reason == tickets::VoidReason::none) {
        body.state = "valid";
        body.code = detail.ticket.code;
    } else {
        body.state = reason == tickets::VoidReason::refunding ? "refunding" : "void";
        body.void_reason = std::string(tickets::to_string(reason));
    }
    // As the signed code says it; a refund that was given up does not change it.
    body.issued_at = base::to_rfc3339(order.created_at);
    const auto* tier = directory.find_tier(detail.ticket.view.tier);
    if (tier != nullptr && tier->valid_from) body.valid_from = base::to_rfc3339(*tier->valid_from);
    if (tier != nullptr && tier->valid_until)
        body.valid_until = base::to_rfc3339(*tier->valid_until);
    return body;
}

}  // namespace onsale::shop
