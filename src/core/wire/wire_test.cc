#include <gtest/gtest.h>

#include "wire/codec.h"

namespace onsale::wire {
namespace {

using base::Currency;
using base::Duration;
using base::Timestamp;

domain::Session sample_session() {
    domain::Session session;
    session.id = domain::SessionId(7);
    session.starts_at = Timestamp::from_unix_ms(1'000'000);
    session.ends_at = Timestamp::from_unix_ms(2'000'000);
    session.orders_per_person = 5;
    session.tickets_per_person = 4;
    domain::Addition addition{domain::AdditionId(3), 1000, {}};
    addition.digest[31] = std::byte{0xab};
    session.pools.push_back({domain::PoolId(1), domain::PoolKind::codes, {addition}});
    session.pools.back().withdrawals.push_back({domain::WithdrawalId(77), 5});
    session.tiers.push_back({domain::TierId(11), domain::PoolId(1), {9900, Currency::usd}});
    session.tiers.push_back({domain::TierId(12), domain::PoolId(1), {0, Currency::usd}, false});
    session.sale_ends_at_start = true;
    session.campaigns.push_back({domain::CampaignId(1001),
                                 Timestamp::from_unix_ms(-5),
                                 Timestamp::from_unix_ms(500),
                                 Duration::minutes(15),
                                 true,
                                 2,
                                 {domain::TierId(11)}});
    return session;
}

domain::Order sample_order() {
    domain::Order order;
    order.id = domain::make_order_id(domain::ShardId(3), 42);
    order.person = domain::PersonId(99);
    order.session = domain::SessionId(7);
    order.campaign = domain::CampaignId(1001);
    order.state = domain::OrderState::completed;
    order.hidden = true;
    order.created_at = Timestamp::from_unix_ms(123);
    order.deadline = Timestamp::from_unix_ms(456);
    order.changed_at = Timestamp::from_unix_ms(789);
    order.idempotency_key = ~std::uint64_t{0};
    order.body_hash = 5;
    order.lines.push_back({domain::TierId(11), 2, {9900, Currency::usd}, 17});
    order.lines.push_back({domain::TierId(12), 1, {0, Currency::usd}, 0});
    return order;
}

TEST(Batch, facts_and_refusals_come_back_as_they_were) {
    BatchEncoder encoder;
    std::string body;
    encoder.add(domain::Fact(domain::EpochStarted{4, 5}), body);
    encoder.add(domain::Fact(domain::OrderPlaced{sample_order()}), body);
    encoder.add(
        domain::Fact(domain::SessionSetUp{std::make_shared<domain::Session>(sample_session())}),
        body);
    encoder.add(domain::Fact(domain::OrderExpired{domain::OrderId(9), Timestamp::from_unix_ms(77)}),
                body);
    encoder.add(RefusalCount{domain::CampaignId(1001), domain::Refusal::sold_out, 12}, body);

    const auto batch = decode_batch(body);
    ASSERT_TRUE(batch.has_value());
    ASSERT_EQ(batch->facts.size(), 4U);
    EXPECT_EQ(std::get<domain::EpochStarted>(batch->facts[0]).incarnation, 5U);
    EXPECT_EQ(std::get<domain::OrderPlaced>(batch->facts[1]).order, sample_order());
    EXPECT_EQ(*std::get<domain::SessionSetUp>(batch->facts[2]).session, sample_session());
    EXPECT_EQ(std::get<domain::OrderExpired>(batch->facts[3]).at.unix_ms(), 77);
    ASSERT_EQ(batch->refusals.size(), 1U);
    EXPECT_EQ(batch->refusals[0].count, 12U);
}

TEST(Batch, a_reused_encoder_leaves_nothing_of_the_fact_before) {
    BatchEncoder encoder;
    std::string ignored;
    encoder.add(domain::Fact(domain::OrderPlaced{sample_order()}), ignored);
    domain::Order small = sample_order();
    small.hidden = false;
    small.lines.clear();
    small.lines.push_back({domain::TierId(1), 1, {}, 0});
    std::string body;
    encoder.add(domain::Fact(domain::OrderPlaced{small}), body);
    const auto batch = decode_batch(body);
    ASSERT_TRUE(batch.has_value());
    EXPECT_EQ(std::get<domain::OrderPlaced>(batch->facts.at(0)).order, small);
}

TEST(Batch, every_shortened_body_is_refused_or_shorter) {
    BatchEncoder encoder;
    std::string body;
    encoder.add(domain::Fact(domain::OrderPlaced{sample_order()}), body);
    for (std::size_t size = 1; size < body.size(); ++size) {
        EXPECT_FALSE(decode_batch(std::string_view(body).substr(0, size)).has_value()) << size;
    }
}

TEST(Batch, unknown_enum_values_are_refused) {
    BatchEncoder encoder;
    domain::Order order = sample_order();
    order.state = static_cast<domain::OrderState>(77);
    std::string body;
    encoder.add(domain::Fact(domain::OrderPlaced{order}), body);
    EXPECT_FALSE(decode_batch(body).has_value());
}

domain::Fact round_trip(const domain::Fact& fact) {
    BatchEncoder encoder;
    std::string body;
    encoder.add(fact, body);
    auto batch = decode_batch(body);
    EXPECT_TRUE(batch.has_value() && batch->facts.size() == 1);
    return batch->facts.at(0);
}

TEST(Batch, changes_of_a_session_come_back_as_they_were) {
    const auto changed = std::get<domain::SessionChanged>(round_trip(domain::SessionChanged{
        domain::SessionId(7), Timestamp::from_unix_ms(1), Timestamp::from_unix_ms(2), 3, 4}));
    EXPECT_EQ(changed.session, domain::SessionId(7));
    EXPECT_EQ(changed.starts_at.unix_ms(), 1);
    EXPECT_EQ(changed.ends_at.unix_ms(), 2);
    EXPECT_EQ(changed.orders_per_person, 3U);
    EXPECT_EQ(changed.tickets_per_person, 4U);
    const auto tier = std::get<domain::TierChanged>(round_trip(domain::TierChanged{
        domain::SessionId(7), domain::TierId(11), {500, Currency::eur}, false}));
    EXPECT_EQ(tier.tier, domain::TierId(11));
    EXPECT_EQ(tier.price, (base::Money{500, Currency::eur}));
    EXPECT_FALSE(tier.on_sale);
    const auto cancelled = std::get<domain::SessionCancelled>(
        round_trip(domain::SessionCancelled{domain::SessionId(7), Timestamp::from_unix_ms(9)}));
    EXPECT_EQ(cancelled.at.unix_ms(), 9);
    const auto refunded = std::get<domain::OrderRefunded>(
        round_trip(domain::OrderRefunded{domain::OrderId(1027), Timestamp::from_unix_ms(9)}));
    EXPECT_EQ(refunded.order, domain::OrderId(1027));
    EXPECT_EQ(refunded.at.unix_ms(), 9);
    const auto withdrawn = std::get<domain::StockWithdrawn>(round_trip(domain::StockWithdrawn{
        domain::SessionId(7), domain::PoolId(1), 5, domain::WithdrawalId(77)}));
    EXPECT_EQ(withdrawn.withdrawal, domain::WithdrawalId(77));
}

// Bytes as they were written before tiers could be off sale and withdrawals had ids.
TEST(Batch, what_was_written_before_a_field_existed_stays_readable) {
    using namespace std::string_view_literals;
    const auto withdrawn = decode_batch("\x0a\x08\x2a\x06\x08\x07\x10\x01\x18\x05"sv);
    ASSERT_TRUE(withdrawn.has_value());
    const auto& fact = std::get<domain::StockWithdrawn>(withdrawn->facts.at(0));
    EXPECT_EQ(fact.count, 5U);
    EXPECT_EQ(fact.withdrawal, domain::WithdrawalId());
    // Session 7 with tier 11 of pool 1 for 1.00 yuan.
    const auto set_up = decode_batch(
        "\x0a\x13\x12\x11\x0a\x0f\x08\x07\x3a\x0b\x08\x0b\x10\x01\x1a\x05"
        "\x08\xc8\x01\x10\x01"sv);
    ASSERT_TRUE(set_up.has_value());
    const auto& session = *std::get<domain::SessionSetUp>(set_up->facts.at(0)).session;
    EXPECT_EQ(session.tiers.at(0).price.minor, 100);
    EXPECT_TRUE(session.tiers.at(0).on_sale);
    EXPECT_FALSE(session.sale_ends_at_start);
}

class Collector : public domain::ImageSink {
  public:
    void header(const domain::HeaderImage& header) override { head = header; }
    void session(const domain::Session& session, const domain::SessionStatus& status) override {
        sessions.emplace_back(session, status);
    }
    void stock(const domain::StockImage& stock) override { stocks.push_back(stock); }
    void order(const domain::Order& order) override { orders.push_back(order); }
    void money(const domain::OrderMoney& one) override { money_of_orders.push_back(one); }
    void stray(const domain::Stray& stray) override { strays.push_back(stray); }
    domain::HeaderImage head;
    std::vector<domain::OrderMoney> money_of_orders;
    std::vector<domain::Stray> strays;
    std::vector<std::pair<domain::Session, domain::SessionStatus>> sessions;
    std::vector<domain::StockImage> stocks;
    std::vector<domain::Order> orders;
};

TEST(Snapshot, pieces_come_back_in_order) {
    SnapshotEncoder encoder;
    encoder.header({domain::ShardId(3), 43, 77});
    encoder.session(sample_session(), {false, true, Timestamp::from_unix_ms(88)});
    encoder.stock({domain::SessionId(7), domain::PoolId(1), {1000, 998, 0, 2, 0}, 19});
    encoder.order(sample_order());
    encoder.refusal({domain::CampaignId(1001), domain::Refusal::not_open_yet, 4});
    const std::string content = encoder.take();

    Collector collector;
    const auto refusals = decode_snapshot(content, collector);
    ASSERT_TRUE(refusals.has_value());
    EXPECT_EQ(collector.head.next_order_number, 43U);
    EXPECT_EQ(collector.head.incarnation, 77U);
    EXPECT_EQ(collector.sessions.at(0).first, sample_session());
    EXPECT_EQ(collector.sessions.at(0).second,
              (domain::SessionStatus{false, true, Timestamp::from_unix_ms(88)}));
    EXPECT_EQ(collector.stocks.at(0).next_ordinal, 19U);
    EXPECT_EQ(collector.orders.at(0), sample_order());
    EXPECT_EQ(refusals->at(0).count, 4U);

    Collector ignored;
    EXPECT_FALSE(decode_snapshot(std::string_view(content).substr(0, content.size() - 1), ignored)
                     .has_value());
}

TEST(Snapshot, stock_that_does_not_balance_is_refused) {
    SnapshotEncoder encoder;
    encoder.stock({domain::SessionId(7), domain::PoolId(1), {1000, 999, 0, 2, 0}, 1});
    Collector ignored;
    EXPECT_FALSE(decode_snapshot(encoder.take(), ignored).has_value());
}

}  // namespace
}  // namespace onsale::wire
