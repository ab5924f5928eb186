#include "webhooks/webhooks.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "catalog/testing/site.h"
#include "http/curl_client.h"
#include "http/server.h"
#include "orders/projection.h"
#include "sql/database.h"

namespace onsale::webhooks {
namespace {

using base::Duration;
using base::Timestamp;

// Pauses take no time, and the clock goes as the test says.
class HastyExecutor final : public env::Executor {
  public:
    explicit HastyExecutor(std::unique_ptr<env::Executor> inner) : inner_(std::move(inner)) {}
    void post(env::Task task) override { inner_->post(std::move(task)); }
    void post_after(Duration, env::Task task) override { inner_->post(std::move(task)); }
    void close() override { inner_->close(); }

  private:
    std::unique_ptr<env::Executor> inner_;
};

class HastyEnvironment final : public env::Environment, public env::Clock {
  public:
    explicit HastyEnvironment(env::Environment& inner) : inner_(inner) {}
    env::Clock& clock() override { return *this; }
    env::Entropy& entropy() override { return inner_.entropy(); }
    env::Files& files() override { return inner_.files(); }
    std::unique_ptr<env::Executor> make_executor(env::ExecutorOptions options) override {
        return std::make_unique<HastyExecutor>(inner_.make_executor(std::move(options)));
    }
    void die(env::FatalCause cause, std::string_view reason) override { inner_.die(cause, reason); }
    std::string sqlite_vfs() const override { return inner_.sqlite_vfs(); }
    Timestamp wall_now() const override { return Timestamp::from_unix_ms(now_ms); }
    std::int64_t monotonic_us() const override { return now_ms * 1000; }
    std::atomic<std::int64_t> now_ms = 1'600'000'000'000;

  private:
    env::Environment& inner_;
};

// The other end: remembers what it was sent and answers as the test says.
class OtherEnd {
  public:
    using Answer = base::Result<http::ClientResponse, http::ClientError>;
    static Answer status(std::uint16_t code) {
        http::ClientResponse response;
        response.status = code;
        return response;
    }
    Answer take(const http::ClientRequest& request) {
        const std::lock_guard lock(mutex_);
        calls_.push_back(request);
        changed_.notify_all();
        return answer(request, calls_.size());
    }
    // The first `count` calls, as soon as there are as many.
    std::vector<http::ClientRequest> calls(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return calls_.size() >= count; });
        return calls_;
    }
    std::function<Answer(const http::ClientRequest&, std::size_t number)> answer =
        [](const http::ClientRequest&, std::size_t) { return status(204); };

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<http::ClientRequest> calls_;
};

class FakeClient final : public http::Client {
  public:
    explicit FakeClient(OtherEnd& other_end) : other_end_(other_end) {}
    OtherEnd::Answer call(const http::ClientRequest& request) override {
        return other_end_.take(request);
    }

  private:
    OtherEnd& other_end_;
};

