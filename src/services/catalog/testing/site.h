// For tests of services: an engine, the records with vault and catalogue, and if wanted a projector
// with a read-only store on its rows, in a folder of their own. start() and stop() make lives of
// one site.
#pragma once

#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/testing/sample.h"
#include "follow/projector.h"
#include "records/testing/scratch.h"
#include "shard/engine.h"
#include "telemetry/metrics.h"
#include "vault/vault.h"

namespace onsale::catalog {

class Site {
  public:
    explicit Site(const std::string& base_folder) : scratch(base_folder) { start(); }
    ~Site() { stop(); }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    void start() {
        feed = std::make_unique<follow::Feed>(kShards, 1000);
        metrics = std::make_unique<telemetry::Metrics>();
        shard::Options options;
        options.folder = scratch.path("engine");
        options.shards = kShards;
        options.reserve_bytes = 1 << 16;
        ONSALE_CHECK(scratch.environment().files().create_folders(options.folder).has_value());
        auto started = shard::Engine::start(options, scratch.environment(), *feed, *metrics);
        ONSALE_CHECK(started.has_value());
        engine = std::move(*started);
        store = scratch.open("records.sqlite");
        auto made_vault = vault::Vault::create(*store, crypto::Key{std::byte{7}},
                                               scratch.environment().entropy(), {});
        ONSALE_CHECK(made_vault.has_value());
        vault = std::move(*made_vault);
        auto made_catalog = Catalog::create(*store, *vault, *engine, scratch.environment().clock());
        ONSALE_CHECK(made_catalog.has_value());
        catalog = std::move(*made_catalog);
    }
    void stop_engine() {
        if (engine == nullptr || stopped_) return;
        stopped_ = true;
        std::promise<void> done;
        engine->stop([&done] { done.set_value(); });
        done.get_future().wait();
    }
    void stop() {
        stop_engine();
        lists.reset();
        projector_.reset();
        projecting_.reset();
        store.reset();
        catalog.reset();
        vault.reset();
        engine.reset();
        stopped_ = false;
    }

    // Makes the rows of these projections and opens them for reading.
    void project(std::vector<follow::Projection*> projections) {
        projecting_ = scratch.environment().make_executor({"projector", "test"});
        auto reader = journal::Reader::open(
            {scratch.path("engine/journal.sqlite"), scratch.environment().sqlite_vfs()});
        ONSALE_CHECK(reader.has_value());
        follow::BatchSource source(*feed, std::move(*reader));
        follow::ProjectorOptions options;
        options.database = {scratch.path("projections.sqlite"), scratch.environment().sqlite_vfs()};
        auto made = follow::Projector::create(
            options, {*projecting_, std::move(source), *feed, std::move(projections), *metrics});
        ONSALE_CHECK(made.has_value());
        projector_ = std::move(*made);
        lists = scratch.open("projections.sqlite", sql::Access::read_only);
    }
    void catch_up() {
        std::promise<bool> done;
        projecting_->post([&] { done.set_value(projector_->catch_up().has_value()); });
        ONSALE_CHECK(done.get_future().get());
    }

    ChangeResult set_up(SessionDefinition definition) {
        return scratch.wait<ChangeResult>([&](auto reply) {
            catalog->set_up_session(std::move(definition), {}, scratch.home(), reply);
        });
    }
    // A sealed list with these codes.
    domain::Addition seal(std::uint64_t list, std::vector<std::string> codes) {
        const auto staged = scratch.wait<vault::StageResult>([&](auto reply) {
            vault->stage_chunk({vault::ListId(list), 0, {}}, std::move(codes), scratch.home(),
                               reply);
        });
        ONSALE_CHECK(staged.refusal == vault::VaultRefusal::none);
        return scratch
            .wait<vault::SealResult>(
                [&](auto reply) { vault->seal(vault::ListId(list), {}, scratch.home(), reply); })
            .addition;
    }
    // Decides a command and waits for the answer after its commit.
    shard::Answer decide(domain::ShardId shard, domain::Command command) {
        return scratch.wait<shard::Answer>([&](auto reply) {
            engine->submit(shard, std::move(command), scratch.home(),
                           [reply](const shard::Answer& answer) mutable { reply(answer); });
        });
    }

    static constexpr std::uint16_t kShards = 4;
    records::Scratch scratch;
    std::unique_ptr<follow::Feed> feed;
    std::unique_ptr<telemetry::Metrics> metrics;
    std::unique_ptr<shard::Engine> engine;
    std::unique_ptr<records::Store> store;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<Catalog> catalog;
    std::unique_ptr<records::Store> lists;

  private:
    std::unique_ptr<env::Executor> projecting_;
    std::unique_ptr<follow::Projector> projector_;
    bool stopped_ = false;
};

// A definition like sample(), open now and for long, free of charge.
[[nodiscard]] inline SessionDefinition open_now(std::uint64_t session) {
    auto definition = sample(session);
    definition.session.starts_at = "2099-01-01T00:00:00Z";
    definition.session.ends_at = "2099-01-02T00:00:00Z";
    definition.tiers[0].price = "";
    definition.campaigns[0].opens_at = "2020-01-01T00:00:00Z";
    definition.campaigns[0].closes_at = "2099-01-01T00:00:00Z";
    definition.session.tickets_per_person = 0;
    definition.campaigns[0].one_per_person = false;
    definition.campaigns[0].tickets_per_order = 0;
    return definition;
}

}  // namespace onsale::catalog
