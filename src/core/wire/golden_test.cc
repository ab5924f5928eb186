// The bytes of records as they were once written must be read as the same values, and written as
// the same bytes, for ever. golden/ has a file for each kind of fact and each way in which it was
// written: <name>.golden. docs/formats/records.md says how a new one is added.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <variant>
#include <vector>

#include "wire/codec.h"
#include "wire/testing/golden_file.h"
#include "wire/testing/record_text.h"

namespace onsale::wire {
namespace {

using base::Currency;
using base::Duration;
using base::Timestamp;
using testing::Golden;
using testing::read_golden;
using testing::text_of;
using testing::write_golden_if_missing;

const std::filesystem::path kFolder = ONSALE_GOLDEN_FOLDER;

Timestamp at(std::int64_t ms) {
    return Timestamp::from_unix_ms(1'800'000'000'000 + ms);
}

domain::Addition codes(std::uint64_t id, std::uint64_t count) {
    domain::Addition addition{domain::AdditionId(id), count, {}};
    for (std::size_t i = 0; i < addition.digest.size(); ++i)
        addition.digest[i] = static_cast<std::byte>(i * 7 + id % 256);
    return addition;
}

domain::Campaign campaign() {
    return {domain::CampaignId(1001),
            at(0),
            at(3'600'000),
            Duration::minutes(15),
            true,
            2,
            {domain::TierId(11), domain::TierId(12)}};
}

domain::Session session() {
    domain::Session session;
    session.id = domain::SessionId(7);
    session.starts_at = at(86'400'000);
    session.ends_at = at(90'000'000);
    session.orders_per_person = 5;
    session.tickets_per_person = 4;
    session.sale_ends_at_start = true;
    session.pools.push_back(
        {domain::PoolId(1), domain::PoolKind::codes, {codes(5001, 1000), codes(5002, 2)}});
    session.pools.push_back(
        {domain::PoolId(2), domain::PoolKind::count, {{domain::AdditionId(1), 300, {}}}});
    session.tiers.push_back({domain::TierId(11), domain::PoolId(1), {0, Currency::cny}});
    session.tiers.push_back(
        {domain::TierId(12), domain::PoolId(2), {18'800, Currency::cny}, false});
    session.campaigns.push_back(campaign());
    return session;
}

domain::Session session_on_terms() {
    domain::Session on_terms = session();
    on_terms.organiser = domain::OrganiserId(21);
    on_terms.refunds = {true, Duration::hours(48), 1000, false, 500'000};
    on_terms.late_payment = domain::LatePayment::same;
    return on_terms;
}

domain::Payment payment() {
    domain::Payment payment;
    payment.id = domain::make_payment_id(domain::make_order_id(domain::ShardId(3), 42), 1);
    payment.bank = domain::BankId(2);
    payment.way = domain::PayWay::token;
    payment.state = domain::PaymentState::authorised;
    payment.amount = {37'600, Currency::cny};
    payment.captured = {1, Currency::usd};
    payment.use = domain::MoneyUse::mismatch;
    payment.reason = domain::PaymentReason::bank_refused;
    payment.parked = true;
    payment.tries = 3;
    payment.incarnation = 0x0102'0304'0506'0708;
    payment.token = 0x1112'1314'1516'1718;
    payment.transaction = "T20300101-1";
    payment.started_at = at(5);
    payment.changed_at = at(6);
    return payment;
}

domain::Refund refund() {
    domain::Refund refund;
    refund.id = domain::make_refund_id(domain::make_order_id(domain::ShardId(3), 42), 2);
    refund.payment = payment().id;
    refund.bank = domain::BankId(2);
    refund.cause = domain::RefundCause::replaced;
    refund.reason = domain::RefundReason::bought_by_mistake;
    refund.state = domain::RefundState::completed;
    refund.amount = {33'840, Currency::cny};
    refund.fee = {3'760, Currency::cny};
    refund.reviews_needed = 2;
    refund.first_reviewer = domain::PersonId(4);
    refund.second_reviewer = domain::PersonId(5);
    refund.parked = true;
    refund.tries = 7;
    refund.incarnation = 0x2122'2324'2526'2728;
    refund.transaction = "T20300102-9";
    refund.requested_at = at(7);
    refund.changed_at = at(8);
    return refund;
}

// As the bank's refusals, and people after them, have left it.
domain::Refund settled_refund() {
    domain::Refund settled = refund();
    settled.refused = true;
    settled.given_before = true;
    settled.round = 3;
    settled.first_settler = domain::PersonId(6);
    settled.second_settler = domain::PersonId(7);
    return settled;
}

domain::Stray stray() {
    domain::Stray stray;
    stray.id = domain::StrayId(9);
    stray.bank = domain::BankId(2);
    stray.state = domain::StrayState::returned;
    stray.amount = {500, Currency::eur};
    stray.parked = true;
    stray.tries = 2;
    stray.incarnation = 0x3132'3334'3536'3738;
    stray.transaction = "T20300103-4";
    stray.received_at = at(9);
    stray.changed_at = at(10);
    return stray;
}

domain::Stray refused_stray() {
    domain::Stray refused = stray();
    refused.refused = true;
    refused.round = 2;
    return refused;
}

base::BoundedVector<std::uint64_t, domain::kLinesPerOrderMax> ordinals() {
    base::BoundedVector<std::uint64_t, domain::kLinesPerOrderMax> ordinals;
    ordinals.push_back(17);
    ordinals.push_back(0);
    return ordinals;
}

domain::Order order(domain::OrderState state) {
    domain::Order order;
    order.id = domain::make_order_id(domain::ShardId(3), 42);
    order.person = domain::PersonId(99);
    order.session = domain::SessionId(7);
    order.campaign = domain::CampaignId(1001);
    order.state = state;
    order.created_at = at(1);
    order.changed_at = at(1);
    order.idempotency_key = 0x0123'4567'89ab'cdef;
    order.body_hash = 0xfedc'ba98'7654'3210;
    const bool is_free = state == domain::OrderState::completed;
    if (!is_free) order.deadline = at(900'001);
    order.lines.push_back({domain::TierId(11), 2, {0, Currency::cny}, is_free ? 17U : 0U});
    if (!is_free) order.lines.push_back({domain::TierId(12), 1, {18'800, Currency::cny}, 0});
    return order;
}

struct Sample {
    std::string name;
    domain::Fact fact;
};

std::vector<Sample> money_samples() {
    return {
        {"payment_started.1", domain::PaymentStarted{payment()}},
        {"payment_step_tried.1",
         domain::PaymentStepTried{payment().id, domain::PaymentStep::close, at(14)}},
        {"payment_captured.1",
         domain::PaymentCaptured{
             payment().id, {37'600, Currency::cny}, "T20300101-1", domain::MoneyUse::late, at(15)}},
        {"payment_ended.1", domain::PaymentEnded{payment().id, domain::PaymentState::failed,
                                                 domain::PaymentReason::insufficient, at(16)}},
        {"payment_parked.1",
         domain::PaymentParked{payment().id, domain::PaymentReason::bank_silent, at(17)}},
        {"payment_resumed.1", domain::PaymentResumed{payment().id, domain::PersonId(3), at(18)}},
        {"refund_requested.1", domain::RefundRequested{refund()}},
        {"refund_requested.2", domain::RefundRequested{settled_refund()}},
        {"refund_reviewed.1", domain::RefundReviewed{refund().id, domain::PersonId(4), true,
                                                     domain::RefundState::approved, at(19)}},
        {"refund_cancelled.1", domain::RefundCancelled{refund().id, at(20)}},
        {"refund_tried.1", domain::RefundTried{refund().id, at(21)}},
        {"refund_completed.1", domain::RefundCompleted{refund().id, "T20300102-9", at(22)}},
        {"refund_completed.2", domain::RefundCompleted{refund().id, "T20300102-9", at(22), 2}},
        {"refund_reopened.1", domain::RefundReopened{refund().id, at(23)}},
        {"refund_reopened.2", domain::RefundReopened{refund().id, at(23), true}},
        {"refund_parked.1", domain::RefundParked{refund().id, at(24)}},
        {"refund_parked.2", domain::RefundParked{refund().id, at(24), true, true}},
        {"refund_settled.1", domain::RefundSettled{refund().id, domain::PersonId(6), true, at(30)}},
        {"refund_resumed.1", domain::RefundResumed{refund().id, domain::PersonId(3), at(25)}},
        {"stray_received.1", domain::StrayReceived{stray()}},
        {"stray_received.2", domain::StrayReceived{refused_stray()}},
        {"stray_tried.1", domain::StrayTried{stray().id, at(26)}},
        {"stray_returned.1", domain::StrayReturned{stray().id, at(27)}},
        {"stray_returned.2", domain::StrayReturned{stray().id, at(27), 1}},
        {"stray_parked.1", domain::StrayParked{stray().id, at(28)}},
        {"stray_parked.2", domain::StrayParked{stray().id, at(28), true}},
        {"stray_resumed.1", domain::StrayResumed{stray().id, domain::PersonId(3), at(29)}},
    };
}

// A name that stands here once stays here, with its value. New fields mean new samples.
std::vector<Sample> samples() {
    using namespace domain;
    const SessionId id(7);
    const OrderId ended = make_order_id(ShardId(3), 42);
    domain::Session old = session();
    old.sale_ends_at_start = false;
    old.tiers[1].on_sale = true;
    std::vector<Sample> all = {
        {"epoch_started.1", EpochStarted{4, 0x8877'6655'4433'2211}},
        {"session_set_up.1", SessionSetUp{std::make_shared<const domain::Session>(old)}},
        {"session_set_up.2", SessionSetUp{std::make_shared<const domain::Session>(session())}},
        {"campaign_changed.1",
         CampaignChanged{id, std::make_shared<const domain::Campaign>(campaign())}},
        {"session_changed.1", SessionChanged{id, at(5), at(6), 3, 0}},
        {"tier_changed.1", TierChanged{id, TierId(12), {9900, Currency::usd}, true}},
        {"tier_changed.off_sale.1", TierChanged{id, TierId(12), {0, Currency::eur}, false}},
        {"session_cancelled.1", SessionCancelled{id, at(7)}},
        {"stock_added.1", StockAdded{id, PoolId(1), codes(5003, 50'000)}},
        {"stock_added.numbers.1", StockAdded{id, PoolId(2), {AdditionId(2), 1, {}}}},
        {"stock_withdrawn.1", StockWithdrawn{id, PoolId(1), 5, WithdrawalId()}},
        {"stock_withdrawn.2", StockWithdrawn{id, PoolId(1), 5, WithdrawalId(77)}},
        {"order_placed.completed.1", OrderPlaced{order(OrderState::completed)}},
        {"order_placed.reserved.1", OrderPlaced{order(OrderState::reserved)}},
        {"order_cancelled.1", OrderCancelled{ended, at(8)}},
        {"order_expired.1", OrderExpired{ended, at(9)}},
        {"order_refunded.1", OrderRefunded{ended, at(10)}},
        {"order_hidden.1", OrderHidden{ended}},
        {"session_retired.1", SessionRetired{id, 1'000'000, 999'998, 1'999'996}},
        {"session_set_up.3", SessionSetUp{std::make_shared<domain::Session>(session_on_terms())}},
        {"terms_changed.1",
         domain::TermsChanged{id, session_on_terms().refunds, domain::LatePayment::same_or_better}},
        {"order_moved.completed.1",
         domain::OrderMoved{ended, OrderState::completed, at(12), ordinals()}},
        {"order_moved.paid.1", domain::OrderMoved{ended, OrderState::paid, at(11), {}}},
        {"late_payment_accepted.1",
         domain::LatePaymentAccepted{ended, id, order(OrderState::reserved).lines, true, at(13)}},
    };
    for (auto& sample : money_samples()) all.push_back(std::move(sample));
    return all;
}

std::filesystem::path path_of(const std::string& name) {
    return kFolder / (name + ".golden");
}

std::string encoded(const domain::Fact& fact) {
    BatchEncoder encoder;
    std::string body;
    encoder.add(fact, body);
    return body;
}

TEST(Golden, facts_are_read_and_written_as_ever) {
    for (const Sample& sample : samples()) {
        SCOPED_TRACE(sample.name);
        write_golden_if_missing(path_of(sample.name),
                                {text_of(sample.fact) + "\n", encoded(sample.fact)});
        const auto golden = read_golden(path_of(sample.name));
        ASSERT_TRUE(golden) << "there is no such golden file";
        const auto batch = decode_batch(golden->bytes);
        ASSERT_TRUE(batch) << batch.error().message;
        ASSERT_EQ(batch->facts.size(), 1U);
        EXPECT_EQ(text_of(batch->facts[0]) + "\n", golden->text);
        EXPECT_EQ(text_of(batch->facts[0]), text_of(sample.fact));
        EXPECT_EQ(testing::to_hex(encoded(batch->facts[0])), testing::to_hex(golden->bytes));
    }
}

TEST(Golden, every_kind_of_fact_has_one) {
    std::set<std::size_t> kinds;
    for (const Sample& sample : samples()) {
        kinds.insert(sample.fact.index());
        EXPECT_TRUE(std::filesystem::exists(path_of(sample.name))) << sample.name;
    }
    EXPECT_EQ(kinds.size(), std::variant_size_v<domain::Fact>)
        << "a kind of fact without a golden file: add a sample of it";
}

// A file without a sample would be read by nobody.
TEST(Golden, every_file_has_a_sample) {
    std::set<std::string> known = {"batch.1.golden", "snapshot.1.golden", "snapshot.2.golden"};
    for (const Sample& sample : samples()) known.insert(sample.name + ".golden");
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder))
        found.insert(entry.path().filename().string());
    EXPECT_EQ(found, known);
}

TEST(Golden, a_batch_of_all_facts_and_refusals_is_read_and_written_as_ever) {
    const auto write = [](const std::vector<domain::Fact>& facts,
                          const std::vector<RefusalCount>& refusals) {
        BatchEncoder encoder;
        Golden golden;
        for (const auto& fact : facts) {
            encoder.add(fact, golden.bytes);
            golden.text += text_of(fact) + "\n";
        }
        for (const auto& refusal : refusals) {
            encoder.add(refusal, golden.bytes);
            golden.text += text_of(refusal) + "\n";
        }
        return golden;
    };
    std::vector<domain::Fact> facts;
    for (const Sample& sample : samples()) facts.push_back(sample.fact);
    std::vector<RefusalCount> refusals;
    for (std::size_t reason = 1; reason < domain::kRefusals; ++reason)
        refusals.push_back(
            {domain::CampaignId(1001), static_cast<domain::Refusal>(reason), reason});
    write_golden_if_missing(path_of("batch.1"), write(facts, refusals));
    const auto golden = read_golden(path_of("batch.1"));
    ASSERT_TRUE(golden);
    const auto batch = decode_batch(golden->bytes);
    ASSERT_TRUE(batch) << batch.error().message;
    EXPECT_EQ(write(batch->facts, batch->refusals), *golden);
}

// Decodes a snapshot both as text and into an encoder.
class Both : public testing::TextSink {
  public:
    void header(const domain::HeaderImage& header) override {
        TextSink::header(header);
        encoder.header(header);
    }
    void session(const domain::Session& session, const domain::SessionStatus& status) override {
        TextSink::session(session, status);
        encoder.session(session, status);
    }
    void stock(const domain::StockImage& stock) override {
        TextSink::stock(stock);
        encoder.stock(stock);
    }
    void order(const domain::Order& order) override {
        TextSink::order(order);
        encoder.order(order);
    }
    void money(const domain::OrderMoney& money) override {
        TextSink::money(money);
        encoder.money(money);
    }
    void stray(const domain::Stray& stray) override {
        TextSink::stray(stray);
        encoder.stray(stray);
    }
    void refusal(const RefusalCount& refusal) {
        text += text_of(refusal) + "\n";
        encoder.refusal(refusal);
    }
    SnapshotEncoder encoder;
};

Golden sample_snapshot() {
    Both sink;
    domain::Session withdrawn = session();
    withdrawn.pools[0].withdrawals.push_back({domain::WithdrawalId(77), 5});
    domain::Session retired = session();
    retired.id = domain::SessionId(8);
    retired.campaigns[0].id = domain::CampaignId(2001);
    domain::Order hidden = order(domain::OrderState::completed);
    hidden.id = domain::make_order_id(domain::ShardId(3), 43);
    hidden.hidden = true;
    sink.header({domain::ShardId(3), 44, 0});
    sink.session(withdrawn, {false, true, at(11)});
    sink.session(retired, {true, false, {}});
    sink.stock({domain::SessionId(7), domain::PoolId(1), {1002, 993, 2, 2, 5}, 8});
    sink.stock({domain::SessionId(7), domain::PoolId(2), {300, 299, 1, 0, 0}, 1});
    sink.order(order(domain::OrderState::reserved));
    sink.order(hidden);
    sink.refusal({domain::CampaignId(1001), domain::Refusal::sold_out, 12});
    return {sink.text, sink.encoder.take()};
}

Golden sample_snapshot_with_money() {
    Both sink;
    sink.header({domain::ShardId(3), 44, 0x4142'4344'4546'4748});
    sink.session(session_on_terms(), {});
    sink.order(order(domain::OrderState::reserved));
    sink.money({order(domain::OrderState::reserved).id, true, {payment(), payment()}, {refund()}});
    sink.stray(stray());
    return {sink.text, sink.encoder.take()};
}

void expect_as_ever(const std::string& name, const Golden& sample) {
    write_golden_if_missing(path_of(name), sample);
    const auto golden = read_golden(path_of(name));
    ASSERT_TRUE(golden);
    Both read;
    const auto refusals = decode_snapshot(golden->bytes, read);
    ASSERT_TRUE(refusals) << refusals.error().message;
    for (const RefusalCount& refusal : *refusals) read.refusal(refusal);
    EXPECT_EQ(read.text, golden->text);
    EXPECT_EQ(testing::to_hex(read.encoder.take()), testing::to_hex(golden->bytes));
    EXPECT_EQ(sample, *golden);
}

TEST(Golden, a_snapshot_is_read_and_written_as_ever) {
    expect_as_ever("snapshot.1", sample_snapshot());
    expect_as_ever("snapshot.2", sample_snapshot_with_money());
}

}  // namespace
}  // namespace onsale::wire
