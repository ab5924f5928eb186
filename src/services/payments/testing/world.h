// For tests: a site's engine, records and payments agent in virtual time, with banks in memory. The
// site can be stopped and started again; the disk and the banks stay.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "journal/journal.h"
#include "payments/agent.h"
#include "payments/internal/grouped_writes.h"
#include "payments/testing/fake_bank.h"
#include "payments/testing/virtual_time.h"

namespace onsale::payments {

inline constexpr base::Money kPrice{1200, base::Currency::cny};
inline constexpr auto kHold = base::Duration::minutes(5);

class World {
  public:
    explicit World(std::uint64_t seed)
        : environment(seed),
          prng(seed),
          banks(seed),
          home(environment.make_executor({"home", ""})) {
        start();
        domain::Session session;
        session.id = domain::SessionId(7);
        session.starts_at = base::Timestamp::never();
        session.ends_at = base::Timestamp::never();
        session.refunds = {.allowed = true, .reviewed = false};
        session.pools.push_back(
            {domain::PoolId(2), domain::PoolKind::count, {{domain::AdditionId(1), 10'000, {}}}});
        session.tiers.push_back({domain::TierId(12), domain::PoolId(2), kPrice});
        session.campaigns.push_back({domain::CampaignId(1002),
                                     base::Timestamp(),
                                     base::Timestamp::never(),
                                     kHold,
                                     false,
                                     0,
                                     {domain::TierId(12)}});
        decide(shard(), domain::SetUpSession{std::make_shared<domain::Session>(session)});
    }
    ~World() { stop(); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    void start() {
        feed = std::make_unique<follow::Feed>(kShards, 1000);
        shard::Options options;
        options.folder = "/data/journal";
        options.vfs = environment.sqlite_vfs();
        options.shards = kShards;
        options.reserve_bytes = 4096;
        options.tick = base::Duration::seconds(1);
        auto started = shard::Engine::start(options, environment, *feed, metrics);
        ONSALE_CHECK(started.has_value());
        engine = std::move(*started);
        auto opened = records::Store::open(
            {{"/data/records.sqlite", environment.sqlite_vfs()}, "records", "test"}, environment);
        ONSALE_CHECK(opened.has_value());
        store = std::move(*opened);
        ONSALE_CHECK(Tokens::migrate(store->connection()).has_value());
        writes = std::make_shared<GroupedWrites>(*store);
        tokens = std::make_unique<Tokens>(*store, environment, master, writes);
        strays = std::make_unique<StrayCounts>();
        auto reader =
            journal::Reader::open({"/data/journal/journal.sqlite", environment.sqlite_vfs()});
        ONSALE_CHECK(reader.has_value());
        agent = std::make_unique<PaymentAgent>(PaymentAgent::Parts{
            environment, *engine, *feed, follow::BatchSource(*feed, std::move(*reader)), *tokens,
            metrics, *strays, [this] { return std::make_unique<FakeBank>(banks); }});
        agent->start();
    }
    // As by a crash: nothing is waited for.
    void stop() {
        agent.reset();
        writes->stop();
        engine.reset();
        tokens.reset();
        store.reset();
        feed.reset();
    }
    void restart() {
        stop();
        start();
    }
    void run(base::Duration duration) { environment.time.run_for(duration); }

    shard::Answer decide(domain::ShardId at, domain::Command command) {
        std::optional<shard::Answer> got;
        engine->submit(at, std::move(command), *home,
                       [&got](const shard::Answer& answer) { got = answer; });
        for (int i = 0; i < 100 && !got; ++i) run(base::Duration::milliseconds(1));
        return got.value();
    }
    domain::OrderId place(std::uint64_t person) {
        const auto answer = decide(
            shard(),
            domain::PlaceOrder{domain::PersonId(person), domain::CampaignId(1002), {}, 0, 0});
        ONSALE_CHECK(answer.outcome.kind == domain::OutcomeKind::accepted);
        return answer.outcome.order.id;
    }
    // Nothing if the box office refuses.
    std::optional<domain::Payment> pay(std::uint64_t person, domain::OrderId order,
                                       domain::PayWay way, std::uint64_t bank,
                                       const std::string& token = {}) {
        domain::StartPayment command{
            domain::PersonId(person), order, domain::BankId(bank), way, 0, {}, {}};
        if (way == domain::PayWay::token) {
            tokens->keep(token, *home, [](const GroupedWrites::Written&) {});
            command.token = tokens->hash_of(token);
            command.authorised = kPrice;
            command.authorised_until = base::Timestamp::never();
        }
        const auto answer = decide(shard(), command);
        if (answer.outcome.payment == nullptr) return std::nullopt;
        return *answer.outcome.payment;
    }

    domain::OrderMoney money(domain::OrderId order) {
        domain::OrderMoney found;
        see([&](const boxoffice::BoxOffice& office, base::Timestamp) {
            found = office.money_of(order).value_or(domain::OrderMoney{});
        });
        return found;
    }
    domain::Payment payment(domain::PaymentId id) {
        for (const auto& one : money(domain::order_of(id)).payments)
            if (one.id == id) return one;
        return {};
    }
    domain::OrderState state(domain::OrderId order) {
        auto found = domain::OrderState::reserved;
        see([&](const boxoffice::BoxOffice& office, base::Timestamp now) {
            found = office.find_order(order, now).value().state;
        });
        return found;
    }
    template <class Look>
    void see(Look&& look) {
        bool done = false;
        engine->read(shard(), *home,
                     [&](const boxoffice::BoxOffice& office, base::Timestamp now) -> env::Task {
                         look(office, now);
                         return [&done] { done = true; };
                     });
        for (int i = 0; i < 100 && !done; ++i) run(base::Duration::milliseconds(1));
        ONSALE_CHECK(done);
    }
    [[nodiscard]] domain::ShardId shard() const { return engine->shard_of(domain::SessionId(7)); }
    [[nodiscard]] std::int64_t tokens_kept() {
        auto row = store->connection().prepare("SELECT count(*) FROM payments_tokens");
        ONSALE_CHECK(row && row->step());
        const auto count = row->integer(0);
        row->reset();
        return count;
    }

    static constexpr std::uint16_t kShards = 2;
    VirtualEnvironment environment;
    base::Prng prng;
    FakeBanks banks;
    telemetry::Metrics metrics;
    const crypto::Key master{};
    std::unique_ptr<env::Executor> home;
    std::unique_ptr<follow::Feed> feed;
    std::unique_ptr<shard::Engine> engine;
    std::unique_ptr<records::Store> store;
    std::shared_ptr<GroupedWrites> writes;
    std::unique_ptr<Tokens> tokens;
    std::unique_ptr<StrayCounts> strays;
    std::unique_ptr<PaymentAgent> agent;
};

}  // namespace onsale::payments
