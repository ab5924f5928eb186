// What tellers look at: transactions, statistics, the books, merchants, callbacks, operations. Long
// questions go to the reader, so that money is not kept waiting.
#include <algorithm>
#include <utility>
#include <vector>

#include "bank/beats.h"
#include "bank/books/ledger.h"
#include "bank/books/limits.h"
#include "bank/books/schema.h"
#include "bank/desk.h"
#include "bank/limits.h"
#include "bank/teller_messages.h"
#include "bank/views.h"

namespace onsale::bank {
namespace {

using http::Method;
using http::Request;
using http::Responder;

constexpr For kLooks{Audience::teller, Where::reader};
constexpr For kTeller{Audience::teller, Where::writer};
constexpr std::string_view kTransactionQuery =
    "customer merchant kind order reference from to before max";

// A day ("2026-11-20", UTC) or a time; nothing if it is neither.
std::optional<base::Timestamp> moment(std::string_view text) {
    if (const auto day = books::parse_day(text)) return day;
    return base::parse_rfc3339(text);
}

// The name of the query's parameter that is wrong; empty: none.
std::string_view read_filter(const Request& request, books::TransactionFilter& filter) {
    const auto page = page_of(request);
    if (!page) return "before";
    filter.before = page->before;
    filter.max = page->max;
    const auto customer = query_number(request, "customer", 0);
    if (!customer) return "customer";
    if (*customer != 0) filter.customer = *customer;
    const auto text = [&request](std::string_view name) {
        auto value = request.query_value(name);
        return value && !value->empty() ? value : std::nullopt;
    };
    filter.merchant = text("merchant");
    filter.order = text("order");
    filter.reference = text("reference");
    if (const auto kind = text("kind")) {
        filter.kind = books::parse_transaction_kind(*kind);
        if (!filter.kind) return "kind";
    }
    if (const auto from = text("from")) {
        filter.from = moment(*from);
        if (!filter.from) return "from";
    }
    if (const auto to = text("to")) {
        filter.to = moment(*to);
        if (!filter.to) return "to";
        // A day is included whole.
        if (books::parse_day(*to)) filter.to = *filter.to + base::Duration::days(1);
    }
    return "";
}

void list_transactions(Desk& desk, const Request& request, Responder responder) {
    books::TransactionFilter filter;
    if (const auto wrong = read_filter(request, filter); !wrong.empty()) {
        responder.send(error_response(Code::invalid_field, request, wrong));
        return;
    }
    decide_for(desk, kLooks, request, std::move(responder),
               [filter](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(rows, books::transactions(connection, filter));
                   TransactionsBody body;
                   for (const auto& row : rows) body.items.push_back(view(row));
                   if (rows.size() == filter.max) body.next = rows.back().number;
                   return json(body);
               });
}

void append_csv(std::string& csv, const books::TransactionRow& row) {
    const auto cell = [&csv](std::string_view text) {
        csv += books::csv_cell(text);
        csv += ',';
    };
    cell(books::spell('T', row.number));
    cell(books::to_string(row.kind));
    cell(base::to_rfc3339(row.at));
    cell(std::to_string(row.amount));
    cell(books::kCurrency);
    cell(row.customer ? std::to_string(*row.customer) : "");
    cell(row.merchant.value_or(""));
    cell(row.order.value_or(""));
    cell(row.reference.value_or(""));
    cell(row.teller ? std::to_string(*row.teller) : "");
    csv += books::csv_cell(row.note);
    csv += '\n';
}

void get_transactions_csv(Desk& desk, const Request& request, Responder responder) {
    books::TransactionFilter filter;
    if (const auto wrong = read_filter(request, filter); !wrong.empty()) {
        responder.send(error_response(Code::invalid_field, request, wrong));
        return;
    }
    filter.max = kCsvRowsMax;
    decide_for(desk, kLooks, request, std::move(responder),
               [filter](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(rows, books::transactions(connection, filter));
                   http::Response response;
                   response.content_type = "text/csv; charset=utf-8";
                   response.body =
                       "transaction,kind,at,amount,currency,customer,merchant,order,reference,"
                       "teller,note\n";
                   for (const auto& row : rows) append_csv(response.body, row);
                   response.headers.push_back(
                       {"Content-Disposition", "attachment; filename=\"transactions.csv\""});
                   return response;
               });
}

void get_statistics(Desk& desk, const Request& request, Responder responder) {
    const auto from = moment(request.query_value("from").value_or("1970-01-01"));
    const std::string last = request.query_value("to").value_or("9999-12-30");
    auto to = moment(last);
    if (!from || !to) {
        responder.send(error_response(Code::invalid_field, request, from ? "to" : "from"));
        return;
    }
    if (books::parse_day(last)) to = *to + base::Duration::days(1);
    decide_for(desk, kLooks, request, std::move(responder),
               [from = *from, to = *to](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(sums, books::statistics(connection, from, to));
                   StatisticsBody body;
                   body.currency = books::kCurrency;
                   for (const auto& sum : sums) {
                       body.days.push_back({sum.day, std::string(books::to_string(sum.kind)),
                                            sum.merchant, sum.count, sum.amount});
                   }
                   return json(body);
               });
}

void get_books(Desk& desk, const Request& request, Responder responder) {
    decide_for(desk, kLooks, request, std::move(responder),
               [](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(books, books::check_books(connection));
                   return json(view(books));
               });
}

void list_merchants(Desk& desk, const Request& request, Responder responder) {
    decide_for(
        desk, kTeller, request, std::move(responder),
        [&desk, merchants = desk.credentials.current()](sql::Connection& connection,
                                                        std::uint64_t) -> Decided {
            MerchantStatesBody body;
            for (const auto& merchant : *merchants) {
                MerchantStateBody state;
                state.merchant = merchant.name;
                state.site = merchant.site;
                ONSALE_TRY_ASSIGN(
                    balance,
                    books::balance_of(connection, books::AccountKind::merchant, merchant.number));
                state.balance = balance;
                ONSALE_TRY_ASSIGN(waiting, books::count_waiting(connection, merchant.number));
                state.callbacks_waiting = waiting;
                for (const auto& key : merchant.to_bank) state.to_bank_keys.push_back(key.id);
                for (const auto& key : merchant.to_site) state.to_site_keys.push_back(key.id);
                state.heartbeat = desk.beats.last_answer(merchant.name);
                body.items.push_back(std::move(state));
            }
            return json(body);
        });
}

void list_callbacks(Desk& desk, const Request& request, Responder responder) {
    const auto page = page_of(request);
    const std::string word = request.query_value("state").value_or("");
    const auto state = books::parse_callback_state(word);
    if (!page || (!word.empty() && !state)) {
        responder.send(error_response(Code::invalid_field, request, page ? "state" : "before"));
        return;
    }
    decide_for(desk, kTeller, request, std::move(responder),
               [page = *page, state](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(events,
                                     books::list_events(connection, state, page.before, page.max));
                   CallbacksBody body;
                   for (const auto& event : events) body.items.push_back(view(event));
                   if (events.size() == page.max) body.next = events.back().number;
                   return json(body);
               });
}

void send_callback(Desk& desk, const Request& request, Responder responder) {
    const auto number = books::parse_name('E', request.parameters[0]);
    if (!number) {
        responder.send(error_response(Code::not_found, request));
        return;
    }
    decide_for(
        desk, kTeller, request, std::move(responder),
        [number = *number, now = desk.now(), &request](sql::Connection& connection,
                                                       std::uint64_t teller) -> Decided {
            ONSALE_TRY_ASSIGN(event, books::find_event(connection, number));
            if (!event) return error_response(Code::not_found, request);
            // At least one try, so that what was lost on purpose is not lost again.
            const books::Mark mark{books::CallbackState::waiting, std::max(event->tries, 1U), now};
            ONSALE_TRY(books::mark_event(connection, number, mark));
            const std::string name = books::spell('E', number);
            ONSALE_TRY(books::record_operation(
                connection, {"send_callback", std::nullopt, name, {}}, {teller, now}));
            ONSALE_TRY_ASSIGN(changed, books::find_event(connection, number));
            return json(view(*changed));
        });
}

void list_operations(Desk& desk, const Request& request, Responder responder) {
    const auto page = page_of(request);
    if (!page) {
        responder.send(error_response(Code::invalid_field, request, "before"));
        return;
    }
    decide_for(desk, kTeller, request, std::move(responder),
               [page = *page](sql::Connection& connection, std::uint64_t) -> Decided {
                   ONSALE_TRY_ASSIGN(found,
                                     books::list_operations(connection, page.before, page.max));
                   OperationsBody body;
                   for (const auto& one : found) body.items.push_back(view(one));
                   if (found.size() == page.max) body.next = found.back().number;
                   return json(body);
               });
}

using OfDesk = void (*)(Desk&, const Request&, Responder);
struct Row {
    std::string_view pattern;
    Described described;
    OfDesk handler = nullptr;
    Method method = Method::get;
};

Row look(std::string_view pattern, std::string_view id, std::string_view summary, OfDesk handler) {
    Row row{pattern, {.id = id, .tag = "reports", .summary = summary, .access = "teller"}, handler};
    return row;
}

}  // namespace

void add_report_routes(http::Router& router, Desk& desk) {
    std::vector<Row> rows;
    rows.push_back(look("/api/v1/teller/transactions", "listTransactions",
                        "Every transaction, the newest first", list_transactions));
    rows.back().described.query = kTransactionQuery;
    rows.back().described.response_schema = http::schema_of<TransactionsBody>();
    rows.push_back(look("/api/v1/teller/transactions.csv", "getTransactionsCsv",
                        "The same as CSV, at most 100,000 lines", get_transactions_csv));
    rows.back().described.query = kTransactionQuery;
    rows.back().described.content_type = "text/csv";
    rows.push_back(look("/api/v1/teller/statistics", "getStatistics",
                        "Counts and sums by day, kind and merchant", get_statistics));
    rows.back().described.query = "from to";
    rows.back().described.response_schema = http::schema_of<StatisticsBody>();
    rows.push_back(look("/api/v1/teller/books", "getBooks",
                        "What the books hold, and whether they agree with themselves", get_books));
    rows.back().described.response_schema = http::schema_of<BooksBody>();
    rows.push_back(look("/api/v1/teller/merchants", "listMerchants",
                        "Merchants, their keys and money", list_merchants));
    rows.back().described.response_schema = http::schema_of<MerchantStatesBody>();
    rows.push_back(look("/api/v1/teller/callbacks", "listCallbacks",
                        "What merchants are told, the newest first", list_callbacks));
    rows.back().described.query = "state before max";
    rows.back().described.response_schema = http::schema_of<CallbacksBody>();
    rows.push_back(look("/api/v1/teller/callbacks/{event}/send", "sendCallback",
                        "Sends it again now", send_callback));
    rows.back().method = Method::post;
    rows.back().described.response_schema = http::schema_of<CallbackBody>();
    rows.push_back(look("/api/v1/teller/operations", "listOperations",
                        "What tellers did, the newest first", list_operations));
    rows.back().described.query = "before max";
    rows.back().described.response_schema = http::schema_of<OperationsBody>();
    for (const Row& row : rows) {
        add_route(router, row.method, row.pattern, row.described,
                  [&desk, handler = row.handler](const Request& request, Responder responder) {
                      handler(desk, request, std::move(responder));
                  });
    }
}

}  // namespace onsale::bank
