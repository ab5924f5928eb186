#include "stock/reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "records/rows.h"

namespace onsale::stock {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::number_from_row;
using records::to_row;
using sql::SqlResult;

SqlResult<std::vector<PoolRow>> read_pools(sql::Connection& connection, domain::SessionId session) {
    ONSALE_TRY_ASSIGN(row,
                      connection.prepare("SELECT pool, kind, capacity, free, held, sold, withdrawn "
                                         "FROM stock_pools WHERE session = ? ORDER BY pool"));
    row.bind(1, to_row(session));
    std::vector<PoolRow> pools;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return pools;
        pools.push_back({id_from_row<domain::PoolId>(row.integer(0)),
                         static_cast<domain::PoolKind>(row.integer(1)),
                         {number_from_row(row.integer(2)), number_from_row(row.integer(3)),
                          number_from_row(row.integer(4)), number_from_row(row.integer(5)),
                          number_from_row(row.integer(6))}});
    }
}

SqlResult<std::vector<ChangeRow>> read_changes(sql::Connection& connection,
                                               domain::SessionId session, ChangeCursor after,
                                               std::size_t max) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare("SELECT sequence, idx, at_ms, pool, kind, quantity, order_id FROM "
                                "stock_changes WHERE session = ? AND (sequence, idx) > (?, ?) "
                                "ORDER BY sequence, idx LIMIT ?"));
    row.bind(1, to_row(session)).bind(2, to_row(after.sequence)).bind(3, to_row(after.index));
    row.bind(4, static_cast<std::int64_t>(max));
    std::vector<ChangeRow> changes;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return changes;
        changes.push_back({{number_from_row(row.integer(0)), number_from_row(row.integer(1))},
                           records::time_from_row(row.integer(2)),
                           id_from_row<domain::PoolId>(row.integer(3)),
                           static_cast<ChangeKind>(row.integer(4)),
                           number_from_row(row.integer(5)),
                           id_from_row<domain::OrderId>(row.integer(6))});
    }
}

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    if (number > domain::kIdMax) return std::nullopt;
    return number;
}

}  // namespace

std::string to_text(ChangeCursor cursor) {
    return std::to_string(cursor.sequence) + "-" + std::to_string(cursor.index);
}

std::optional<ChangeCursor> parse_cursor(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto sequence = parse_number(text.substr(0, dash));
    const auto index = parse_number(text.substr(dash + 1));
    if (!sequence || !index) return std::nullopt;
    return ChangeCursor{*sequence, *index};
}

void StockReader::pools(domain::SessionId session, env::Executor& home,
                        base::UniqueFunction<void(Pools)> reply) {
    lists_.ask<Pools>(
        home,
        [session](sql::Connection& connection) { return told(read_pools(connection, session)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void StockReader::changes(domain::SessionId session, ChangeCursor after, std::size_t max,
                          env::Executor& home, base::UniqueFunction<void(Changes)> reply) {
    const std::size_t bounded = std::clamp<std::size_t>(max, 1, kChangesPerPageMax);
    lists_.ask<Changes>(
        home,
        [session, after, bounded](sql::Connection& connection) {
            return told(read_changes(connection, session, after, bounded));
        },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::stock
