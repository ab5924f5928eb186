#include "payments/agent.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "payments/limits.h"
#include "payments/testing/world.h"

namespace onsale::payments {
namespace {

using base::Duration;
using domain::BankId;
using domain::MoneyUse;
using domain::OrderState;
using domain::PaymentReason;
using domain::PaymentState;
using domain::PayWay;
using domain::RefundState;

FakeBanks::Books& bank(World& world, std::uint64_t number = 1) {
    return world.banks.books[BankId(number)];
}

TEST(PaymentAgent, deducts_what_was_authorised_and_forgets_the_token) {
    World world(1);
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::token, 1, "secret");
    ASSERT_TRUE(payment);
    EXPECT_EQ(world.state(order), OrderState::paid);
    world.run(Duration::seconds(10));
    EXPECT_EQ(world.state(order), OrderState::completed);
    EXPECT_EQ(world.payment(payment->id).state, PaymentState::captured);
    EXPECT_EQ(world.payment(payment->id).tries, 1U);
    EXPECT_EQ(bank(world).payments.at(name_of(*payment)).charges, 1U);
    EXPECT_EQ(world.tokens_kept(), 0);
}

TEST(PaymentAgent, a_deduction_that_the_bank_refuses_fails_the_order) {
    World world(2);
    bank(world).poor.insert("poor");
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::token, 1, "poor");
    world.run(Duration::seconds(10));
    EXPECT_EQ(world.state(order), OrderState::failed);
    EXPECT_EQ(world.payment(payment->id).reason, PaymentReason::insufficient);
}

TEST(PaymentAgent, sends_many_deductions_in_few_calls) {
    World world(3);
    for (std::uint64_t person = 1; person <= 150; ++person)
        world.pay(person, world.place(person), PayWay::token, 1, "t" + std::to_string(person));
    world.run(Duration::seconds(20));
    EXPECT_EQ(bank(world).deductions_asked, 150U);
    EXPECT_LT(bank(world).calls, 50U);
}

TEST(PaymentAgent, hears_of_a_payment_at_the_cashier_by_asking) {
    World world(4);
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    world.run(Duration::seconds(60));
    EXPECT_EQ(world.state(order), OrderState::reserved);
    EXPECT_TRUE(world.banks.pay(BankId(1), name_of(*payment), kPrice));
    world.run(Duration::seconds(100));
    EXPECT_EQ(world.state(order), OrderState::completed);
    EXPECT_LT(bank(world).calls, 12U);
}

TEST(PaymentAgent, closes_at_the_deadline_and_nothing_is_taken_afterwards) {
    World world(5);
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    world.run(kHold + Duration::seconds(20));
    EXPECT_EQ(world.payment(payment->id).state, PaymentState::closed);
    EXPECT_EQ(world.payment(payment->id).tries, 1U);
    EXPECT_FALSE(world.banks.pay(BankId(1), name_of(*payment), kPrice));
}

TEST(PaymentAgent, closes_what_the_order_does_not_need_any_more) {
    World world(6);
    const auto replaced = world.place(5);
    const auto first = world.pay(5, replaced, PayWay::cashier, 1);
    const auto second = world.pay(5, replaced, PayWay::cashier, 2);
    const auto cancelled = world.place(6);
    const auto third = world.pay(6, cancelled, PayWay::cashier, 1);
    world.decide(world.shard(), domain::CancelOrder{domain::PersonId(6), cancelled});
    world.run(Duration::seconds(20));
    EXPECT_EQ(world.payment(first->id).state, PaymentState::closed);
    EXPECT_EQ(world.payment(first->id).reason, PaymentReason::closed_by_us);
    EXPECT_EQ(world.payment(second->id).state, PaymentState::open);
    EXPECT_EQ(world.payment(third->id).state, PaymentState::closed);
}

TEST(PaymentAgent, gives_back_what_was_paid_for_an_order_that_had_ended) {
    World world(7);
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    bank(world).faults.away = true;
    world.banks.pay(BankId(1), name_of(*payment), kPrice);
    world.run(kHold + Duration::seconds(20));
    EXPECT_EQ(world.state(order), OrderState::expired);
    bank(world).faults.away = false;
    world.run(Duration::seconds(60));
    const auto money = world.money(order);
    EXPECT_EQ(money.payments.at(0).use, MoneyUse::late);
    ASSERT_EQ(money.refunds.size(), 1U);
    EXPECT_EQ(money.refunds[0].state, RefundState::completed);
    EXPECT_FALSE(money.refunds[0].transaction.empty());
    EXPECT_EQ(bank(world).refunds.at(name_of(money.refunds[0])).amount, kPrice);
}

TEST(PaymentAgent, waits_for_a_bank_that_is_away_without_counting_tries) {
    World world(8);
    bank(world).faults.away = true;
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::token, 1, "secret");
    const auto other = world.place(6);
    world.pay(6, other, PayWay::token, 2, "other");
    world.run(Duration::hours(2));
    EXPECT_EQ(world.state(other), OrderState::completed) << "another bank is not delayed";
    EXPECT_EQ(world.payment(payment->id).tries, 1U);
    EXPECT_FALSE(world.payment(payment->id).parked);
    EXPECT_LT(bank(world).calls, 2 * 3600U + 10);
    bank(world).faults.away = false;
    world.run(Duration::seconds(20));
    EXPECT_EQ(world.state(order), OrderState::completed);
}

