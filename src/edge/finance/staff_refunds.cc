// /api/v1/staff/refunds and /api/v1/sessions/{session}/refunds: refunds as operators see them: to
// be reviewed, parked ones to go on, and the figures of a session.
#include <utility>

#include "finance/internal/money_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct StaffRefundsBody {
    std::vector<StaffRefundBody> refunds;
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(StaffRefundsBody, (), (refunds, next))
struct ReviewBody {
    bool approve = false;
    std::optional<std::string> reason;  // for the buyer; needed to reject
};
BOOST_DESCRIBE_STRUCT(ReviewBody, (), (approve, reason))
struct SettlementBody {
    std::string note;  // how the buyer got the money; for the buyer too
};
BOOST_DESCRIBE_STRUCT(SettlementBody, (), (note))
struct CancellationBody {
    std::uint64_t orders = 0;  // that money goes back for
    std::uint64_t done = 0;
    std::uint64_t parked = 0;
};
BOOST_DESCRIBE_STRUCT(CancellationBody, (), (orders, done, parked))
struct SessionRefundsBody {
    std::uint64_t orders = 0;  // ever paid
    std::uint64_t requested = 0;
    std::uint64_t waiting = 0;   // to be reviewed
    std::uint64_t approved = 0;  // completed ones among them
    std::uint64_t completed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t parked = 0;
    std::string refund_rate;                       // approved of all paid orders: "0.0125"
    std::optional<std::uint64_t> average_seconds;  // from request to completion
    std::int64_t amount = 0;                       // given back
    std::int64_t fees = 0;                         // kept
    std::string currency;
    std::optional<CancellationBody> cancellation;  // of a cancelled session
};
BOOST_DESCRIBE_STRUCT(SessionRefundsBody, (),
                      (orders, requested, waiting, approved, completed, rejected, cancelled, parked,
                       refund_rate, average_seconds, amount, fees, currency, cancellation))

// "parked" is a state here as in the answers, whatever it is called in the rows.
bool put_state(Call& call, refunds::RefundQuery& query) {
    const auto state = call.request.query_value("state");
    if (!state) return true;
    if (*state == "parked") {
        query.parked = true;
        return true;
    }
    query.state = parse_refund_state(*state);
    if (query.state) {
        if (*query.state == domain::RefundState::approved) query.parked = false;
        return true;
    }
    call.fail_field("state",
                    "is not requested, approved, completed, rejected, cancelled or parked");
    return false;
}

std::optional<refunds::RefundQuery> query_of(Call& call) {
    const auto limit = limit_query(call);
    if (!limit) return std::nullopt;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return std::nullopt;
    const auto session = number_query(call, {"session", 0, 1, domain::kIdMax});
    if (!session) return std::nullopt;
    refunds::RefundQuery query;
    query.max = *limit;
    query.may_see = may_see(call);
    if (*before != 0) query.before = domain::RefundId(*before);
    if (*session != 0) query.session = domain::SessionId(*session);
    const auto parked = call.request.query_value("parked");
    if (parked && *parked != "true" && *parked != "false") {
        call.fail_field("parked", "is not true or false");
        return std::nullopt;
    }
    if (!put_state(call, query)) return std::nullopt;
    if (parked) query.parked = *parked == "true";
    return query;
}

void send_part(Call call, refunds::RefundPart part) {
    std::vector<refunds::Notes::Wanted> wanted;
    for (const auto& row : part.refunds) wanted.push_back({row.refund.id, row.person});
    auto use = [part = std::move(part)](Call asked,
                                        const std::vector<refunds::NotesOfRefund>& notes) {
        StaffRefundsBody body;
        for (std::size_t i = 0; i < part.refunds.size(); ++i)
            body.refunds.push_back(staff_refund_body(asked, part.refunds[i], notes[i]));
        if (part.next) body.next = part.next->value();
        asked.send(200, http::to_json(body));
    };
    with_notes(std::move(call), std::move(wanted), std::move(use));
}

void list(Call call) {
    auto query = query_of(call);
    if (!query) return;
    auto& reader = call.api.context.money;
    env::Executor& home = call.home();
    auto reply = [owed =
                      std::make_shared<Call>(std::move(call))](refunds::MoneyReader::Refunds part) {
        if (!part) return owed->fail(part.error());
        send_part(std::move(*owed), std::move(*part));
    };
    reader.refunds(std::move(*query), home, std::move(reply));
}

