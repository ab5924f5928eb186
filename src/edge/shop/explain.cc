// /api/v1/explanations: why a request was refused, and what became of an order, from the journal.
// For the person whose it is, and for staff of the organiser.
#include <utility>

#include "gate/api.h"
#include "gate/ownership.h"
#include "shop/explain_body.h"
#include "shop/internal/resources.h"
#include "shop/past.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

struct ExplainBody {
    std::optional<std::string> receipt;
    std::optional<std::uint64_t> order;
};
BOOST_DESCRIBE_STRUCT(ExplainBody, (), (receipt, order))
struct StaffExplainBody {
    std::optional<std::string> receipt;
    std::optional<std::uint64_t> order;
    std::optional<std::uint64_t> person;  // whose orders are counted for a receipt
};
BOOST_DESCRIBE_STRUCT(StaffExplainBody, (), (receipt, order, person))

bool is_one(Call& call, bool receipt, bool order) {
    if (receipt != order) return true;
    call.fail_field("receipt", receipt ? "and order are not both possible" : "or order is missing");
    return false;
}

// The receipt as a question; nothing, and the call has failed, if it is not one of ours.
std::optional<replay::RefusalQuestion> question_of(Call& call, const std::string& text) {
    const auto receipt = call.api.receipts.of(call.home()).parse_receipt(text);
    if (!receipt || receipt->shard.value() >= call.api.context.engine.shards()) {
        call.fail(Code::receipt_invalid);
        return std::nullopt;
    }
    return replay::RefusalQuestion{receipt->refusal,  receipt->shard,    receipt->session,
                                   receipt->campaign, receipt->sequence, receipt->ordinal,
                                   receipt->free,     receipt->at,       std::nullopt};
}

bool is_of_person(domain::Refusal refusal) {
    return refusal == domain::Refusal::over_orders_per_person ||
           refusal == domain::Refusal::over_tickets_per_person;
}

// Who asks; no person: staff.
using Asker = std::optional<domain::PersonId>;

void explain(Call call, Asker asker, const replay::RefusalQuestion& question) {
    const Audience audience = asker ? Audience::person : Audience::staff;
    ask_past(
        std::move(call), asker,
        [question](replay::Replayer& replayer) {
            return replay::explain_refusal(replayer, question);
        },
        [question, audience](Call answered, const replay::RefusalStory& story) {
            // Somebody's limits were reached, but not this person's.
            if (is_of_person(question.refusal) && story.agreement == replay::Agreement::differs)
                return answered.fail(Code::receipt_not_yours);
            answered.send(200, http::to_json(explanation_body(question, story, audience)));
        });
}

void explain(Call call, Asker asker, domain::Order order,
             std::optional<domain::SessionStatus> status) {
    ask_past(
        std::move(call), asker,
        [order = std::move(order), status](replay::Replayer& replayer) {
            return replay::explain_order(replayer, order, status);
        },
        [](Call answered, const replay::OrderStory& story) {
            answered.send(200, http::to_json(explanation_body(story)));
        });
}

// Asks what has become of the order's session, then explains.
void explain_with_status(Call call, Asker asker, const domain::Order& order) {
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    auto asking = std::make_shared<Call>(std::move(call));
    engine.read(domain::shard_of(order.id), home,
                [asking, asker, order](const boxoffice::BoxOffice& box_office,
                                       base::Timestamp) -> env::Task {
                    return [asking, asker, order, status = box_office.status_of(order.session)] {
                        explain(std::move(*asking), asker, order, status);
                    };
                });
}

bool is_order_of_ours(const Call& call, std::uint64_t order) {
    return order >= 1 && order <= domain::kIdMax &&
           domain::shard_of(domain::OrderId(order)).value() < call.api.context.engine.shards();
}

