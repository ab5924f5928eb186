// /api/v1/orders: placing, looking up, cancelling and hiding orders.
#include <algorithm>
#include <optional>
#include <utility>

#include "answers/json_text.h"
#include "gate/api.h"
#include "shop/internal/order_answers.h"
#include "shop/internal/resources.h"
#include "shop/order_json.h"
#include "shop/wish.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

constexpr std::size_t kKeyBytesMax = 64;

bool is_key(std::string_view key) {
    return key.size() <= kKeyBytesMax &&
           std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
}

std::string_view outcome_name(domain::OutcomeKind kind) {
    switch (kind) {
        case domain::OutcomeKind::accepted:
            return "accepted";
        case domain::OutcomeKind::repeated:
            return "repeated";
        case domain::OutcomeKind::already_joined:
            return "already_joined";
        case domain::OutcomeKind::unchanged:
            return "unchanged";
        case domain::OutcomeKind::refused:
            return "refused";
    }
    return "";
}

template <domain::OutcomeKind Kind>
void send_placed(Call call, const domain::Order& order, const tickets::IssuedTickets& tickets) {
    std::string json;
    json.reserve(640);
    json += R"({"order":)";
    append_order(json, order, &tickets);
    json += R"(,"outcome":")";
    json += outcome_name(Kind);
    json += R"("})";
    call.send(Kind == domain::OutcomeKind::accepted ? 201 : 200, std::move(json));
}

void answer_placed(Call call, const shard::Answer& answer) {
    using enum domain::OutcomeKind;
    call.api.metrics.count(answer);
    const domain::Outcome& outcome = answer.outcome;
    if (answer.kind != shard::AnswerKind::decided || outcome.kind == refused ||
        outcome.kind == unchanged) {
        const auto shard = call.api.context.engine.shard_of(outcome.session);
        return send_refusal(std::move(call), answer, shard);
    }
    if (outcome.kind == accepted)
        return with_tickets(std::move(call), outcome.order, send_placed<accepted>);
    if (outcome.kind == repeated)
        return with_tickets(std::move(call), outcome.order, send_placed<repeated>);
    with_tickets(std::move(call), outcome.order, send_placed<already_joined>);
}

void place(Call call) {
    const std::string_view key = call.request.header("Idempotency-Key");
    if (!is_key(key))
        return call.fail_field("Idempotency-Key",
                               "is not 1 to 64 printable characters without spaces");
    const auto wish = parse_wish(call.request.body);
    if (!wish) return call.fail(wish.error());
    const orders::PlaceRequest request{call.person(), wish->campaign, wish->lines, key};
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.place(request, home, [call = std::move(call)](const shard::Answer& answer) mutable {
        answer_placed(std::move(call), answer);
    });
}

void list(Call call) {
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    const auto limit = limit_query(call);
    if (!limit) return;
    orders::OrderService::ListRequest request{call.person(), domain::OrderId(*before), *limit,
                                              std::nullopt};
    if (const auto state = call.request.query_value("state")) {
        request.state = parse_order_state(*state);
        if (!request.state)
            return call.fail_field("state", "is no state of an order: reserved, paid, completed, failed, cancelled, expired, "
                                   "refunding, refunded");
    }
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.list(request, home,
                 [call = std::move(call)](orders::OrderService::Listed page) mutable {
                     if (!page) return call.fail(page.error());
                     send_orders(std::move(call), std::move(page->orders), page->next);
                 });
}

void get(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::order_unknown);
    const auto person = call.person();
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.find(person, domain::OrderId(*id), home,
                 [call = std::move(call)](orders::OrderService::Found found) mutable {
                     if (!found) return call.fail(found.error());
                     if (!*found) return call.fail(Code::order_unknown);
                     with_tickets(std::move(call), **found, send_order);
                 });
}

void answer_cancelled(Call call, const shard::Answer& answer, domain::OrderId order) {
    const bool done = answer.kind == shard::AnswerKind::decided &&
                      answer.outcome.kind != domain::OutcomeKind::refused;
    if (!done) return send_refusal(std::move(call), answer, domain::shard_of(order));
    with_tickets(std::move(call), answer.outcome.order, send_order);
}

