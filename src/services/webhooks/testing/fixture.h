// For tests: webhooks on a site with an engine and rows, and the other end of their calls.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "catalog/testing/site.h"
#include "orders/projection.h"
#include "refunds/projection.h"
#include "sql/database.h"
#include "webhooks/testing/other_end.h"
#include "webhooks/webhooks.h"

namespace onsale::webhooks {

inline std::string header(const http::ClientRequest& request, std::string_view name) {
    for (const auto& one : request.headers) {
        if (one.name == name) return one.value;
    }
    return {};
}

inline std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

class WebhooksTest : public testing::Test {
  protected:
    WebhooksTest() {
        site_.project({&rows_, &money_rows_});
        start({.private_addresses = true});
    }
    ~WebhooksTest() override { stop(); }

    void start(const WebhooksOptions& options) {
        sql::OpenOptions rows{site_.scratch.path("projections.sqlite"),
                              site_.scratch.environment().sqlite_vfs(), sql::Access::read_only};
        auto reader = journal::Reader::open({site_.scratch.path("engine/journal.sqlite"),
                                             site_.scratch.environment().sqlite_vfs()});
        ONSALE_CHECK(reader.has_value());
        auto made = Webhooks::create(
            {*site_.store, environment_, master_, *site_.catalog, *site_.feed,
             follow::BatchSource(*site_.feed, std::move(*reader)), rows,
             [this](domain::ShardId shard) { return projected_[shard.value()].load(); }, client_},
            options);
        ONSALE_CHECK(made.has_value());
        webhooks_ = std::move(*made);
        webhooks_->start();
    }
    // As at the end of a process: nothing new, then what was asked of the records comes to an end.
    void stop() {
        if (webhooks_ == nullptr) return;
        webhooks_->stop();
        site_.scratch.wait<bool>([this](auto reply) {
            site_.store->ask<bool>(
                site_.scratch.home(), [](sql::Connection&) { return true; }, reply, false);
        });
        site_.stop_engine();  // it tells those who follow, so it ends before them
        webhooks_.reset();
        site_.stop();
    }
    // Keeps the records busy until the gate is opened; what is asked of them waits behind it.
    void shut(std::promise<void>& gate) {
        std::promise<void> begun;
        ONSALE_CHECK(site_.store->post([&begun, open = gate.get_future()](sql::Connection&) {
            begun.set_value();
            open.wait();
        }));
        begun.get_future().wait();
    }
    std::vector<Hook> hooks() {
        return site_.scratch.wait<std::vector<Hook>>(
            [&](auto reply) { webhooks_->list(site_.scratch.home(), reply); });
    }
    // Another life of the site, without webhooks yet.
    void restart_site() {
        stop();
        site_.start();
        site_.project({&rows_, &money_rows_});
        catch_up();
    }
    void set_up(std::uint64_t session, std::uint64_t organiser) {
        auto definition = catalog::open_now(session);
        definition.organiser.id = organiser;
        definition.show.id = 70 + organiser;
        ONSALE_CHECK(site_.set_up(definition).kind == catalog::ChangeKind::accepted);
    }
    void order(std::uint64_t session, std::uint64_t person) {
        const auto entry = site_.catalog->directory()->find_session(domain::SessionId(session));
        const auto answer = site_.decide(
            entry->shard,
            domain::PlaceOrder{domain::PersonId(person), entry->campaigns[0].rules.id, {}, 0, 0});
        ASSERT_EQ(answer.outcome.kind, domain::OutcomeKind::accepted);
        catch_up();
    }
    void catch_up() {
        site_.catch_up();
        for (std::uint16_t shard = 0; shard < catalog::Site::kShards; ++shard)
            projected_[shard] = site_.engine->committed(domain::ShardId(shard));
        site_.feed->wake();
    }
    AddedHook add(std::uint64_t organiser, EventSet events = all_events(),
                  const std::string& url = "https://example.com/in") {
        auto added = site_.scratch.wait<HookResult<AddedHook>>([&](auto reply) {
            webhooks_->add({catalog::OrganiserId(organiser), url, events}, site_.scratch.home(),
                           reply);
        });
        ONSALE_CHECK(added.has_value());
        return *added;
    }
    Deliveries deliveries(HookId hook) {
        auto got = site_.scratch.wait<HookResult<Deliveries>>(
            [&](auto reply) { webhooks_->deliveries(hook, site_.scratch.home(), reply); });
        ONSALE_CHECK(got.has_value());
        return *got;
    }
    Hook hook(HookId id) {
        for (const auto& one : hooks()) {
            if (one.id == id) return one;
        }
        return {};
    }
    static EventSet all_events() {
        EventSet all;
        for (const auto kind : kEventKinds) all.add(kind);
        return all;
    }

    catalog::Site site_{testing::TempDir()};
    HastyEnvironment environment_{site_.scratch.environment()};
    orders::OrdersProjection rows_;
    refunds::MoneyProjection money_rows_;
    const crypto::Key master_{std::byte{9}};
    std::array<std::atomic<std::uint64_t>, catalog::Site::kShards> projected_{};
    OtherEnd other_end_;
    ClientFactory client_ = [this] { return std::make_unique<FakeClient>(other_end_); };
    std::unique_ptr<Webhooks> webhooks_;
};

}  // namespace onsale::webhooks
