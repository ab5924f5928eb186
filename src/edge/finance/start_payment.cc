// POST /api/v1/orders/{order}/payments: a buyer begins to pay.
#include <utility>

#include "finance/internal/money_answers.h"
#include "finance/internal/resources.h"
#include "finance/money_body.h"
#include "gate/api.h"
#include "payments/payments.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct StartBody {
    std::uint64_t bank = 0;
    std::string way;                   // token, cashier
    std::optional<std::string> token;  // way token: what the bank has given the buyer
};
BOOST_DESCRIBE_STRUCT(StartBody, (), (bank, way, token))
struct UsableBankBody {
    std::uint64_t bank = 0;
    NameBody name;
};
BOOST_DESCRIBE_STRUCT(UsableBankBody, (), (bank, name))
struct UsableBanksBody {
    std::vector<UsableBankBody> usable;
};
BOOST_DESCRIBE_STRUCT(UsableBanksBody, (), (usable))

void fail_unavailable(Call& call, const payments::Started& started) {
    UsableBanksBody body;
    for (const auto& bank : started.usable)
        body.usable.push_back({bank.bank.value(), {bank.name_zh, bank.name_en}});
    ErrorExtras extras;
    extras.details_json = http::to_json(body);
    call.fail(Code::bank_unavailable, extras);
}

void fail_start(Call& call, const payments::Started& started) {
    using enum payments::StartRefusal;
    switch (started.refusal) {
        case bank_unknown:
            return call.fail(Code::bank_unknown);
        case bank_unavailable:
            return fail_unavailable(call, started);
        case token_invalid:
            return call.fail(Code::authorisation_invalid);
        case token_other_order:
            return call.fail(Code::authorisation_of_other_order);
        case storage_full:
            return call.fail(Code::storage_full);
        case failed:
            return call.fail(Code::internal_error);
        case none:
        case busy:
            break;
    }
    call.fail(Code::busy);
}

void answer_started(Call call, const payments::Started& started) {
    if (started.refusal != payments::StartRefusal::none) return fail_start(call, started);
    const auto& answer = started.answer;
    if (answer.kind != shard::AnswerKind::decided) return call.fail(code_of(answer.kind));
    call.api.metrics.count(answer);
    const auto& outcome = answer.outcome;
    if (outcome.kind == domain::OutcomeKind::refused)
        return call.fail(code_of(outcome.refusal),
                         refusal_details(outcome.refusal, outcome.explanation));
    PaymentBody body = payment_body(call, *outcome.payment, &outcome.order);
    if (!started.cashier_url.empty()) body.cashier_url = started.cashier_url;
    call.send(outcome.kind == domain::OutcomeKind::accepted ? 201 : 200, http::to_json(body));
}

// What is wrong with a body is told to the order's person only; to others it does not exist.
void fail_owner(Call call, domain::OrderId order, http::BodyError error) {
    read_money(std::move(call), order,
               [error = std::move(error)](Call asked, const MoneyInMemory& found) {
                   if (!found.order || found.order->person != asked.person())
                       return asked.fail(Code::order_unknown);
                   asked.fail(error);
               });
}

void start(Call call) {
    const auto order = parse_id(call.request.parameters[0]);
    if (!order) return call.fail(Code::order_unknown);
    auto body = http::parse_body<StartBody>(call.request.body);
    if (!body) return fail_owner(std::move(call), domain::OrderId(*order), body.error());
    const bool by_token = body->way == "token";
    if (!by_token && body->way != "cashier")
        return call.fail_field("way", "is neither token nor cashier");
    if (by_token != body->token.has_value())
        return call.fail_field("token", by_token ? "is missing" : "is for the way token only");
    payments::StartWish wish;
    wish.person = call.person();
    wish.order = domain::OrderId(*order);
    wish.bank = domain::BankId(body->bank);
    wish.way = by_token ? domain::PayWay::token : domain::PayWay::cashier;
    if (by_token) wish.token = *std::move(body->token);
    auto& service = call.api.context.payments;
    env::Executor& home = call.home();
    auto reply = [call = std::move(call)](payments::Started started) mutable {
        answer_started(std::move(call), started);
    };
    service.start_payment(std::move(wish), home, std::move(reply));
}

}  // namespace

void add_start_payment_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "startPayment";
    operation.tag = "payments";
    operation.summary = "Begin to pay for an order";
    operation.description =
        "way token: with the authorisation that the bank has given the buyer; the order is paid at "
        "once, and completed when the bank has deducted the amount. way cashier: the answer's "
        "cashier_url is where the buyer pays, until expires_at. 200 when the same was begun "
        "before.";
    operation.path_parameters = {
        {"order", "Number of the order", true, R"({"type":"integer","format":"int64"})"}};
    operation.request_schema_json = http::schema_of<StartBody>();
    operation.success_status = 201;
    operation.response_schema_json = http::schema_of<PaymentBody>();
    operation.errors = {"order_unknown",
                        "bank_unknown",
                        "bank_unavailable",
                        "order_not_payable",
                        "authorisation_invalid",
                        "authorisation_of_other_order",
                        "authorisation_too_small",
                        "authorisation_expired",
                        "payments_exhausted",
                        "invalid_field",
                        "busy",
                        "storage_full",
                        "stopping"};
    add_route(router, api, RouteId::start_payment, std::move(operation), start);
}

}  // namespace onsale::finance
