// /api/v1/staff/payments: payments as operators see them, and parked ones go on.
// /api/v1/payment-days: what was paid and given back at each bank, by day.
#include <utility>

#include "finance/internal/money_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct StaffPaymentsBody {
    std::vector<StaffPaymentBody> payments;
    std::optional<std::uint64_t> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(StaffPaymentsBody, (), (payments, next))

struct PaymentDayBody {
    std::string day;  // 2026-11-20, UTC
    std::uint64_t bank = 0;
    NameBody bank_name;
    std::string way;
    std::string currency;
    std::uint64_t started = 0;
    std::uint64_t captured = 0;
    std::uint64_t failed = 0;
    std::uint64_t closed = 0;
    std::int64_t amount = 0;   // captured
    std::int64_t refunds = 0;  // that the bank has made
    std::int64_t refunded = 0;
};
BOOST_DESCRIBE_STRUCT(PaymentDayBody, (),
                      (day, bank, bank_name, way, currency, started, captured, failed, closed,
                       amount, refunds, refunded))
struct PaymentDaysBody {
    std::vector<PaymentDayBody> days;
};
BOOST_DESCRIBE_STRUCT(PaymentDaysBody, (), (days))

// False: it is neither true nor false nor absent, and the call is answered.
bool put_parked(Call& call, refunds::PaymentQuery& query) {
    const auto text = call.request.query_value("parked");
    if (!text) return true;
    query.parked = *text == "true";
    if (*query.parked || *text == "false") return true;
    call.fail_field("parked", "is not true or false");
    return false;
}

std::optional<refunds::PaymentQuery> query_of(Call& call) {
    const auto limit = limit_query(call);
    if (!limit) return std::nullopt;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return std::nullopt;
    const auto order = number_query(call, {"order", 0, 1, domain::kIdMax});
    if (!order) return std::nullopt;
    refunds::PaymentQuery query;
    if (!put_parked(call, query)) return std::nullopt;
    query.max = *limit;
    query.may_see = may_see(call);
    if (*before != 0) query.before = domain::PaymentId(*before);
    if (*order != 0) query.order = domain::OrderId(*order);
    if (const auto state = call.request.query_value("state")) {
        query.state = parse_payment_state(*state);
        if (!query.state) {
            call.fail_field("state", "is not open, authorised, captured, failed or closed");
            return std::nullopt;
        }
    }
    return query;
}

void list(Call call) {
    auto query = query_of(call);
    if (!query) return;
    auto& reader = call.api.context.money;
    env::Executor& home = call.home();
    auto reply = [owed = std::make_shared<Call>(std::move(call))](
                     const refunds::MoneyReader::Payments& part) {
        if (!part) return owed->fail(part.error());
        StaffPaymentsBody body;
        for (const auto& row : part->payments)
            body.payments.push_back(staff_payment_body(*owed, row));
        if (part->next) body.next = part->next->value();
        owed->send(200, http::to_json(body));
    };
    reader.payments(std::move(*query), home, std::move(reply));
}

void resume(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::payment_unknown);
    const domain::PaymentId payment(*id);
    const domain::ResumePayment command{payment, call.person()};
    submit_for_staff(std::move(call), domain::order_of(payment), command, Code::payment_unknown,
                     [](Call asked, const domain::Outcome& outcome) {
                         const refunds::PaymentRow row{*outcome.payment, outcome.order.session,
                                                       outcome.order.person};
                         asked.send(200, http::to_json(staff_payment_body(asked, row)));
                     });
}

PaymentDayBody body_of(const Call& call, const refunds::PaymentDay& day) {
    constexpr std::size_t kDateCharacters = 10;
    const auto begin = base::Timestamp() + base::Duration::days(day.day);
    PaymentDayBody body;
    body.day = base::to_rfc3339(begin).substr(0, kDateCharacters);
    body.bank = day.bank.value();
    body.bank_name = bank_name(call, day.bank);
    body.way = day.way == domain::PayWay::token ? "token" : "cashier";
    body.currency = currency_text(day.amount);
    body.started = day.started;
    body.captured = day.captured;
    body.failed = day.failed;
    body.closed = day.closed;
    body.amount = day.amount.minor;
    body.refunds = day.refunds;
    body.refunded = day.refunded.minor;
    return body;
}

void list_days(Call call) {
    constexpr std::uint64_t kDaysMax = 366;
    const auto days = number_query(call, {"days", 30, 1, kDaysMax});
    if (!days) return;
    const auto today = refunds::day_of(call.api.context.clock.wall_now());
    const auto from = today - static_cast<std::int64_t>(*days) + 1;
    auto& reader = call.api.context.money;
    env::Executor& home = call.home();
    auto reply =
        [owed = std::make_shared<Call>(std::move(call))](const refunds::MoneyReader::Days& found) {
            if (!found) return owed->fail(found.error());
            PaymentDaysBody body;
            for (const auto& day : *found) body.days.push_back(body_of(*owed, day));
            owed->send(200, http::to_json(body));
        };
    reader.days(from, home, std::move(reply));
}

}  // namespace

void add_staff_payment_routes(http::Router& router, const SharedApi& api) {
    http::Operation list_operation;
    list_operation.id = "listPayments";
    list_operation.tag = "payments";
    list_operation.summary = "Payments of the organisers that one acts for, newest first";
    list_operation.description =
        "From the rows for queries; a page may be empty and still have a `next`.";
    list_operation.query_parameters = {
        {"state", "All when absent", false,
         R"({"type":"string","enum":["open","authorised","captured","failed","closed"]})"},
        {"parked", "Only those that are (not) parked", false, R"({"type":"boolean"})"},
        {"order", "Number of an order", false, R"({"type":"integer","format":"int64"})"},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<StaffPaymentsBody>();
    list_operation.errors = {"staff_only", "invalid_field", "busy"};
    http::Operation resume_operation;
    resume_operation.id = "resumePayment";
    resume_operation.tag = "payments";
    resume_operation.summary = "Let a parked payment go on: its bank is asked again";
    resume_operation.path_parameters = {
        {"payment", "Number of the payment", true, R"({"type":"integer","format":"int64"})"}};
    resume_operation.response_schema_json = http::schema_of<StaffPaymentBody>();
    resume_operation.errors = {"staff_only", "not_your_organiser", "payment_unknown", "not_parked",
                               "busy",       "storage_full",       "stopping"};
    http::Operation days_operation;
    days_operation.id = "listPaymentDays";
    days_operation.tag = "payments";
    days_operation.summary = "What was paid and given back at each bank, by day (UTC)";
    days_operation.description =
        "From the rows for queries, the oldest day first; days on which nothing happened are not "
        "there. A payment counts as started on one day and as captured, failed or closed on "
        "another, perhaps.";
    days_operation.query_parameters = {{"days",
                                        "Today and the days before it, 1 to 366, 30 when absent",
                                        false, R"({"type":"integer"})"}};
    days_operation.response_schema_json = http::schema_of<PaymentDaysBody>();
    days_operation.errors = {"admin_only", "invalid_field", "busy"};
    add_route(router, api, RouteId::list_payments, std::move(list_operation), list);
    add_route(router, api, RouteId::list_payment_days, std::move(days_operation), list_days);
    add_route(router, api, RouteId::resume_payment, std::move(resume_operation), resume);
}

}  // namespace onsale::finance
