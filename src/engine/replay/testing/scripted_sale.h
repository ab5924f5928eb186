// A scripted sale for tests: the real engine on real files, but with executors that the test turns
// by hand and a clock that moves a little each time somebody looks at it. So several commands share
// a batch and often a millisecond, commits are under way while the next batch is decided, and all
// of it follows from the seed alone.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/prng.h"
#include "boxoffice/testing/offer.h"
#include "env/posix/environment.h"
#include "follow/feed.h"
#include "replay/replayer.h"
#include "shard/engine.h"

namespace onsale::replay::testing {

// Looking at the clock takes up to `step_us_max`.
class HandClock : public env::Clock {
  public:
    HandClock(base::Prng& random, std::uint64_t step_us_max)
        : random_(random), step_us_max_(step_us_max) {}
    base::Timestamp wall_now() const override {
        return base::Timestamp::from_unix_ms(now_us_ / 1000);
    }
    std::int64_t monotonic_us() const override {
        now_us_ += static_cast<std::int64_t>(random_.below(step_us_max_));
        return now_us_;
    }
    void move(std::int64_t us) { now_us_ += us; }
    [[nodiscard]] std::int64_t now_us() const { return now_us_; }

  private:
    base::Prng& random_;
    const std::uint64_t step_us_max_;
    mutable std::int64_t now_us_ = 1'000'000;
};

// All executors of one world; each keeps its own order.
struct HandTurned {
    struct Lane {
        std::deque<env::Task> tasks;
        std::multimap<std::int64_t, env::Task> later;
    };
    explicit HandTurned(HandClock& hand_clock) : clock(hand_clock) {}

    // Runs what is ready, lanes in random order.
    void turn(base::Prng& random) {
        while (true) {
            std::vector<Lane*> ready;
            for (auto& lane : lanes) {
                while (!lane->later.empty() && lane->later.begin()->first <= clock.now_us()) {
                    lane->tasks.push_back(std::move(lane->later.begin()->second));
                    lane->later.erase(lane->later.begin());
                }
                if (!lane->tasks.empty()) ready.push_back(lane.get());
            }
            if (ready.empty()) return;
            Lane& lane = *ready[random.below(ready.size())];
            env::Task task = std::move(lane.tasks.front());
            lane.tasks.pop_front();
            task();
        }
    }

    HandClock& clock;
    std::vector<std::unique_ptr<Lane>> lanes;
};

class HandExecutor : public env::Executor {
  public:
    HandExecutor(HandTurned& world, HandTurned::Lane& lane) : world_(world), lane_(lane) {}
    ~HandExecutor() override { close(); }
    void post(env::Task task) override {
        if (!closed_) lane_.tasks.push_back(std::move(task));
    }
    void post_after(base::Duration delay, env::Task task) override {
        if (!closed_)
            lane_.later.emplace(world_.clock.now_us() + delay.count_ms() * 1000, std::move(task));
    }
    void close() override {
        closed_ = true;
        lane_.tasks.clear();
        lane_.later.clear();
    }

  private:
    HandTurned& world_;
    HandTurned::Lane& lane_;
    bool closed_ = false;
};

class HandEnvironment : public env::Environment {
  public:
    explicit HandEnvironment(HandTurned& world) : world_(world) {}
    env::Clock& clock() override { return world_.clock; }
    env::Entropy& entropy() override { return real_->entropy(); }
    env::Files& files() override { return real_->files(); }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions) override {
        world_.lanes.push_back(std::make_unique<HandTurned::Lane>());
        return std::make_unique<HandExecutor>(world_, *world_.lanes.back());
    }
    void die(env::FatalCause cause, std::string_view reason) override { real_->die(cause, reason); }
    std::string sqlite_vfs() const override { return real_->sqlite_vfs(); }

  private:
    HandTurned& world_;
    std::unique_ptr<env::Environment> real_ = env::posix::make_environment();
};

// What was asked and how it was refused.
struct Refused {
    domain::Command command;
    domain::PersonId person;
    shard::Answer answer;
};

class ScriptedSale {
  public:
    explicit ScriptedSale(std::uint64_t seed, std::uint64_t step_us_max = 700)
        : random(seed), clock(random, step_us_max), turned(clock), environment(turned) {
        folder = ::testing::TempDir() + "onsale-replay-XXXXXX";
        ONSALE_CHECK(::mkdtemp(folder.data()) != nullptr);
        options.folder = folder + "/journal";
        options.shards = 2;
        options.reserve_bytes = 4096;
        options.snapshot_facts = 40;
        options.tick = base::Duration::milliseconds(10);
        home = environment.make_executor({"home", "stands for an event loop", 1 << 16});
        feed = std::make_unique<follow::Feed>(options.shards, 100);
        auto started = shard::Engine::start(options, environment, *feed, metrics);
        ONSALE_CHECK(started.has_value());
        engine = std::move(*started);
    }
    ~ScriptedSale() {
        engine.reset();
        std::filesystem::remove_all(folder);
    }
    ScriptedSale(const ScriptedSale&) = delete;
    ScriptedSale& operator=(const ScriptedSale&) = delete;

