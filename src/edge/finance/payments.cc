// /api/v1/orders/{order}/payments and /api/v1/payments/{payment}: what a buyer has paid, and with
// which bank. Out of the box office, so that a buyer sees the truth at once; of orders that memory
// has let go of, out of the rows.
#include <utility>

#include "finance/internal/money_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"
#include "payments/payments.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct PaymentsBody {
    std::vector<PaymentBody> payments;
};
BOOST_DESCRIBE_STRUCT(PaymentsBody, (), (payments))

// Every payment of the caller's order, or one of them.
struct Wanted {
    domain::OrderId order;
    std::optional<domain::PaymentId> payment;
};

void send(Call call, const Wanted& wanted, const std::vector<domain::Payment>& payments,
          const domain::Order* order) {
    PaymentsBody body;
    for (const auto& payment : payments) {
        if (wanted.payment && payment.id != *wanted.payment) continue;
        body.payments.push_back(payment_body(call, payment, order));
        if (order == nullptr) continue;
        const auto url = call.api.context.payments.cashier_url(payment, order->deadline);
        if (!url.empty()) body.payments.back().cashier_url = url;
    }
    if (!wanted.payment) return call.send(200, http::to_json(body));
    if (body.payments.empty()) return call.fail(Code::payment_unknown);
    call.send(200, http::to_json(body.payments.front()));
}

void send_rows(Call call, const Wanted& wanted) {
    refunds::PaymentQuery query;
    query.order = wanted.order;
    query.max = domain::kPaymentsPerOrderMax;
    auto& reader = call.api.context.money;
    env::Executor& home = call.home();
    auto reply = [owed = std::make_shared<Call>(std::move(call)),
                  wanted](const refunds::MoneyReader::Payments& part) {
        if (!part) return owed->fail(part.error());
        std::vector<domain::Payment> payments;
        for (auto row = part->payments.rbegin(); row != part->payments.rend(); ++row) {
            if (row->person != owed->person()) return owed->fail(Code::payment_unknown);
            payments.push_back(row->payment);
        }
        send(std::move(*owed), wanted, payments, nullptr);
    };
    reader.payments(std::move(query), home, std::move(reply));
}

// Of an order that is not in memory: whose it is stands in its rows.
void look_up_rows(Call call, const Wanted& wanted) {
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    const auto person = call.person();
    auto reply = [owed = std::make_shared<Call>(std::move(call)),
                  wanted](const orders::OrderService::Found& found) {
        const Code unknown = wanted.payment ? Code::payment_unknown : Code::order_unknown;
        if (!found) return owed->fail(found.error());
        if (!*found) return owed->fail(unknown);
        send_rows(std::move(*owed), wanted);
    };
    service.find(person, wanted.order, home, std::move(reply));
}

void answer(Call call, const Wanted& wanted) {
    read_money(std::move(call), wanted.order, [wanted](Call asked, const MoneyInMemory& found) {
        if (!found.order) return look_up_rows(std::move(asked), wanted);
        if (found.order->person != asked.person())
            return asked.fail(wanted.payment ? Code::payment_unknown : Code::order_unknown);
        const std::vector<domain::Payment> none;
        send(std::move(asked), wanted, found.money ? found.money->payments : none, &*found.order);
    });
}

void list(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::order_unknown);
    answer(std::move(call), {domain::OrderId(*id), std::nullopt});
}

void get(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::payment_unknown);
    const domain::PaymentId payment(*id);
    answer(std::move(call), {domain::order_of(payment), payment});
}

}  // namespace

void add_payment_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listOrderPayments";
    list_operation.tag = "payments";
    list_operation.summary = "The payments of one of one's own orders, in the order they began";
    list_operation.path_parameters = {
        {"order", "Number of the order", true, R"({"type":"integer","format":"int64"})"}};
    list_operation.response_schema_json = http::schema_of<PaymentsBody>();
    list_operation.errors = {"order_unknown", "busy"};
    http::Operation get_operation;
    get_operation.id = "getPayment";
    get_operation.tag = "payments";
    get_operation.summary = "A payment of one's own";
    get_operation.path_parameters = {
        {"payment", "Number of the payment", true, R"({"type":"integer","format":"int64"})"}};
    get_operation.response_schema_json = http::schema_of<PaymentBody>();
    get_operation.errors = {"payment_unknown", "busy"};
    add_route(router, api, RouteId::list_order_payments, std::move(list_operation), list);
    add_route(router, api, RouteId::get_payment, std::move(get_operation), get);
}

}  // namespace onsale::finance
