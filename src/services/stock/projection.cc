#include "stock/projection.h"

#include <array>
#include <string>
#include <utility>

#include "base/check.h"
#include "records/rows.h"

namespace onsale::stock {
namespace {

using base::Unexpected;
using follow::FollowError;
using follow::FollowResult;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE stock_pools (
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        capacity INTEGER NOT NULL,
        free INTEGER NOT NULL,
        held INTEGER NOT NULL,
        sold INTEGER NOT NULL,
        withdrawn INTEGER NOT NULL,
        PRIMARY KEY (session, pool),
        CHECK (free >= 0 AND held >= 0 AND free + held + sold + withdrawn = capacity)
    ) WITHOUT ROWID;
    CREATE TABLE stock_tiers (
        tier INTEGER PRIMARY KEY,
        pool INTEGER NOT NULL
    );
    CREATE TABLE stock_changes (
        session INTEGER NOT NULL,
        sequence INTEGER NOT NULL,   -- of the batch in the journal of the session's shard
        idx INTEGER NOT NULL,        -- fact within the batch * 256 + part of the fact
        shard INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        pool INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        order_id INTEGER NOT NULL,   -- 0: none
        PRIMARY KEY (session, sequence, idx)
    ) WITHOUT ROWID;
    CREATE TABLE stock_held (        -- of reserved orders, and of all live ones of cancelled sessions
        order_id INTEGER NOT NULL,
        line INTEGER NOT NULL,
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        PRIMARY KEY (order_id, line)
    ) WITHOUT ROWID;
)sql"}};

constexpr std::array<std::string_view, 4> kTables = {"stock_pools", "stock_tiers", "stock_changes",
                                                     "stock_held"};

constexpr std::uint64_t kPartsPerFact = 256;
static_assert(domain::kPoolsPerSessionMax <= kPartsPerFact &&
              domain::kLinesPerOrderMax <= kPartsPerFact);

template <class T>
FollowResult<T> told(SqlResult<T> result) {
    if constexpr (std::is_void_v<T>) {
        if (result) return {};
    } else {
        if (result) return std::move(*result);
    }
    return Unexpected{follow::follow_error("stock", result.error())};
}

}  // namespace

struct StockProjection::Place {
    domain::ShardId shard;
    std::uint64_t sequence = 0;
    std::uint64_t index = 0;  // of the fact
    base::Timestamp at;
};

namespace {

// One change: its row, and what it does to the pool's row.
struct Change {
    std::int64_t shard = 0;
    std::int64_t sequence = 0;
    std::uint64_t index = 0;
    base::Timestamp at;
    domain::SessionId session;
    domain::PoolId pool;
    ChangeKind kind = ChangeKind::added;
    std::uint64_t quantity = 0;
    domain::OrderId order;
};

// What one more of this kind does to each column, from the same rule that readers use.
struct Steps {
    std::int64_t capacity = 0;
    std::int64_t free = 0;
    std::int64_t held = 0;
    std::int64_t sold = 0;
    std::int64_t withdrawn = 0;
};

Steps steps_of(ChangeKind kind, std::uint64_t quantity) {
    const domain::StockCount before{3 * quantity, quantity, quantity, quantity, 0};
    domain::StockCount after = before;
    add_to(after, kind, quantity);
    const auto step = [](std::uint64_t from, std::uint64_t to) { return to_row(to - from); };
    return {step(before.capacity, after.capacity), step(before.free, after.free),
            step(before.held, after.held), step(before.sold, after.sold),
            step(before.withdrawn, after.withdrawn)};
}

SqlResult<void> move_pool(sql::Connection& connection, const Change& change) {
    const Steps steps = steps_of(change.kind, change.quantity);
    ONSALE_TRY_ASSIGN(
        row, connection.prepare(
                 "UPDATE stock_pools SET capacity = capacity + ?1, free = free + ?2, held = "
                 "held + ?3, sold = sold + ?4, withdrawn = withdrawn + ?5 WHERE session = ?6 "
                 "AND pool = ?7"));
    row.bind(1, steps.capacity).bind(2, steps.free).bind(3, steps.held).bind(4, steps.sold);
    row.bind(5, steps.withdrawn).bind(6, to_row(change.session)).bind(7, to_row(change.pool));
    ONSALE_TRY(row.run());
    if (connection.changes() == 1) return {};
    return Unexpected{sql::SqlError{
        sql::ErrorCode::corrupt, "pool " + std::to_string(change.pool.value()) + " is not there"}};
}

SqlResult<void> note(sql::Connection& connection, const Change& change) {
    ONSALE_TRY(move_pool(connection, change));
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("INSERT INTO stock_changes VALUES (?,?,?,?,?,?,?,?,?)"));
    row.bind(1, to_row(change.session)).bind(2, change.sequence).bind(3, to_row(change.index));
    row.bind(4, change.shard).bind(5, to_row(change.at)).bind(6, to_row(change.pool));
    row.bind(7, static_cast<std::int64_t>(change.kind)).bind(8, to_row(change.quantity));
    return row.bind(9, to_row(change.order)).run();
}

