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
    session.tiers.push_back({domain::TierId(11), domain::PoolId(1), {9900, Currency::usd}});
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

class Collector : public domain::ImageSink {
  public:
    void header(domain::ShardId shard, std::uint64_t next) override { head = {shard, next}; }
    void session(const domain::Session& session, bool retired) override {
        sessions.emplace_back(session, retired);
    }
    void stock(const domain::StockImage& stock) override { stocks.push_back(stock); }
    void order(const domain::Order& order) override { orders.push_back(order); }
    std::pair<domain::ShardId, std::uint64_t> head;
    std::vector<std::pair<domain::Session, bool>> sessions;
    std::vector<domain::StockImage> stocks;
    std::vector<domain::Order> orders;
};

TEST(Snapshot, pieces_come_back_in_order) {
    SnapshotEncoder encoder;
    encoder.header(domain::ShardId(3), 43);
    encoder.session(sample_session(), false);
    encoder.stock({domain::SessionId(7), domain::PoolId(1), {1000, 998, 0, 2, 0}, 19});
    encoder.order(sample_order());
    encoder.refusal({domain::CampaignId(1001), domain::Refusal::not_open_yet, 4});
    const std::string content = encoder.take();

    Collector collector;
    const auto refusals = decode_snapshot(content, collector);
    ASSERT_TRUE(refusals.has_value());
    EXPECT_EQ(collector.head.second, 43U);
    EXPECT_EQ(collector.sessions.at(0).first, sample_session());
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
