#include "registry/registry.h"

#include <gtest/gtest.h>

#include "registry/testing/party.h"

namespace onsale::registry {
namespace {

using base::Duration;

const crypto::CallKey& newest(const Credentials& credentials) {
    return credentials.keys.back().to_site;
}

class RegistryTest : public testing::Test {
  protected:
    RegistryWorld world_;
};

TEST_F(RegistryTest, gives_the_keys_of_a_new_party_once) {
    const Credentials first = world_.make_bank();
    ASSERT_EQ(first.keys.size(), 1U);
    EXPECT_NE(first.keys[0].to_party.secret, first.keys[0].to_site.secret);
    const auto again = world_.put({bank_party(1), "新名", "New name", true});
    ASSERT_TRUE(again.has_value());
    EXPECT_FALSE(again->credentials.has_value());
    EXPECT_EQ(world_.view().party.name_en, "New name");
    EXPECT_TRUE(world_.beat(newest(first), world_.instance("a", "1")));
}

TEST_F(RegistryTest, refuses_wishes_that_are_none) {
    const auto refusal = [&](PartyWish wish) {
        return world_.put(std::move(wish)).error().refusal;
    };
    EXPECT_EQ(refusal({bank_party(0), "银行", "Bank", true}), RegistryRefusal::number_invalid);
    EXPECT_EQ(refusal({bank_party(10'000), "银行", "Bank", true}), RegistryRefusal::number_invalid);
    EXPECT_EQ(refusal({bank_party(1), "", "Bank", true}), RegistryRefusal::name_invalid);
    EXPECT_EQ(refusal({bank_party(1), "银行", std::string(41, 'x'), true}),
              RegistryRefusal::name_invalid);
    EXPECT_EQ(refusal({bank_party(1), "银\n行", "Bank", true}), RegistryRefusal::name_invalid);
    EXPECT_TRUE(world_.put({bank_party(1), std::string(40, 'x'), "Bank", true}).has_value());
    EXPECT_EQ(world_.rotate(bank_party(2), {}).error().refusal, RegistryRefusal::party_unknown);
    EXPECT_EQ(world_.rotate(bank_party(1), kGraceMax + Duration::seconds(1)).error().refusal,
              RegistryRefusal::grace_invalid);
}

TEST_F(RegistryTest, has_room_for_so_many_parties) {
    for (std::uint64_t number = 1; number <= kPartiesMax; ++number) world_.make_bank(number);
    EXPECT_EQ(world_.put({bank_party(99), "银行", "Bank", true}).error().refusal,
              RegistryRefusal::too_many_parties);
    EXPECT_TRUE(world_.put({bank_party(64), "银行", "Another name", true}).has_value());
}

TEST_F(RegistryTest, keeps_a_bank_and_a_supplier_of_the_same_number_apart) {
    const Credentials bank = world_.make_bank();
    const auto supplier =
        world_.put({{PartyKind::supplier, PartyNumber(1)}, "代理", "Supplier", true});
    ASSERT_TRUE(supplier.has_value() && supplier->credentials.has_value());
    EXPECT_EQ(world_.registry->parties(PartyKind::supplier).size(), 1U);
    EXPECT_FALSE(world_.beat(newest(*supplier->credentials), world_.instance("a", "1")))
        << "a supplier says that it is bank 1";
    EXPECT_TRUE(world_.beat(newest(bank), world_.instance("a", "1")));
}

TEST_F(RegistryTest, keeps_parties_and_keys_over_a_restart_but_no_instances) {
    const Credentials credentials = world_.make_bank();
    ASSERT_TRUE(world_.beat(newest(credentials), world_.instance("a", "1")));
    EXPECT_TRUE(world_.view().usable());
    world_.restart();
    EXPECT_EQ(world_.view().party.name_zh, "银行");
    EXPECT_FALSE(world_.view().usable());
    EXPECT_TRUE(world_.beat(newest(credentials), world_.instance("a", "1")));
    EXPECT_TRUE(world_.view().usable());
}

TEST_F(RegistryTest, stores_no_secret_in_the_clear) {
    const Credentials credentials = world_.make_bank();
    const auto row = world_.store->connection().prepare(
        "SELECT to_party_secret, to_site_secret FROM registry_keys");
    ASSERT_TRUE(row.has_value());
    auto& statement = const_cast<sql::Statement&>(*row);
    ASSERT_TRUE(statement.step().value());
    const auto& secret = newest(credentials).secret;
    const std::string_view plain(reinterpret_cast<const char*>(secret.data()), secret.size());
    EXPECT_EQ(statement.blob(1).find(plain), std::string_view::npos);
    EXPECT_GT(statement.blob(1).size(), secret.size());
    statement.reset();
}

TEST_F(RegistryTest, an_old_pair_is_good_within_its_grace_and_refused_after) {
    const Credentials before = world_.make_bank();
    const auto after = world_.rotate(bank_party(1), kGraceDefault);
    ASSERT_TRUE(after.has_value());
    EXPECT_EQ(after->keys.size(), 2U) << "the file for the party has both";
    EXPECT_TRUE(world_.beat(newest(before), world_.instance("a", "1")));
    EXPECT_TRUE(world_.beat(newest(*after), world_.instance("b", "2")));
    world_.restart();
    world_.environment.moved.pass(kGraceDefault - Duration::milliseconds(1));
    EXPECT_TRUE(world_.beat(newest(before), world_.instance("a", "1")));
    world_.environment.moved.pass(Duration::milliseconds(1));
    EXPECT_EQ(world_.check(world_.sign(newest(before), "x"), "x").error(),
              SignatureRefusal::unknown_key);
    EXPECT_TRUE(world_.beat(newest(*after), world_.instance("b", "2")));
}

TEST_F(RegistryTest, cuts_an_old_pair_and_its_instances_off_at_once) {
    const Credentials before = world_.make_bank();
    ASSERT_TRUE(world_.beat(newest(before), world_.instance("a", "1")));
    const auto after = world_.rotate(bank_party(1), {});
    ASSERT_TRUE(after.has_value());
    EXPECT_EQ(after->keys.size(), 1U);
    EXPECT_TRUE(world_.view().instances.empty());
    EXPECT_FALSE(world_.beat(newest(before), world_.instance("a", "1")));
    EXPECT_TRUE(world_.beat(newest(*after), world_.instance("a", "1")));
}

TEST_F(RegistryTest, does_not_rotate_again_while_an_old_pair_is_good) {
    const Credentials before = world_.make_bank();
    ASSERT_TRUE(world_.rotate(bank_party(1), kGraceDefault).has_value());
    EXPECT_EQ(world_.rotate(bank_party(1), kGraceDefault).error().refusal,
              RegistryRefusal::rotation_under_way);
    EXPECT_TRUE(world_.beat(newest(before), world_.instance("a", "1")));
    ASSERT_TRUE(world_.rotate(bank_party(1), {}).has_value());
    EXPECT_EQ(world_.view().keys.size(), 1U);
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(world_.rotate(bank_party(1), {}).has_value());
    world_.restart();
    EXPECT_EQ(world_.view().keys.at(0).generation, 23U);
}

TEST_F(RegistryTest, neither_hears_nor_calls_a_party_that_is_disabled) {
    const Credentials credentials = world_.make_bank();
    ASSERT_TRUE(world_.beat(newest(credentials), world_.instance("a", "1")));
    ASSERT_TRUE(world_.put({bank_party(1), "银行", "Bank", false}).has_value());
    EXPECT_FALSE(world_.view().usable());
    EXPECT_EQ(world_.check(world_.sign(newest(credentials), "x"), "x").error(),
              SignatureRefusal::disabled);
    EXPECT_FALSE(world_.beat(newest(credentials), world_.instance("a", "1")));
    EXPECT_TRUE(world_.registry->keys_of(bank_party(1)).empty());
    const auto called = world_.registry->make_caller()->call({.party = bank_party(1), .path = "/"});
    EXPECT_EQ(called.error().trouble, PartyTrouble::unreachable);
    EXPECT_TRUE(world_.network.calls.empty());
    ASSERT_TRUE(world_.put({bank_party(1), "银行", "Bank", true}).has_value());
    EXPECT_TRUE(world_.beat(newest(credentials), world_.instance("a", "1")));
}

TEST_F(RegistryTest, counts_refused_signatures_by_their_reason) {
    const Credentials credentials = world_.make_bank();
    const auto reason_of = [&](const crypto::CallMark& mark, std::string_view body) {
        return to_string(world_.check(mark, body).error());
    };
    crypto::CallKey stranger = newest(credentials);
    stranger.secret.fill(std::byte{1});
    EXPECT_EQ(reason_of(world_.sign(stranger, "x"), "x"), "wrong_signature");
    EXPECT_EQ(reason_of(world_.sign(newest(credentials), "x"), "y"), "wrong_signature");
    EXPECT_EQ(reason_of({}, "x"), "malformed");
    const auto to_party = credentials.keys.back().to_party;
    EXPECT_EQ(reason_of(world_.sign(to_party, "x"), "x"), "unknown_key") << "the other direction";
    const auto old = world_.sign(newest(credentials), "x");
    EXPECT_EQ(world_.registry->check({"POST", "/api/v1/payments/callbacks/1", "x"}, old).error(),
              SignatureRefusal::wrong_signature)
        << "re-aimed";
    world_.environment.moved.pass(Duration::seconds(301));
    EXPECT_EQ(reason_of(old, "x"), "wrong_time");
    const auto count = [&](const std::string& reason) {
        return world_.metrics.counter("onsale_registry_refused_total", "", {{"reason", reason}})
            .value();
    };
    EXPECT_EQ(count("wrong_signature"), 3);
    EXPECT_EQ(count("malformed"), 1);
    EXPECT_EQ(count("wrong_time"), 1);
    EXPECT_EQ(count("unknown_key"), 1);
}

TEST_F(RegistryTest, watches_only_while_there_are_instances) {
    const Credentials credentials = world_.make_bank();
    const auto& later = world_.environment.queue.later;
    const std::size_t of_the_store = later.size();
    ASSERT_TRUE(world_.beat(newest(credentials), world_.instance("a", "1")));
    const auto in_use = [&] {
        return world_.metrics
            .gauge("onsale_registry_instances", "", {{"party", "bank-1"}, {"state", "in_use"}})
            .value();
    };
    EXPECT_EQ(in_use(), 1);
    world_.environment.moved.pass(Duration::seconds(3));
    world_.environment.queue.pass_time();
    EXPECT_EQ(in_use(), 0);
    EXPECT_EQ(later.size(), of_the_store + 1);
    world_.environment.moved.pass(kOutIsForgottenAfter);
    world_.environment.queue.pass_time();
    EXPECT_TRUE(world_.view().instances.empty());
    EXPECT_EQ(later.size(), of_the_store);
}

}  // namespace
}  // namespace onsale::registry
