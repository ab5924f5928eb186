#include "webhooks/webhooks.h"

#include <gtest/gtest.h>

#include <future>
#include <set>

#include "http/curl_client.h"
#include "http/server.h"
#include "webhooks/testing/fixture.h"

namespace onsale::webhooks {
namespace {

using base::Duration;
using base::Timestamp;

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

TEST_F(WebhooksTest, what_ends_with_a_session_is_told_also_when_it_was_removed_at_once) {
    set_up(1, 1);
    order(1, 5);
    EventSet refunds;
    refunds.add(EventKind::order_refunded);
    add(1, refunds);
    auto& home = site_.scratch.home();
    const auto cancelled = site_.scratch.wait<catalog::ChangeResult>([&](auto reply) {
        site_.catalog->cancel_session(domain::SessionId(1), {"雨", "Rain"}, home, reply);
    });
    ASSERT_EQ(cancelled.kind, catalog::ChangeKind::accepted);
    const auto removed = site_.scratch.wait<catalog::ChangeResult>(
        [&](auto reply) { site_.catalog->remove_session(domain::SessionId(1), home, reply); });
    ASSERT_EQ(removed.kind, catalog::ChangeKind::accepted);
    (void)site_.decide(site_.engine->shard_of(domain::SessionId(1)), domain::EndCancelled{10});
    catch_up();
    const auto call = other_end_.calls(1)[0];
    EXPECT_EQ(count_of(call.body, "\"type\":\"order.refunded\""), 1U) << call.body;
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

TEST_F(WebhooksTest, two_changes_at_once_are_both_kept_also_by_the_rows) {
    set_up(1, 1);
    const auto added = add(1);
    std::promise<void> gate;
    shut(gate);
    std::vector<std::future<HookResult<Hook>>> answers;
    for (const auto& wanted :
         {HookChange{.url = {}, .events = {}, .on = false},
          HookChange{.url = "https://example.com/new", .events = {}, .on = {}}}) {
        const auto answer = std::make_shared<std::promise<HookResult<Hook>>>();
        answers.push_back(answer->get_future());
        webhooks_->change(added.hook.id, wanted, site_.scratch.home(),
                          [answer](HookResult<Hook> hook) { answer->set_value(std::move(hook)); });
    }
    static_cast<void>(hooks());  // both have been looked at before the first is written
    gate.set_value();
    for (auto& answer : answers) ASSERT_TRUE(answer.get());
    const auto expect_both = [&] {
        EXPECT_EQ(hook(added.hook.id).state, HookState::off);
        EXPECT_EQ(hook(added.hook.id).url, "https://example.com/new");
    };
    expect_both();
    restart_site();
    start({.private_addresses = true});
    expect_both();
}

TEST_F(WebhooksTest, what_the_records_have_still_to_write_outlives_the_end) {
    set_up(1, 1);
    std::promise<void> gate;
    shut(gate);
    webhooks_->add({catalog::OrganiserId(1), "https://example.com/in", all_events()},
                   site_.scratch.home(), [](HookResult<AddedHook>) {});
    static_cast<void>(hooks());
    webhooks_->stop();
    site_.stop_engine();
    webhooks_.reset();
    EXPECT_GT(environment_.living.use_count(), 1);
    gate.set_value();
    site_.stop();
    EXPECT_EQ(environment_.living.use_count(), 1);
}

TEST_F(WebhooksTest, an_organiser_has_at_most_eight_hooks) {
    set_up(1, 1);
    set_up(2, 2);
    for (std::size_t i = 0; i < kHooksPerOrganiserMax; ++i) static_cast<void>(add(1));
    const auto ninth = site_.scratch.wait<HookResult<AddedHook>>([&](auto reply) {
        webhooks_->add({catalog::OrganiserId(1), "https://example.com/in", all_events()},
                       site_.scratch.home(), reply);
    });
    ASSERT_FALSE(ninth);
    EXPECT_EQ(ninth.error().refusal, HookRefusal::too_many_hooks);
    static_cast<void>(add(2));
}

TEST_F(WebhooksTest, a_slow_organiser_has_one_call_under_way_and_holds_up_nobody_else) {
    set_up(1, 1);
    set_up(2, 2);
    std::promise<void> slow;
    other_end_.wait = [open = slow.get_future().share()](const http::ClientRequest& request) {
        if (request.url.ends_with("/slow")) open.wait();
    };
    std::vector<HookId> slow_hooks;
    for (std::size_t i = 0; i < kHooksPerOrganiserMax; ++i)
        slow_hooks.push_back(add(1, all_events(), "https://example.com/slow").hook.id);
    static_cast<void>(add(2));
    order(1, 5);
    static_cast<void>(other_end_.calls(1));
    std::vector<std::future<HookResult<CallReport>>> tests;
    for (std::size_t i = 0; i <= kWishesPerOrganiserMax; ++i) {
        const auto answer = std::make_shared<std::promise<HookResult<CallReport>>>();
        tests.push_back(answer->get_future());
        webhooks_->test(slow_hooks[i], site_.scratch.home(), [answer](HookResult<CallReport> got) {
            answer->set_value(std::move(got));
        });
    }
    const auto refused = tests.back().get();  // the first ones wait for the call under way
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal, HookRefusal::busy);
    order(2, 6);
    const auto calls = other_end_.calls(2);
    EXPECT_EQ(calls[0].url, "https://example.com/slow");
    EXPECT_EQ(calls[1].url, "https://example.com/in");
    slow.set_value();
    tests.pop_back();
    for (auto& test : tests) EXPECT_TRUE(test.get());
    const auto all = other_end_.calls(1 + tests.size() + slow_hooks.size());
    std::set<std::string> bodies;
    for (const auto& call : all) bodies.insert(call.url + call.body);
    EXPECT_EQ(bodies.size(), 2 + tests.size());
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
