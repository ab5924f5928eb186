// /api/v1/orders/{order}/refund-terms, …/refunds and /api/v1/refunds: a buyer wants money back.
#include <utility>

#include "boxoffice/box_office.h"
#include "finance/internal/money_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct TermsBody {
    std::uint64_t order = 0;
    bool allowed = false;
    std::optional<std::string> why_not;  // a code of /api/v1/errors
    std::string cause;                   // buyer; replaced: a late payment got other tickets
    std::int64_t paid = 0;
    std::int64_t fee = 0;
    std::int64_t amount = 0;  // that would go back
    std::string currency;
    std::optional<std::string> until;  // it can be asked for at the latest
    bool reviewed = false;
};
BOOST_DESCRIBE_STRUCT(TermsBody, (),
                      (order, allowed, why_not, cause, paid, fee, amount, currency, until,
                       reviewed))
struct RequestBody {
    std::string reason;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(RequestBody, (), (reason, note))
struct RefundsBody {
    std::vector<RefundBody> refunds;
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(RefundsBody, (), (refunds, next))

// What the box office would say if the refund were asked for now. It decides without changing
// anything.
TermsBody terms_of(const boxoffice::BoxOffice& office, const domain::RequestRefund& wish,
                   base::Timestamp now) {
    boxoffice::Decision decision;
    office.decide(wish, now, decision);
    const domain::Outcome& outcome = decision.outcome;
    TermsBody body;
    body.order = wish.order.value();
    const bool accepted = outcome.kind == domain::OutcomeKind::accepted;
    body.allowed = accepted;
    // There is one under way already.
    if (outcome.kind == domain::OutcomeKind::repeated) body.why_not = "order_not_refundable";
    if (outcome.kind == domain::OutcomeKind::refused)
        body.why_not = answers::to_string(code_of(outcome.refusal));
    base::Money paid;
    if (const auto money = office.money_of(wish.order)) {
        for (const auto& payment : money->payments) {
            if (payment.use == domain::MoneyUse::order) paid = payment.captured;
        }
    }
    domain::RefundCause cause = domain::RefundCause::buyer;
    base::Money fee{0, paid.currency};
    if (const auto* session = office.find_session(outcome.order.session)) {
        fee = domain::refund_fee(paid, session->refunds.fee_basis_points);
        if (session->refunds.allowed)
            body.until = base::to_rfc3339(session->starts_at - session->refunds.until_before_start);
        if (accepted && outcome.refund->cause == domain::RefundCause::replaced)
            body.until = base::to_rfc3339(session->starts_at);
    }
    if (accepted) {
        cause = outcome.refund->cause;
        fee = outcome.refund->fee;
        body.reviewed = outcome.refund->state == domain::RefundState::requested;
    }
    body.cause = to_string(cause);
    body.paid = paid.minor;
    body.fee = fee.minor;
    body.amount = paid.minor - fee.minor;
    body.currency = currency_text(paid);
    return body;
}

std::optional<domain::OrderId> order_in(Call& call) {
    const auto id = parse_id(call.request.parameters[0]);
    const domain::OrderId order(id.value_or(0));
    if (id && domain::shard_of(order).value() < call.api.context.engine.shards()) return order;
    call.fail(Code::order_unknown);
    return std::nullopt;
}

void terms(Call call) {
    const auto order = order_in(call);
    if (!order) return;
    const domain::RequestRefund wish{call.person(), *order, domain::RefundReason::other};
    auto& engine = call.api.context.engine;
    env::Executor& home = call.home();
    auto owed = std::make_shared<Call>(std::move(call));
    auto read = [owed, wish](const boxoffice::BoxOffice& office, base::Timestamp now) {
        const auto found = office.find_order(wish.order, now);
        if (!found || found->person != wish.person)
            return env::Task([owed] { owed->fail(Code::order_unknown); });
        return env::Task(
            [owed, body = terms_of(office, wish, now)] { owed->send(200, http::to_json(body)); });
    };
    engine.read(domain::shard_of(*order), home, std::move(read));
}

void send_one(Call call, std::uint16_t status, const domain::Refund& refund,
              domain::PersonId person) {
    with_notes(std::move(call), {{refund.id, person}},
               [status, refund](Call asked, const std::vector<refunds::NotesOfRefund>& notes) {
                   asked.send(status, http::to_json(refund_body(refund, notes.front())));
               });
}

// The order is the caller's, so now what they want may be looked at.
void request_own(Call call, domain::OrderId order) {
    auto body = http::parse_body<RequestBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto reason = parse_refund_reason(body->reason);
    if (!reason)
        return call.fail_field("reason",
                               "is not schedule, cannot_attend, bought_by_mistake or other");
    std::string note = std::move(body->note).value_or(std::string());
    if (!refunds::is_note(note)) return call.fail_field("note", "is not at most 200 characters");
    const auto person = call.person();
    auto use = [person, note = std::move(note)](Call asked, const domain::Outcome& outcome) {
        const domain::Refund refund = *outcome.refund;
        const bool is_new = outcome.kind == domain::OutcomeKind::accepted;
        auto& notes = asked.api.context.refund_notes;
        env::Executor& home = asked.home();
        // Also when it is repeated: the words of a request whose answer was lost are kept then.
        notes.write_request({refund.id, person, note}, home,
                            [owed = std::make_shared<Call>(std::move(asked)), refund, is_new,
                             person](const refunds::Notes::Written& written) {
                                if (!written) return owed->fail(written.error());
                                send_one(std::move(*owed), is_new ? 201 : 200, refund, person);
                            });
    };
    submit(std::move(call), order, domain::RequestRefund{person, order, *reason}, std::move(use));
}

void request(Call call) {
    const auto order = order_in(call);
    if (!order) return;
    read_money(std::move(call), *order, [order](Call asked, const MoneyInMemory& found) {
        if (!found.order || found.order->person != asked.person())
            return asked.fail(Code::order_unknown);
        request_own(std::move(asked), *order);
    });
}

void cancel(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::refund_unknown);
    const domain::RefundId refund(*id);
    const domain::OrderId order = domain::order_of(refund);
    if (domain::shard_of(order).value() >= call.api.context.engine.shards())
        return call.fail(Code::refund_unknown);
    const auto person = call.person();
    submit(std::move(call), order, domain::CancelRefund{person, refund},
           [person](Call asked, const domain::Outcome& outcome) {
               send_one(std::move(asked), 200, *outcome.refund, person);
           });
}

void send_part(Call call, refunds::RefundPart part) {
    std::vector<refunds::Notes::Wanted> wanted;
    for (const auto& row : part.refunds) wanted.push_back({row.refund.id, row.person});
    with_notes(
        std::move(call), std::move(wanted),
        [part = std::move(part)](Call asked, const std::vector<refunds::NotesOfRefund>& notes) {
            RefundsBody body;
            for (std::size_t i = 0; i < part.refunds.size(); ++i)
                body.refunds.push_back(refund_body(part.refunds[i].refund, notes[i]));
            if (part.next) body.next = part.next->value();
            asked.send(200, http::to_json(body));
        });
}

void list(Call call) {
    const auto limit = limit_query(call);
    if (!limit) return;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    refunds::RefundQuery query;
    query.person = call.person();
    query.max = *limit;
    if (*before != 0) query.before = domain::RefundId(*before);
    auto& reader = call.api.context.money;
    env::Executor& home = call.home();
    auto reply = [owed =
                      std::make_shared<Call>(std::move(call))](refunds::MoneyReader::Refunds part) {
        if (!part) return owed->fail(part.error());
        send_part(std::move(*owed), std::move(*part));
    };
    reader.refunds(std::move(query), home, std::move(reply));
}

http::Operation operation_of(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "refunds";
    operation.summary = std::move(summary);
    operation.response_schema_json = std::move(response_schema);
    return operation;
}

const http::Parameter kOrder{"order", "Number of the order", true,
                             R"({"type":"integer","format":"int64"})"};

}  // namespace

