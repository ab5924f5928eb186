#include "webhooks/internal/table.h"

#include <array>
#include <utility>

#include "records/rows.h"

namespace onsale::webhooks {
namespace {

using records::id_from_row;
using records::time_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE webhooks_hooks (
        hook INTEGER PRIMARY KEY AUTOINCREMENT,
        organiser INTEGER NOT NULL,
        url TEXT NOT NULL,
        events INTEGER NOT NULL,           -- one bit for each kind
        state INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        failing_since_ms INTEGER NOT NULL, -- 0: the last call has arrived
        secret BLOB                        -- sealed
    );
    CREATE TABLE webhooks_cursors (
        hook INTEGER NOT NULL,
        shard INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (hook, shard)
    ) WITHOUT ROWID;
    CREATE TABLE webhooks_parked (
        delivery INTEGER PRIMARY KEY AUTOINCREMENT,
        hook INTEGER NOT NULL,
        shard INTEGER NOT NULL,
        from_sequence INTEGER NOT NULL,
        from_position INTEGER NOT NULL,
        until_sequence INTEGER NOT NULL,   -- exclusive
        until_position INTEGER NOT NULL,
        events INTEGER NOT NULL,
        status INTEGER NOT NULL,
        error TEXT NOT NULL,
        at_ms INTEGER NOT NULL
    );
    CREATE INDEX webhooks_parked_by_hook ON webhooks_parked (hook);
)sql"}};

SqlResult<std::int64_t> last_id(sql::Connection& connection) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT last_insert_rowid()"));
    ONSALE_TRY_ASSIGN(there, row.step());
    return there ? row.integer(0) : std::int64_t{0};
}

SqlResult<void> write_cursors(sql::Connection& connection, HookId hook,
                              const std::vector<SavedCursor>& cursors) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO webhooks_cursors VALUES (?1, ?2, ?3, ?4) ON CONFLICT "
                                "DO UPDATE SET sequence = ?3, position = ?4"));
    for (const auto& saved : cursors) {
        row.bind(1, to_row(hook)).bind(2, to_row(saved.shard));
        row.bind(3, to_row(saved.cursor.sequence)).bind(4, std::int64_t{saved.cursor.index});
        ONSALE_TRY(row.run());
    }
    return {};
}

SqlResult<void> read_cursors(sql::Connection& connection, StoredHook& stored) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT shard, sequence, position FROM "
                                              "webhooks_cursors WHERE hook = ?"));
    row.bind(1, to_row(stored.hook.id));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return {};
        const auto shard = static_cast<std::size_t>(row.integer(0));
        if (shard < stored.cursors.size())
            stored.cursors[shard] = {records::number_from_row(row.integer(1)),
                                     static_cast<std::uint32_t>(row.integer(2))};
    }
}

}  // namespace

SqlResult<void> migrate_tables(sql::Connection& connection) {
    return sql::migrate(connection, "webhooks", kMigrations);
}

SqlResult<std::vector<StoredHook>> read_hooks(sql::Connection& connection, std::uint16_t shards) {
    std::vector<StoredHook> hooks;
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT hook, organiser, url, events, state, created_at_ms, "
                                "failing_since_ms, secret FROM webhooks_hooks ORDER BY hook"));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) break;
        StoredHook stored;
        stored.hook.id = id_from_row<HookId>(row.integer(0));
        stored.hook.organiser = id_from_row<catalog::OrganiserId>(row.integer(1));
        stored.hook.url = row.text(2);
        stored.hook.events = EventSet(static_cast<std::uint32_t>(row.integer(3)));
        stored.hook.state = static_cast<HookState>(row.integer(4));
        stored.hook.created_at = time_from_row(row.integer(5));
        stored.hook.failing_since = time_from_row(row.integer(6));
        stored.sealed_secret = row.blob(7);
        stored.cursors.resize(shards);
        hooks.push_back(std::move(stored));
    }
    for (auto& stored : hooks) ONSALE_TRY(read_cursors(connection, stored));
    return hooks;
}

SqlResult<HookId> insert_hook(sql::Connection& connection, const Hook& hook,
                              const std::vector<Cursor>& cursors) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO webhooks_hooks (organiser, url, events, state, "
                                "created_at_ms, failing_since_ms) VALUES (?, ?, ?, ?, ?, 0)"));
    row.bind(1, to_row(hook.organiser)).bind(2, std::string_view(hook.url));
    row.bind(3, std::int64_t{hook.events.bits()});
    row.bind(4, static_cast<std::int64_t>(hook.state)).bind(5, to_row(hook.created_at));
    ONSALE_TRY(row.run());
    ONSALE_TRY_ASSIGN(number, last_id(connection));
    const auto id = id_from_row<HookId>(number);
    std::vector<SavedCursor> saved;
    for (std::uint16_t shard = 0; shard < cursors.size(); ++shard)
        saved.push_back({domain::ShardId(shard), cursors[shard]});
    ONSALE_TRY(write_cursors(connection, id, saved));
    return id;
}

SqlResult<void> set_secret(sql::Connection& connection, HookId hook, std::string_view sealed) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("UPDATE webhooks_hooks SET secret = ? WHERE hook = ?"));
    return row.bind_blob(1, sealed).bind(2, to_row(hook)).run();
}