SqlResult<void> insert_pool(sql::Connection& connection, domain::SessionId session,
                            const domain::Pool& pool) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO stock_pools VALUES (?, ?, ?, 0, 0, 0, 0, 0)"));
    row.bind(1, to_row(session)).bind(2, to_row(pool.id));
    return row.bind(3, static_cast<std::int64_t>(pool.kind)).run();
}

SqlResult<void> insert_tiers(sql::Connection& connection, const domain::Session& session) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO stock_tiers VALUES (?, ?)"));
    for (const auto& tier : session.tiers) {
        ONSALE_TRY(row.bind(1, to_row(tier.id)).bind(2, to_row(tier.pool)).run());
    }
    return {};
}

SqlResult<void> insert_held(sql::Connection& connection, const Change& change, std::size_t line) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO stock_held VALUES (?, ?, ?, ?, ?)"));
    row.bind(1, to_row(change.order)).bind(2, static_cast<std::int64_t>(line));
    row.bind(3, to_row(change.session)).bind(4, to_row(change.pool));
    return row.bind(5, to_row(change.quantity)).run();
}

SqlResult<std::vector<Change>> read_held(sql::Connection& connection, domain::OrderId order) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT session, pool, quantity FROM stock_held "
                                              "WHERE order_id = ? ORDER BY line"));
    row.bind(1, to_row(order));
    std::vector<Change> changes;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return changes;
        Change change;
        change.session = records::id_from_row<domain::SessionId>(row.integer(0));
        change.pool = records::id_from_row<domain::PoolId>(row.integer(1));
        change.quantity = records::number_from_row(row.integer(2));
        change.order = order;
        changes.push_back(change);
    }
}

// What the session's completed orders have, from the changes that sold it. They are read once
// in a session's life, when all of them are about to end.
SqlResult<void> insert_sold(sql::Connection& connection, domain::SessionId session) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("INSERT INTO stock_held (order_id, line, session, pool, quantity) "
                                "SELECT order_id, idx % ?2, session, pool, quantity "
                                "FROM stock_changes WHERE session = ?1 AND kind = ?3 "
                                "ORDER BY sequence, idx"));
    row.bind(1, to_row(session)).bind(2, to_row(kPartsPerFact));
    return row.bind(3, static_cast<std::int64_t>(ChangeKind::sold)).run();
}

SqlResult<void> remove_held(sql::Connection& connection, domain::OrderId order) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("DELETE FROM stock_held WHERE order_id = ?"));
    return row.bind(1, to_row(order)).run();
}

Change change_at(const StockProjection::Place& place, std::uint64_t part) {
    Change change;
    change.shard = to_row(place.shard);
    change.sequence = to_row(place.sequence);
    change.index = place.index * kPartsPerFact + part;
    change.at = place.at;
    return change;
}

}  // namespace

std::string_view to_string(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added:
            return "added";
        case ChangeKind::withdrawn:
            return "withdrawn";
        case ChangeKind::held:
            return "held";
        case ChangeKind::sold:
            return "sold";
        case ChangeKind::cancelled:
            return "cancelled";
        case ChangeKind::expired:
            return "expired";
        case ChangeKind::refunded:
            return "refunded";
    }
    return "unknown";
}

void add_to(domain::StockCount& count, ChangeKind kind, std::uint64_t quantity) {
    switch (kind) {
        case ChangeKind::added:
            count.capacity += quantity;
            count.free += quantity;
            return;
        case ChangeKind::withdrawn:
            count.free -= quantity;
            count.withdrawn += quantity;
            return;
        case ChangeKind::held:
            count.free -= quantity;
            count.held += quantity;
            return;
        case ChangeKind::sold:
            count.free -= quantity;
            count.sold += quantity;
            return;
        case ChangeKind::cancelled:
        case ChangeKind::expired:
            count.held -= quantity;
            count.free += quantity;
            return;
        case ChangeKind::refunded:
            count.sold -= quantity;
            count.withdrawn += quantity;
            return;
    }
}

std::string_view StockProjection::component() const {
    return "stock";
}
std::span<const sql::Migration> StockProjection::migrations() const {
    return kMigrations;
}
std::span<const std::string_view> StockProjection::tables() const {
    return kTables;
}