void add_refund_routes(http::Router& router, const SharedApi& api) {
    auto terms_operation =
        operation_of("getRefundTerms", "What would be given back if it were asked for now",
                     http::schema_of<TermsBody>());
    terms_operation.path_parameters = {kOrder};
    terms_operation.errors = {"order_unknown", "busy"};
    add_route(router, api, RouteId::get_refund_terms, std::move(terms_operation), terms);

    auto request_operation =
        operation_of("requestRefund", "Ask for the money back", http::schema_of<RefundBody>());
    request_operation.description =
        "201 for a new refund; 200 with the one that is under way. `reason` is schedule, "
        "cannot_attend, bought_by_mistake or other; `note` are words of one's own, at most 200 "
        "characters.";
    request_operation.path_parameters = {kOrder};
    request_operation.request_schema_json = http::schema_of<RequestBody>();
    request_operation.success_status = 201;
    request_operation.errors = {"order_unknown",
                                "refund_not_allowed",
                                "refund_too_late",
                                "refund_nothing_paid",
                                "order_not_refundable",
                                "invalid_field",
                                "busy",
                                "storage_full",
                                "stopping"};
    add_route(router, api, RouteId::request_refund, std::move(request_operation), request);

    auto list_operation = operation_of("listRefunds", "One's own refunds, newest first",
                                       http::schema_of<RefundsBody>());
    list_operation.query_parameters = {
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.errors = {"invalid_field", "busy"};
    add_route(router, api, RouteId::list_refunds, std::move(list_operation), list);

    auto cancel_operation = operation_of(
        "cancelRefund", "Take back a refund that is being reviewed", http::schema_of<RefundBody>());
    cancel_operation.path_parameters = {
        {"refund", "Number of the refund", true, R"({"type":"integer","format":"int64"})"}};
    cancel_operation.errors = {"refund_unknown", "refund_not_pending", "busy", "storage_full",
                               "stopping"};
    add_route(router, api, RouteId::cancel_refund, std::move(cancel_operation), cancel);
}

}  // namespace onsale::finance