// The refund of an outcome, with the words about it.
void send_one(Call call, const domain::Outcome& outcome) {
    const refunds::RefundRow row{*outcome.refund, outcome.order.session, outcome.order.person};
    with_notes(std::move(call), {{row.refund.id, row.person}},
               [row](Call asked, const std::vector<refunds::NotesOfRefund>& notes) {
                   asked.send(200, http::to_json(staff_refund_body(asked, row, notes.front())));
               });
}

// Keeps what the staff said about the refund, and sends it.
auto noted(std::string words) {
    return [words = std::move(words)](Call asked, const domain::Outcome& outcome) {
        // Said again, it changes nothing, and somebody else may say it.
        if (outcome.kind != domain::OutcomeKind::accepted)
            return send_one(std::move(asked), outcome);
        auto& notes = asked.api.context.refund_notes;
        env::Executor& home = asked.home();
        notes.write_review({outcome.refund->id, outcome.order.person, words}, home,
                           [owed = std::make_shared<Call>(std::move(asked)),
                            outcome](const refunds::Notes::Written&) {
                               // What was decided stands, whatever became of its words.
                               send_one(std::move(*owed), outcome);
                           });
    };
}

void review(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::refund_unknown);
    auto body = http::parse_body<ReviewBody>(call.request.body);
    if (!body) return call.fail(body.error());
    // Who holds the data folder has no name, and a review has one.
    if (call.subject == 0) return call.fail(Code::staff_only);
    std::string reason = std::move(body->reason).value_or(std::string());
    if (!refunds::is_note(reason) || (reason.empty() && !body->approve))
        return call.fail_field("reason", body->approve ? "is not at most 200 characters"
                                                       : "is not 1 to 200 characters");
    const domain::RefundId refund(*id);
    const domain::ReviewRefund command{refund, call.person(), body->approve};
    submit_for_staff(std::move(call), domain::order_of(refund), command, Code::refund_unknown,
                     noted(std::move(reason)));
}

void settle(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::refund_unknown);
    auto body = http::parse_body<SettlementBody>(call.request.body);
    if (!body) return call.fail(body.error());
    if (call.subject == 0) return call.fail(Code::staff_only);
    if (body->note.empty() || !refunds::is_note(body->note))
        return call.fail_field("note", "is not 1 to 200 characters");
    const domain::RefundId refund(*id);
    const domain::SettleRefund command{refund, call.person()};
    submit_for_staff(std::move(call), domain::order_of(refund), command, Code::refund_unknown,
                     noted(std::move(body->note)));
}

void resume(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::refund_unknown);
    const domain::RefundId refund(*id);
    const domain::ResumeRefund command{refund, call.person()};
    submit_for_staff(std::move(call), domain::order_of(refund), command, Code::refund_unknown,
                     send_one);
}

// "0.0125": ten thousandths, rounded down.
std::string share_of(std::uint64_t part, std::uint64_t whole) {
    constexpr std::uint64_t kParts = 10'000;
    const std::uint64_t parts = whole == 0 ? 0 : part * kParts / whole;
    std::string rest = std::to_string(parts % kParts);
    rest.insert(0, 4 - rest.size(), '0');
    return std::to_string(parts / kParts) + "." + rest;
}

SessionRefundsBody body_of(const refunds::SessionRefunds& figures, bool session_cancelled) {
    SessionRefundsBody body;
    body.orders = figures.paid_orders;
    body.requested = figures.requested;
    body.waiting = figures.waiting;
    body.approved = figures.approved;
    body.completed = figures.completed;
    body.rejected = figures.rejected;
    body.cancelled = figures.cancelled;
    body.parked = figures.parked;
    body.refund_rate = share_of(figures.approved, figures.paid_orders);
    if (figures.completed > 0)
        body.average_seconds = figures.completion_ms / figures.completed / 1000;
    body.amount = figures.amount.minor;
    body.fees = figures.fee.minor;
    body.currency = currency_text(figures.amount);
    if (session_cancelled)
        body.cancellation = {figures.owed, figures.owed_done, figures.owed_parked};
    return body;
}

