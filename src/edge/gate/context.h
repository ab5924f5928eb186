// Context: everything that the HTTP interface stands on, handed over by the assembly of the site as
// references. All of it outlives the router. Plain values without an owner; no thread, nothing to
// promise after a crash.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "accounts/accounts.h"
#include "accounts/tokens.h"
#include "catalog/catalog.h"
#include "crypto/crypto.h"
#include "env/clock.h"
#include "env/executor.h"
#include "gate/audit_state.h"
#include "imports/imports.h"
#include "ledger/reader.h"
#include "ledger/reconciliations.h"
#include "orders/order_events.h"
#include "orders/order_service.h"
#include "payments/bills.h"
#include "payments/payments.h"
#include "refunds/inbox.h"
#include "refunds/notes.h"
#include "refunds/reader.h"
#include "registry/registry.h"
#include "replay/desk.h"
#include "shard/engine.h"
#include "statistics/exporter.h"
#include "statistics/reader.h"
#include "stock/live_stock.h"
#include "stock/reader.h"
#include "telemetry/metrics.h"
#include "tickets/ticket_desk.h"
#include "tickets/ticket_service.h"
#include "vault/vault.h"
#include "webhooks/webhooks.h"

namespace onsale::gate {

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
    std::string name_zh = "Onsale";
    std::string name_en = "Onsale";
    std::size_t streams_max = 10'000;  // open event streams; further ones get 503
    std::size_t streams_per_person_max = 8;
    std::size_t streams_per_address_max = 256;
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
    accounts::Accounts& accounts;
    orders::OrderService& orders;
    orders::OrderEvents& order_events;
    tickets::TicketService& tickets;
    tickets::TicketDesk& ticket_desk;
    stock::LiveStock& live_stock;
    stock::StockReader& stock_reader;
    imports::Imports& imports;
    orders::OrderReader& order_reader;
    statistics::StatisticsReader& statistics;
    statistics::Exporter& exporter;
    webhooks::Webhooks& webhooks;
    replay::Desk& replays;
    registry::Registry& registry;
    payments::Payments& payments;
    refunds::MoneyReader& money;
    refunds::Notes& refund_notes;
    refunds::Inbox& inbox;
    ledger::LedgerReader& ledger;
    ledger::Reconciliations& reconciliations;
    payments::Bills& bills;
    std::function<std::vector<Dependency>()> dependencies;  // from any thread
    AuditDesk audit;
    ApiOptions options;
};

}  // namespace onsale::gate