TEST(PaymentAgent, flows_that_were_held_back_go_on_behind_many_that_have_changed) {
    constexpr std::uint64_t kOrders = 1200;  // more than two slices of those that changed
    static_assert(kOrders > 2 * kFlowsPerSlice);
    World world(13);
    std::vector<domain::OrderId> orders;
    for (std::uint64_t person = 1; person <= kOrders; ++person) {
        orders.push_back(world.place(person));
        ASSERT_TRUE(world.pay(person, orders.back(), PayWay::cashier, 1));
    }
    world.run(Duration::seconds(170));  // all have been asked about, and sleep for long
    bank(world).faults.away = true;
    const auto calls = bank(world).calls;
    world.pay(kOrders + 1, world.place(kOrders + 1), PayWay::token, 1, "secret");
    while (bank(world).calls == calls) world.run(Duration::milliseconds(1));
    // Each flow wants to close, is held back, changes, and is held back again.
    const auto submit = [&](auto command) {
        world.engine->submit(world.shard(), command, *world.home, [](const shard::Answer&) {});
    };
    for (std::uint64_t person = 1; person <= kOrders; ++person) {
        submit(domain::StartPayment{
            domain::PersonId(person), orders[person - 1], BankId(2), PayWay::cashier, 0, {}, {}});
        if (person % 100 == 0) world.run(Duration::milliseconds(1));
    }
    for (std::uint64_t person = 1; person <= kOrders; ++person) {
        submit(domain::CancelOrder{domain::PersonId(person), orders[person - 1]});
        if (person % 100 == 0) world.run(Duration::milliseconds(1));
    }
    world.run(Duration::milliseconds(20));
    bank(world).faults.away = false;
    world.run(Duration::minutes(2));
    std::size_t open = 0;
    for (const auto order : orders)
        if (domain::is_open(world.money(order).payments.at(0).state)) ++open;
    EXPECT_EQ(open, 0U);
}

TEST(PaymentAgent, parks_after_many_tries_and_goes_on_when_it_is_resumed) {
    World world(9);
    bank(world).faults.nonsense_percent = 100;
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::token, 1, "secret");
    world.run(Duration::hours(1));
    EXPECT_TRUE(world.payment(payment->id).parked);
    EXPECT_EQ(world.payment(payment->id).reason, PaymentReason::bank_contradictory);
    EXPECT_EQ(world.tokens_kept(), 1) << "it will be needed";
    const auto calls = bank(world).calls;
    world.run(Duration::hours(3));
    EXPECT_EQ(bank(world).calls, calls);
    bank(world).faults.nonsense_percent = 0;
    world.decide(world.shard(), domain::ResumePayment{payment->id, domain::PersonId(1)});
    world.run(Duration::seconds(30));
    EXPECT_EQ(world.state(order), OrderState::completed);
    EXPECT_EQ(bank(world).payments.at(name_of(*payment)).charges, 1U);
}

TEST(PaymentAgent, items_of_a_refused_batch_go_alone) {
    World world(10);
    bank(world).faults.refuses_batches = true;
    std::vector<domain::OrderId> orders;
    for (std::uint64_t person = 1; person <= 5; ++person) {
        orders.push_back(world.place(person));
        world.pay(person, orders.back(), PayWay::token, 1, "t" + std::to_string(person));
    }
    world.run(Duration::minutes(5));
    for (const auto order : orders) EXPECT_EQ(world.state(order), OrderState::completed);
}

TEST(PaymentAgent, carries_out_refunds_and_returns) {
    World world(11);
    bank(world).faults.accepts_percent = 100;
    const auto order = world.place(5);
    world.pay(5, order, PayWay::token, 1, "secret");
    world.run(Duration::seconds(10));
    world.decide(world.shard(), domain::RequestRefund{domain::PersonId(5), order, {}});
    world.decide(domain::ShardId(0), domain::ReceiveStray{BankId(1), "X1", kPrice});
    world.run(Duration::minutes(10));
    EXPECT_EQ(world.state(order), OrderState::refunded);
    EXPECT_EQ(bank(world).refunds.size(), 2U);
    const auto first = bank(world).refunds.rbegin()->first;
    EXPECT_EQ(first.kind, FlowKind::stray);
}

TEST(PaymentAgent, goes_on_after_a_restart) {
    World world(12);
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    const auto by_token = world.place(6);
    bank(world, 2).faults.away = true;
    world.pay(6, by_token, PayWay::token, 2, "secret");
    world.run(Duration::seconds(30));
    world.banks.pay(BankId(1), name_of(*payment), kPrice);
    world.restart();
    bank(world, 2).faults.away = false;
    world.run(Duration::seconds(60));
    EXPECT_EQ(world.state(order), OrderState::completed);
    EXPECT_EQ(world.state(by_token), OrderState::completed);
}