    void submit(domain::Command command, domain::PersonId person = {}) {
        engine->submit(shard, command, *home, [this, command, person](const shard::Answer& answer) {
            ++answers;
            if (answer.outcome.kind == domain::OutcomeKind::refused)
                refused.push_back({command, person, answer});
            if (answer.outcome.order.id != domain::OrderId())
                orders.push_back(answer.outcome.order);
        });
    }
    void settle() {
        for (int i = 0; i < 50; ++i) {
            turned.turn(random);
            clock.move(2000);
        }
    }

    // The session of offer.h with little stock, and many wishes of few people.
    void run(int rounds);

    [[nodiscard]] std::unique_ptr<Replayer> open(const std::string& snapshots = "/snapshots") {
        Options replay;
        replay.journal.path = options.folder + "/journal.sqlite";
        replay.snapshots = options.folder + snapshots;
        replay.shards = options.shards;
        auto opened = Replayer::open(replay, environment.files());
        ONSALE_CHECK(opened.has_value());
        return std::move(*opened);
    }

    base::Prng random;
    HandClock clock;
    HandTurned turned;
    HandEnvironment environment;
    telemetry::Metrics metrics;
    std::string folder;
    shard::Options options;
    std::unique_ptr<env::Executor> home;
    std::unique_ptr<follow::Feed> feed;
    std::unique_ptr<shard::Engine> engine;
    const domain::ShardId shard{1};
    std::vector<Refused> refused;
    std::vector<domain::Order> orders;
    std::size_t answers = 0;

  private:
    [[nodiscard]] domain::Command wish();
};

inline domain::Command ScriptedSale::wish() {
    const domain::PersonId person(1 + random.below(25));
    const std::uint64_t kind = random.below(100);
    if (kind < 8 && !orders.empty()) {
        const auto& order = orders[random.below(orders.size())];
        return domain::CancelOrder{order.person, order.id};
    }
    domain::PlaceOrder place{person, domain::CampaignId(1001 + random.below(3)), {}, 0, 0};
    if (kind < 12) place.campaign = domain::CampaignId(1900 + random.below(2));
    if (kind < 20) place.idempotency_key = 1 + random.below(3);
    place.body_hash = random.below(2);
    if (kind % 3 == 0) return place;
    const std::uint64_t lines = 1 + random.below(2);
    for (std::uint64_t i = 0; i < lines; ++i)
        place.lines.push_back({domain::TierId(11 + random.below(4)),
                               static_cast<std::uint32_t>(random.below(kind < 30 ? 6 : 3))});
    return place;
}

inline void ScriptedSale::run(int rounds) {
    namespace bt = boxoffice::testing;
    auto offer = bt::offer(20, 25);
    const auto opens = clock.wall_now() + base::Duration::milliseconds(250);
    for (auto& campaign : offer.campaigns) {
        campaign.opens_at = opens;
        campaign.closes_at = opens + base::Duration::seconds(20);
        campaign.hold_time = base::Duration::milliseconds(150);
    }
    offer.starts_at = opens + base::Duration::seconds(30);
    offer.ends_at = opens + base::Duration::seconds(40);
    submit(bt::set_up(offer));
    settle();
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t company = 1 + random.below(30);
        for (std::uint64_t i = 0; i < company; ++i) {
            domain::Command command = wish();
            const auto* place = std::get_if<domain::PlaceOrder>(&command);
            submit(command, place != nullptr ? place->person : domain::PersonId());
        }
        if (random.below(8) == 0)
            submit(domain::AddStock{offer.id,
                                    domain::PoolId(1 + random.below(2)),
                                    {domain::AdditionId(6000 + static_cast<std::uint64_t>(round)),
                                     1 + random.below(12),
                                     {}}});
        if (random.below(10) == 0)
            submit(domain::WithdrawStock{offer.id, domain::PoolId(2), 1 + random.below(4)});
        if (random.below(10) == 0)
            submit(domain::ChangeTier{
                offer.id, domain::TierId(13), {12000, base::Currency::cny}, random.below(2) == 0});
        turned.turn(random);
        clock.move(static_cast<std::int64_t>(random.below(40'000)));
    }
    submit(domain::CancelSession{offer.id});
    for (int i = 0; i < 20; ++i) submit(wish());
    settle();
}

}  // namespace onsale::replay::testing
