#include "ledger/internal/run_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "records/rows.h"

namespace onsale::ledger {
namespace {

using records::id_from_row;
using records::number_from_row;
using records::time_from_row;
using records::to_row;
using sql::SqlResult;

// state 1: it has not ended; 4: done; 5: failed.
constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE ledger_runs (
        run INTEGER PRIMARY KEY,
        bank INTEGER NOT NULL,
        day TEXT NOT NULL,
        person INTEGER NOT NULL,         -- who wanted it; 0: the data folder's owner
        state INTEGER NOT NULL,
        trouble INTEGER NOT NULL,
        detail TEXT NOT NULL,
        started_at_ms INTEGER NOT NULL,
        ended_at_ms INTEGER,
        day_was_over INTEGER NOT NULL,
        lines INTEGER NOT NULL,
        matched INTEGER NOT NULL,
        differences INTEGER NOT NULL,
        banks_in INTEGER NOT NULL,
        banks_out INTEGER NOT NULL,
        ours_in INTEGER NOT NULL,
        ours_out INTEGER NOT NULL,
        items INTEGER NOT NULL           -- rows of ledger_run_items
    );
    CREATE INDEX ledger_runs_by_bank ON ledger_runs (bank, day);
    CREATE INDEX ledger_runs_under_way ON ledger_runs (run) WHERE state = 1;
    CREATE TABLE ledger_run_items (
        run INTEGER NOT NULL,
        place INTEGER NOT NULL,          -- from 0
        kind INTEGER NOT NULL,
        cause TEXT NOT NULL,
        mends INTEGER NOT NULL,
        flow INTEGER NOT NULL,
        reference TEXT NOT NULL,
        txn TEXT NOT NULL,
        order_id INTEGER NOT NULL,       -- 0: of none
        ours INTEGER NOT NULL,
        ours_currency INTEGER NOT NULL,
        banks INTEGER NOT NULL,
        banks_currency INTEGER NOT NULL,
        line INTEGER NOT NULL,           -- of the file; 0: in none
        PRIMARY KEY (run, place)
    ) WITHOUT ROWID;
)sql"}};
constexpr std::int64_t kOtherDaysMax = 100'000;
constexpr int kRunsDroppedAtOnce = 100;

constexpr std::string_view kRunColumns =
    "SELECT run, bank, day, person, state, trouble, detail, started_at_ms, ended_at_ms, "
    "day_was_over, lines, matched, differences, banks_in, banks_out, ours_in, ours_out, items "
    "FROM ledger_runs ";

std::string select(std::string_view where) {
    return std::string(kRunColumns) + std::string(where);
}

Run run_from(const sql::Statement& row) {
    Run run;
    run.id = number_from_row(row.integer(0));
    run.bank = id_from_row<domain::BankId>(row.integer(1));
    run.day = parse_day(row.text(2)).value_or(Day{});
    run.person = number_from_row(row.integer(3));
    run.state = static_cast<RunState>(row.integer(4));
    run.trouble = static_cast<RunTrouble>(row.integer(5));
    run.detail = row.text(6);
    run.started_at = time_from_row(row.integer(7));
    if (!row.is_null(8)) run.ended_at = time_from_row(row.integer(8));
    run.day_was_over = row.integer(9) != 0;
    run.result.lines = number_from_row(row.integer(10));
    run.result.matched = number_from_row(row.integer(11));
    run.result.differences = number_from_row(row.integer(12));
    run.result.banks_in = row.integer(13);
    run.result.banks_out = row.integer(14);
    run.result.ours_in = row.integer(15);
    run.result.ours_out = row.integer(16);
    run.items = number_from_row(row.integer(17));
    return run;
}

Item item_from(const sql::Statement& row) {
    Item item;
    item.kind = static_cast<ItemKind>(row.integer(0));
    item.cause = row.text(1);
    item.mends = static_cast<Mends>(row.integer(2));
    item.flow = static_cast<LineKind>(row.integer(3));
    item.reference = row.text(4);
    item.transaction = row.text(5);
    item.order = number_from_row(row.integer(6));
    item.ours = {row.integer(7), static_cast<base::Currency>(row.integer(8))};
    item.banks = {row.integer(9), static_cast<base::Currency>(row.integer(10))};
    item.line = number_from_row(row.integer(11));
    return item;
}

SqlResult<void> insert_items(sql::Connection& connection, const Run& run) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO ledger_run_items VALUES "
                                              "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    std::int64_t place = 0;
    for (const Item& item : run.result.items) {
        row.bind(1, to_row(run.id)).bind(2, place++);
        row.bind(3, static_cast<std::int64_t>(item.kind)).bind(4, std::string_view(item.cause));
        row.bind(5, static_cast<std::int64_t>(item.mends));
        row.bind(6, static_cast<std::int64_t>(item.flow));
        row.bind(7, std::string_view(item.reference)).bind(8, std::string_view(item.transaction));
        row.bind(9, to_row(item.order)).bind(10, item.ours.minor);
        row.bind(11, static_cast<std::int64_t>(item.ours.currency)).bind(12, item.banks.minor);
        row.bind(13, static_cast<std::int64_t>(item.banks.currency));
        ONSALE_TRY(row.bind(14, to_row(item.line)).run());
    }
    return {};
}

