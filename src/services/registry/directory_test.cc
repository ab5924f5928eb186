#include "registry/internal/directory.h"

#include <gtest/gtest.h>

#include <map>

#include "registry/testing/party.h"

namespace onsale::registry {
namespace {

using base::Duration;

const std::string kFirst = "http://127.0.0.1:1";
const std::string kSecond = "http://127.0.0.1:2";

// A bank with calls to it.
class CallsTest : public testing::Test {
  protected:
    bool beat(const std::string& name, const std::string& port) {
        return world_.beat(credentials_.keys.back().to_site, world_.instance(name, port));
    }
    base::Result<std::string, PartyFailure> call() {
        return caller_->call(
            {.party = bank_party(1), .path = "/merchant/v1/queries", .body = "{}"});
    }
    [[nodiscard]] InstanceView instance(std::string_view name) const {
        for (const auto& one : world_.view().instances) {
            if (one.instance == name) return one;
        }
        return {};
    }
    void pass(Duration duration) { world_.environment.moved.pass(duration); }

    RegistryWorld world_;
    const Credentials credentials_ = world_.make_bank();
    const std::unique_ptr<PartyCaller> caller_ = world_.registry->make_caller();
};

TEST_F(CallsTest, an_instance_is_out_after_its_heartbeats_and_back_with_the_next) {
    ASSERT_TRUE(beat("a", "1"));
    pass(Duration::milliseconds(2500));
    EXPECT_TRUE(world_.view().usable());
    pass(Duration::milliseconds(1));
    EXPECT_FALSE(world_.view().usable());
    EXPECT_FALSE(instance("a").live);
    EXPECT_EQ(call().error().trouble, PartyTrouble::unreachable);
    EXPECT_TRUE(world_.network.calls.empty());
    ASSERT_TRUE(beat("a", "1"));
    EXPECT_TRUE(world_.view().usable());
    EXPECT_TRUE(call().has_value());
}

TEST_F(CallsTest, an_instance_that_stops_is_out_at_once) {
    ASSERT_TRUE(beat("a", "1"));
    Heartbeat last = RegistryWorld::instance("a", "1");
    last.serving = false;
    ASSERT_TRUE(world_.beat(credentials_.keys.back().to_site, last));
    EXPECT_FALSE(world_.view().usable());
    EXPECT_EQ(call().error().trouble, PartyTrouble::unreachable);
}

TEST_F(CallsTest, instances_share_calls_evenly_also_when_one_comes_later) {
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(beat("b", "2"));
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(call().has_value());
    EXPECT_EQ(world_.network.calls_to(kFirst), 5U);
    EXPECT_EQ(world_.network.calls_to(kSecond), 5U);
    ASSERT_TRUE(beat("c", "3"));
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(call().has_value());
    EXPECT_EQ(world_.network.calls_to("http://127.0.0.1:3"), 10U);
}

TEST_F(CallsTest, a_call_is_signed_with_the_key_of_the_party) {
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(call().has_value());
    const auto& sent = world_.network.calls.at(0);
    EXPECT_EQ(sent.url, kFirst + "/merchant/v1/queries");
    EXPECT_EQ(header_of(sent, "Onsale-Party"), "onsale");
    const crypto::CallMark mark{header_of(sent, "Onsale-Key"), header_of(sent, "Onsale-Time"),
                                header_of(sent, "Onsale-Signature")};
    const std::vector keys = {credentials_.keys.back().to_party};
    EXPECT_TRUE(crypto::check_call(keys, {"POST", "/merchant/v1/queries", "{}"}, mark,
                                   world_.environment.moved.wall_now())
                    .has_value());
}

TEST_F(CallsTest, each_instance_is_called_with_the_keys_that_it_uses) {
    ASSERT_TRUE(beat("a", "1"));
    const auto rotated = world_.rotate(bank_party(1), kGraceDefault);
    ASSERT_TRUE(rotated.has_value());
    ASSERT_TRUE(world_.beat(rotated->keys.back().to_site, RegistryWorld::instance("b", "2")));
    ASSERT_TRUE(call().has_value());
    ASSERT_TRUE(call().has_value());
    std::map<std::string, std::string> key_by_url;
    for (const auto& sent : world_.network.calls) {
        key_by_url[sent.url.substr(0, kFirst.size())] = header_of(sent, "Onsale-Key");
    }
    EXPECT_EQ(key_by_url[kFirst], credentials_.keys.back().to_party.id);
    EXPECT_EQ(key_by_url[kSecond], rotated->keys.back().to_party.id);
    // "a" has read the new file.
    ASSERT_TRUE(world_.beat(rotated->keys.back().to_site, RegistryWorld::instance("a", "1")));
    ASSERT_TRUE(call().has_value());
    EXPECT_EQ(header_of(world_.network.calls.back(), "Onsale-Key"),
              rotated->keys.back().to_party.id);
}

TEST_F(CallsTest, what_was_never_sent_goes_to_another_instance_at_once) {
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(beat("b", "2"));
    world_.network.answer = [](const http::ClientRequest& request) -> CallAnswer {
        if (request.url.starts_with(kFirst))
            return base::Unexpected{http::ClientError::unreachable};
        return answered(200, "from the second");
    };
    for (int i = 0; i < 4; ++i) EXPECT_EQ(call().value(), "from the second");
    EXPECT_LE(world_.network.calls_to(kFirst), 4U);
}

TEST_F(CallsTest, what_may_have_been_carried_out_is_not_repeated) {
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(beat("b", "2"));
    world_.network.answer = [](const http::ClientRequest&) -> CallAnswer {
        return base::Unexpected{http::ClientError::unknown};
    };
    EXPECT_EQ(call().error().trouble, PartyTrouble::unknown);
    EXPECT_EQ(world_.network.calls.size(), 1U);
    world_.network.answer = [](const http::ClientRequest&) { return answered(503); };
    EXPECT_EQ(call().error().trouble, PartyTrouble::unknown);
    EXPECT_EQ(world_.network.calls.size(), 2U);
}

TEST_F(CallsTest, an_answer_that_refuses_is_told_with_its_body_and_is_no_failure) {
    ASSERT_TRUE(beat("a", "1"));
    world_.network.answer = [](const http::ClientRequest&) { return answered(401, "no"); };
    for (int i = 0; i < 10; ++i) {
        const auto refused = call();
        EXPECT_EQ(refused.error().trouble, PartyTrouble::refused);
        EXPECT_EQ(refused.error().status, 401);
        EXPECT_EQ(refused.error().body, "no");
    }
    EXPECT_EQ(instance("a").breaker, BreakerState::closed);
}

TEST_F(CallsTest, a_breaker_keeps_calls_away_probes_and_closes) {
    ASSERT_TRUE(beat("a", "1"));
    world_.network.answer = [](const http::ClientRequest&) -> CallAnswer {
        return base::Unexpected{http::ClientError::unreachable};
    };
    for (int i = 0; i < 8; ++i) EXPECT_EQ(call().error().trouble, PartyTrouble::unreachable);
    EXPECT_EQ(world_.network.calls.size(), 5U);
    EXPECT_EQ(instance("a").breaker, BreakerState::open);
    EXPECT_TRUE(instance("a").live);
    EXPECT_FALSE(world_.view().usable());
    pass(Duration::seconds(2));
    ASSERT_TRUE(beat("a", "1"));
    EXPECT_TRUE(world_.view().usable()) << "half open";
    EXPECT_FALSE(call().has_value());
    EXPECT_FALSE(call().has_value());
    EXPECT_EQ(world_.network.calls.size(), 6U) << "one probe";
    pass(Duration::seconds(4));
    ASSERT_TRUE(beat("a", "1"));
    world_.network.answer = [](const http::ClientRequest&) { return answered(200); };
    EXPECT_TRUE(call().has_value());
    EXPECT_EQ(instance("a").breaker, BreakerState::closed);
    EXPECT_EQ(instance("a").failures, 6U);
    EXPECT_EQ(instance("a").calls, 7U);
}

TEST_F(CallsTest, the_deadline_is_for_all_instances_together) {
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(beat("b", "2"));
    world_.network.answer = [this](const http::ClientRequest&) -> CallAnswer {
        pass(Duration::seconds(2));
        return base::Unexpected{http::ClientError::unreachable};
    };
    EXPECT_FALSE(call().has_value());
    ASSERT_EQ(world_.network.calls.size(), 2U);
    EXPECT_EQ(world_.network.calls[0].deadline, Duration::seconds(5));
    EXPECT_EQ(world_.network.calls[1].deadline, Duration::seconds(3));
}

TEST_F(CallsTest, counts_calls_by_how_they_ended) {
    ASSERT_TRUE(beat("a", "1"));
    ASSERT_TRUE(call().has_value());
    world_.network.answer = [](const http::ClientRequest&) { return answered(409); };
    EXPECT_FALSE(call().has_value());
    const auto count = [&](const std::string& result) {
        return world_.metrics
            .counter("onsale_registry_calls_total", "", {{"party", "bank-1"}, {"result", result}})
            .value();
    };
    EXPECT_EQ(count("ok"), 1);
    EXPECT_EQ(count("refused"), 1);
}

TEST_F(CallsTest, a_caller_may_outlive_the_registry) {
    ASSERT_TRUE(beat("a", "1"));
    world_.registry.reset();
    EXPECT_TRUE(call().has_value());
}

TEST_F(CallsTest, refuses_heartbeats_that_make_no_sense) {
    const auto refusal = [&](Heartbeat said) {
        const SignedBy by{bank_party(1), credentials_.keys.back().generation};
        return world_.registry->beat(by, said).error();
    };
    Heartbeat said = RegistryWorld::instance("a", "1");
    said.party = bank_party(2);
    EXPECT_EQ(refusal(said), BeatRefusal::wrong_party);
    EXPECT_EQ(refusal(RegistryWorld::instance("a b", "1")), BeatRefusal::instance_invalid);
    EXPECT_EQ(refusal(RegistryWorld::instance("a", "1/x")), BeatRefusal::url_invalid);
    said = RegistryWorld::instance("a", "1");
    said.public_url = "javascript:alert(1)";
    EXPECT_EQ(refusal(said), BeatRefusal::public_url_invalid);
    said = RegistryWorld::instance("a", "1");
    said.ways.assign(9, "token");
    EXPECT_EQ(refusal(said), BeatRefusal::ways_invalid);
    EXPECT_TRUE(world_.view().instances.empty());
}

TEST_F(CallsTest, has_room_for_so_many_instances_and_gives_that_of_a_lost_one_away) {
    for (std::size_t i = 0; i < kInstancesMax; ++i) ASSERT_TRUE(beat("i" + std::to_string(i), "1"));
    EXPECT_FALSE(beat("another", "1"));
    pass(Duration::seconds(3));
    EXPECT_TRUE(beat("another", "1"));
    EXPECT_EQ(world_.view().instances.size(), kInstancesMax);
}

TEST_F(CallsTest, browsers_are_sent_where_the_way_is_and_signed_for_that_instance) {
    EXPECT_FALSE(world_.registry->public_place(bank_party(1), "cashier"));
    Heartbeat said = RegistryWorld::instance("a", "1");
    said.ways = {"token"};
    ASSERT_TRUE(world_.beat(credentials_.keys.back().to_site, said));
    EXPECT_FALSE(world_.registry->public_place(bank_party(1), "cashier"));
    ASSERT_TRUE(beat("b", "2"));
    const auto place = world_.registry->public_place(bank_party(1), "cashier");
    ASSERT_TRUE(place.has_value());
    EXPECT_EQ(place->public_url, kSecond);
    EXPECT_EQ(place->key.id, credentials_.keys.back().to_party.id);
    EXPECT_EQ(world_.view().ways, (std::vector<std::string>{"cashier", "token"}));
}

}  // namespace
}  // namespace onsale::registry
