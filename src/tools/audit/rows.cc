// Rows of orders: orders_orders with the first line of each order, orders_lines with the others.
#include "audit/internal/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "audit/internal/cursors.h"
#include "audit/internal/derived_rows.h"
#include "audit/internal/money_rows.h"

namespace onsale::audit {
namespace {

std::uint64_t number(const sql::Statement& row, int column) {
    return static_cast<std::uint64_t>(row.integer(column));
}

std::int64_t amount_of(const std::vector<Line>& lines) {
    std::int64_t sum = 0;
    for (const Line& line : lines)
        sum += line.unit_price_minor * static_cast<std::int64_t>(line.quantity);
    return sum;
}

constexpr std::string_view kSelectOrders =
    "SELECT order_id, person, session, campaign, state, hidden, created_at_ms, deadline_ms, "
    "changed_at_ms, amount, currency, lines, "
    "tier, quantity, unit_price, first_ordinal FROM orders_orders ORDER BY order_id";

// The columns that are not as the facts made them; empty: none.
std::string differences(const sql::Statement& row, const Fold& fold, const Order& order,
                        const std::vector<Line>& lines) {
    // The deadline means something only while the order is reserved.
    const bool same_deadline = order.state != kReserved || row.integer(7) == order.deadline_ms;
    const std::pair<const char*, bool> columns[] = {
        {"person", number(row, 1) == order.person},
        {"session", number(row, 2) == fold.sessions()[order.session].id},
        {"campaign", number(row, 3) == order.campaign},
        {"state", number(row, 4) == order.state},
        {"hidden", (row.integer(5) != 0) == order.hidden},
        {"created_at_ms", row.integer(6) == order.created_at_ms},
        {"deadline_ms", same_deadline},
        {"changed_at_ms", row.integer(8) == order.changed_at_ms},
        {"amount", row.integer(9) == amount_of(lines)},
        {"currency", number(row, 10) == order.line.currency},
        {"lines", number(row, 11) == lines.size()},
        {"tier", number(row, 12) == order.line.tier},
        {"quantity", number(row, 13) == order.line.quantity},
        {"unit_price", row.integer(14) == order.line.unit_price_minor},
        {"first_ordinal", number(row, 15) == order.line.first_ordinal}};
    std::string names;
    for (const auto& [name, is_same] : columns) {
        if (!is_same) names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return names;
}

sql::SqlResult<void> check_orders(sql::Connection& connection, const Folds& folds, Report& report) {
    ONSALE_TRY_ASSIGN(rows, connection.prepare(kSelectOrders));
    std::uint64_t found = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        report.checked(Clause::s3);
        const std::uint64_t id = number(rows, 0);
        const Fold* fold = fold_of(folds, id);
        const Order* order = fold == nullptr ? nullptr : fold->find_order(id);
        if (order == nullptr) {
            report.breach(
                Clause::d3,
                fmt::format("orders_orders: order {} is beyond the cursor, or was never placed",
                            id));
            continue;
        }
        ++found;
        const std::string columns = differences(rows, *fold, *order, fold->lines_of(*order));
        if (columns.empty()) continue;
        report.breach(Clause::s3, fmt::format("orders_orders: order {} of person {} is not as the "
                                              "facts made it: {}",
                                              id, order->person, columns));
    }
    std::uint64_t expected = 0;
    for (const auto& [shard, fold] : folds) expected += fold->orders().size();
    if (found != expected) {
        report.breach(
            Clause::s3,
            fmt::format("orders_orders: {} orders are there, the facts made {}", found, expected));
    }
    return {};
}

sql::SqlResult<void> check_lines(sql::Connection& connection, const Folds& folds, Report& report) {
    ONSALE_TRY_ASSIGN(
        rows,
        connection.prepare(
            "SELECT order_id, line, tier, quantity, unit_price, first_ordinal FROM orders_lines"));
    std::uint64_t found = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        report.checked(Clause::s3);
        ++found;
        const std::uint64_t id = number(rows, 0);
        const std::uint64_t index = number(rows, 1);
        const Fold* fold = fold_of(folds, id);
        const Order* order = fold == nullptr ? nullptr : fold->find_order(id);
        const std::vector<Line> lines =
            order == nullptr ? std::vector<Line>() : fold->lines_of(*order);
        const bool same = index >= 1 && index < lines.size() &&
                          lines[index].tier == number(rows, 2) &&
                          lines[index].quantity == number(rows, 3) &&
                          lines[index].unit_price_minor == rows.integer(4) &&
                          lines[index].first_ordinal == number(rows, 5);
        if (!same)
            report.breach(
                Clause::s3,
                fmt::format("orders_lines: line {} of order {} is not as the facts made it", index,
                            id));
    }
    std::uint64_t expected = 0;
    for (const auto& [shard, fold] : folds) expected += fold->extra_lines();
    if (found != expected) {
        report.breach(Clause::s3, fmt::format("orders_lines: {} lines are there, the facts made {}",
                                              found, expected));
    }
    return {};
}

struct Table {
    const char* name;
    sql::SqlResult<void> (*check)(sql::Connection&, const Folds&, Report&);
};

constexpr Table kTables[] = {
    {"orders_orders", check_orders},    {"orders_lines", check_lines},
    {"stock_pools", check_stock_pools}, {"stock_changes", check_stock_changes},
    {"tickets_tickets", check_tickets}, {"tickets_void", check_void_tickets},
    {"ledger_entries", check_entries},  {"ledger_balances", check_balances},
    {"ledger_payables", check_payables}};

}  // namespace

const Fold* fold_of(const Folds& folds, std::uint64_t order) {
    const auto found = folds.find(static_cast<std::uint16_t>(order & ((1U << kShardBits) - 1)));
    return found == folds.end() ? nullptr : found->second;
}

sql::SqlResult<void> check_rows(sql::Connection& connection, const Folds& folds, Report& report) {
    for (const Table& table : kTables) {
        ONSALE_TRY_ASSIGN(there, has_table(connection, table.name));
        if (there) {
            ONSALE_TRY(table.check(connection, folds, report));
        } else {
            report.notes.push_back(
                fmt::format("projections.sqlite: it has no table {}", table.name));
        }
    }
    return {};
}

}  // namespace onsale::audit
