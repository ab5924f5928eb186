// What an order gets whose money comes after it has ended.
#pragma once

#include <optional>

#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {

struct LateLines {
    domain::OrderLines lines;
    bool replaced = false;  // they are of other tiers; the unit prices are those that were paid
};

// By the session's rule for late payments: the order's own lines if they are free, better ones if
// the rule allows them, nothing if the money has to go back. `order` is the order as it is seen
// now.
[[nodiscard]] std::optional<LateLines> late_lines(const domain::Order& order,
                                                  const StoredOrder& stored, base::Timestamp now);

}  // namespace onsale::boxoffice
