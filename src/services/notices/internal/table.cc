#include "notices/internal/table.h"

#include <array>

#include "records/rows.h"

namespace onsale::notices {
namespace {

using records::id_from_row;
using records::number_from_row;
using records::time_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE notices_looked (
        shard INTEGER PRIMARY KEY,
        sequence INTEGER NOT NULL          -- the last batch that was looked through
    );
    CREATE TABLE notices_waiting (
        shard INTEGER NOT NULL,            -- the fact that it is about
        incarnation INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        fact_index INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        person INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        session INTEGER NOT NULL,
        refund_id INTEGER NOT NULL,        -- 0: none
        cause INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        fee INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        due_ms INTEGER NOT NULL,
        parked INTEGER NOT NULL,           -- 1: until the next start
        why TEXT NOT NULL,                 -- it is parked; without recipient and contents
        PRIMARY KEY (shard, incarnation, sequence, fact_index)
    ) WITHOUT ROWID;
    CREATE INDEX notices_waiting_parked ON notices_waiting (at_ms) WHERE parked = 1;
)sql"}};

constexpr std::string_view kOfKey =
    " WHERE shard = ?1 AND incarnation = ?2 AND sequence = ?3 AND fact_index = ?4";

SqlResult<sql::Statement> prepare_of(sql::Connection& connection, std::string_view what,
                                     const NoticeKey& key) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(std::string(what) + std::string(kOfKey)));
    row.bind(1, to_row(key.shard)).bind(2, to_row(key.incarnation));
    row.bind(3, to_row(key.sequence)).bind(4, std::int64_t{key.index});
    return row;
}

Waiting waiting_of(const sql::Statement& row) {
    Waiting waiting;
    Notice& notice = waiting.notice;
    notice.key = {id_from_row<domain::ShardId>(row.integer(0)), number_from_row(row.integer(1)),
                  number_from_row(row.integer(2)), static_cast<std::uint32_t>(row.integer(3))};
    notice.kind = static_cast<NoticeKind>(row.integer(4));
    notice.person = id_from_row<domain::PersonId>(row.integer(5));
    notice.order = id_from_row<domain::OrderId>(row.integer(6));
    notice.session = id_from_row<domain::SessionId>(row.integer(7));
    notice.refund = id_from_row<domain::RefundId>(row.integer(8));
    notice.cause = static_cast<domain::RefundCause>(row.integer(9));
    const auto currency = static_cast<base::Currency>(row.integer(12));
    notice.amount = {row.integer(10), currency};
    notice.fee = {row.integer(11), currency};
    notice.at = time_from_row(row.integer(13));
    waiting.tries = static_cast<std::uint32_t>(row.integer(14));
    waiting.due = time_from_row(row.integer(15));
    return waiting;
}

}  // namespace

SqlResult<void> migrate_tables(sql::Connection& connection) {
    return sql::migrate(connection, "notices", kMigrations);
}

SqlResult<std::vector<Looked>> read_looked(sql::Connection& connection) {
    std::vector<Looked> looked;
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT shard, sequence FROM notices_looked"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return looked;
        looked.push_back(
            {id_from_row<domain::ShardId>(row.integer(0)), number_from_row(row.integer(1))});
    }
}

SqlResult<void> save_looked(sql::Connection& connection, const std::vector<Looked>& looked) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO notices_looked VALUES (?1, ?2) ON "
                                              "CONFLICT DO UPDATE SET sequence = ?2"));
    for (const auto& one : looked)
        ONSALE_TRY(row.bind(1, to_row(one.shard)).bind(2, to_row(one.sequence)).run());
    return {};
}

SqlResult<std::vector<Waiting>> read_waiting(sql::Connection& connection) {
    std::vector<Waiting> all;
    ONSALE_TRY_ASSIGN(row, connection.prepare(
                               "SELECT shard, incarnation, sequence, fact_index, kind, person, "
                               "order_id, session, refund_id, cause, amount, fee, currency, at_ms, "
                               "tries, due_ms FROM notices_waiting WHERE parked = 0"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return all;
        all.push_back(waiting_of(row));
    }
}

SqlResult<void> insert_waiting(sql::Connection& connection, const std::vector<Notice>& notices) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO notices_waiting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                                "?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, 0, 0, '') ON CONFLICT DO "
                                "NOTHING"));
    for (const auto& notice : notices) {
        row.bind(1, to_row(notice.key.shard)).bind(2, to_row(notice.key.incarnation));
        row.bind(3, to_row(notice.key.sequence)).bind(4, std::int64_t{notice.key.index});
        row.bind(5, static_cast<std::int64_t>(notice.kind)).bind(6, to_row(notice.person));
        row.bind(7, to_row(notice.order)).bind(8, to_row(notice.session));
        row.bind(9, to_row(notice.refund)).bind(10, static_cast<std::int64_t>(notice.cause));
        row.bind(11, notice.amount.minor).bind(12, notice.fee.minor);
        row.bind(13, static_cast<std::int64_t>(notice.amount.currency));
        row.bind(14, to_row(notice.at));
        ONSALE_TRY(row.run());
    }
    return {};
}

SqlResult<void> delete_waiting(sql::Connection& connection, const NoticeKey& key) {
    ONSALE_TRY_ASSIGN(row, prepare_of(connection, "DELETE FROM notices_waiting", key));
    return row.run();
}

SqlResult<void> set_tries(sql::Connection& connection, const Waiting& waiting) {
    ONSALE_TRY_ASSIGN(row,
                      prepare_of(connection, "UPDATE notices_waiting SET tries = ?5, due_ms = ?6",
                                 waiting.notice.key));
    row.bind(5, std::int64_t{waiting.tries}).bind(6, to_row(waiting.due));
    return row.run();
}

SqlResult<std::int64_t> park(sql::Connection& connection, const NoticeKey& key,
                             std::string_view why, std::size_t max) {
    ONSALE_TRY_ASSIGN(
        row, prepare_of(connection, "UPDATE notices_waiting SET parked = 1, why = ?5", key));
    ONSALE_TRY(row.bind(5, why).run());
    ONSALE_TRY_ASSIGN(count,
                      connection.prepare("SELECT count(*) FROM notices_waiting WHERE parked = 1"));
    ONSALE_TRY(count.step());
    const std::int64_t parked = count.integer(0);
    count.reset();
    const auto most = static_cast<std::int64_t>(max);
    if (parked <= most) return parked;
    ONSALE_TRY_ASSIGN(
        oldest, connection.prepare("DELETE FROM notices_waiting WHERE parked = 1 AND at_ms <= "
                                   "(SELECT at_ms FROM notices_waiting WHERE parked = 1 ORDER BY "
                                   "at_ms LIMIT 1 OFFSET ?)"));
    ONSALE_TRY(oldest.bind(1, parked - most - 1).run());
    return most;
}

SqlResult<void> take_up(sql::Connection& connection, base::Timestamp since) {
    ONSALE_TRY_ASSIGN(old, connection.prepare("DELETE FROM notices_waiting WHERE at_ms < ?"));
    ONSALE_TRY(old.bind(1, to_row(since)).run());
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE notices_waiting SET parked = 0, tries = 0, "
                                              "due_ms = 0, why = '' WHERE parked = 1"));
    return row.run();
}

}  // namespace onsale::notices