void figures(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::session_unknown);
    const domain::SessionId session(*id);
    auto& reader = call.api.context.money;
    env::Executor& home = call.home();
    auto reply = [owed = std::make_shared<Call>(std::move(call)),
                  session](const refunds::MoneyReader::Figures& figures) {
        if (!figures) return owed->fail(figures.error());
        const auto entry = owed->api.context.catalog.directory()->find_session(session);
        const bool cancelled = entry != nullptr && entry->status.cancelled;
        owed->send(200, http::to_json(body_of(*figures, cancelled)));
    };
    reader.figures(session, home, std::move(reply));
}

http::Operation operation_of(std::string id, std::string summary, std::string response_schema) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "refunds";
    operation.summary = std::move(summary);
    operation.path_parameters = {
        {"refund", "Number of the refund", true, R"({"type":"integer","format":"int64"})"}};
    operation.response_schema_json = std::move(response_schema);
    operation.errors = {"staff_only", "not_your_organiser", "refund_unknown",
                        "busy",       "storage_full",       "stopping"};
    return operation;
}

http::Operation list_operation() {
    http::Operation operation;
    operation.id = "listRefundReviews";
    operation.tag = "refunds";
    operation.summary = "Refunds of the organisers that one acts for, newest first";
    operation.description =
        "From the rows for queries; a page may be empty and still have a `next`.";
    operation.query_parameters = {
        {"state", "All when absent", false,
         R"({"type":"string","enum":["requested","approved","completed","rejected","cancelled","parked"]})"},
        {"parked", "Only those that are (not) parked", false, R"({"type":"boolean"})"},
        {"session", "Number of a session", false, R"({"type":"integer","format":"int64"})"},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    operation.response_schema_json = http::schema_of<StaffRefundsBody>();
    operation.errors = {"staff_only", "invalid_field", "busy"};
    return operation;
}

}  // namespace

void add_staff_refund_routes(http::Router& router, const SharedApi& api) {
    add_route(router, api, RouteId::list_refund_reviews, list_operation(), list);
    auto review_operation = operation_of("reviewRefund", "Approve or reject a refund",
                                         http::schema_of<StaffRefundBody>());
    review_operation.description =
        "From the session's amount on two people have to approve; one rejection is enough. The "
        "reason is shown to the buyer, and is needed to reject.";
    review_operation.request_schema_json = http::schema_of<ReviewBody>();
    review_operation.errors.insert(review_operation.errors.end(),
                                   {"refund_not_pending", "refund_same_reviewer", "invalid_field"});
    add_route(router, api, RouteId::review_refund, std::move(review_operation), review);
    auto resume_operation =
        operation_of("resumeRefund", "Let a parked refund go on: its bank is asked again",
                     http::schema_of<StaffRefundBody>());
    resume_operation.description =
        "A refund that its bank has refused for good (`refused`) is asked for under a new name.";
    resume_operation.errors.emplace_back("not_parked");
    add_route(router, api, RouteId::resume_refund, std::move(resume_operation), resume);
    auto settle_operation = operation_of(
        "settleRefund", "Say that the buyer got the money in another way than from the bank",
        http::schema_of<StaffRefundBody>());
    settle_operation.description =
        "Only after the bank's final refusal, and by two people, of whom neither is the buyer. The "
        "note is shown to the buyer.";
    settle_operation.request_schema_json = http::schema_of<SettlementBody>();
    settle_operation.errors.insert(settle_operation.errors.end(),
                                   {"refund_not_refused", "refund_same_reviewer", "invalid_field"});
    add_route(router, api, RouteId::settle_refund, std::move(settle_operation), settle);
    auto figures_operation = operation_of("getSessionRefunds", "What became of a session's refunds",
                                          http::schema_of<SessionRefundsBody>());
    figures_operation.path_parameters = {
        {"session", "Number of the session", true, R"({"type":"integer","format":"int64"})"}};
    figures_operation.errors = {"staff_only", "not_your_organiser", "session_unknown", "busy"};
    add_route(router, api, RouteId::get_session_refunds, std::move(figures_operation), figures);
}

}  // namespace onsale::finance
