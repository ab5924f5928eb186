// What a complete site consists of, from top to bottom.
#include <utility>

#include "accounts/keys.h"
#include "api/router.h"
#include "http/pages.h"
#include "site/internal/impl.h"
#include "site/layout.h"
#include "telemetry/log.h"

namespace onsale::site {
namespace {

using base::Unexpected;

constexpr std::size_t kFeedBatchesMax = 4096;  // per shard; older ones are in the journal
constexpr std::size_t kEventTasksMax = 1 << 18;
constexpr std::size_t kProjectorTasksMax = 1024;
constexpr std::size_t kListsWaitingMax = 4096;
constexpr std::size_t kRecordsWaitingMax = 4096;

Unexpected<std::string> cannot(const std::string& what, const std::string& why) {
    return Unexpected{what + ": " + why};
}

// SQLite names the damage of a file, but nothing to do about it.
base::Result<void, std::string> or_restore(base::Result<void, std::string> opened) {
    if (opened) return opened;
    return Unexpected{
        opened.error() +
        "; if the file is damaged, restore the data folder and its keys from a backup"};
}

}  // namespace

sql::OpenOptions Site::Impl::database(const std::string& path, sql::Access access) const {
    sql::OpenOptions options;
    options.path = path;
    options.vfs = environment.sqlite_vfs();
    options.access = access;
    return options;
}

telemetry::Counter* Site::Impl::work_of(const std::string& store) {
    return &metrics.counter("onsale_records_work_total",
                            "pieces of work that a database's executor was asked for",
                            {{"store", store}});
}

Site::Impl::Done Site::Impl::take_folder() {
    auto& files = environment.files();
    const std::string& folder = config.folder;
    if (!files.create_folders(journal_folder(folder))) {
        return cannot("the data folder " + folder,
                      "it cannot be made; check the owner and mode of its parent");
    }
    auto locked = files.lock(lock_path(folder));
    if (!locked && locked.error() == env::FileError::locked) {
        return cannot("the data folder " + folder,
                      "another onsale is using this folder; stop it or choose another folder");
    }
    if (!locked)
        return cannot("the data folder " + folder,
                      std::string(env::to_string(locked.error())) + " at its lock file");
    lock = std::move(*locked);
    // A new key could open nothing of what the old one has sealed.
    const auto has_records = files.exists(records_path(folder));
    const auto has_key = files.exists(master_key_path(folder));
    if (has_records && *has_records && has_key && !*has_key)
        return cannot(master_key_path(folder),
                      "it is missing, and records.sqlite is sealed with it; put the copy of the "
                      "keys back");
    ONSALE_TRY_ASSIGN(key,
                      accounts::load_or_create_master_key(files, environment.entropy(), folder));
    master = key;
    return {};
}

Site::Impl::Done Site::Impl::start_engine() {
    feed = std::make_unique<follow::Feed>(config.shards, kFeedBatchesMax);
    shard::Options options;
    options.folder = journal_folder(config.folder);
    options.vfs = environment.sqlite_vfs();
    options.shards = config.shards;
    options.reserve_bytes = config.reserve_mib * 1024 * 1024;
    options.snapshot_facts = config.snapshot_facts;
    ONSALE_TRY_ASSIGN(started, shard::Engine::start(options, environment, *feed, metrics));
    engine = std::move(started);
    return {};
}

Site::Impl::Done Site::Impl::open_records() {
    const std::string path = records_path(config.folder);
    auto store =
        records::Store::open({database(path, sql::Access::read_write), "records",
                              "accounts, catalogue and vault: the one writer of records.sqlite",
                              kRecordsWaitingMax, work_of("records")},
                             environment);
    if (!store) return cannot(path, store.error().message);
    records = std::move(*store);
    auto made_vault = vault::Vault::create(*records, master, environment.entropy(), {});
    if (!made_vault) return cannot("vault in " + path, made_vault.error().message);
    vault = std::move(*made_vault);
    ONSALE_TRY(open_accounts());
    auto made_notes = refunds::Notes::create(*records, accounts->person_texts());
    if (!made_notes) return cannot("refunds in " + path, made_notes.error().message);
    refund_notes = std::move(*made_notes);
    if (auto made = refunds::Inbox::migrate(*records); !made)
        return cannot("refunds in " + path, made.error().message);
    auto made_catalog = catalog::Catalog::create(*records, *vault, *engine, environment.clock());
    if (!made_catalog) return cannot("catalogue in " + path, made_catalog.error().message);
    catalog = std::move(*made_catalog);
    return {};
}

Site::Impl::Done Site::Impl::open_projections() {
    auto reader =
        journal::Reader::open(database(journal_path(config.folder), sql::Access::read_only));
    if (!reader) return cannot("journal", reader.error().message);
    const std::string path = projections_path(config.folder);
    projector_executor = environment.make_executor(
        {"projector", "keeps the rows of projections.sqlite equal to the journal",
         kProjectorTasksMax});
    follow::ProjectorOptions options;
    options.database = database(path, sql::Access::read_write);
    auto made = follow::Projector::create(
        options, {*projector_executor, follow::BatchSource(*feed, std::move(*reader)), *feed,
                  projections.all(), metrics});
    if (!made) return Unexpected{made.error().message};
    projector = std::move(*made);
    auto store = records::Store::open(
        {database(path, sql::Access::read_only), "lists",
         "reads the projections for lists and look-ups", kListsWaitingMax, work_of("lists")},
        environment);
    if (!store) return cannot(path, store.error().message);
    lists = std::move(*store);
    return {};
}

Site::Impl::Done Site::Impl::open_tickets() {
    order_reader = std::make_unique<orders::OrderReader>(*lists);
    auto made = tickets::TicketDesk::create(
        {*records, master, environment, *engine, *order_reader, *catalog});
    if (!made) return cannot("tickets", made.error());
    ticket_desk = std::move(*made);
    return {};
}

void Site::Impl::make_services() {
    events_executor = environment.make_executor(
        {"events", "live stock, order notices and event streams", kEventTasksMax});
    orders = std::make_unique<orders::OrderService>(*engine, *catalog, *order_reader);
    tickets = std::make_unique<tickets::TicketService>(*vault, *catalog, *orders);
    stock_reader = std::make_unique<stock::StockReader>(*lists);
    money_reader = std::make_unique<refunds::MoneyReader>(*lists);
    inbox = std::make_unique<refunds::Inbox>(*records, *lists);
    ledger_reader =
        std::make_unique<ledger::LedgerReader>(*lists, *exports, exports_folder(config.folder));
    live_stock = std::make_unique<stock::LiveStock>(*engine, *feed, *catalog, *events_executor);
    order_events = std::make_unique<orders::OrderEvents>(*engine, *feed, *events_executor);
    imports = std::make_unique<imports::Imports>(imports::Imports::Parts{
        environment, *records, *vault, *catalog, imports_folder(config.folder),
        [staff = &accounts->staff()](std::uint64_t person, std::uint64_t organiser) {
            const auto member = staff->member(domain::PersonId(person));
            return member != nullptr && member->acts_for(organiser);
        }});
    statistics = std::make_unique<statistics::StatisticsReader>(*lists);
    records_pulse =
        std::make_shared<Pulse>("records", *records, *events_executor, environment.clock());
    lists_pulse = std::make_shared<Pulse>("lists", *lists, *events_executor, environment.clock());
    gate::ApiOptions options;
    options.version = version();
    options.token_lifetime = config.token_lifetime;
    options.name_zh = config.name_zh;
    options.name_en = config.name_en;
    audit_desk = std::make_unique<AuditDesk>(config.folder, environment);
    router = api::create_router(
        {environment.clock(),
         *events_executor,
         metrics,
         master,
         *engine,
         *catalog,
         *vault,
         *accounts,
         *orders,
         *order_events,
         *tickets,
         *ticket_desk,
         *live_stock,
         *stock_reader,
         *imports,
         *order_reader,
         *statistics,
         *exporter,
         *webhooks,
         *replays,
         *registry,
         *payments,
         *money_reader,
         *refund_notes,
         *inbox,
         *ledger_reader,
         *reconciliations,
         *bills,
         [this] { return dependencies(); },
         {[this] { return audit_desk->state(); }, [this] { audit_desk->start(); }},
         options});
}

Site::Impl::Done Site::Impl::load_pages() {
    if (config.pages.empty()) return {};
    ONSALE_TRY_ASSIGN(loaded, http::Pages::load(environment.files(), config.pages));
    telemetry::log_info("site", "serving " + std::to_string(loaded->size()) + " files of pages");
    router->set_fallback([pages = std::shared_ptr<http::Pages>(std::move(loaded))](
                             const http::Request& request) { return pages->find(request); });
    return {};
}

void Site::Impl::start() {
    projector->start([this] { return engine->busy(); });
    catalog->resume_intents(*events_executor, [this](std::uint64_t ended) {
        if (ended > 0)
            telemetry::log_info("site", "resumed " + std::to_string(ended) +
                                            " unfinished changes of the catalogue");
        intents_resumed = true;
    });
    live_stock->start();
    order_events->start();
    webhooks->start();
    if (notices != nullptr) notices->start();
    payments->start();
    reconciliations->run_daily([this] { return enabled_banks(); });
    records_pulse->beat();
    lists_pulse->beat();
}

base::Result<std::unique_ptr<Site>, std::string> assemble_all(const Config& config,
                                                              env::Environment& environment,
                                                              Outside outside) {
    auto impl = std::make_unique<Site::Impl>(config, environment, std::move(outside));
    ONSALE_TRY(impl->take_folder());
    ONSALE_TRY(impl->start_engine());
    ONSALE_TRY(impl->open_outbox());
    ONSALE_TRY(or_restore(impl->open_records()));
    ONSALE_TRY(or_restore(impl->open_registry()));
    ONSALE_TRY(or_restore(impl->open_payments()));
    ONSALE_TRY(or_restore(impl->open_reconciliations()));
    ONSALE_TRY(impl->open_webhooks());
    ONSALE_TRY(or_restore(impl->open_notices()));
    ONSALE_TRY(impl->open_projections());
    ONSALE_TRY(or_restore(impl->open_tickets()));
    ONSALE_TRY(impl->open_exports());
    ONSALE_TRY(impl->open_replays());
    impl->make_services();
    ONSALE_TRY(impl->load_pages());
    impl->start();
    return std::unique_ptr<Site>(new Site(std::move(impl)));
}

}  // namespace onsale::site
