// OrderReader: orders from the projection's rows, for those that memory has let go of. Any thread
// may call it; SQL runs on the "lists" store (read only). What it says is as old as the projection.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.h"
#include "base/unique_function.h"
#include "domain/order.h"
#include "records/store.h"

namespace onsale::orders {

// Where a page of a person's orders begins: those older than this (time, then id). The default is
// the newest.
struct ListCursor {
    base::Timestamp created_at = base::Timestamp::never();
    domain::OrderId order;
};

struct ListQuery {
    domain::PersonId person;
    ListCursor before;
    std::size_t max = 20;
    std::optional<domain::OrderState> state;  // only orders in this state
};

// An order as the rows have it at this moment; for whoever has a connection to the projections.
[[nodiscard]] sql::SqlResult<std::optional<domain::Order>> find_order(sql::Connection& connection,
                                                                      domain::OrderId order);

enum class Direction : std::uint8_t { oldest_first, newest_first };

// Orders of a session by id. They are neighbours among those of other sessions, so a part ends when
// it is full, or when `examined_max` rows were looked at.
struct SessionQuery {
    domain::SessionId session;
    std::optional<domain::CampaignId> campaign;
    std::optional<domain::OrderState> state;
    Direction direction = Direction::oldest_first;
    std::optional<domain::OrderId> beyond;  // the last order of the former part, or its `next`
    std::size_t max = 20;
    std::size_t examined_max = 20'000;
};
struct SessionPart {
    std::vector<domain::Order> orders;    // with hidden ones
    std::optional<domain::OrderId> next;  // `beyond` of the next part; nothing: there is no more
};
[[nodiscard]] sql::SqlResult<SessionPart> orders_of_session(sql::Connection& connection,
                                                            const SessionQuery& query);

class OrderReader {
  public:
    explicit OrderReader(records::Store& lists) : lists_(lists) {}

    // Idempotency key and body hash are not kept in rows and read as 0.
    using Found = records::StoreResult<std::optional<domain::Order>>;
    void find(domain::OrderId order, env::Executor& home, base::UniqueFunction<void(Found)> reply);

    // A person's orders of retired sessions, newest first, without hidden ones.
    using Listed = records::StoreResult<std::vector<domain::Order>>;
    void list_retired(const ListQuery& query, env::Executor& home,
                      base::UniqueFunction<void(Listed)> reply);

    // A part of a session's orders, for its operator.
    using Part = records::StoreResult<SessionPart>;
    void of_session(const SessionQuery& query, env::Executor& home,
                    base::UniqueFunction<void(Part)> reply);

  private:
    records::Store& lists_;
};

}  // namespace onsale::orders