FollowResult<void> StockProjection::apply(sql::Connection& connection,
                                          const follow::CommittedBatch& batch,
                                          const domain::Fact& fact, std::uint32_t index) {
    const Place place{batch.shard, batch.sequence, index, batch.time};
    if (const auto* order = std::get_if<domain::OrderPlaced>(&fact)) {
        return placed(connection, place, order->order);
    }
    if (const auto* cancelled = std::get_if<domain::OrderCancelled>(&fact)) {
        return ended(connection, place, cancelled->order, ChangeKind::cancelled);
    }
    if (const auto* expired = std::get_if<domain::OrderExpired>(&fact)) {
        return ended(connection, place, expired->order, ChangeKind::expired);
    }
    if (const auto* refunded = std::get_if<domain::OrderRefunded>(&fact)) {
        return ended(connection, place, refunded->order, ChangeKind::refunded);
    }
    if (const auto* session = std::get_if<domain::SessionCancelled>(&fact)) {
        return told(insert_sold(connection, session->session));
    }
    if (const auto* set_up_fact = std::get_if<domain::SessionSetUp>(&fact)) {
        return set_up(connection, place, *set_up_fact->session);
    }
    if (const auto* added = std::get_if<domain::StockAdded>(&fact)) {
        Change change = change_at(place, 0);
        change.session = added->session;
        change.pool = added->pool;
        change.quantity = added->addition.count;
        return told(note(connection, change));
    }
    if (const auto* withdrawn = std::get_if<domain::StockWithdrawn>(&fact)) {
        Change change = change_at(place, 0);
        change.session = withdrawn->session;
        change.pool = withdrawn->pool;
        change.kind = ChangeKind::withdrawn;
        change.quantity = withdrawn->count;
        return told(note(connection, change));
    }
    return {};
}

StockProjection::Done StockProjection::set_up(sql::Connection& connection, const Place& place,
                                              const domain::Session& session) {
    ONSALE_TRY(told(insert_tiers(connection, session)));
    for (std::size_t i = 0; i < session.pools.size(); ++i) {
        const auto& pool = session.pools[i];
        ONSALE_TRY(told(insert_pool(connection, session.id, pool)));
        Change change = change_at(place, i);
        change.session = session.id;
        change.pool = pool.id;
        for (const auto& addition : pool.additions) change.quantity += addition.count;
        if (change.quantity > 0) ONSALE_TRY(told(note(connection, change)));
    }
    return {};
}

StockProjection::Done StockProjection::placed(sql::Connection& connection, const Place& place,
                                              const domain::Order& order) {
    const bool reserved = order.state == domain::OrderState::reserved;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        Change change = change_at(place, i);
        ONSALE_TRY_ASSIGN(pool, pool_of(connection, order.lines[i].tier));
        change.pool = domain::PoolId(pool);
        change.session = order.session;
        change.kind = reserved ? ChangeKind::held : ChangeKind::sold;
        change.quantity = order.lines[i].quantity;
        change.order = order.id;
        ONSALE_TRY(told(note(connection, change)));
        if (reserved) ONSALE_TRY(told(insert_held(connection, change, i)));
    }
    return {};
}

StockProjection::Done StockProjection::ended(sql::Connection& connection, const Place& place,
                                             domain::OrderId order, ChangeKind kind) {
    ONSALE_TRY_ASSIGN(held, told(read_held(connection, order)));
    if (held.empty()) {
        return Unexpected{
            FollowError{"stock: order " + std::to_string(order.value()) + " holds nothing"}};
    }
    for (std::size_t i = 0; i < held.size(); ++i) {
        Change change = change_at(place, i);
        change.session = held[i].session;
        change.pool = held[i].pool;
        change.quantity = held[i].quantity;
        change.order = order;
        change.kind = kind;
        ONSALE_TRY(told(note(connection, change)));
    }
    return told(remove_held(connection, order));
}

FollowResult<std::uint64_t> StockProjection::pool_of(sql::Connection& connection,
                                                     domain::TierId tier) {
    const auto known = pools_of_tiers_.find(tier.value());
    if (known != pools_of_tiers_.end()) return known->second;
    ONSALE_TRY_ASSIGN(row, told(connection.prepare("SELECT pool FROM stock_tiers WHERE tier = ?")));
    ONSALE_TRY_ASSIGN(there, told(row.bind(1, to_row(tier)).step()));
    if (!there) {
        return Unexpected{
            FollowError{"stock: tier " + std::to_string(tier.value()) + " is not known"}};
    }
    const std::uint64_t pool = records::number_from_row(row.integer(0));
    pools_of_tiers_.emplace(tier.value(), pool);
    return pool;
}

}  // namespace onsale::stock