SqlResult<void> update_run(sql::Connection& connection, const Run& run) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("UPDATE ledger_runs SET state = ?2, trouble = ?3, detail = ?4, "
                                "ended_at_ms = ?5, day_was_over = ?6, lines = ?7, matched = ?8, "
                                "differences = ?9, banks_in = ?10, banks_out = ?11, ours_in = ?12, "
                                "ours_out = ?13, items = ?14 WHERE run = ?1"));
    const Result& result = run.result;
    row.bind(1, to_row(run.id)).bind(2, static_cast<std::int64_t>(run.state));
    row.bind(3, static_cast<std::int64_t>(run.trouble)).bind(4, std::string_view(run.detail));
    row.bind(5, to_row(run.ended_at.value_or(run.started_at)));
    row.bind(6, std::int64_t{run.day_was_over ? 1 : 0}).bind(7, to_row(result.lines));
    row.bind(8, to_row(result.matched)).bind(9, to_row(result.differences));
    row.bind(10, result.banks_in).bind(11, result.banks_out);
    row.bind(12, result.ours_in).bind(13, result.ours_out);
    return row.bind(14, to_row(result.items.size())).run();
}

// The oldest one that is too many; 0: none is. The newest always stays.
SqlResult<std::int64_t> oldest_too_many(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT min(run), count(*), sum(items) FROM "
                                              "ledger_runs WHERE state <> 1"));
    ONSALE_TRY_ASSIGN(there, row.step());
    const std::int64_t count = there ? row.integer(1) : 0;
    const bool too_many = count > static_cast<std::int64_t>(kRunsKept) ||
                          (count > 1 && row.integer(2) > static_cast<std::int64_t>(kRunItemsKept));
    const std::int64_t oldest = too_many ? row.integer(0) : 0;
    row.reset();
    return oldest;
}

SqlResult<void> drop_oldest(sql::Connection& connection) {
    for (int dropped = 0; dropped < kRunsDroppedAtOnce; ++dropped) {
        ONSALE_TRY_ASSIGN(oldest, oldest_too_many(connection));
        if (oldest == 0) return {};
        ONSALE_TRY_ASSIGN(items, connection.prepare("DELETE FROM ledger_run_items WHERE run = ?"));
        ONSALE_TRY(items.bind(1, oldest).run());
        ONSALE_TRY_ASSIGN(run, connection.prepare("DELETE FROM ledger_runs WHERE run = ?"));
        ONSALE_TRY(run.bind(1, oldest).run());
    }
    return {};
}

SqlResult<std::optional<Run>> one(sql::Statement& row) {
    ONSALE_TRY_ASSIGN(there, row.step());
    std::optional<Run> run;
    if (there) run = run_from(row);
    row.reset();
    return run;
}

}  // namespace

SqlResult<void> migrate_runs(sql::Connection& connection) {
    ONSALE_TRY(sql::migrate(connection, "ledger_runs", kMigrations));
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE ledger_runs SET state = ?, trouble = ?, "
                                              "ended_at_ms = started_at_ms WHERE state = 1"));
    row.bind(1, static_cast<std::int64_t>(RunState::failed));
    return row.bind(2, static_cast<std::int64_t>(RunTrouble::interrupted)).run();
}

