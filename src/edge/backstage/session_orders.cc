// /api/v1/sessions/{session}/orders: the orders of a session, for those who sell it.
#include <utility>

#include "answers/json_text.h"
#include "backstage/internal/resources.h"
#include "gate/api.h"
#include "shop/order_json.h"

namespace onsale::backstage {
using namespace answers;
using namespace gate;
using namespace shop;
namespace {

struct SessionOrderBody {
    std::uint64_t id = 0;
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::string state;
    std::uint64_t quantity = 0;
    MoneyBody amount;
    std::vector<OrderLineBody> lines;
    std::string created_at;
    std::string changed_at;
};
BOOST_DESCRIBE_STRUCT(SessionOrderBody, (),
                      (id, person, campaign, state, quantity, amount, lines, created_at,
                       changed_at))
struct SessionOrdersBody {
    std::vector<SessionOrderBody> orders;
    // `before` of the next page, which may be empty: pages also end after many rows of others.
    std::optional<std::uint64_t> next;
};
BOOST_DESCRIBE_STRUCT(SessionOrdersBody, (), (orders, next))

MoneyBody money_body(base::Money money) {
    return {money.minor, std::string(to_string(money.currency))};
}

SessionOrderBody body_of(const domain::Order& order) {
    SessionOrderBody body{order.id.value(),
                          order.person.value(),
                          order.campaign.value(),
                          std::string(to_string(order.state)),
                          order.quantity(),
                          money_body(order.amount()),
                          {},
                          base::to_rfc3339(order.created_at),
                          base::to_rfc3339(order.changed_at)};
    for (const auto& line : order.lines)
        body.lines.push_back({line.tier.value(), line.quantity, money_body(line.unit_price)});
    return body;
}

void list(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::session_unknown);
    const auto limit = limit_query(call);
    if (!limit) return;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    orders::SessionQuery query;
    query.session = domain::SessionId(*id);
    query.direction = orders::Direction::newest_first;
    query.max = *limit;
    if (*before != 0) query.beyond = domain::OrderId(*before);
    if (const auto state = call.request.query_value("state")) {
        query.state = parse_order_state(*state);
        if (!query.state) return call.fail_field("state", "is not a state of orders");
    }
    auto& reader = call.api.context.order_reader;
    env::Executor& home = call.home();
    reader.of_session(query, home,
                      [call = std::move(call)](const orders::OrderReader::Part& part) mutable {
                          if (!part) return call.fail(part.error());
                          SessionOrdersBody body;
                          for (const auto& order : part->orders)
                              body.orders.push_back(body_of(order));
                          if (part->next) body.next = part->next->value();
                          call.send(200, http::to_json(body));
                      });
}

}  // namespace

void add_session_order_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "listSessionOrders";
    operation.tag = "sessions";
    operation.summary = "Orders of a session, newest first, as old as the rows for queries";
    operation.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"}};
    operation.query_parameters = {
        {"state", "Only orders in this state", false},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    operation.response_schema_json = http::schema_of<SessionOrdersBody>();
    operation.errors = {"session_unknown", "invalid_field", "busy"};
    add_route(router, api, RouteId::list_session_orders, std::move(operation), list);
}

}  // namespace onsale::backstage
