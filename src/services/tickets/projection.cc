#include "tickets/projection.h"

#include <array>
#include <string>
#include <utility>

#include "records/rows.h"
#include "tickets/code_place.h"

namespace onsale::tickets {
namespace {

using base::Unexpected;
using follow::FollowError;
using follow::FollowResult;
using records::to_row;
using sql::SqlResult;

constexpr std::array kMigrations = {sql::Migration{1, R"sql(
    CREATE TABLE tickets_tickets (
        ticket_id INTEGER PRIMARY KEY,
        order_id INTEGER NOT NULL,
        session INTEGER NOT NULL,
        tier INTEGER NOT NULL,
        list INTEGER NOT NULL,      -- 0: the code follows from the ticket's id
        position INTEGER NOT NULL   -- in the list, from 0
    );
    CREATE TABLE tickets_pools (    -- the lists of a pool, in the order of their ordinals
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL,
        place INTEGER NOT NULL,     -- 0, 1, 2, …
        list INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (session, pool, place)
    ) WITHOUT ROWID;
    CREATE TABLE tickets_tiers (
        tier INTEGER PRIMARY KEY,
        session INTEGER NOT NULL,
        pool INTEGER NOT NULL
    );
)sql"},
                                    sql::Migration{2, R"sql(
    CREATE TABLE tickets_void (     -- orders whose tickets are valid no more
        order_id INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL
    );
)sql"},
                                    sql::Migration{3, R"sql(
    CREATE TABLE tickets_lines (    -- of orders that were not completed when they were placed
        line_id INTEGER PRIMARY KEY, -- order << 5 | place; from 16 on: what a late payment bought
        session INTEGER NOT NULL,
        tier INTEGER NOT NULL,
        quantity INTEGER NOT NULL
    );
)sql"}};

constexpr std::array<std::string_view, 5> kTables = {
    "tickets_tickets", "tickets_pools", "tickets_tiers", "tickets_void", "tickets_lines"};

// Lines of a late payment stand behind the ones that the order was placed with.
constexpr std::uint32_t kLatePlace = 16;
static_assert(domain::kLinesPerOrderMax <= kLatePlace);
static_assert(2 * kLatePlace <= 1U << domain::kTicketIndexBits);

std::int64_t line_id(domain::OrderId order, std::uint32_t place) {
    return to_row(domain::make_ticket_id(order, place));
}

SqlResult<void> insert_addition(sql::Connection& connection, domain::SessionId session,
                                domain::PoolId pool, const domain::Addition& addition) {
    ONSALE_TRY_ASSIGN(
        row, connection.prepare(
                 "INSERT INTO tickets_pools (session, pool, place, list, count) SELECT ?1, "
                 "?2, count(*), ?3, ?4 FROM tickets_pools WHERE session = ?1 AND pool = ?2"));
    row.bind(1, to_row(session)).bind(2, to_row(pool));
    return row.bind(3, to_row(addition.id)).bind(4, to_row(addition.count)).run();
}

SqlResult<void> insert_session(sql::Connection& connection, const domain::Session& session) {
    for (const auto& pool : session.pools) {
        if (pool.kind != domain::PoolKind::codes) continue;
        for (const auto& addition : pool.additions) {
            ONSALE_TRY(insert_addition(connection, session.id, pool.id, addition));
        }
    }
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO tickets_tiers (tier, session, pool) "
                                              "VALUES (?, ?, ?)"));
    for (const auto& tier : session.tiers) {
        row.bind(1, to_row(tier.id)).bind(2, to_row(session.id)).bind(3, to_row(tier.pool));
        ONSALE_TRY(row.run());
    }
    return {};
}

// An addition to a pool of codes; a pool that is a number has no rows here.
SqlResult<void> insert_added(sql::Connection& connection, const domain::StockAdded& fact) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT 1 FROM tickets_pools WHERE session = ? "
                                              "AND pool = ? AND place = 0"));
    ONSALE_TRY_ASSIGN(codes, row.bind(1, to_row(fact.session)).bind(2, to_row(fact.pool)).step());
    if (!codes) return {};
    row.reset();
    return insert_addition(connection, fact.session, fact.pool, fact.addition);
}

SqlResult<std::vector<domain::Addition>> read_additions(sql::Connection& connection,
                                                        domain::TierId tier) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT p.list, p.count FROM tickets_tiers t JOIN "
                                              "tickets_pools p USING (session, pool) "
                                              "WHERE t.tier = ? ORDER BY p.place"));
    row.bind(1, to_row(tier));
    std::vector<domain::Addition> additions;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return additions;
        additions.push_back({records::id_from_row<domain::AdditionId>(row.integer(0)),
                             records::number_from_row(row.integer(1)),
                             {}});
    }
}

Unexpected<FollowError> beyond_pool(domain::OrderId order) {
    return Unexpected{FollowError{"tickets: order " + std::to_string(order.value()) +
                                  " has a code beyond its pool"}};
}

SqlResult<void> insert_void(sql::Connection& connection, domain::OrderId order,
                            base::Timestamp at) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("INSERT INTO tickets_void VALUES (?, ?)"));
    return row.bind(1, to_row(order)).bind(2, to_row(at)).run();
}

}  // namespace

