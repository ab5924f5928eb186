// Verbs that look at the books: what every account has, what organisers are owed, and how a bank's
// file of a day fits. They read the rows beside the running server or without it, and change
// nothing.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "env/files.h"
#include "env/posix/environment.h"
#include "http/described.h"
#include "ledger/flows.h"
#include "ledger/payable_table.h"
#include "ledger/reader.h"
#include "ledger/reconcile.h"
#include "main/options.h"
#include "main/setup.h"
#include "site/layout.h"

namespace onsale::app {
namespace {

using base::Unexpected;

constexpr int kDifferencesFound = 1;

struct BalanceBody {
    std::string account;
    std::string currency;
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    std::int64_t balance = 0;
};
BOOST_DESCRIBE_STRUCT(BalanceBody, (), (account, currency, debit, credit, balance))
struct BalancesBody {
    std::vector<BalanceBody> balances;
};
BOOST_DESCRIBE_STRUCT(BalancesBody, (), (balances))

struct ItemBody {
    std::string kind;
    std::string cause;
    std::string meaning;
    std::string mends;
    std::string flow;
    std::string reference;
    std::string transaction;
    std::uint64_t order = 0;
    std::int64_t ours = 0;
    std::int64_t banks = 0;
    std::uint64_t line = 0;
};
BOOST_DESCRIBE_STRUCT(ItemBody, (),
                      (kind, cause, meaning, mends, flow, reference, transaction, order, ours,
                       banks, line))
struct ReconciliationBody {
    std::uint64_t bank = 0;
    std::string day;
    bool clean = false;
    std::uint64_t lines = 0;
    std::uint64_t matched = 0;
    std::uint64_t differences = 0;
    std::int64_t banks_in = 0;
    std::int64_t banks_out = 0;
    std::int64_t ours_in = 0;
    std::int64_t ours_out = 0;
    std::vector<ItemBody> items;
};
BOOST_DESCRIBE_STRUCT(ReconciliationBody, (),
                      (bank, day, clean, lines, matched, differences, banks_in, banks_out, ours_in,
                       ours_out, items))

using Rows = base::Result<std::unique_ptr<sql::Connection>, std::string>;

// The rows as they are at one moment.
Rows open_rows(const Options& options, env::Environment& environment) {
    ONSALE_TRY_ASSIGN(config, configure(options, environment));
    sql::OpenOptions open;
    open.path = site::projections_path(config.folder);
    open.vfs = environment.sqlite_vfs();
    open.access = sql::Access::read_only;
    auto connection = sql::Connection::open(open);
    if (!connection) return Unexpected{open.path + ": " + connection.error().message};
    if (const auto begun = (*connection)->begin(); !begun)
        return Unexpected{open.path + ": " + begun.error().message};
    return std::move(*connection);
}

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void print(const ItemBody& item) {
    const char* const who = item.mends.c_str();
    std::printf("%s %s (%s): %s %s %s, ours %lld, the bank's %lld, line %llu\n  %s\n",
                item.kind.c_str(), item.cause.c_str(), who, item.flow.c_str(),
                item.reference.c_str(), item.transaction.c_str(), static_cast<long long>(item.ours),
                static_cast<long long>(item.banks), static_cast<unsigned long long>(item.line),
                item.meaning.c_str());
}

void print(const ReconciliationBody& body) {
    for (const auto& item : body.items) print(item);
    std::printf("bank %llu, %s: %llu lines, %llu matched, %llu differences\n",
                static_cast<unsigned long long>(body.bank), body.day.c_str(),
                static_cast<unsigned long long>(body.lines),
                static_cast<unsigned long long>(body.matched),
                static_cast<unsigned long long>(body.differences));
    std::printf("in: %lld there, %lld here; out: %lld there, %lld here (minor units)\n",
                static_cast<long long>(body.banks_in), static_cast<long long>(body.ours_in),
                static_cast<long long>(body.banks_out), static_cast<long long>(body.ours_out));
}

ReconciliationBody body_of(const ledger::Result& result) {
    ReconciliationBody body;
    body.clean = result.clean();
    body.lines = result.lines;
    body.matched = result.matched;
    body.differences = result.differences;
    body.banks_in = result.banks_in;
    body.banks_out = result.banks_out;
    body.ours_in = result.ours_in;
    body.ours_out = result.ours_out;
    for (const auto& item : result.items) {
        const bool pays = item.flow == ledger::LineKind::payment;
        body.items.push_back({std::string(to_string(item.kind)), item.cause,
                              std::string(ledger::sentence_of(item.cause).en),
                              std::string(to_string(item.mends)), pays ? "payment" : "refund",
                              item.reference, item.transaction, item.order, item.ours.minor,
                              item.banks.minor, item.line});
    }
    return body;
}

base::Result<std::string, std::string> read_day_text(env::Files& files, const std::string& path) {
    auto text = env::read_file(files, path);
    if (!text) return Unexpected{path + ": " + std::string(env::to_string(text.error()))};
    if (text->size() > ledger::kDayFileBytesMax) return Unexpected{path + ": it is too large"};
    return std::move(*text);
}

}  // namespace

int run_ledger_balances(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto rows = open_rows(options, *environment);
    if (!rows) return fail(rows.error());
    const auto balances = ledger::read_balances(**rows);
    if (!balances) return fail(balances.error().message);
    BalancesBody body;
    for (const auto& one : *balances)
        body.balances.push_back({to_string(one.account),
                                 std::string(ledger::to_string(one.currency)), one.debit,
                                 one.credit, one.balance()});
    if (options.json) {
        print(http::to_json(body) + "\n");
        return 0;
    }
    for (const auto& one : body.balances)
        std::printf("%-22s %s %18lld %18lld %18lld\n", one.account.c_str(), one.currency.c_str(),
                    static_cast<long long>(one.debit), static_cast<long long>(one.credit),
                    static_cast<long long>(one.balance));
    return 0;
}

int run_ledger_payables(const Options& options) {
    const auto environment = env::posix::make_environment();
    const auto rows = open_rows(options, *environment);
    if (!rows) return fail(rows.error());
    const auto payables = ledger::read_payables(**rows, {});
    if (!payables) return fail(payables.error().message);
    ledger::TableWish wish;
    const std::string& path = options.file;
    if (path.ends_with(".xlsx")) wish.format = ledger::TableFormat::xlsx;
    if (options.json || path.ends_with(".json")) wish.format = ledger::TableFormat::json;
    if (options.language == "zh") wish.language = statistics::Language::zh;
    const std::size_t slash = path.rfind('/');
    wish.folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const auto table = ledger::payable_table(*payables, wish);
    if (!table) return fail(table.error());
    if (path.empty()) {
        print(*table);
        return 0;
    }
    if (!env::replace_file(environment->files(), path, *table))
        return fail(path + " cannot be written");
    return 0;
}

int run_reconcile(const Options& options) {
    if (options.file.empty()) return run_remote_reconcile(options);
    const auto day = ledger::parse_day(options.at);
    if (!day) return fail("--day is not a day such as 2026-11-20");
    const auto environment = env::posix::make_environment();
    const auto text = read_day_text(environment->files(), options.file);
    if (!text) return fail(text.error());
    const auto rows = open_rows(options, *environment);
    if (!rows) return fail(rows.error());
    const auto file = ledger::read_day_file(*text, *day);
    const auto flows = ledger::read_flows(**rows, domain::BankId(options.banks.number), *day, file);
    if (!flows) return fail(flows.error().message);
    ReconciliationBody body = body_of(ledger::reconcile(*day, file, *flows));
    body.bank = options.banks.number;
    body.day = to_string(*day);
    if (options.json) {
        print(http::to_json(body) + "\n");
    } else {
        print(body);
    }
    return body.clean ? 0 : kDifferencesFound;
}

}  // namespace onsale::app
