#include "orders/reader.h"

#include <utility>

#include "records/rows.h"

namespace onsale::orders {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::time_from_row;
using records::to_row;
using sql::SqlResult;

#define ONSALE_ORDER_COLUMNS                                                                  \
    "o.order_id, o.person, o.session, o.campaign, o.state, o.hidden, o.created_at_ms, "       \
    "o.deadline_ms, o.changed_at_ms, o.currency, o.lines, o.tier, o.quantity, o.unit_price, " \
    "o.first_ordinal"

domain::OrderLine line_of(const sql::Statement& row, int first_column, base::Currency currency) {
    return {id_from_row<domain::TierId>(row.integer(first_column)),
            static_cast<std::uint32_t>(row.integer(first_column + 1)),
            {row.integer(first_column + 2), currency},
            records::number_from_row(row.integer(first_column + 3))};
}

SqlResult<void> read_more_lines(sql::Connection& connection, domain::Order& order,
                                base::Currency currency) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT tier, quantity, unit_price, first_ordinal "
                                         "FROM orders_lines WHERE order_id = ? ORDER BY line"));
    row.bind(1, to_row(order.id));
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there || order.lines.full()) return {};
        order.lines.push_back(line_of(row, 0, currency));
    }
}

SqlResult<domain::Order> order_of(sql::Connection& connection, const sql::Statement& row) {
    domain::Order order;
    order.id = id_from_row<domain::OrderId>(row.integer(0));
    order.person = id_from_row<domain::PersonId>(row.integer(1));
    order.session = id_from_row<domain::SessionId>(row.integer(2));
    order.campaign = id_from_row<domain::CampaignId>(row.integer(3));
    order.state = static_cast<domain::OrderState>(row.integer(4));
    order.hidden = row.integer(5) != 0;
    order.created_at = time_from_row(row.integer(6));
    order.deadline = time_from_row(row.integer(7));
    order.changed_at = time_from_row(row.integer(8));
    const auto currency = static_cast<base::Currency>(row.integer(9));
    const std::int64_t lines = row.integer(10);
    if (lines > 0) order.lines.push_back(line_of(row, 11, currency));
    if (lines > 1) ONSALE_TRY(read_more_lines(connection, order, currency));
    return order;
}

SqlResult<std::vector<domain::Order>> list_orders(sql::Connection& connection,
                                                  const ListQuery& query) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT " ONSALE_ORDER_COLUMNS
                                " FROM orders_by_person p JOIN orders_orders o USING (order_id) "
                                "WHERE p.person = ?1 AND (p.created_at_ms, p.order_id) < (?2, ?3) "
                                "AND o.hidden = 0 AND (?4 = 0 OR o.state = ?4) "
                                "ORDER BY p.created_at_ms DESC, p.order_id DESC LIMIT ?5"));
    row.bind(1, to_row(query.person)).bind(2, to_row(query.before.created_at));
    row.bind(3, to_row(query.before.order));
    row.bind(4, query.state ? static_cast<std::int64_t>(*query.state) : std::int64_t{0});
    row.bind(5, static_cast<std::int64_t>(query.max));
    std::vector<domain::Order> orders;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return orders;
        ONSALE_TRY_ASSIGN(order, order_of(connection, row));
        orders.push_back(order);
    }
}

// The lowest id that an order of the session can have; nothing: it has none.
SqlResult<std::optional<std::int64_t>> first_order_of(sql::Connection& connection,
                                                      domain::SessionId session) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT first_order FROM orders_sessions WHERE session = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(session)).step());
    if (!there) return std::optional<std::int64_t>{};
    return std::optional(row.integer(0));
}

bool is_wanted(const sql::Statement& row, const SessionQuery& query) {
    if (id_from_row<domain::SessionId>(row.integer(2)) != query.session) return false;
    if (query.campaign && id_from_row<domain::CampaignId>(row.integer(3)) != *query.campaign)
        return false;
    return !query.state || static_cast<domain::OrderState>(row.integer(4)) == *query.state;
}

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

}  // namespace

SqlResult<std::optional<domain::Order>> find_order(sql::Connection& connection,
                                                   domain::OrderId order) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT " ONSALE_ORDER_COLUMNS
                                              " FROM orders_orders o WHERE o.order_id = ?"));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(order)).step());
    if (!there) return std::optional<domain::Order>{};
    ONSALE_TRY_ASSIGN(found, order_of(connection, row));
    return std::optional(found);
}

SqlResult<SessionPart> orders_of_session(sql::Connection& connection, const SessionQuery& query) {
    ONSALE_TRY_ASSIGN(first, first_order_of(connection, query.session));
    if (!first) return SessionPart{};
    const bool up = query.direction == Direction::oldest_first;
    ONSALE_TRY_ASSIGN(
        row,
        connection.prepare(up ? "SELECT " ONSALE_ORDER_COLUMNS
                                " FROM orders_orders o WHERE o.order_id > ?1 ORDER BY o.order_id"
                              : "SELECT " ONSALE_ORDER_COLUMNS
                                " FROM orders_orders o WHERE o.order_id >= ?1 AND o.order_id < ?2 "
                                "ORDER BY o.order_id DESC"));
    if (up) {
        row.bind(1, query.beyond ? to_row(*query.beyond) : *first - 1);
    } else {
        row.bind(1, *first).bind(2, to_row(query.beyond.value_or(domain::OrderId(domain::kIdMax))));
    }
    SessionPart part;
    for (std::size_t examined = 0;; ++examined) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) {
            part.next.reset();
            return part;
        }
        if (part.orders.size() == query.max || examined == query.examined_max) break;
        part.next = id_from_row<domain::OrderId>(row.integer(0));
        if (!is_wanted(row, query)) continue;
        ONSALE_TRY_ASSIGN(order, order_of(connection, row));
        part.orders.push_back(order);
    }
    return part;
}

void OrderReader::find(domain::OrderId order, env::Executor& home,
                       base::UniqueFunction<void(Found)> reply) {
    lists_.ask<Found>(
        home, [order](sql::Connection& connection) { return told(find_order(connection, order)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void OrderReader::list_retired(const ListQuery& query, env::Executor& home,
                               base::UniqueFunction<void(Listed)> reply) {
    lists_.ask<Listed>(
        home, [query](sql::Connection& connection) { return told(list_orders(connection, query)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void OrderReader::of_session(const SessionQuery& query, env::Executor& home,
                             base::UniqueFunction<void(Part)> reply) {
    lists_.ask<Part>(
        home,
        [query](sql::Connection& connection) { return told(orders_of_session(connection, query)); },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::orders
