// /api/v1/payments/callbacks/{bank}: banks tell what they have taken and given back.
#include <utility>

#include "finance/internal/resources.h"
#include "finance/internal/signed_request.h"
#include "gate/api.h"
#include "payments/limits.h"
#include "payments/payments.h"
#include "registry/registry.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

// What is read of it. Unknown members of an event are kept as they came.
struct EventBody {
    std::string event;
    std::string kind;                      // payment, refund
    std::optional<std::string> reference;  // of a payment
    std::optional<std::string> refund;     // of a refund
    std::string status;                    // captured, failed, closed, completed, refused
    std::optional<std::string> transaction;
    std::optional<std::string> order;
    std::optional<std::int64_t> amount;
    std::optional<std::string> currency;
    std::optional<std::string> at;
};
BOOST_DESCRIBE_STRUCT(EventBody, (),
                      (event, kind, reference, refund, status, transaction, order, amount, currency,
                       at))
struct EventsBody {
    std::vector<EventBody> events;
};
BOOST_DESCRIBE_STRUCT(EventsBody, (), (events))

void answer(Call call, payments::CallbackResult result) {
    switch (result) {
        case payments::CallbackResult::taken:
            return call.send(200, "{}");
        case payments::CallbackResult::malformed:
            return call.fail_field("events", "is not a list of 1 to 100 events with an id each");
        case payments::CallbackResult::not_now:
            break;
    }
    call.fail(Code::busy);
}

void receive(Call call) {
    const auto bank = parse_id(call.request.parameters[0]);
    if (!bank) return call.fail(Code::bank_unknown);
    if (!is_signed_by(call, registry::bank_party(*bank))) return;
    auto& service = call.api.context.payments;
    env::Executor& home = call.home();
    const std::string_view body = call.request.body;
    auto reply = [call = std::move(call)](payments::CallbackResult result) mutable {
        answer(std::move(call), result);
    };
    service.receive(domain::BankId(*bank), body, home, std::move(reply));
}

}  // namespace

void add_callback_routes(http::Router& router, const SharedApi& api) {
    http::Operation operation;
    operation.id = "tellPaymentEvents";
    operation.tag = "payments";
    operation.summary = "A bank tells what it has taken and given back";
    operation.description =
        "Signed by the bank that the address names. 200 only after every event is stored as "
        "received and decided; anything else has to be told again. An event that comes twice "
        "changes nothing.";
    operation.request_schema_json = http::schema_of<EventsBody>();
    operation.errors = {"invalid_field", "bank_unknown", "busy", "body_too_large"};
    describe_signature(operation);
    add_route(router, api, RouteId::bank_callback, std::move(operation), receive,
              payments::kCallbackBytesMax);
}

}  // namespace onsale::finance
