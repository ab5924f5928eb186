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

  private:
    records::Store& lists_;
};

}  // namespace onsale::orders
