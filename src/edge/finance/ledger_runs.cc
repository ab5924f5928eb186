// /api/v1/reconciliations: a bank's file of a day against the books, for administrators.
#include <utility>

#include "finance/internal/ledger_answers.h"
#include "finance/internal/resources.h"
#include "finance/reconciliation_body.h"
#include "gate/api.h"
#include "ledger/account.h"
#include "ledger/reconciliations.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

using ledger::Reconciliations;

// Of a damaged line the transaction holds what is wrong.
RunItemBody item_body(const ledger::Item& item) {
    const bool damaged = item.kind == ledger::ItemKind::file_damaged;
    const auto meaning = ledger::sentence_of(item.cause);
    RunItemBody body;
    body.kind = to_string(item.kind);
    body.cause = item.cause;
    body.meaning = {std::string(meaning.zh), std::string(meaning.en)};
    body.mends = to_string(item.mends);
    body.flow = item.flow == ledger::LineKind::payment ? "payment" : "refund";
    body.reference = item.reference;
    if (damaged) {
        body.detail = item.transaction;
    } else {
        body.transaction = item.transaction;
    }
    if (item.order != 0) body.order = item.order;
    if (item.ours.minor != 0) body.ours = {item.ours.minor, currency_text(item.ours)};
    if (item.banks.minor != 0) body.banks = {item.banks.minor, currency_text(item.banks)};
    if (item.line != 0) body.line = item.line;
    return body;
}

void fill(RunBody& body, const Call& call, const ledger::Run& run) {
    body.reconciliation = run.id;
    body.bank = run.bank.value();
    body.bank_name = bank_name(call, run.bank);
    body.day = to_string(run.day);
    body.state = to_string(run.state);
    if (run.trouble != ledger::RunTrouble::none) body.trouble = to_string(run.trouble);
    if (!run.detail.empty()) body.detail = run.detail;
    body.clean = run.state == ledger::RunState::done && run.result.clean();
    body.day_was_over = run.day_was_over;
    body.lines = run.result.lines;
    body.matched = run.result.matched;
    body.differences = run.result.differences;
    body.banks_in = run.result.banks_in;
    body.banks_out = run.result.banks_out;
    body.ours_in = run.result.ours_in;
    body.ours_out = run.result.ours_out;
    body.currency = ledger::to_string(base::Currency::cny);
    body.started_at = base::to_rfc3339(run.started_at);
    if (run.ended_at) body.ended_at = base::to_rfc3339(*run.ended_at);
}

RunBody run_body(const Call& call, const ledger::Run& run) {
    RunBody body;
    fill(body, call, run);
    return body;
}

void start(Call call) {
    const auto body = http::parse_body<RunWishBody>(call.request.body);
    if (!body) return call.fail(body.error());
    const auto day = ledger::parse_day(body->day);
    if (!day) return call.fail_field("day", "is not a day such as 2026-11-20");
    if (day->begin > call.api.context.clock.wall_now())
        return call.fail_field("day", "has not begun");
    const auto bank = call.api.context.registry.find(registry::bank_party(body->bank));
    if (!bank) return call.fail(Code::bank_unknown);
    if (!bank->usable()) return call.fail(Code::bank_away);
    auto& service = call.api.context.reconciliations;
    env::Executor& home = call.home();
    const ledger::RunWish wish{domain::BankId(body->bank), *day, call.subject};
    service.start(wish, home,
                  [call = std::move(call)](const Reconciliations::Started& started) mutable {
                      if (!started) return call.fail(started.error());
                      constexpr std::uint16_t kAccepted = 202;
                      call.send(kAccepted, http::to_json(run_body(call, *started)));
                  });
}

void list(Call call) {
    const auto limit = limit_query(call);
    if (!limit) return;
    const auto before = number_query(call, {"before", 0, 1, domain::kIdMax});
    if (!before) return;
    const auto bank = number_query(call, {"bank", 0, 1, domain::kIdMax});
    if (!bank) return;
    ledger::RunQuery query;
    query.max = *limit;
    query.before = *before;
    if (*bank != 0) query.bank = domain::BankId(*bank);
    auto& service = call.api.context.reconciliations;
    env::Executor& home = call.home();
    service.list(
        query, home,
        [call = std::move(call), max = query.max](const Reconciliations::Runs& runs) mutable {
            if (!runs) return call.fail(runs.error());
            RunsBody body;
            for (const auto& run : *runs) body.reconciliations.push_back(run_body(call, run));
            if (runs->size() == max) body.next = runs->back().id;
            call.send(200, http::to_json(body));
        });
}