std::string_view TicketsProjection::component() const {
    return "tickets";
}
std::span<const sql::Migration> TicketsProjection::migrations() const {
    return kMigrations;
}
std::span<const std::string_view> TicketsProjection::tables() const {
    return kTables;
}

FollowResult<void> TicketsProjection::apply(sql::Connection& connection,
                                            const follow::CommittedBatch&, const domain::Fact& fact,
                                            std::uint32_t) {
    if (const auto* order = std::get_if<domain::OrderPlaced>(&fact)) {
        return placed(connection, order->order);
    }
    if (const auto* refunded = std::get_if<domain::OrderRefunded>(&fact)) {
        return told(insert_void(connection, refunded->order, refunded->at));
    }
    if (const auto* gone_on = std::get_if<domain::OrderMoved>(&fact)) {
        return moved(connection, *gone_on);
    }
    if (const auto* late = std::get_if<domain::LatePaymentAccepted>(&fact)) {
        accepted(*late);
        return {};
    }
    if (const auto* set_up = std::get_if<domain::SessionSetUp>(&fact)) {
        additions_of_tiers_.clear();
        return told(insert_session(connection, *set_up->session));
    }
    if (const auto* added = std::get_if<domain::StockAdded>(&fact)) {
        additions_of_tiers_.clear();
        return told(insert_added(connection, *added));
    }
    return {};
}

void TicketsProjection::begin() {
    tickets_.clear();
    lines_.clear();
}

FollowResult<void> TicketsProjection::flush(sql::Connection& connection) {
    ONSALE_TRY(told(lines_.write(connection)));
    return told(tickets_.write(connection));
}

// A new order only adds to what is gathered; all other facts find it as rows.
TicketsProjection::Done TicketsProjection::placed(sql::Connection& connection,
                                                  const domain::Order& order) {
    if (order.state == domain::OrderState::completed)
        return completed(connection, {order.id, order.session, order.lines});
    std::uint32_t place = 0;
    for (const auto& line : order.lines) {
        lines_.add(line_id(order.id, place++), to_row(order.session), to_row(line.tier),
                   to_row(line.quantity));
    }
    return {};
}

TicketsProjection::Done TicketsProjection::moved(sql::Connection& connection,
                                                 const domain::OrderMoved& fact) {
    if (fact.to == domain::OrderState::refunded)
        return told(insert_void(connection, fact.order, fact.at));
    // An order comes back to completed without ordinals when its refund was given up: its tickets
    // are there.
    if (fact.to != domain::OrderState::completed || fact.first_ordinals.empty()) return {};
    ONSALE_TRY_ASSIGN(order, told(read_lines(connection, fact.order)));
    for (std::size_t i = 0; i < order.lines.size() && i < fact.first_ordinals.size(); ++i) {
        order.lines[i].first_ordinal = fact.first_ordinals[i];
    }
    return completed(connection, order);
}

void TicketsProjection::accepted(const domain::LatePaymentAccepted& fact) {
    std::uint32_t place = kLatePlace;
    for (const auto& line : fact.lines) {
        lines_.add(line_id(fact.order, place++), to_row(fact.session), to_row(line.tier),
                   to_row(line.quantity));
    }
}

SqlResult<TicketsProjection::Lines> TicketsProjection::read_lines(sql::Connection& connection,
                                                                  domain::OrderId order) {
    ONSALE_TRY_ASSIGN(row, connection.prepare("SELECT line_id, session, tier, quantity FROM "
                                              "tickets_lines WHERE line_id BETWEEN ? AND ? "
                                              "ORDER BY line_id"));
    row.bind(1, line_id(order, 0)).bind(2, line_id(order, 2 * kLatePlace - 1));
    Lines found{order, {}, {}};
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return found;
        if (row.integer(0) == line_id(order, kLatePlace)) found.lines.clear();
        found.session = records::id_from_row<domain::SessionId>(row.integer(1));
        found.lines.push_back({records::id_from_row<domain::TierId>(row.integer(2)),
                               static_cast<std::uint32_t>(row.integer(3)),
                               {},
                               0});
    }
}

TicketsProjection::Done TicketsProjection::completed(sql::Connection& connection,
                                                     const Lines& order) {
    std::uint32_t index = 0;
    for (const auto& line : order.lines) {
        ONSALE_TRY_ASSIGN(additions, additions_of(connection, line));
        for (std::uint32_t i = 0; i < line.quantity; ++i) {
            // Without codes the place is that of no list.
            const auto place = line.first_ordinal == 0
                                   ? CodePlace{}
                                   : code_place(*additions, line.first_ordinal + i);
            if (!place) return beyond_pool(order.order);
            tickets_.add(to_row(domain::make_ticket_id(order.order, index++)), to_row(order.order),
                         to_row(order.session), to_row(line.tier), to_row(place->list),
                         to_row(place->position));
        }
    }
    return {};
}

FollowResult<const TicketsProjection::Additions*> TicketsProjection::additions_of(
    sql::Connection& connection, const domain::OrderLine& line) {
    static const Additions kNone;
    if (line.first_ordinal == 0) return &kNone;
    const auto known = additions_of_tiers_.find(line.tier.value());
    if (known != additions_of_tiers_.end()) return &known->second;
    ONSALE_TRY_ASSIGN(additions, told(read_additions(connection, line.tier)));
    return &additions_of_tiers_.emplace(line.tier.value(), std::move(additions)).first->second;
}

}  // namespace onsale::tickets
