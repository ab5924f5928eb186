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
    CREATE TABLE stock_held (        -- of orders that wait for money or are paid for, and of all live ones of cancelled sessions
        order_id INTEGER NOT NULL,
        line INTEGER NOT NULL,
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        PRIMARY KEY (order_id, line)
    ) WITHOUT ROWID;
)sql"},
                                    sql::Migration{2, R"sql(
    CREATE TABLE stock_cancelled (session INTEGER PRIMARY KEY);
)sql"}};

constexpr std::array<std::string_view, 5> kTables = {"stock_pools", "stock_tiers", "stock_changes",
                                                     "stock_held", "stock_cancelled"};

constexpr std::uint64_t kPartsPerFact = 256;
static_assert(domain::kPoolsPerSessionMax <= kPartsPerFact &&
              domain::kLinesPerOrderMax <= kPartsPerFact);

}  // namespace

struct StockProjection::Place {
    domain::ShardId shard;
    std::uint64_t sequence = 0;
    std::uint64_t index = 0;  // of the fact
    base::Timestamp at;
};

// One change: its row, and what it does to the pool's row.
struct StockProjection::Change {
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

namespace {

using Change = StockProjection::Change;
using Steps = StockProjection::Steps;

// What this change does to each column, from the same rule that readers use.
void add_steps(Steps& steps, ChangeKind kind, std::uint64_t quantity) {
    const domain::StockCount before{3 * quantity, quantity, quantity, quantity, 0};
    domain::StockCount after = before;
    add_to(after, kind, quantity);
    const auto step = [](std::uint64_t from, std::uint64_t to) { return to_row(to - from); };
    steps.capacity += step(before.capacity, after.capacity);
    steps.free += step(before.free, after.free);
    steps.held += step(before.held, after.held);
    steps.sold += step(before.sold, after.sold);
    steps.withdrawn += step(before.withdrawn, after.withdrawn);
}

SqlResult<void> move_pool(sql::Connection& connection, domain::SessionId session,
                          domain::PoolId pool, const Steps& steps) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare(
                 "UPDATE stock_pools SET capacity = capacity + ?1, free = free + ?2, held = "
                 "held + ?3, sold = sold + ?4, withdrawn = withdrawn + ?5 WHERE session = ?6 "
                 "AND pool = ?7"));
    row.bind(1, steps.capacity).bind(2, steps.free).bind(3, steps.held).bind(4, steps.sold);
    row.bind(5, steps.withdrawn).bind(6, to_row(session)).bind(7, to_row(pool));
    ONSALE_TRY(row.run());
    if (connection.changes() == 1) return {};
    return Unexpected{sql::SqlError{sql::ErrorCode::corrupt,
                                    "pool " + std::to_string(pool.value()) + " is not there"}};
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

void add_held(follow::RowBuffer& rows, const Change& change, std::size_t line) {
    rows.add(to_row(change.order), static_cast<std::int64_t>(line), to_row(change.session),
             to_row(change.pool), to_row(change.quantity));
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

SqlResult<void> insert_cancelled(sql::Connection& connection, domain::SessionId session) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO stock_cancelled VALUES (?)"));
    return row.bind(1, to_row(session)).run();
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
        case ChangeKind::paid_for:
            return "paid_for";
        case ChangeKind::failed:
            return "failed";
        case ChangeKind::returned:
            return "returned";
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
        case ChangeKind::paid_for:
            count.held -= quantity;
            count.sold += quantity;
            return;
        case ChangeKind::returned:
            count.sold -= quantity;
            count.free += quantity;
            return;
        case ChangeKind::cancelled:
        case ChangeKind::expired:
        case ChangeKind::failed:
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
    if (const auto* gone_on = std::get_if<domain::OrderMoved>(&fact)) {
        return moved(connection, place, *gone_on);
    }
    if (const auto* late = std::get_if<domain::LatePaymentAccepted>(&fact)) {
        return accepted(connection, place, *late);
    }
    if (const auto* session = std::get_if<domain::SessionCancelled>(&fact)) {
        ONSALE_TRY(told(insert_cancelled(connection, session->session)));
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
        note(change);
        return {};
    }
    if (const auto* withdrawn = std::get_if<domain::StockWithdrawn>(&fact)) {
        Change change = change_at(place, 0);
        change.session = withdrawn->session;
        change.pool = withdrawn->pool;
        change.kind = ChangeKind::withdrawn;
        change.quantity = withdrawn->count;
        note(change);
        return {};
    }
    return {};
}

void StockProjection::begin() {
    steps_of_pools_.clear();
    changes_.clear();
    held_.clear();
}

FollowResult<void> StockProjection::flush(sql::Connection& connection) {
    for (const auto& [pool, steps] : steps_of_pools_)
        ONSALE_TRY(told(move_pool(connection, pool.first, pool.second, steps)));
    steps_of_pools_.clear();
    ONSALE_TRY(told(changes_.write(connection)));
    return told(held_.write(connection));
}

void StockProjection::note(const Change& change) {
    add_steps(steps_of_pools_[{change.session, change.pool}], change.kind, change.quantity);
    changes_.add(to_row(change.session), change.sequence, to_row(change.index), change.shard,
                 to_row(change.at), to_row(change.pool), static_cast<std::int64_t>(change.kind),
                 to_row(change.quantity), to_row(change.order));
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
        if (change.quantity > 0) note(change);
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
        note(change);
        if (reserved) add_held(held_, change, i);
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
        note(change);
    }
    return told(remove_held(connection, order));
}

