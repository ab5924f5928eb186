// TicketReader: tickets from the projection's rows, for questions that start from a ticket. Any
// thread may call it; SQL runs on the "lists" store (read only). What it says is as old as the
// projection.
#pragma once

#include <optional>
#include <vector>

#include "base/unique_function.h"
#include "domain/ids.h"
#include "domain/limits.h"
#include "records/store.h"
#include "tickets/code_place.h"

namespace onsale::tickets {

struct TicketRow {
    domain::TicketId id;
    domain::OrderId order;
    domain::SessionId session;
    domain::TierId tier;
    std::optional<CodePlace> place;  // nothing: the code is derived from the id
    bool is_void = false;            // its order was refunded
};

class TicketReader {
  public:
    explicit TicketReader(records::Store& lists) : lists_(lists) {}

    using Found = records::StoreResult<std::optional<TicketRow>>;
    void find(domain::TicketId ticket, env::Executor& home,
              base::UniqueFunction<void(Found)> reply);

    // All tickets of an order, ascending.
    using Listed = records::StoreResult<std::vector<TicketRow>>;
    void of_order(domain::OrderId order, env::Executor& home,
                  base::UniqueFunction<void(Listed)> reply);

  private:
    records::Store& lists_;
};

}  // namespace onsale::tickets
