#include "bank/books/callbacks.h"

#include <algorithm>
#include <limits>

#include "bank/books/ledger.h"
#include "bank/books/limits.h"

namespace onsale::books {
namespace {

constexpr std::string_view kColumns =
    "SELECT c.number, c.merchant, m.name, c.kind, c.reference, c.refund, c.status, "
    "c.transaction_number, c.order_text, c.amount, c.at, c.state, c.tries, c.next_at FROM "
    "bank_callbacks c JOIN bank_merchants m ON m.merchant = c.merchant ";

Event read(const sql::Statement& query) {
    Event event;
    event.number = number(query.integer(0));
    event.merchant = number(query.integer(1));
    event.merchant_name = query.text(2);
    event.kind = query.text(3);
    event.reference = query.text(4);
    event.refund = optional_text(query, 5);
    event.status = query.text(6);
    event.transaction = optional_number(query, 7);
    event.order = query.text(8);
    event.amount = query.integer(9);
    event.at = time_of(query.integer(10));
    event.state = static_cast<CallbackState>(query.integer(11));
    event.tries = static_cast<std::uint32_t>(query.integer(12));
    event.next_at = time_of(query.integer(13));
    return event;
}

sql::SqlResult<std::vector<Event>> read_all(sql::Statement query) {
    std::vector<Event> events;
    while (true) {
        ONSALE_TRY_ASSIGN(found, query.step());
        if (!found) return events;
        events.push_back(read(query));
    }
}

}  // namespace

sql::SqlResult<void> add_event(sql::Connection& connection, const NewEvent& event) {
    ONSALE_TRY_ASSIGN(
        insert, connection.prepare("INSERT INTO bank_callbacks(merchant, kind, reference, refund, "
                                   "status, transaction_number, order_text, amount, at, next_at) "
                                   "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)"));
    insert.bind(1, row(event.merchant)).bind(2, event.kind).bind(3, event.reference);
    bind_optional(insert, 4, event.refund);
    insert.bind(5, event.status);
    bind_optional(insert, 6, event.transaction);
    insert.bind(7, event.order).bind(8, event.amount).bind(9, row(event.at));
    return insert.run();
}

sql::SqlResult<std::vector<Event>> due_events(sql::Connection& connection, base::Timestamp now,
                                              std::size_t max) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(std::string(kColumns) +
                                                "WHERE c.state = 1 AND c.next_at <= ?1 ORDER BY "
                                                "c.next_at, c.number LIMIT ?2"));
    query.bind(1, row(now)).bind(2, row(max));
    return read_all(std::move(query));
}

sql::SqlResult<void> wake_events(sql::Connection& connection, base::Timestamp now) {
    ONSALE_TRY_ASSIGN(update, connection.prepare("UPDATE bank_callbacks SET next_at = ?1 WHERE "
                                                 "state = 1 AND next_at > ?1"));
    update.bind(1, row(now));
    return update.run();
}

sql::SqlResult<void> mark_event(sql::Connection& connection, std::uint64_t event,
                                const Mark& mark) {
    ONSALE_TRY_ASSIGN(update,
                      connection.prepare("UPDATE bank_callbacks SET state = ?2, tries = ?3, "
                                         "next_at = ?4 WHERE number = ?1"));
    update.bind(1, row(event)).bind(2, row(mark.state)).bind(3, row(mark.tries));
    update.bind(4, row(mark.next_at));
    return update.run();
}

sql::SqlResult<std::optional<Event>> find_event(sql::Connection& connection, std::uint64_t event) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(std::string(kColumns) + "WHERE c.number = ?1"));
    query.bind(1, row(event));
    ONSALE_TRY_ASSIGN(found, query.step());
    if (!found) return std::optional<Event>();
    return std::optional(read(query));
}

sql::SqlResult<std::vector<Event>> list_events(sql::Connection& connection,
                                               std::optional<CallbackState> state,
                                               std::uint64_t before, std::size_t max) {
    ONSALE_TRY_ASSIGN(query, connection.prepare(std::string(kColumns) +
                                                "WHERE c.number < ?1 AND (?2 = 0 OR c.state = ?2) "
                                                "ORDER BY c.number DESC LIMIT ?3"));
    query.bind(1, before == 0 ? std::numeric_limits<std::int64_t>::max() : row(before));
    query.bind(2, state ? row(*state) : 0).bind(3, row(max));
    return read_all(std::move(query));
}

sql::SqlResult<std::uint64_t> count_waiting(sql::Connection& connection, std::uint64_t merchant) {
    ONSALE_TRY_ASSIGN(query,
                      connection.prepare("SELECT COUNT(*) FROM bank_callbacks WHERE state = 1 AND "
                                         "merchant = ?1"));
    query.bind(1, row(merchant));
    ONSALE_TRY(query.step());
    return number(query.integer(0));
}

base::Duration callback_wait(std::uint32_t tries, std::uint64_t chance) {
    std::int64_t wait = kCallbackWaitFirst.count_ms();
    for (std::uint32_t i = 1; i < tries && wait < kCallbackWaitMax.count_ms(); ++i) wait *= 2;
    wait = std::min(wait, kCallbackWaitMax.count_ms());
    const auto jitter = static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(wait / 4));
    return base::Duration::milliseconds(wait + jitter);
}

}  // namespace onsale::books
