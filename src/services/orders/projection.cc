#include "orders/projection.h"

#include <array>
#include <string>
#include <utility>

#include "records/rows.h"

namespace onsale::orders {
namespace {

using records::to_row;

// The first line stands in the order's own row: nearly all orders have one line, and one row is
// half the work.
constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE orders_orders (
        order_id INTEGER PRIMARY KEY,
        sequence INTEGER NOT NULL,       -- of the batch in the journal of the order's shard
        person INTEGER NOT NULL,
        session INTEGER NOT NULL,
        campaign INTEGER NOT NULL,
        state INTEGER NOT NULL,
        hidden INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        deadline_ms INTEGER NOT NULL,    -- 0: none
        changed_at_ms INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        currency INTEGER NOT NULL,
        lines INTEGER NOT NULL,          -- how many; the first is here, others in orders_lines
        tier INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        unit_price INTEGER NOT NULL,
        first_ordinal INTEGER NOT NULL   -- 0: no codes
    );
    CREATE TABLE orders_lines (
        order_id INTEGER NOT NULL,
        line INTEGER NOT NULL,           -- from 1
        tier INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        unit_price INTEGER NOT NULL,
        first_ordinal INTEGER NOT NULL,
        PRIMARY KEY (order_id, line)
    ) WITHOUT ROWID;
    CREATE TABLE orders_sessions (
        session INTEGER PRIMARY KEY,
        first_order INTEGER NOT NULL,    -- its orders have this id or a higher one
        retired INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE orders_by_person (      -- of retired sessions
        person INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL,
        order_id INTEGER NOT NULL,
        PRIMARY KEY (person, created_at_ms, order_id)
    ) WITHOUT ROWID;
)sql"}};

constexpr std::array<std::string_view, 4> kTables = {"orders_orders", "orders_lines",
                                                     "orders_sessions", "orders_by_person"};

void add_order(follow::RowBuffer& rows, const domain::Order& order, std::uint64_t sequence) {
    const auto amount = order.amount();
    const domain::OrderLine first = order.lines.empty() ? domain::OrderLine{} : order.lines[0];
    rows.add(to_row(order.id), to_row(sequence), to_row(order.person), to_row(order.session),
             to_row(order.campaign), static_cast<std::int64_t>(order.state),
             std::int64_t{order.hidden}, to_row(order.created_at), to_row(order.deadline),
             to_row(order.changed_at), amount.minor, static_cast<std::int64_t>(amount.currency),
             static_cast<std::int64_t>(order.lines.size()), to_row(first.tier),
             std::int64_t{first.quantity}, first.unit_price.minor, to_row(first.first_ordinal));
}

void add_more_lines(follow::RowBuffer& rows, const domain::Order& order) {
    for (std::size_t i = 1; i < order.lines.size(); ++i) {
        const auto& line = order.lines[i];
        rows.add(to_row(order.id), static_cast<std::int64_t>(i), to_row(line.tier),
                 std::int64_t{line.quantity}, line.unit_price.minor, to_row(line.first_ordinal));
    }
}

// Every fact about an order follows the one that placed it.
sql::SqlResult<void> changed_one(sql::Connection& connection, domain::OrderId order) {
    if (connection.changes() == 1) return {};
    return base::Unexpected{sql::SqlError{
        sql::ErrorCode::corrupt, "order " + std::to_string(order.value()) + " is not there"}};
}

sql::SqlResult<void> change_order(sql::Connection& connection, const domain::OrderChange& change) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("UPDATE orders_orders SET state = ?, deadline_ms = 0, "
                                         "changed_at_ms = ? WHERE order_id = ?"));
    row.bind(1, static_cast<std::int64_t>(change.to)).bind(2, to_row(change.at));
    ONSALE_TRY(row.bind(3, to_row(change.order)).run());
    return changed_one(connection, change.order);
}

// What a payment brings: the ordinals of the codes.
sql::SqlResult<void> number_lines(sql::Connection& connection, const domain::OrderMoved& fact) {
    if (fact.first_ordinals.empty()) return {};
    ONSALE_TRY_ASSIGN(first, connection.prepare("UPDATE orders_orders SET first_ordinal = ? "
                                                "WHERE order_id = ?"));
    ONSALE_TRY(first.bind(1, to_row(fact.first_ordinals[0])).bind(2, to_row(fact.order)).run());
    ONSALE_TRY_ASSIGN(line, connection.prepare("UPDATE orders_lines SET first_ordinal = ? "
                                               "WHERE order_id = ? AND line = ?"));
    for (std::size_t i = 1; i < fact.first_ordinals.size(); ++i) {
        line.bind(1, to_row(fact.first_ordinals[i])).bind(2, to_row(fact.order));
        ONSALE_TRY(line.bind(3, static_cast<std::int64_t>(i)).run());
    }
    return {};
}