std::string header(const http::ClientRequest& request, std::string_view name) {
    for (const auto& one : request.headers) {
        if (one.name == name) return one.value;
    }
    return {};
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

class WebhooksTest : public testing::Test {
  protected:
    WebhooksTest() {
        site_.project({&rows_});
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
    // Another life of the site, without webhooks yet.
    void restart_site() {
        stop();
        site_.start();
        site_.project({&rows_});
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
        for (const auto& one : site_.scratch.wait<std::vector<Hook>>(
                 [&](auto reply) { webhooks_->list(site_.scratch.home(), reply); })) {
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
    const crypto::Key master_{std::byte{9}};
    std::array<std::atomic<std::uint64_t>, catalog::Site::kShards> projected_{};
    OtherEnd other_end_;
    ClientFactory client_ = [this] { return std::make_unique<FakeClient>(other_end_); };
    std::unique_ptr<Webhooks> webhooks_;
};

TEST_F(WebhooksTest, tells_an_organiser_what_happens_from_now_on_and_signs_it) {
    set_up(1, 1);
    set_up(2, 2);
    order(1, 5);
    const auto added = add(1);
    EXPECT_EQ(webhooks_->organiser_of(added.hook.id), catalog::OrganiserId(1));
    order(2, 6);
    order(1, 7);
    const auto call = other_end_.calls(1)[0];
    EXPECT_EQ(call.url, "https://example.com/in");
    EXPECT_EQ(count_of(call.body, "\"type\""), 1U) << call.body;
    EXPECT_EQ(count_of(call.body, "\"type\":\"order.completed\""), 1U) << call.body;
    EXPECT_EQ(count_of(call.body, "\"person\":7,"), 1U) << call.body;
    EXPECT_EQ(header(call, "Onsale-Timestamp"), "1600000000");
    EXPECT_EQ(header(call, "Onsale-Signature"),
              signature_of(added.secret, environment_.wall_now(), call.body));
    EXPECT_NE(call.body.find("\"id\":\"" + header(call, "Onsale-Event-Id") + "\""),
              std::string::npos);
    EXPECT_EQ(call.deadline, Duration::seconds(10));
}

TEST_F(WebhooksTest, an_end_is_told_with_its_order_and_only_what_was_asked_for) {
    auto definition = catalog::open_now(1);
    definition.tiers[0].price = "12.50";
    ONSALE_CHECK(site_.set_up(definition).kind == catalog::ChangeKind::accepted);
    const auto entry = site_.catalog->directory()->find_session(domain::SessionId(1));
    EventSet ends;
    ends.add(EventKind::order_cancelled);
    add(entry->organiser->id.value(), ends);
    const auto placed = site_.decide(
        entry->shard,
        domain::PlaceOrder{domain::PersonId(5), entry->campaigns[0].rules.id, {}, 0, 0});
    site_.decide(entry->shard, domain::CancelOrder{domain::PersonId(5), placed.outcome.order.id});
    catch_up();
    const auto call = other_end_.calls(1)[0];
    EXPECT_EQ(count_of(call.body, "\"type\""), 1U) << call.body;
    EXPECT_EQ(count_of(call.body, "\"type\":\"order.cancelled\""), 1U) << call.body;
    EXPECT_EQ(count_of(call.body, "\"amount\":{\"minor\":1250,\"currency\":\"CNY\"}"), 1U)
        << call.body;
}

TEST_F(WebhooksTest, what_has_not_arrived_comes_again_also_after_a_restart_and_nothing_else) {
    set_up(1, 1);
    other_end_.answer = [](const http::ClientRequest&, std::size_t number) {
        return number == 1 ? OtherEnd::Answer(base::Unexpected{http::ClientError::unknown})
                           : OtherEnd::status(200);
    };
    const auto added = add(1);
    order(1, 5);
    auto calls = other_end_.calls(2);
    EXPECT_EQ(calls[0].body, calls[1].body);
    EXPECT_EQ(header(calls[0], "Onsale-Event-Id"), header(calls[1], "Onsale-Event-Id"));
    order(1, 6);
    EXPECT_EQ(count_of(other_end_.calls(3)[2].body, "\"person\":6,"), 1U);
    while (deliveries(added.hook.id).recent.size() < 3) {
    }
    restart_site();
    order(1, 7);
    start({.private_addresses = true});
    calls = other_end_.calls(4);
    EXPECT_EQ(count_of(calls[3].body, "\"person\":7,"), 1U) << calls[3].body;
    EXPECT_EQ(header(calls[3], "Onsale-Signature"),
              signature_of(added.secret, environment_.wall_now(), calls[3].body));
    while (deliveries(added.hook.id).recent.empty()) {
    }
    EXPECT_EQ(other_end_.calls(4).size(), 4U);
}

TEST_F(WebhooksTest, a_delivery_that_fails_eight_times_is_parked_and_can_be_sent_again) {
    set_up(1, 1);
    other_end_.answer = [](const http::ClientRequest& request, std::size_t) {
        return OtherEnd::status(request.body.find("\"person\":5,") == std::string::npos ? 200
                                                                                        : 500);
    };
    const auto added = add(1);
    order(1, 5);
    static_cast<void>(other_end_.calls(1));  // so that the next order is a delivery of its own
    order(1, 6);
    const auto calls = other_end_.calls(kTriesMax + 1);
    for (std::size_t i = 0; i < kTriesMax; ++i)
        EXPECT_EQ(count_of(calls[i].body, "\"person\":5,"), 1U) << i;
    EXPECT_EQ(count_of(calls[kTriesMax].body, "\"person\":6,"), 1U);
    auto parked = deliveries(added.hook.id).parked;
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked[0].status, 500);
    EXPECT_EQ(parked[0].events, count_of(calls[0].body, "\"type\""));

    const auto retry = [&] {
        return site_.scratch.wait<HookResult<CallReport>>([&](auto reply) {
            webhooks_->retry(added.hook.id, parked[0].id, site_.scratch.home(), reply);
        });
    };
    auto again = retry();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->status, 500);
    EXPECT_EQ(deliveries(added.hook.id).parked.size(), 1U);
    other_end_.answer = [](const http::ClientRequest&, std::size_t) {
        return OtherEnd::status(200);
    };
    again = retry();
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->arrived());
    EXPECT_EQ(other_end_.calls(kTriesMax + 3).back().body, calls[0].body);
    EXPECT_TRUE(deliveries(added.hook.id).parked.empty());
    again = retry();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().refusal, HookRefusal::delivery_unknown);
}

