// /api/v1/ledger/balances and …/entries: the books, for administrators.
#include <map>
#include <utility>

#include "finance/internal/ledger_answers.h"
#include "finance/internal/resources.h"
#include "gate/api.h"
#include "ledger/day_file.h"

namespace onsale::finance {
using namespace answers;
using namespace gate;
namespace {

struct BalanceBody {
    std::string account;
    std::optional<NameBody> name;  // of the bank or organiser
    std::string currency;
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    std::int64_t balance = 0;
};
BOOST_DESCRIBE_STRUCT(BalanceBody, (), (account, name, currency, debit, credit, balance))
struct SumBody {
    std::string currency;
    std::int64_t sum = 0;
};
BOOST_DESCRIBE_STRUCT(SumBody, (), (currency, sum))
struct BalancesBody {
    std::vector<BalanceBody> balances;
    std::vector<SumBody> sums;  // of all accounts
};
BOOST_DESCRIBE_STRUCT(BalancesBody, (), (balances, sums))

struct EntryBody {
    std::string entry;  // its key in the books
    std::string at;
    std::string account;
    std::optional<NameBody> name;
    std::int64_t amount = 0;  // a debit above zero, a credit below
    std::string currency;
    std::optional<std::uint64_t> session;
    std::optional<std::uint64_t> order;
    std::optional<std::uint64_t> payment;
    std::optional<std::uint64_t> refund;
    std::optional<std::uint64_t> stray;
};
BOOST_DESCRIBE_STRUCT(EntryBody, (),
                      (entry, at, account, name, amount, currency, session, order, payment, refund,
                       stray))
struct EntriesBody {
    std::vector<EntryBody> entries;
    std::optional<std::string> next;  // `before` of the next page
};
BOOST_DESCRIBE_STRUCT(EntriesBody, (), (entries, next))

std::optional<NameBody> name_of(const Call& call, const ledger::Account& account) {
    if (account.kind == ledger::AccountKind::bank)
        return bank_name(call, domain::BankId(account.number));
    if (account.kind == ledger::AccountKind::organiser) return organiser_name(call, account.number);
    return std::nullopt;
}

std::optional<std::uint64_t> or_null(std::uint64_t number) {
    if (number == 0) return std::nullopt;
    return number;
}

void balances(Call call) {
    auto& reader = call.api.context.ledger;
    env::Executor& home = call.home();
    reader.balances(
        home, [call = std::move(call)](const ledger::LedgerReader::Balances& found) mutable {
            if (!found) return call.fail(found.error());
            BalancesBody body;
            std::map<std::string, std::int64_t> sums;
            for (const auto& one : *found) {
                const std::string currency(ledger::to_string(one.currency));
                body.balances.push_back({to_string(one.account), name_of(call, one.account),
                                         currency, one.debit, one.credit, one.balance()});
                sums[currency] += one.balance();
            }
            for (const auto& [currency, sum] : sums) body.sums.push_back({currency, sum});
            call.send(200, http::to_json(body));
        });
}

EntryBody entry_body(const Call& call, const ledger::BookedSide& booked) {
    EntryBody body;
    body.entry = to_string(booked.key);
    body.at = base::to_rfc3339(booked.key.at);
    body.account = to_string(booked.side.account);
    body.name = name_of(call, booked.side.account);
    body.amount = booked.side.amount.minor;
    body.currency = currency_text(booked.side.amount);
    body.session = or_null(booked.session);
    body.order = or_null(booked.order);
    body.payment = or_null(booked.payment);
    body.refund = or_null(booked.refund);
    body.stray = or_null(booked.stray);
    return body;
}

// A query parameter that `parse` reads. False: it is there and cannot be read, and the call is
// answered.
template <class Value, class Parse>
bool read_query(Call& call, std::string_view name, Parse parse, std::optional<Value>& out) {
    const auto text = call.request.query_value(name);
    if (!text || text->empty()) return true;
    out = parse(*text);
    if (!out) call.fail_field(name, "cannot be read");
    return out.has_value();
}

std::optional<ledger::EntryQuery> query_of(Call& call) {
    ledger::EntryQuery query;
    const auto limit = limit_query(call);
    if (!limit) return std::nullopt;
    query.max = *limit;
    const auto order = number_query(call, {"order", 0, 1, domain::kIdMax});
    if (!order) return std::nullopt;
    if (*order != 0) query.order = domain::OrderId(*order);
    std::optional<ledger::Day> day;
    const bool read = read_query(call, "account", ledger::parse_account, query.account) &&
                      read_query(call, "day", ledger::parse_day, day) &&
                      read_query(call, "before", ledger::parse_side_key, query.before);
    if (!read) return std::nullopt;
    if (day) {
        query.from = day->begin;
        query.until = day->end();
    }
    return query;
}

void entries(Call call) {
    const auto query = query_of(call);
    if (!query) return;
    auto& reader = call.api.context.ledger;
    env::Executor& home = call.home();
    reader.entries(*query, home,
                   [call = std::move(call),
                    max = query->max](const ledger::LedgerReader::Entries& page) mutable {
                       if (!page) return call.fail(page.error());
                       EntriesBody body;
                       for (const auto& booked : *page)
                           body.entries.push_back(entry_body(call, booked));
                       if (page->size() == max) body.next = to_string(page->back().key);
                       call.send(200, http::to_json(body));
                   });
}

}  // namespace

void add_ledger_book_routes(http::Router& router, const SharedApi& api) {
    http::Operation balances_operation;
    balances_operation.id = "getBalances";
    balances_operation.tag = "ledger";
    balances_operation.summary = "What every account of the books has";
    balances_operation.description =
        "All that was ever debited and credited. The sum of all accounts is zero in each currency.";
    balances_operation.response_schema_json = http::schema_of<BalancesBody>();
    balances_operation.errors = {"admin_only", "busy"};
    add_route(router, api, RouteId::get_balances, std::move(balances_operation), balances);

    http::Operation entries_operation;
    entries_operation.id = "listEntries";
    entries_operation.tag = "ledger";
    entries_operation.summary = "Entries of the books, newest first: one item for each side";
    entries_operation.query_parameters = {
        {"account", "bank:1, organiser:7, deposits, refunds_due, fees, suspense:late, …", false},
        {"order", "Only what is about this order", false, R"({"type":"integer","format":"int64"})"},
        {"day", "Of the calendar, in UTC: 2026-11-20", false, R"({"type":"string"})"},
        {"before", "`next` of the former page", false},
        {"limit", "1 to 100, 20 when absent", false, R"({"type":"integer"})"}};
    entries_operation.response_schema_json = http::schema_of<EntriesBody>();
    entries_operation.errors = {"admin_only", "invalid_field", "busy"};
    add_route(router, api, RouteId::list_entries, std::move(entries_operation), entries);
}

}  // namespace onsale::finance