SqlResult<std::optional<PutRun>> put_run(sql::Connection& connection, const RunWish& wish,
                                         base::Timestamp now) {
    const std::string day = to_string(wish.day);
    ONSALE_TRY_ASSIGN(same, connection.prepare(select("WHERE state = 1 AND bank = ? AND day = ?")));
    same.bind(1, to_row(wish.bank)).bind(2, std::string_view(day));
    ONSALE_TRY_ASSIGN(found, one(same));
    if (found) return std::optional(PutRun{std::move(*found), false});
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT count(*) FROM ledger_runs WHERE state = 1"));
    ONSALE_TRY_ASSIGN(there, row.step());
    const bool full = there && number_from_row(row.integer(0)) >= kRunsWaitingMax;
    row.reset();
    if (full) return std::optional<PutRun>();
    ONSALE_TRY_ASSIGN(
        insert, connection.prepare("INSERT INTO ledger_runs VALUES (NULL, ?, ?, ?, 1, 0, '', ?, "
                                   "NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0)"));
    insert.bind(1, to_row(wish.bank)).bind(2, std::string_view(day));
    ONSALE_TRY(insert.bind(3, to_row(wish.person)).bind(4, to_row(now)).run());
    same.bind(1, to_row(wish.bank)).bind(2, std::string_view(day));
    ONSALE_TRY_ASSIGN(made, one(same));
    return std::optional(PutRun{std::move(made).value_or(Run{}), true});
}

SqlResult<bool> was_compared(sql::Connection& connection, domain::BankId bank, const Day& day,
                             base::Timestamp since) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(
                               "SELECT 1 FROM ledger_runs WHERE bank = ? AND day = ? AND ((state = "
                               "4 AND day_was_over = 1) OR started_at_ms > ?) LIMIT 1"));
    const std::string text = to_string(day);
    row.bind(1, to_row(bank)).bind(2, std::string_view(text)).bind(3, to_row(since));
    ONSALE_TRY_ASSIGN(there, row.step());
    row.reset();
    return there;
}

SqlResult<void> end_run(sql::Connection& connection, const Run& run) {
    ONSALE_TRY_ASSIGN(transaction, sql::Transaction::begin(connection));
    ONSALE_TRY(update_run(connection, run));
    ONSALE_TRY(insert_items(connection, run));
    ONSALE_TRY(drop_oldest(connection));
    return transaction.commit();
}

SqlResult<std::vector<Run>> read_runs(sql::Connection& connection, const RunQuery& query) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare(
                 select(query.bank ? "WHERE run < ?1 AND bank = ?3 ORDER BY run DESC LIMIT ?2"
                                   : "WHERE run < ?1 ORDER BY run DESC LIMIT ?2")));
    row.bind(1, query.before == 0 ? INT64_MAX : to_row(query.before));
    row.bind(2, static_cast<std::int64_t>(std::min(query.max, kRunsPerPageMax)));
    if (query.bank) row.bind(3, to_row(*query.bank));
    std::vector<Run> runs;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return runs;
        runs.push_back(run_from(row));
    }
}

SqlResult<std::optional<Run>> read_run(sql::Connection& connection, std::uint64_t run) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(select("WHERE run = ?")));
    row.bind(1, to_row(run));
    return one(row);
}

SqlResult<std::vector<Item>> read_items(sql::Connection& connection, const ItemQuery& query) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT kind, cause, mends, flow, reference, txn, order_id, ours, "
                                "ours_currency, banks, banks_currency, line FROM ledger_run_items "
                                "WHERE run = ? AND place >= ? ORDER BY place LIMIT ?"));
    row.bind(1, to_row(query.run)).bind(2, to_row(query.from));
    row.bind(3, static_cast<std::int64_t>(std::min(query.max, kItemsMax)));
    std::vector<Item> items;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return items;
        items.push_back(item_from(row));
    }
}

SqlResult<std::map<std::string, std::string>> read_other_days(sql::Connection& connection,
                                                              domain::BankId bank, const Day& day) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare(
                 "SELECT i.txn, r.day FROM ledger_runs AS r JOIN ledger_run_items AS i ON i.run = "
                 "r.run WHERE r.bank = ? AND r.day BETWEEN ? AND ? AND r.day <> ? AND i.kind = ? "
                 "AND i.line <> 0 AND i.txn <> '' ORDER BY r.run DESC LIMIT ?"));
    const auto around = base::Duration::days(31);
    const std::string own = to_string(day);
    const std::string from = to_string(Day{day.begin - around});
    const std::string until = to_string(Day{day.begin + around});
    row.bind(1, to_row(bank)).bind(2, std::string_view(from)).bind(3, std::string_view(until));
    row.bind(4, std::string_view(own)).bind(5, static_cast<std::int64_t>(ItemKind::note));
    row.bind(6, kOtherDaysMax);
    std::map<std::string, std::string> days;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return days;
        days.emplace(row.text(0), row.text(1));
    }
}

}  // namespace onsale::ledger
