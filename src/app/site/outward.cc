// What goes out of the site: exports, webhooks, notices and calls of other companies.
#include <utility>

#include "http/curl_client.h"
#include "payments/bank_client.h"
#include "site/internal/impl.h"
#include "site/layout.h"

namespace onsale::site {

using base::Unexpected;

namespace {

// Reaches nobody: the process of a copy has no other client, so nothing can leave it.
class NobodysClient final : public http::Client {
  public:
    base::Result<http::ClientResponse, http::ClientError> call(
        const http::ClientRequest& /*request*/) override {
        return Unexpected{http::ClientError::unreachable};
    }
};

webhooks::ClientFactory client_factory(const Config& config, const Outside& outside) {
    if (outside.make_client) return outside.make_client;
    if (!config.outward) return [] { return std::make_unique<NobodysClient>(); };
    return [] { return http::make_curl_client(); };
}

}  // namespace

Site::Impl::Done Site::Impl::open_exports() {
    const std::string folder = exports_folder(config.folder);
    auto& files = environment.files();
    if (!files.create_folders(folder)) return Unexpected{folder + ": it cannot be made"};
    const auto left = files.list(folder);
    if (!left) return Unexpected{folder + ": it cannot be read"};
    for (const auto& name : *left) {
        if (!files.remove(folder + "/" + name))
            return Unexpected{folder + "/" + name + ": it cannot be removed"};
    }
    const std::string path = projections_path(config.folder);
    auto store =
        records::Store::open({database(path, sql::Access::read_only), "exports",
                              "writes files for analysis and looks at all orders of a session",
                              statistics::kExportsWaitingMax, work_of("exports")},
                             environment);
    if (!store) return Unexpected{path + ": " + store.error().message};
    exports = std::move(*store);
    account_names = std::make_unique<AccountNames>(*accounts);
    exporter = std::make_unique<statistics::Exporter>(
        statistics::ExporterParts{*exports, *catalog, *vault, *account_names, folder});
    return {};
}

Site::Impl::Done Site::Impl::open_registry() {
    registry::RegistryOptions options;
    options.private_addresses = config.registry_private_addresses;
    options.site = config.public_url;
    options.merchant = config.registry_merchant;
    auto made = registry::Registry::create(
        {*records, environment, master, metrics, client_factory(config, outside)}, options);
    if (!made) return Unexpected{"registry: " + made.error()};
    registry = std::move(*made);
    return {};
}

Site::Impl::Done Site::Impl::open_payments() {
    auto reader =
        journal::Reader::open(database(journal_path(config.folder), sql::Access::read_only));
    if (!reader) return Unexpected{"journal: " + reader.error().message};
    auto made =
        payments::Payments::create({*records, environment, master, metrics, *engine, *feed,
                                    follow::BatchSource(*feed, std::move(*reader)), *registry},
                                   {config.name_zh});
    if (!made) return Unexpected{"payments: " + made.error()};
    payments = std::move(*made);
    return {};
}

Site::Impl::Done Site::Impl::open_reconciliations() {
    const std::string path = records_path(config.folder);
    auto made_bills = payments::Bills::create({*records, environment, master, *registry});
    if (!made_bills) return Unexpected{"consents in " + path + ": " + made_bills.error().message};
    bills = std::move(*made_bills);
    const auto bank = std::make_shared<payments::BankClient>(registry->make_caller());
    auto made = ledger::Reconciliations::create(
        {*records, environment, database(projections_path(config.folder), sql::Access::read_only),
         [bank](domain::BankId from, const std::string& day) { return bank->day_file(from, day); },
         [this] { return rows_until_now(); }});
    if (!made) return Unexpected{"reconciliations in " + path + ": " + made.error().message};
    reconciliations = std::move(*made);
    return {};
}

std::vector<domain::BankId> Site::Impl::enabled_banks() const {
    std::vector<domain::BankId> banks;
    for (const auto& view : registry->parties(registry::PartyKind::bank))
        if (view.party.enabled) banks.push_back(domain::BankId(view.party.id.number.value()));
    return banks;
}

ledger::Shown Site::Impl::rows_until_now() const {
    std::vector<std::uint64_t> wanted;
    for (std::uint16_t shard = 0; shard < config.shards; ++shard)
        wanted.push_back(engine->committed(domain::ShardId(shard)));
    return [this, wanted = std::move(wanted)] {
        for (std::uint16_t shard = 0; shard < wanted.size(); ++shard)
            if (projector->position(domain::ShardId(shard)) < wanted[shard]) return false;
        return true;
    };
}

Site::Impl::Done Site::Impl::open_webhooks() {
    auto reader =
        journal::Reader::open(database(journal_path(config.folder), sql::Access::read_only));
    if (!reader) return Unexpected{"journal: " + reader.error().message};
    webhooks::WebhooksOptions options;
    options.private_addresses = config.webhooks_private_addresses;
    auto made = webhooks::Webhooks::create(
        {*records, environment, master, *catalog, *feed,
         follow::BatchSource(*feed, std::move(*reader)),
         database(projections_path(config.folder), sql::Access::read_only),
         [this](domain::ShardId shard) { return projector->position(shard); },
         client_factory(config, outside)},
        options);
    if (!made) return Unexpected{"webhooks: " + made.error()};
    webhooks = std::move(*made);
    return {};
}

// Without a mail server there is nobody to tell, and nothing is remembered for one that comes
// later.
Site::Impl::Done Site::Impl::open_notices() {
    if (!outbox->can_send(messages::Kind::mail)) return {};
    auto reader =
        journal::Reader::open(database(journal_path(config.folder), sql::Access::read_only));
    if (!reader) return Unexpected{"journal: " + reader.error().message};
    auto made = notices::Notices::create(
        {*records, environment, metrics, *outbox, accounts->profiles(), *refund_notes, *catalog,
         *feed, follow::BatchSource(*feed, std::move(*reader)),
         database(projections_path(config.folder), sql::Access::read_only),
         [this](domain::ShardId shard) { return projector->position(shard); }},
        {{config.name_zh, config.name_en}, config.public_url});
    if (!made) return Unexpected{"notices: " + made.error()};
    notices = std::move(*made);
    return {};
}

}  // namespace onsale::site
