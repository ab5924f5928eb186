// What a complete site consists of, from top to bottom.
#include <utility>

#include "accounts/keys.h"
#include "api/router.h"
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

}  // namespace

sql::OpenOptions Site::Impl::database(const std::string& path, sql::Access access) const {
    sql::OpenOptions options;
    options.path = path;
    options.vfs = environment.sqlite_vfs();
    options.access = access;
    return options;
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
    auto store = records::Store::open(
        {database(path, sql::Access::read_write), "records",
         "accounts, catalogue and vault: the one writer of records.sqlite", kRecordsWaitingMax},
        environment);
    if (!store) return cannot(path, store.error().message);
    records = std::move(*store);
    auto made_vault = vault::Vault::create(*records, master, environment.entropy(), {});
    if (!made_vault) return cannot("vault in " + path, made_vault.error().message);
    vault = std::move(*made_vault);
    auto made_people = accounts::People::create(*records, environment, {});
    if (!made_people) return cannot("accounts in " + path, made_people.error().message);
    people = std::move(*made_people);
    auto made_catalog = catalog::Catalog::create(*records, *vault, *engine);
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
    auto store =
        records::Store::open({database(path, sql::Access::read_only), "lists",
                              "reads the projections for lists and look-ups", kListsWaitingMax},
                             environment);
    if (!store) return cannot(path, store.error().message);
    lists = std::move(*store);
    return {};
}

void Site::Impl::make_services() {
    events_executor = environment.make_executor(
        {"events", "live stock, order notices and event streams", kEventTasksMax});
    order_reader = std::make_unique<orders::OrderReader>(*lists);
    orders = std::make_unique<orders::OrderService>(*engine, *catalog, *order_reader);
    tickets = std::make_unique<tickets::TicketService>(*vault, *catalog, *orders);
    stock_reader = std::make_unique<stock::StockReader>(*lists);
    live_stock = std::make_unique<stock::LiveStock>(*engine, *feed, *catalog, *events_executor);
    order_events = std::make_unique<orders::OrderEvents>(*engine, *feed, *events_executor);
    records_pulse =
        std::make_shared<Pulse>("records", *records, *events_executor, environment.clock());
    lists_pulse = std::make_shared<Pulse>("lists", *lists, *events_executor, environment.clock());
    api::ApiOptions options;
    options.version = version();
    options.token_lifetime = config.token_lifetime;
    router = api::create_router({environment.clock(), *events_executor, metrics, master, *engine,
                                 *catalog, *vault, *people, *orders, *order_events, *tickets,
                                 *live_stock, *stock_reader, [this] { return dependencies(); },
                                 options});
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
    records_pulse->beat();
    lists_pulse->beat();
}

base::Result<std::unique_ptr<Site>, std::string> assemble_all(const Config& config,
                                                              env::Environment& environment) {
    auto impl = std::make_unique<Site::Impl>(config, environment);
    ONSALE_TRY(impl->take_folder());
    ONSALE_TRY(impl->start_engine());
    ONSALE_TRY(impl->open_records());
    ONSALE_TRY(impl->open_projections());
    impl->make_services();
    impl->start();
    return std::unique_ptr<Site>(new Site(std::move(impl)));
}

}  // namespace onsale::site