void explain_for_person(Call call) {
    const auto body = http::parse_body<ExplainBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (!is_one(call, body->receipt.has_value(), body->order.has_value())) return;
    const auto person = call.person();
    if (body->receipt) {
        auto question = question_of(call, *body->receipt);
        if (!question) return;
        question->person = person;
        return explain(std::move(call), person, *question);
    }
    if (!is_order_of_ours(call, *body->order)) return call.fail(Code::order_unknown);
    auto& service = call.api.context.orders;
    env::Executor& home = call.home();
    service.find(person, domain::OrderId(*body->order), home,
                 [call = std::move(call), person](orders::OrderService::Found found) mutable {
                     if (!found) return call.fail(found.error());
                     if (!*found) return call.fail(Code::order_unknown);
                     explain_with_status(std::move(call), person, **found);
                 });
}

// False, and the call has failed, if this member of staff does not act for the session's organiser.
// What the catalogue has let go of is an administrator's.
bool may_look(Call& call, domain::SessionId session, Code unknown) {
    const auto entry = call.api.context.catalog.directory()->find_session(session);
    if (entry ? may_act_for(call, entry->organiser->id.value()) : !organisers_of(call)) return true;
    call.fail(entry ? Code::not_your_organiser : unknown);
    return false;
}

void explain_row(Call call, domain::OrderId order) {
    auto& reader = call.api.context.order_reader;
    env::Executor& home = call.home();
    reader.find(order, home, [call = std::move(call)](orders::OrderReader::Found found) mutable {
        if (!found) return call.fail(found.error());
        if (!*found) return call.fail(Code::order_unknown);
        if (!may_look(call, (*found)->session, Code::order_unknown)) return;
        explain_with_status(std::move(call), std::nullopt, **found);
    });
}

void explain_any_order(Call call, domain::OrderId id) {
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    auto asking = std::make_shared<Call>(std::move(call));
    engine.read(
        domain::shard_of(id), home,
        [asking, id](const boxoffice::BoxOffice& box_office, base::Timestamp now) -> env::Task {
            return [asking, id, order = box_office.find_order(id, now)] {
                if (!order) return explain_row(std::move(*asking), id);
                if (!may_look(*asking, order->session, Code::order_unknown)) return;
                explain_with_status(std::move(*asking), std::nullopt, *order);
            };
        });
}

void explain_for_staff(Call call) {
    const auto body = http::parse_body<StaffExplainBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (!is_one(call, body->receipt.has_value(), body->order.has_value())) return;
    if (!body->receipt) {
        if (!is_order_of_ours(call, *body->order)) return call.fail(Code::order_unknown);
        return explain_any_order(std::move(call), domain::OrderId(*body->order));
    }
    auto question = question_of(call, *body->receipt);
    if (!question || !may_look(call, question->session, Code::session_unknown)) return;
    if (body->person) question->person = domain::PersonId(*body->person);
    explain(std::move(call), std::nullopt, *question);
}

http::Operation operation_of(std::string id, std::string summary, std::string request_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "explanations";
    operation.summary = std::move(summary);
    operation.description =
        "Replays the journal to the place that the receipt names. 503 when too many ask, and for "
        "persons also while their last question is not answered or buyers are waiting.";
    operation.request_schema_json = std::move(request_schema);
    operation.response_schema_json = http::schema_of<ExplanationBody>();
    operation.errors = {"receipt_invalid",  "receipt_not_yours", "order_unknown", "too_far_back",
                        "position_unknown", "invalid_field",     "busy",          "stopping"};
    return operation;
}

}  // namespace

void add_explain_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::explain,
              operation_of("explain",
                           "Why one was refused (by its receipt), or what became of one's order",
                           http::schema_of<ExplainBody>()),
              explain_for_person);
    auto for_staff =
        operation_of("explainForStaff",
                     "The same for staff of the organiser; with a person, their orders "
                     "are counted",
                     http::schema_of<StaffExplainBody>());
    for_staff.errors.push_back("not_your_organiser");
    for_staff.errors.push_back("session_unknown");
    add_route(router, api, RouteId::explain_for_staff, std::move(for_staff), explain_for_staff);
}

}  // namespace onsale::shop
