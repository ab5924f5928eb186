#include "audit/internal/derived_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace onsale::audit {
namespace {

using PoolKey = std::pair<std::uint64_t, std::uint64_t>;  // session, pool

std::uint64_t number(const sql::Statement& row, int column) {
    return static_cast<std::uint64_t>(row.integer(column));
}

std::map<PoolKey, const Pool*> pools_of(const Folds& folds) {
    std::map<PoolKey, const Pool*> pools;
    for (const auto& [shard, fold] : folds) {
        for (const Session& session : fold->sessions()) {
            for (const Pool& pool : session.pools)
                pools.emplace(PoolKey{session.id, pool.id}, &pool);
        }
    }
    return pools;
}

struct Numbers {
    std::int64_t capacity = 0;
    std::int64_t free = 0;
    std::int64_t held = 0;
    std::int64_t sold = 0;
    std::int64_t withdrawn = 0;
};

std::string text_of(const Numbers& n) {
    return fmt::format("capacity {}, {} free, {} held, {} sold, {} withdrawn", n.capacity, n.free,
                       n.held, n.sold, n.withdrawn);
}
std::string text_of(const Pool& pool) {
    return text_of(Numbers{pool.capacity, pool.free, pool.held, pool.sold, pool.withdrawn});
}

bool same(const Numbers& numbers, const Pool& pool) {
    return numbers.capacity == pool.capacity && numbers.free == pool.free &&
           numbers.held == pool.held && numbers.sold == pool.sold &&
           numbers.withdrawn == pool.withdrawn;
}

// What a change of each kind does to a pool; the kinds are numbered from 1.
enum class Change : std::uint8_t {
    added = 1,
    withdrawn,
    held,
    sold,
    cancelled,
    expired,
    refunded,
    paid_for,
    failed,
    returned
};

bool change(Numbers& pool, std::int64_t kind, std::int64_t quantity) {
    switch (static_cast<Change>(kind)) {
        case Change::added:
            pool.capacity += quantity;
            pool.free += quantity;
            return true;
        case Change::withdrawn:
            pool.free -= quantity;
            pool.withdrawn += quantity;
            return true;
        case Change::held:
            pool.free -= quantity;
            pool.held += quantity;
            return true;
        case Change::sold:
            pool.free -= quantity;
            pool.sold += quantity;
            return true;
        case Change::paid_for:
            pool.held -= quantity;
            pool.sold += quantity;
            return true;
        case Change::returned:
            pool.sold -= quantity;
            pool.free += quantity;
            return true;
        case Change::cancelled:
        case Change::expired:
        case Change::failed:
            pool.held -= quantity;
            pool.free += quantity;
            return true;
        case Change::refunded:
            pool.sold -= quantity;
            pool.withdrawn += quantity;
            return true;
    }
    return false;
}

// Where the code of an ordinal stands: ordinals run through the additions in order.
struct CodePlace {
    std::uint64_t list = 0;
    std::uint64_t position = 0;
};

std::optional<CodePlace> place_of(const Pool& pool, std::uint64_t ordinal) {
    std::uint64_t before = 0;
    for (const Addition& addition : pool.additions) {
        if (ordinal > before && ordinal <= before + addition.count)
            return CodePlace{addition.id, ordinal - before - 1};
        before += addition.count;
    }
    return std::nullopt;
}

// The tickets of an order as (tier, ordinal), by their index in its id.
struct Ticket {
    std::uint64_t tier = 0;
    const Pool* pool = nullptr;
    std::uint64_t ordinal = 0;
};

std::optional<Ticket> ticket_of(const Fold& fold, const Order& order, std::uint64_t index) {
    const Session& session = fold.sessions()[order.session];
    for (const Line& line : fold.lines_of(order)) {
        if (index >= line.quantity) {
            index -= line.quantity;
            continue;
        }
        const auto tier = std::ranges::find(session.tiers, line.tier, &Tier::id);
        if (tier == session.tiers.end()) return std::nullopt;
        return Ticket{line.tier, &session.pools[tier->pool],
                      line.first_ordinal == 0 ? 0 : line.first_ordinal + index};
    }
    return std::nullopt;
}

bool same_ticket(const sql::Statement& row, const Fold& fold, const Order& order) {
    const auto ticket = ticket_of(fold, order, number(row, 0) & ((1U << kTicketBits) - 1));
    if (!ticket || (!has_tickets(order.state) && order.state != kRefunded)) return false;
    const bool head = number(row, 1) == order.id && number(row, 2) == ticket->tier &&
                      number(row, 3) == fold.sessions()[order.session].id;
    if (ticket->pool->kind != kPoolOfCodes) return head;
    const auto place = place_of(*ticket->pool, ticket->ordinal);
    return head && place && number(row, 4) == place->list && number(row, 5) == place->position;
}

}  // namespace

