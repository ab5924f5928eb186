// The parts of a site. INVARIANT: declared in the order in which they are made, so each is gone
// before what it uses.
#pragma once

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "accounts/accounts.h"
#include "catalog/catalog.h"
#include "crypto/crypto.h"
#include "imports/imports.h"
#include "ledger/reader.h"
#include "ledger/reconciliations.h"
#include "messages/outbox.h"
#include "notices/notices.h"
#include "orders/order_events.h"
#include "orders/order_service.h"
#include "payments/bills.h"
#include "payments/payments.h"
#include "records/store.h"
#include "refunds/inbox.h"
#include "refunds/notes.h"
#include "refunds/reader.h"
#include "registry/registry.h"
#include "replay/desk.h"
#include "site/account_names.h"
#include "site/audit_desk.h"
#include "site/projections.h"
#include "site/pulse.h"
#include "site/site.h"
#include "statistics/exporter.h"
#include "statistics/reader.h"
#include "stock/live_stock.h"
#include "stock/reader.h"
#include "tickets/ticket_desk.h"
#include "tickets/ticket_service.h"
#include "vault/vault.h"
#include "webhooks/webhooks.h"

namespace onsale::site {

struct Site::Impl {
    Impl(const Config& c, env::Environment& e, Outside o)
        : config(c), environment(e), outside(std::move(o)) {}

    // assemble.cc, in this order. Each says in a sentence what is wrong.
    using Done = base::Result<void, std::string>;
    Done take_folder();
    Done start_engine();
    Done open_outbox();
    Done open_records();
    Done open_accounts();
    Done open_projections();
    Done open_tickets();
    Done open_registry();
    Done open_payments();
    Done open_reconciliations();
    Done open_webhooks();
    Done open_notices();
    Done open_exports();
    Done open_replays();
    void make_services();
    Done load_pages();
    void start();

    [[nodiscard]] telemetry::Counter* work_of(const std::string& store);
    [[nodiscard]] sql::OpenOptions database(const std::string& path, sql::Access access) const;
    [[nodiscard]] std::vector<gate::Dependency> dependencies() const;
    [[nodiscard]] gate::Dependency projections_state() const;
    // Whether the rows show what is committed at this moment.
    [[nodiscard]] ledger::Shown rows_until_now() const;
    [[nodiscard]] std::vector<domain::BankId> enabled_banks() const;

    // site.cc: the steps of stop().
    void quiesce();
    void flush_stores();
    void catch_up();

    const Config config;
    env::Environment& environment;
    const Outside outside;
    std::unique_ptr<env::File> lock;
    crypto::Key master{};
    telemetry::Metrics metrics;
    std::unique_ptr<messages::Outbox> outbox;
    std::unique_ptr<records::Store> records;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<accounts::Accounts> accounts;
    std::unique_ptr<refunds::Notes> refund_notes;
    std::unique_ptr<follow::Feed> feed;
    // Ends before the accounts: requests that still wait in it are abandoned then, and operation
    // records are made of some.
    std::unique_ptr<shard::Engine> engine;
    std::unique_ptr<catalog::Catalog> catalog;
    Projections projections;
    std::unique_ptr<env::Executor> projector_executor;
    std::unique_ptr<follow::Projector> projector;
    std::unique_ptr<records::Store> lists;
    std::unique_ptr<records::Store> exports;
    std::unique_ptr<env::Executor> events_executor;
    std::unique_ptr<orders::OrderReader> order_reader;
    std::unique_ptr<orders::OrderService> orders;
    std::unique_ptr<tickets::TicketService> tickets;
    std::unique_ptr<tickets::TicketDesk> ticket_desk;
    std::unique_ptr<stock::StockReader> stock_reader;
    std::unique_ptr<refunds::MoneyReader> money_reader;
    std::unique_ptr<refunds::Inbox> inbox;
    std::unique_ptr<stock::LiveStock> live_stock;
    std::unique_ptr<orders::OrderEvents> order_events;
    std::unique_ptr<imports::Imports> imports;
    std::unique_ptr<statistics::StatisticsReader> statistics;
    std::unique_ptr<AccountNames> account_names;
    std::unique_ptr<statistics::Exporter> exporter;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<payments::Payments> payments;
    std::unique_ptr<payments::Bills> bills;
    std::unique_ptr<ledger::LedgerReader> ledger_reader;
    std::unique_ptr<ledger::Reconciliations> reconciliations;
    std::unique_ptr<webhooks::Webhooks> webhooks;
    std::unique_ptr<notices::Notices> notices;  // null: the site has no mail server
    std::unique_ptr<replay::Desk> replays;
    std::shared_ptr<Pulse> records_pulse;
    std::shared_ptr<Pulse> lists_pulse;
    std::unique_ptr<AuditDesk> audit_desk;
    std::unique_ptr<http::Router> router;

    std::atomic<bool> intents_resumed = false;
    std::atomic<bool> leaving = false;
    env::Task on_stopped;
};

}  // namespace onsale::site