SqlResult<void> change_hook(sql::Connection& connection, HookId hook, const HookColumns& columns) {
    // What is not bound is NULL, and the column stays.
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE webhooks_hooks SET url = coalesce(?, url), "
                                              "events = coalesce(?, events), "
                                              "state = coalesce(?, state), "
                                              "failing_since_ms = 0 WHERE hook = ?"));
    if (columns.url) row.bind(1, std::string_view(*columns.url));
    if (columns.events) row.bind(2, std::int64_t{columns.events->bits()});
    if (columns.state) row.bind(3, static_cast<std::int64_t>(*columns.state));
    return row.bind(4, to_row(hook)).run();
}

SqlResult<void> set_state(sql::Connection& connection, const Hook& hook) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE webhooks_hooks SET state = ?, "
                                              "failing_since_ms = ? WHERE hook = ?"));
    row.bind(1, static_cast<std::int64_t>(hook.state)).bind(2, to_row(hook.failing_since));
    return row.bind(3, to_row(hook.id)).run();
}

SqlResult<void> set_failing_since(sql::Connection& connection, HookId hook, base::Timestamp since) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE webhooks_hooks SET failing_since_ms = ? "
                                              "WHERE hook = ?"));
    return row.bind(1, to_row(since)).bind(2, to_row(hook)).run();
}

SqlResult<void> delete_hook(sql::Connection& connection, HookId hook) {
    for (const auto* sql : {"DELETE FROM webhooks_parked WHERE hook = ?",
                            "DELETE FROM webhooks_cursors WHERE hook = ?",
                            "DELETE FROM webhooks_hooks WHERE hook = ?"}) {
        ONSALE_TRY_ASSIGN(row, connection.prepare(sql));
        ONSALE_TRY(row.bind(1, to_row(hook)).run());
    }
    return {};
}

SqlResult<void> save_cursors(sql::Connection& connection, HookId hook,
                             const std::vector<SavedCursor>& cursors) {
    return write_cursors(connection, hook, cursors);
}

SqlResult<void> insert_parked(sql::Connection& connection, const Parked& parked) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO webhooks_parked (hook, shard, from_sequence, "
                                "from_position, until_sequence, until_position, events, status, "
                                "error, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    row.bind(1, to_row(parked.hook)).bind(2, to_row(parked.shard));
    row.bind(3, to_row(parked.from.sequence)).bind(4, std::int64_t{parked.from.index});
    row.bind(5, to_row(parked.until.sequence)).bind(6, std::int64_t{parked.until.index});
    row.bind(7, std::int64_t{parked.events}).bind(8, std::int64_t{parked.status});
    return row.bind(9, std::string_view(parked.error)).bind(10, to_row(parked.at)).run();
}

SqlResult<void> update_parked(sql::Connection& connection, const Parked& parked) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE webhooks_parked SET status = ?, error = ?, "
                                              "at_ms = ? WHERE delivery = ? AND hook = ?"));
    row.bind(1, std::int64_t{parked.status}).bind(2, std::string_view(parked.error));
    row.bind(3, to_row(parked.at)).bind(4, to_row(parked.id)).bind(5, to_row(parked.hook));
    return row.run();
}

SqlResult<std::vector<Parked>> read_parked(sql::Connection& connection, HookId hook,
                                           std::size_t max) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT delivery, shard, from_sequence, from_position, "
                                "until_sequence, until_position, events, status, error, at_ms "
                                "FROM webhooks_parked WHERE hook = ? ORDER BY delivery DESC "
                                "LIMIT ?"));
    row.bind(1, to_row(hook)).bind(2, static_cast<std::int64_t>(max));
    std::vector<Parked> all;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return all;
        Parked parked;
        parked.id = id_from_row<DeliveryId>(row.integer(0));
        parked.hook = hook;
        parked.shard = domain::ShardId(static_cast<std::uint16_t>(row.integer(1)));
        parked.from = {records::number_from_row(row.integer(2)),
                       static_cast<std::uint32_t>(row.integer(3))};
        parked.until = {records::number_from_row(row.integer(4)),
                        static_cast<std::uint32_t>(row.integer(5))};
        parked.events = static_cast<std::uint32_t>(row.integer(6));
        parked.status = static_cast<std::uint16_t>(row.integer(7));
        parked.error = row.text(8);
        parked.at = time_from_row(row.integer(9));
        all.push_back(std::move(parked));
    }
}

SqlResult<std::int64_t> count_parked(sql::Connection& connection, HookId hook) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT count(*) FROM webhooks_parked WHERE hook = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(hook)).step());
    return there ? row.integer(0) : std::int64_t{0};
}

SqlResult<bool> delete_parked(sql::Connection& connection, HookId hook, DeliveryId delivery) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("DELETE FROM webhooks_parked WHERE hook = ? "
                                              "AND delivery = ?"));
    ONSALE_TRY(row.bind(1, to_row(hook)).bind(2, to_row(delivery)).run());
    return connection.changes() == 1;
}

}  // namespace onsale::webhooks
