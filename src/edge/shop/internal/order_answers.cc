#include "shop/internal/order_answers.h"

#include <utility>

#include "answers/json_text.h"
#include "gate/api.h"
#include "shop/order_json.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

// A list in the making: one order after the other, because each may have to wait for its codes.
struct OrderList {
    Call call;
    std::vector<domain::Order> orders;
    std::optional<domain::OrderId> next;
    std::string json = R"({"orders":[)";
    std::size_t done = 0;

    void append(const tickets::IssuedTickets& tickets) {
        if (done > 0) json += ',';
        append_order(json, orders[done++], &tickets);
    }
};

void go_on(const std::shared_ptr<OrderList>& list) {
    auto& service = list->call.api.context.tickets;
    while (list->done < list->orders.size()) {
        const domain::Order& order = list->orders[list->done];
        if (const auto cached = service.cached(order)) {
            list->append(*cached);
            continue;
        }
        env::Executor& home = list->call.home();
        service.issue(order, home, [list](tickets::TicketService::Issued issued) {
            if (!issued) return list->call.fail(issued.error());
            list->append(*issued);
            go_on(list);
        });
        return;
    }
    list->json += R"(],"next":)";
    if (list->next) {
        append_number(list->json, *list->next);
    } else {
        list->json += "null";
    }
    list->json += '}';
    list->call.send(200, std::move(list->json));
}

}  // namespace

void with_tickets(Call call, const domain::Order& order, UseTickets use) {
    auto& service = call.api.context.tickets;
    if (const auto cached = service.cached(order)) return use(std::move(call), order, *cached);
    env::Executor& home = call.home();
    service.issue(
        order, home,
        [call = std::move(call), order, use](tickets::TicketService::Issued issued) mutable {
            if (!issued) return call.fail(issued.error());
            use(std::move(call), order, *issued);
        });
}

void send_order(Call call, const domain::Order& order, const tickets::IssuedTickets& tickets) {
    std::string json = R"({"order":)";
    append_order(json, order, &tickets);
    json += '}';
    call.send(200, std::move(json));
}

void send_orders(Call call, std::vector<domain::Order> orders,
                 std::optional<domain::OrderId> next) {
    go_on(std::make_shared<OrderList>(OrderList{std::move(call), std::move(orders), next}));
}

void send_refusal(Call call, const shard::Answer& answer, domain::ShardId shard) {
    if (answer.kind != shard::AnswerKind::decided) return call.fail(code_of(answer.kind));
    const domain::Outcome& outcome = answer.outcome;
    ErrorExtras extras = refusal_details(outcome.refusal, outcome.explanation);
    // Sequence 0: no box office was asked, so there is nothing to replay to.
    if (answer.sequence != 0) {
        const Receipt receipt{outcome.refusal,          shard,           outcome.session,
                              outcome.campaign,         answer.sequence, answer.refusal_ordinal,
                              outcome.explanation.free, answer.at};
        extras.receipt = call.api.receipts.of(call.home()).sign(receipt);
    }
    call.fail(code_of(outcome.refusal), extras);
}

}  // namespace onsale::shop
