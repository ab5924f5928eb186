// tickets_of: the tickets that a completed order yields. Pure: order and directory entry in, values
// out; nothing is stored, because an order and its session's definition say everything.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "catalog/directory.h"
#include "domain/order.h"
#include "tickets/code_place.h"
#include "tickets/signed_code.h"

namespace onsale::tickets {

struct TicketView {
    domain::TicketId id;
    domain::OrderId order;
    domain::TierId tier;
    domain::PoolId pool;
    std::uint64_t ordinal = 0;       // of the pool's codes; 0: the pool is a number
    std::optional<CodePlace> place;  // in the vault; nothing: the code is derived from the id
};

// In the order of lines, ids counting from 0 within the order. Empty for an order that is not
// completed (any more). A ticket whose list the directory does not show yet has an ordinal and no
// place.
[[nodiscard]] std::vector<TicketView> tickets_of(const domain::Order& order,
                                                 const catalog::SessionEntry& session);

// What the signed code of an order's ticket at `index` says, whatever the state of the order;
// nothing when it has fewer. It is issued as of the second in which its order was placed, which
// never changes.
[[nodiscard]] std::optional<CodeFacts> code_facts(const domain::Order& order, std::uint32_t index);

}  // namespace onsale::tickets