sql::SqlResult<void> check_stock_pools(sql::Connection& connection, const Folds& folds,
                                       Report& report) {
    const auto pools = pools_of(folds);
    ONSALE_TRY_ASSIGN(
        rows, connection.prepare(
                  "SELECT session, pool, capacity, free, held, sold, withdrawn FROM stock_pools"));
    std::uint64_t found = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        const PoolKey key{number(rows, 0), number(rows, 1)};
        const Numbers numbers{rows.integer(2), rows.integer(3), rows.integer(4), rows.integer(5),
                              rows.integer(6)};
        report.checked(Clause::t1);
        report.checked(Clause::s3);
        ++found;
        if (numbers.free + numbers.held + numbers.sold + numbers.withdrawn != numbers.capacity) {
            report.breach(Clause::t1,
                          fmt::format("stock_pools: pool {} of session {} does not balance: {}",
                                      key.second, key.first, text_of(numbers)));
        }
        const auto pool = pools.find(key);
        if (pool == pools.end() || !same(numbers, *pool->second)) {
            report.breach(
                Clause::s3,
                fmt::format("stock_pools: pool {} of session {} has {}; the facts made {}",
                            key.second, key.first, text_of(numbers),
                            pool == pools.end() ? "no such pool" : text_of(*pool->second)));
        }
    }
    if (found != pools.size()) {
        report.breach(Clause::s3, fmt::format("stock_pools: {} pools are there, the facts made {}",
                                              found, pools.size()));
    }
    return {};
}

sql::SqlResult<void> check_stock_changes(sql::Connection& connection, const Folds& folds,
                                         Report& report) {
    ONSALE_TRY_ASSIGN(
        rows, connection.prepare("SELECT session, pool, kind, quantity FROM stock_changes"));
    std::map<PoolKey, Numbers> replayed;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        report.checked(Clause::s3);
        const PoolKey key{number(rows, 0), number(rows, 1)};
        if (!change(replayed[key], rows.integer(2), rows.integer(3))) {
            report.breach(Clause::s3,
                          fmt::format("stock_changes: a change of kind {}, which is not known",
                                      rows.integer(2)));
        }
    }
    for (const auto& [key, pool] : pools_of(folds)) {
        if (same(replayed[key], *pool)) continue;
        report.breach(
            Clause::s3,
            fmt::format("stock_changes: added up, pool {} of session {} has {}; the facts made {}",
                        key.second, key.first, text_of(replayed[key]), text_of(*pool)));
    }
    return {};
}

sql::SqlResult<void> check_tickets(sql::Connection& connection, const Folds& folds,
                                   Report& report) {
    ONSALE_TRY_ASSIGN(
        rows,
        connection.prepare(
            "SELECT ticket_id, order_id, tier, session, list, position FROM tickets_tickets"));
    std::uint64_t found = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        report.checked(Clause::s3);
        ++found;
        const std::uint64_t id = number(rows, 0);
        const Fold* fold = fold_of(folds, id >> kTicketBits);
        const Order* order = fold == nullptr ? nullptr : fold->find_order(id >> kTicketBits);
        if (order == nullptr || !same_ticket(rows, *fold, *order)) {
            report.breach(
                Clause::s3,
                fmt::format("tickets_tickets: ticket {} is not as the facts made it", id));
        }
    }
    std::uint64_t expected = 0;
    for (const auto& [shard, fold] : folds) {
        for (const Session& session : fold->sessions()) expected += session.issued;
    }
    report.checked(Clause::c1);
    if (found != expected) {
        report.breach(Clause::c1,
                      fmt::format("tickets_tickets: {} tickets are there, the facts made {}", found,
                                  expected));
    }
    return {};
}

sql::SqlResult<void> check_void_tickets(sql::Connection& connection, const Folds& folds,
                                        Report& report) {
    ONSALE_TRY_ASSIGN(rows, connection.prepare("SELECT order_id, at_ms FROM tickets_void"));
    std::uint64_t found = 0;
    while (true) {
        ONSALE_TRY_ASSIGN(more, rows.step());
        if (!more) break;
        report.checked(Clause::s3);
        ++found;
        const std::uint64_t id = number(rows, 0);
        const Fold* fold = fold_of(folds, id);
        const Order* order = fold == nullptr ? nullptr : fold->find_order(id);
        const bool same = order != nullptr && order->state == kRefunded &&
                          order->changed_at_ms == rows.integer(1);
        if (!same)
            report.breach(Clause::s3,
                          fmt::format("tickets_void: order {} is not as the facts made it", id));
    }
    std::uint64_t expected = 0;
    for (const auto& [shard, fold] : folds) {
        for (const Order& order : fold->orders()) expected += order.state == kRefunded ? 1U : 0U;
    }
    if (found != expected) {
        report.breach(Clause::s3,
                      fmt::format("tickets_void: {} refunded orders are there, the facts made {}",
                                  found, expected));
    }
    return {};
}

}  // namespace onsale::audit