// Whatever the banks do, every flow ends or is parked, nothing is charged twice under one name, and
// in the end each bank holds exactly what completed orders cost.
class AnyBehaviour : public testing::TestWithParam<std::uint64_t> {};

void act_at_random(World& world, std::vector<domain::Payment>& payments) {
    auto& prng = world.prng;
    const std::uint64_t person = 1 + prng.below(30);
    const auto order = world.place(person);
    const std::uint64_t tries = 1 + prng.below(3);
    for (std::uint64_t i = 0; i < tries; ++i) {
        const auto way = prng.chance(1, 2) ? PayWay::token : PayWay::cashier;
        const auto token = "t" + std::to_string(order.value()) + "-" + std::to_string(i);
        if (prng.chance(1, 10)) bank(world, 1).poor.insert(token);
        const auto payment = world.pay(person, order, way, 1 + prng.below(2), token);
        const bool is_new = payment && std::ranges::find(payments, payment->id,
                                                         &domain::Payment::id) == payments.end();
        if (is_new) payments.push_back(*payment);
        world.run(Duration::seconds(static_cast<std::int64_t>(prng.below(5))));
    }
    if (prng.chance(1, 5))
        world.decide(world.shard(), domain::CancelOrder{domain::PersonId(person), order});
    if (prng.chance(1, 5))
        world.decide(world.shard(), domain::RequestRefund{domain::PersonId(person), order, {}});
    if (prng.chance(1, 10)) world.restart();
}

void customers_act(World& world, const std::vector<domain::Payment>& payments) {
    for (const auto& payment : payments) {
        if (payment.way != PayWay::cashier || !world.prng.chance(1, 8)) continue;
        if (world.prng.chance(1, 6)) world.banks.give_up(payment.bank, name_of(payment));
        world.banks.pay(payment.bank, name_of(payment), kPrice);
    }
}

void banks_change(World& world) {
    auto& prng = world.prng;
    for (const std::uint64_t number : {1U, 2U}) {
        Faults& faults = bank(world, number).faults;
        faults.away = prng.chance(1, 4);
        faults.loses_percent = prng.chance(1, 3) ? prng.below(100) : 0;
        faults.nonsense_percent = prng.chance(1, 4) ? prng.below(100) : 0;
        faults.accepts_percent = prng.below(100);
        faults.refuses_batches = prng.chance(1, 6);
        faults.takes_wrong_amounts = prng.chance(1, 10);
    }
}

void resume_everything(World& world) {
    std::vector<domain::Payment> payments;
    std::vector<domain::Refund> refunds;
    world.see([&](const boxoffice::BoxOffice& office, base::Timestamp) {
        payments = office.open_payments();
        refunds = office.open_refunds();
    });
    for (const auto& payment : payments) {
        EXPECT_TRUE(payment.parked) << payment.id.value();
        world.decide(world.shard(), domain::ResumePayment{payment.id, domain::PersonId(1)});
    }
    for (const auto& refund : refunds) {
        EXPECT_TRUE(refund.parked) << refund.id.value();
        world.decide(world.shard(), domain::ResumeRefund{refund.id, domain::PersonId(1)});
    }
}

std::int64_t held_by_banks(World& world) {
    std::int64_t sum = 0;
    for (const auto& [number, books] : world.banks.books) {
        for (const auto& [name, payment] : books.payments) {
            EXPECT_LE(payment.charges, 1U) << to_string(name);
            if (payment.status == BankStatus::captured) sum += payment.amount.minor;
        }
        for (const auto& [name, refund] : books.refunds) sum -= refund.amount.minor;
    }
    return sum;
}

TEST_P(AnyBehaviour, every_flow_ends_or_is_parked_and_no_money_is_lost) {
    World world(GetParam());
    std::vector<domain::Payment> payments;
    for (int round = 0; round < 12; ++round) {
        banks_change(world);
        act_at_random(world, payments);
        act_at_random(world, payments);
        world.run(Duration::seconds(static_cast<std::int64_t>(world.prng.below(90))));
        customers_act(world, payments);
        world.run(Duration::seconds(static_cast<std::int64_t>(world.prng.below(90))));
    }
    for (const std::uint64_t number : {1U, 2U}) bank(world, number).faults = {};
    world.run(Duration::minutes(30));
    resume_everything(world);
    world.run(Duration::minutes(30));
    std::int64_t earned = 0;
    for (const auto& payment : payments) {
        const auto now = world.payment(payment.id);
        EXPECT_FALSE(domain::is_open(now.state)) << now.id.value();
        const auto order = world.state(domain::order_of(payment.id));
        if (now.use == MoneyUse::order && order == OrderState::completed)
            earned += now.captured.minor;
    }
    world.see([](const boxoffice::BoxOffice& office, base::Timestamp) {
        EXPECT_TRUE(office.open_refunds().empty());
        EXPECT_EQ(office.broken_invariant(), "");
    });
    EXPECT_EQ(held_by_banks(world), earned);
    EXPECT_EQ(world.environment.died, "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyBehaviour, testing::Range<std::uint64_t>(100, 300));

}  // namespace
}  // namespace onsale::payments