StockProjection::Done StockProjection::moved(sql::Connection& connection, const Place& place,
                                             const domain::OrderMoved& fact) {
    using enum domain::OrderState;
    if (fact.to == failed) return ended(connection, place, fact.order, ChangeKind::failed);
    // Back to completed without ordinals: a refund was given up, and the stock has not moved.
    const bool is_sale = fact.to == completed && !fact.first_ordinals.empty();
    if (!is_sale && fact.to != refunded) return {};
    ONSALE_TRY_ASSIGN(held, told(read_held(connection, fact.order)));
    for (std::size_t i = 0; i < held.size(); ++i) {
        Change change = change_at(place, i);
        change.session = held[i].session;
        change.pool = held[i].pool;
        change.quantity = held[i].quantity;
        change.order = fact.order;
        change.kind = ChangeKind::paid_for;
        if (!is_sale) {
            ONSALE_TRY_ASSIGN(returns, may_return(connection, held[i]));
            change.kind = returns ? ChangeKind::returned : ChangeKind::refunded;
        }
        note(change);
    }
    if (is_sale) return {};
    return told(remove_held(connection, fact.order));
}

StockProjection::Done StockProjection::accepted(sql::Connection& connection, const Place& place,
                                                const domain::LatePaymentAccepted& fact) {
    for (std::size_t i = 0; i < fact.lines.size(); ++i) {
        Change change = change_at(place, i);
        ONSALE_TRY_ASSIGN(pool, pool_of(connection, fact.lines[i].tier));
        change.pool = domain::PoolId(pool);
        change.session = fact.session;
        change.kind = ChangeKind::held;
        change.quantity = fact.lines[i].quantity;
        change.order = fact.order;
        note(change);
        add_held(held_, change, i);
    }
    return {};
}

FollowResult<bool> StockProjection::may_return(sql::Connection& connection, const Change& held) {
    ONSALE_TRY_ASSIGN(
        row, told(connection.prepare(
                 "SELECT kind = ?3 AND NOT EXISTS (SELECT 1 FROM stock_cancelled WHERE session = "
                 "?1) FROM stock_pools WHERE session = ?1 AND pool = ?2")));
    row.bind(1, to_row(held.session)).bind(2, to_row(held.pool));
    row.bind(3, static_cast<std::int64_t>(domain::PoolKind::count));
    ONSALE_TRY_ASSIGN(there, told(row.step()));
    return there && row.integer(0) != 0;
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