void get(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::reconciliation_unknown);
    const auto limit = number_query(call, {"limit", 100, 1, ledger::kItemsPerPageMax});
    if (!limit) return;
    const auto from = number_query(call, {"from", 0, 0, ledger::kItemsMax});
    if (!from) return;
    auto& service = call.api.context.reconciliations;
    env::Executor& home = call.home();
    service.find({*id, *from, *limit}, home,
                 [call = std::move(call)](const Reconciliations::Found& found) mutable {
                     if (!found) return call.fail(found.error());
                     if (!*found) return call.fail(Code::reconciliation_unknown);
                     const ledger::RunPart& part = **found;
                     RunPartBody body;
                     fill(body, call, part.run);
                     for (const auto& item : part.items) body.items.push_back(item_body(item));
                     body.next = part.next;
                     call.send(200, http::to_json(body));
                 });
}

void items_file(Call call) {
    const auto id = parse_id(call.request.parameters[0]);
    if (!id) return call.fail(Code::reconciliation_unknown);
    const auto language = file_language(call);
    if (!language) return;
    auto& service = call.api.context.reconciliations;
    env::Executor& home = call.home();
    service.items_file(
        *id, *language, home,
        [call = std::move(call), id = *id](const Reconciliations::File& made) mutable {
            if (!made) return call.fail(made.error());
            if (!*made) return call.fail(Code::reconciliation_unknown);
            send_file(std::move(call),
                      {"reconciliation-" + std::to_string(id) + ".csv", "text/csv; charset=utf-8"},
                      **made);
        });
}

http::Operation operation_of(std::string id, std::string summary) {
    http::Operation operation;
    operation.id = std::move(id);
    operation.tag = "ledger";
    operation.summary = std::move(summary);
    operation.errors = {"admin_only", "busy"};
    return operation;
}

const http::Parameter kRun{"reconciliation", "Number of the reconciliation", true,
                           R"({"type":"integer","format":"int64"})"};

void add_start(http::Router& router, const SharedApi& api) {
    auto operation = operation_of("reconcile", "Compare a bank's file of a day with the books");
    operation.description =
        "The bank is asked for its file, which may take a while: look at the reconciliation until "
        "its state is done or failed. A day may be compared as often as wanted; one that is under "
        "way for the same bank and day is given instead of another one. Of a day that is not over, "
        "what was done until now is compared.";
    operation.request_schema_json = http::schema_of<RunWishBody>();
    operation.success_status = 202;
    operation.response_schema_json = http::schema_of<RunBody>();
    operation.errors = {"admin_only", "invalid_field", "bank_unknown",
                        "bank_away",  "busy",          "storage_full"};
    add_route(router, api, RouteId::reconcile, std::move(operation), start);
}

}  // namespace

void add_ledger_run_routes(http::Router& router, const SharedApi& api) {
    add_start(router, api);
    auto list_operation = operation_of("listReconciliations", "Reconciliations, newest first");
    list_operation.query_parameters = {
        {"bank", "Only of this bank", false, R"({"type":"integer","format":"int64"})"},
        {"before", "`next` of the former page", false, R"({"type":"integer","format":"int64"})"},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    list_operation.response_schema_json = http::schema_of<RunsBody>();
    list_operation.errors.emplace_back("invalid_field");
    add_route(router, api, RouteId::list_reconciliations, std::move(list_operation), list);

    auto get_operation = operation_of("getReconciliation", "A reconciliation and what it found");
    get_operation.path_parameters = {kRun};
    get_operation.query_parameters = {
        {"from", "`next` of the former part", false, R"({"type":"integer"})"},
        {"limit", "Items, 1 to 500, 100 when absent", false, R"({"type":"integer"})"}};
    get_operation.response_schema_json = http::schema_of<RunPartBody>();
    get_operation.errors = {"admin_only", "reconciliation_unknown", "invalid_field", "busy"};
    add_route(router, api, RouteId::get_reconciliation, std::move(get_operation), get);

    auto file_operation =
        operation_of("getReconciliationCsv", "What a reconciliation found, as a file");
    file_operation.path_parameters = {kRun};
    file_operation.query_parameters = {file_language_parameter()};
    file_operation.response_content_type = "text/csv; charset=utf-8";
    file_operation.errors = {"admin_only", "reconciliation_unknown", "invalid_field", "busy"};
    add_route(router, api, RouteId::get_reconciliation_csv, std::move(file_operation), items_file);
}

}  // namespace onsale::finance
