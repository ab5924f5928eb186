// /api/v1/tickets: a person's own tickets with their codes.
#include <utility>

#include "answers/json_text.h"
#include "gate/api.h"
#include "shop/internal/own_ticket.h"
#include "shop/internal/resources.h"
#include "shop/order_json.h"
#include "tickets/ticket_desk.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

void list(Call call) {
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    const auto limit = limit_query(call);
    if (!limit) return;
    const auto person = call.person();
    auto& service = call.api.context.tickets;
    env::Executor& home = call.home();
    service.list(person, domain::TicketId(*before), *limit, home,
                 [call = std::move(call)](tickets::TicketService::Listed page) mutable {
                     if (!page) return call.fail(page.error());
                     const auto directory = call.api.context.catalog.directory();
                     std::string json = R"({"tickets":[)";
                     for (const auto& ticket : page->tickets) {
                         if (&ticket != &page->tickets.front()) json += ',';
                         json += http::to_json(ticket_body(ticket, *directory));
                     }
                     json += R"(],"next":)";
                     json += page->next ? std::to_string(page->next->value()) : "null";
                     json += '}';
                     call.send(200, std::move(json));
                 });
}

// A ticket that is no good any more is shown as such, without a code.
void get(Call call) {
    with_own_ticket(std::move(call), [](Call found, const tickets::TicketDetail& detail) {
        auto body = ticket_body(detail, *found.api.context.catalog.directory());
        const auto facts =
            tickets::code_facts(detail.order, domain::index_of(detail.ticket.view.id));
        if (body.void_reason || !facts) return found.send(200, http::to_json(body));
        auto& desk = found.api.context.ticket_desk;
        env::Executor& home = found.home();
        desk.sign(*facts, home,
                  [call = std::move(found),
                   body = std::move(body)](tickets::TicketDesk::Signed code) mutable {
                      if (!code) return call.fail(code.error());
                      body.signed_code = std::move(*code);
                      call.send(200, http::to_json(body));
                  });
    });
}

}  // namespace

void add_ticket_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listTickets";
    list_operation.tag = "tickets";
    list_operation.summary =
        "One's own tickets, newest first; all tickets of an order stand together";
    list_operation.query_parameters = {
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent; a page may have a few more, to keep an order together",
         false, R"({"type":"integer"})"}};
    list_operation.response_schema_json =
        R"({"type":"object","required":["tickets","next"],"properties":{"tickets":{"type":"array","items":)" +
        http::schema_of<TicketBody>() + R"(},"next":{"type":["integer","null"]}}})";
    list_operation.errors = {"invalid_field", "busy"};

    http::Operation get_operation;
    get_operation.id = "getTicket";
    get_operation.tag = "tickets";
    get_operation.summary = "One of one's own tickets, with its signed code while it is valid";
    get_operation.path_parameters = {
        {"ticket", "Number of the ticket", true, R"({"type":"integer","format":"int64"})"}};
    get_operation.response_schema_json = http::schema_of<TicketBody>();
    get_operation.errors = {"ticket_unknown", "busy"};

    add_route(router, api, RouteId::list_tickets, std::move(list_operation), list);
    add_route(router, api, RouteId::get_ticket, std::move(get_operation), get);
}

}  // namespace onsale::shop
