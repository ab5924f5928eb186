// Context: everything that the HTTP interface stands on, handed over by the assembly of the site as
// references. All of it outlives the router. Plain values without an owner; no thread, nothing to
// promise after a crash.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "accounts/people.h"
#include "accounts/tokens.h"
#include "catalog/catalog.h"
#include "crypto/crypto.h"
#include "env/clock.h"
#include "env/executor.h"
#include "orders/order_events.h"
#include "orders/order_service.h"
#include "shard/engine.h"
#include "stock/live_stock.h"
#include "stock/reader.h"
#include "telemetry/metrics.h"
#include "tickets/ticket_service.h"
#include "vault/vault.h"

namespace onsale::api {

// One line of /readyz.
struct Dependency {
    std::string name;
    bool ready = false;
    std::string detail;  // why not, or where it stands
    bool needed = true;  // false: the site is worse off without it, but goes on serving
};

struct ApiOptions {
    std::string version;
    base::Duration token_lifetime = accounts::kTokenLifetime;
    std::size_t streams_max = 10'000;  // open event streams; further ones get 503
    base::Duration page_lifetime =
        base::Duration::milliseconds(100);  // of ready-made campaign pages
};

struct Context {
    env::Clock& clock;
    env::Executor& events;  // where the event streams' hub works
    telemetry::Metrics& metrics;
    const crypto::Key& master;
    shard::Engine& engine;
    catalog::Catalog& catalog;
    vault::Vault& vault;
    accounts::People& people;
    orders::OrderService& orders;
    orders::OrderEvents& order_events;
    tickets::TicketService& tickets;
    stock::LiveStock& live_stock;
    stock::StockReader& stock_reader;
    std::function<std::vector<Dependency>()> dependencies;  // from any thread
    ApiOptions options;
};

}  // namespace onsale::api