// A late payment may have got other tiers; how many lines there are, and of how many, stays. The
// order is worth something again, so it is shown again.
sql::SqlResult<void> replace_tiers(sql::Connection& connection,
                                   const domain::LatePaymentAccepted& fact) {
    ONSALE_TRY_ASSIGN(
        first,
        connection.prepare("UPDATE orders_orders SET tier = ?, hidden = 0 WHERE order_id = ?"));
    ONSALE_TRY(first.bind(1, to_row(fact.lines[0].tier)).bind(2, to_row(fact.order)).run());
    ONSALE_TRY_ASSIGN(line, connection.prepare("UPDATE orders_lines SET tier = ? "
                                               "WHERE order_id = ? AND line = ?"));
    for (std::size_t i = 1; i < fact.lines.size(); ++i) {
        line.bind(1, to_row(fact.lines[i].tier)).bind(2, to_row(fact.order));
        ONSALE_TRY(line.bind(3, static_cast<std::int64_t>(i)).run());
    }
    return {};
}

sql::SqlResult<void> hide_order(sql::Connection& connection, domain::OrderId order) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE orders_orders SET hidden = 1 "
                                              "WHERE order_id = ?"));
    ONSALE_TRY(row.bind(1, to_row(order)).run());
    return changed_one(connection, order);
}

sql::SqlResult<void> start_session(sql::Connection& connection, const domain::Order& first) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO orders_sessions (session, first_order) "
                                              "VALUES (?, ?) ON CONFLICT (session) DO NOTHING"));
    return row.bind(1, to_row(first.session)).bind(2, to_row(first.id)).run();
}

// Orders of a session are neighbours from its first one on, among those of other sessions.
sql::SqlResult<void> retire_session(sql::Connection& connection, domain::SessionId session) {
    ONSALE_TRY_ASSIGN(rows, connection.prepare(R"sql(
        INSERT INTO orders_by_person (person, created_at_ms, order_id)
        SELECT person, created_at_ms, order_id FROM orders_orders
        WHERE session = ?1
          AND order_id >= coalesce((SELECT first_order FROM orders_sessions WHERE session = ?1), 0)
        ORDER BY 1, 2, 3)sql"));
    ONSALE_TRY(rows.bind(1, to_row(session)).run());
    ONSALE_TRY_ASSIGN(row, connection.prepare("UPDATE orders_sessions SET retired = 1 "
                                              "WHERE session = ?"));
    return row.bind(1, to_row(session)).run();
}

}  // namespace

std::string_view OrdersProjection::component() const {
    return "orders";
}
std::span<const sql::Migration> OrdersProjection::migrations() const {
    return kMigrations;
}
std::span<const std::string_view> OrdersProjection::tables() const {
    return kTables;
}

follow::FollowResult<void> OrdersProjection::apply(sql::Connection& connection,
                                                   const follow::CommittedBatch& batch,
                                                   const domain::Fact& fact, std::uint32_t) {
    if (const auto* placed_fact = std::get_if<domain::OrderPlaced>(&fact)) {
        return placed(connection, placed_fact->order, batch.sequence);
    }
    if (const auto* moved = std::get_if<domain::OrderMoved>(&fact))
        ONSALE_TRY(told(number_lines(connection, *moved)));
    if (const auto* late = std::get_if<domain::LatePaymentAccepted>(&fact))
        ONSALE_TRY(told(replace_tiers(connection, *late)));
    if (const auto change = domain::order_change(fact))
        return told(change_order(connection, *change));
    if (const auto* hidden = std::get_if<domain::OrderHidden>(&fact)) {
        return told(hide_order(connection, hidden->order));
    }
    if (const auto* retired = std::get_if<domain::SessionRetired>(&fact)) {
        return told(retire_session(connection, retired->session));
    }
    return {};
}

void OrdersProjection::begin() {
    started_.clear();
    orders_.clear();
    lines_.clear();
}

follow::FollowResult<void> OrdersProjection::flush(sql::Connection& connection) {
    ONSALE_TRY(told(orders_.write(connection)));
    return told(lines_.write(connection));
}

OrdersProjection::Done OrdersProjection::placed(sql::Connection& connection,
                                                const domain::Order& order,
                                                std::uint64_t sequence) {
    if (started_.insert(order.session.value()).second) {
        ONSALE_TRY(told(start_session(connection, order)));
    }
    add_order(orders_, order, sequence);
    add_more_lines(lines_, order);
    return {};
}

}  // namespace onsale::orders