TEST_F(WebhooksTest, a_hook_that_fails_for_a_day_is_switched_off_and_goes_on_where_it_stopped) {
    set_up(1, 1);
    other_end_.answer = [this](const http::ClientRequest&, std::size_t) {
        environment_.now_ms += Duration::hours(5).count_ms();
        return OtherEnd::status(410);
    };
    const auto added = add(1);
    order(1, 5);
    while (hook(added.hook.id).state != HookState::failing) {
    }
    const auto before = other_end_.calls(1).size();
    EXPECT_LT(before, kTriesMax);
    EXPECT_TRUE(deliveries(added.hook.id).parked.empty());
    other_end_.answer = [](const http::ClientRequest&, std::size_t) {
        return OtherEnd::status(200);
    };
    const auto changed = site_.scratch.wait<HookResult<Hook>>([&](auto reply) {
        webhooks_->change(added.hook.id, {.on = true}, site_.scratch.home(), reply);
    });
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->state, HookState::on);
    EXPECT_EQ(count_of(other_end_.calls(before + 1)[before].body, "\"person\":5,"), 1U);
}

TEST_F(WebhooksTest, hooks_can_be_changed_and_removed) {
    set_up(1, 1);
    const auto added = add(1);
    const auto refused = site_.scratch.wait<HookResult<Hook>>([&](auto reply) {
        webhooks_->change(added.hook.id, {.url = "ftp://x"}, site_.scratch.home(), reply);
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal, HookRefusal::url_invalid);
    const auto removed = site_.scratch.wait<HookResult<void>>(
        [&](auto reply) { webhooks_->remove(added.hook.id, site_.scratch.home(), reply); });
    EXPECT_TRUE(removed);
    EXPECT_EQ(webhooks_->organiser_of(added.hook.id), std::nullopt);
    EXPECT_NE(add(1).hook.id, added.hook.id);
}

// Over a socket, with the real client.
TEST_F(WebhooksTest, the_test_button_calls_a_server_and_private_addresses_are_refused) {
    http::Router router([](http::Problem, const std::string&, const std::vector<std::string>&) {
        return http::Response{.status = 404};
    });
    std::string received;
    http::Route route;
    route.method = http::Method::post;
    route.pattern = "/in";
    route.handler = [&](const http::Request& request, http::Responder responder) {
        received =
            std::string(request.header("Onsale-Signature")) + '\n' + std::string(request.body);
        responder.send({.status = 202});
    };
    router.add(std::move(route));
    http::ServerOptions server_options;
    server_options.port = 0;
    telemetry::Metrics metrics;
    auto server = http::Server::start(server_options, router, site_.scratch.environment(), metrics);
    ASSERT_TRUE(server) << server.error();
    const std::string url = "http://127.0.0.1:" + std::to_string((*server)->port()) + "/in";
    client_ = [] { return http::make_curl_client(); };
    restart_site();
    start({.private_addresses = true});
    const auto added = add(1, all_events(), url);
    const auto press = [&] {
        return site_.scratch.wait<HookResult<CallReport>>(
            [&](auto reply) { webhooks_->test(added.hook.id, site_.scratch.home(), reply); });
    };
    const auto report = press();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->status, 202) << report->error;
    EXPECT_TRUE(report->arrived());
    const auto body = received.substr(received.find('\n') + 1);
    EXPECT_EQ(received.substr(0, received.find('\n')),
              signature_of(added.secret, environment_.wall_now(), body));
    // The same hook where private addresses are not allowed.
    restart_site();
    start({});
    const auto refused = press();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 0);
    EXPECT_FALSE(refused->arrived());
    stop();
}

}  // namespace
}  // namespace onsale::webhooks