void cancel(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::order_unknown);
    const domain::OrderId order(*id);
    const auto person = call.person();
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.cancel(person, order, home,
                   [call = std::move(call), order](const shard::Answer& answer) mutable {
                       answer_cancelled(std::move(call), answer, order);
                   });
}

void hide(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::order_unknown);
    const domain::OrderId order(*id);
    const auto person = call.person();
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.hide(person, order, home,
                 [call = std::move(call), order](const shard::Answer& answer) mutable {
                     const bool done = answer.kind == shard::AnswerKind::decided &&
                                       answer.outcome.kind != domain::OutcomeKind::refused;
                     if (!done)
                         return send_refusal(std::move(call), answer, domain::shard_of(order));
                     call.send(204, {});
                 });
}

const http::Parameter kOrderParameter{"order", "Number of the order", true,
                                      R"({"type":"integer","format":"int64"})"};

http::Operation place_operation() {
    http::Operation operation;
    operation.id = "createOrder";
    operation.tag = "orders";
    operation.summary = "Ask for tickets";
    operation.description =
        "Without lines: one ticket of the campaign's first tier that has one. 201 for a new order; "
        "200 when the "
        "same key was "
        "accepted before (outcome repeated) or the person has joined already (already_joined).";
    operation.header_parameters = {
        {"Idempotency-Key",
         "1 to 64 printable characters; within a campaign the same key never gives two orders",
         false}};
    operation.request_schema_json = http::schema_of<WishBody>();
    operation.success_status = 201;
    operation.response_schema_json =
        R"({"type":"object","required":["order","outcome"],"properties":{"order":)" +
        http::schema_of<OrderBody>() +
        R"(,"outcome":{"type":"string","enum":["accepted","repeated","already_joined"]}}})";
    operation.errors = {"sold_out",
                        "not_enough_stock",
                        "over_orders_per_person",
                        "over_tickets_per_person",
                        "over_tickets_per_order",
                        "not_open_yet",
                        "campaign_ended",
                        "campaign_unknown",
                        "session_closed",
                        "session_cancelled",
                        "tier_not_on_sale",
                        "tier_unknown",
                        "tier_repeated",
                        "quantity_invalid",
                        "key_reused",
                        "busy",
                        "storage_full",
                        "stopping",
                        "invalid_field"};
    return operation;
}

http::Operation list_operation() {
    http::Operation operation;
    operation.id = "listOrders";
    operation.tag = "orders";
    operation.summary = "One's own orders, newest first";
    operation.query_parameters = {
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"},
        {"state", "Only orders in this state", false,
         R"({"type":"string","enum":["reserved","paid","completed","failed","cancelled","expired",)"
         R"("refunding","refunded"]})"}};
    operation.response_schema_json =
        R"({"type":"object","required":["orders","next"],"properties":{"orders":{"type":"array","items":)" +
        http::schema_of<OrderBody>() + R"(},"next":{"type":["integer","null"]}}})";
    operation.errors = {"invalid_field", "busy"};
    return operation;
}

http::Operation order_operation(std::string id, std::string summary,
                                std::vector<std::string> errors) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "orders";
    operation.summary = std::move(summary);
    operation.path_parameters = {kOrderParameter};
    operation.response_schema_json =
        R"({"type":"object","required":["order"],"properties":{"order":)" +
        http::schema_of<OrderBody>() + "}}";
    operation.errors = std::move(errors);
    return operation;
}

}  // namespace

void add_order_routes(http::Router& router, const SharedApi& api) {
    auto hide_operation = order_operation("hideOrder", "Take a final order out of one's list",
                                          {"order_unknown", "order_not_final", "busy", "stopping"});
    hide_operation.success_status = 204;
    hide_operation.response_schema_json.clear();
    add_route(router, api, RouteId::place_order, place_operation(), place);
    add_route(router, api, RouteId::list_orders, list_operation(), list);
    add_route(router, api, RouteId::get_order,
              order_operation("getOrder", "One of one's own orders", {"order_unknown"}), get);
    add_route(router, api, RouteId::cancel_order,
              order_operation("cancelOrder", "Cancel a reserved order; its stock is free again",
                              {"order_unknown", "order_not_cancellable", "busy", "stopping"}),
              cancel);
    add_route(router, api, RouteId::hide_order, std::move(hide_operation), hide);
}

}  // namespace onsale::shop
