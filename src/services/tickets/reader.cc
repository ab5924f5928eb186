#include "tickets/reader.h"

#include <utility>

#include "records/rows.h"

namespace onsale::tickets {
namespace {

using base::Unexpected;
using records::id_from_row;
using records::to_row;
using sql::SqlResult;

constexpr std::string_view kOne =
    "SELECT ticket_id, t.order_id, session, tier, list, position, v.order_id IS NOT NULL "
    "FROM tickets_tickets t LEFT JOIN tickets_void v ON v.order_id = t.order_id "
    "WHERE ticket_id = ?";
constexpr std::string_view kRange =
    "SELECT ticket_id, t.order_id, session, tier, list, position, v.order_id IS NOT NULL "
    "FROM tickets_tickets t LEFT JOIN tickets_void v ON v.order_id = t.order_id "
    "WHERE ticket_id BETWEEN ? AND ? ORDER BY ticket_id";

TicketRow row_of(const sql::Statement& row) {
    TicketRow ticket{id_from_row<domain::TicketId>(row.integer(0)),
                     id_from_row<domain::OrderId>(row.integer(1)),
                     id_from_row<domain::SessionId>(row.integer(2)),
                     id_from_row<domain::TierId>(row.integer(3)),
                     {},
                     row.integer(6) != 0};
    if (row.integer(4) != 0) {
        ticket.place = CodePlace{id_from_row<domain::AdditionId>(row.integer(4)),
                                 records::number_from_row(row.integer(5))};
    }
    return ticket;
}

SqlResult<std::optional<TicketRow>> find_ticket(sql::Connection& connection,
                                                domain::TicketId ticket) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(kOne));
    ONSALE_TRY_ASSIGN(there, row.bind(1, to_row(ticket)).step());
    if (!there) return std::optional<TicketRow>{};
    return std::optional(row_of(row));
}

SqlResult<std::vector<TicketRow>> tickets_of_order(sql::Connection& connection,
                                                   domain::OrderId order) {
    ONSALE_TRY_ASSIGN(row, connection.prepare(kRange));
    row.bind(1, to_row(domain::make_ticket_id(order, 0)));
    row.bind(2, to_row(domain::make_ticket_id(order, domain::kTicketsPerOrderMax - 1)));
    std::vector<TicketRow> tickets;
    while (true) {
        ONSALE_TRY_ASSIGN(there, row.step());
        if (!there) return tickets;
        tickets.push_back(row_of(row));
    }
}

template <class T>
records::StoreResult<T> told(SqlResult<T> result) {
    if (result) return std::move(*result);
    return Unexpected{records::to_store_error(result.error())};
}

}  // namespace

void TicketReader::find(domain::TicketId ticket, env::Executor& home,
                        base::UniqueFunction<void(Found)> reply) {
    lists_.ask<Found>(
        home,
        [ticket](sql::Connection& connection) { return told(find_ticket(connection, ticket)); },
        std::move(reply), Unexpected{records::store_busy()});
}

void TicketReader::of_order(domain::OrderId order, env::Executor& home,
                            base::UniqueFunction<void(Listed)> reply) {
    lists_.ask<Listed>(
        home,
        [order](sql::Connection& connection) { return told(tickets_of_order(connection, order)); },
        std::move(reply), Unexpected{records::store_busy()});
}

}  // namespace onsale::tickets
