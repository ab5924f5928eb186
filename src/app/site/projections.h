// The projections of a site, in the order in which a fact goes through them. One list for the
// server and for `onsale rebuild`. Belongs to the projector's executor.
#pragma once

#include <vector>

#include "orders/projection.h"
#include "stock/projection.h"
#include "tickets/projection.h"

namespace onsale::site {

struct Projections {
    orders::OrdersProjection orders;
    tickets::TicketsProjection tickets;
    stock::StockProjection stock;

    [[nodiscard]] std::vector<follow::Projection*> all() { return {&orders, &tickets, &stock}; }
};

}  // namespace onsale::site
