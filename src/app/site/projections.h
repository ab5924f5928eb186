// The projections of a site, in the order in which a fact goes through them. One list for the
// server and for `onsale rebuild`. Belongs to the projector's executor.
#pragma once

#include <vector>

#include "ledger/projection.h"
#include "orders/projection.h"
#include "refunds/projection.h"
#include "statistics/projection.h"
#include "stock/projection.h"
#include "tickets/projection.h"

namespace onsale::site {

struct Projections {
    statistics::StatisticsProjection statistics;
    orders::OrdersProjection orders;
    tickets::TicketsProjection tickets;
    stock::StockProjection stock;
    refunds::MoneyProjection money;
    ledger::LedgerProjection ledger;

    [[nodiscard]] std::vector<follow::Projection*> all() {
        // Statistics first: they read an order as it was before the fact. Money and the books
        // behind the orders, whose rows say whose a payment is.
        return {&statistics, &orders, &tickets, &stock, &money, &ledger};
    }
};

}  // namespace onsale::site
