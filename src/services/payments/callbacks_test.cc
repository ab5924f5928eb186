#include "payments/callbacks.h"

#include <gtest/gtest.h>

#include "payments/limits.h"
#include "payments/testing/world.h"

namespace onsale::payments {
namespace {

using domain::BankId;
using domain::OrderState;
using domain::PayWay;

std::string event_of(
    const std::string& id, const std::string& reference, const std::string& status = "captured",
    const std::string& more = R"(,"transaction":"T1","amount":1200,"currency":"CNY")") {
    return R"({"event":")" + id + R"(","kind":"payment","reference":")" + reference +
           R"(","status":")" + status + "\"" + more + "}";
}
std::string events(const std::string& list) {
    return R"({"events":[)" + list + "]}";
}

class CallbacksTest : public testing::Test {
  protected:
    CallbacksTest() {
        // The agent asks nobody, so that only callbacks tell anything.
        for (const std::uint64_t number : {1U, 2U})
            world.banks.books[BankId(number)].faults.away = true;
        EXPECT_TRUE(Callbacks::migrate(world.store->connection()));
        callbacks.emplace(Callbacks::Parts{world.environment, *world.engine, world.metrics,
                                           *world.strays, world.writes});
    }
    CallbackResult receive(const std::string& body, std::uint64_t bank = 1) {
        std::optional<CallbackResult> got;
        callbacks->receive(BankId(bank), body, *world.home,
                           [&got](CallbackResult result) { got = result; });
        world.run(base::Duration::milliseconds(100));
        return got.value();
    }
    std::string outcome(const std::string& event) {
        auto row = world.store->connection().prepare(
            "SELECT outcome, count(*) FROM payments_callbacks WHERE event = ?");
        row->bind(1, std::string_view(event));
        EXPECT_TRUE(row->step());
        std::string text(row->text(0));
        row->reset();
        return text;
    }
    std::vector<domain::Stray> strays() {
        std::vector<domain::Stray> found;
        bool done = false;
        world.engine->read(domain::ShardId(0), *world.home,
                           [&](const boxoffice::BoxOffice& office, base::Timestamp) -> env::Task {
                               found = office.open_strays();
                               return [&done] { done = true; };
                           });
        world.run(base::Duration::milliseconds(10));
        EXPECT_TRUE(done);
        return found;
    }

    World world{1};
    std::optional<Callbacks> callbacks;
};

TEST_F(CallbacksTest, a_payment_at_the_cashier_completes_its_order) {
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    const std::string body = events(event_of("E1", to_string(name_of(*payment))));
    EXPECT_EQ(receive(body), CallbackResult::taken);
    EXPECT_EQ(world.state(order), OrderState::completed);
    EXPECT_EQ(outcome("E1"), "accepted");
    EXPECT_EQ(receive(body), CallbackResult::taken) << "told again";
    EXPECT_EQ(world.money(order).refunds.size(), 0U);
    EXPECT_TRUE(strays().empty());
}

TEST_F(CallbacksTest, money_for_nobody_we_know_waits_until_it_is_given_back) {
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    domain::Payment past = *payment;
    past.incarnation += 1;
    const std::string list = event_of("E1", to_string(name_of(past))) + "," +
                             event_of("E2", "nothing like a name", "captured",
                                      R"(,"transaction":"T2","amount":5,"currency":"CNY")") +
                             "," +
                             event_of("E3", "P9007199254740991-0000000000000001", "captured",
                                      R"(,"transaction":"T3","amount":5,"currency":"CNY")");
    EXPECT_EQ(receive(events(list)), CallbackResult::taken);
    EXPECT_EQ(receive(events(list)), CallbackResult::taken) << "told again";
    EXPECT_EQ(strays().size(), 3U);
    EXPECT_EQ(world.state(order), OrderState::reserved);
}

TEST_F(CallbacksTest, another_bank_says_nothing_about_this_one) {
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    EXPECT_EQ(receive(events(event_of("E1", to_string(name_of(*payment)))), 2),
              CallbackResult::taken);
    EXPECT_EQ(world.state(order), OrderState::reserved);
    ASSERT_EQ(strays().size(), 1U);
    EXPECT_EQ(strays()[0].bank, BankId(2));
}

TEST_F(CallbacksTest, another_amount_in_an_event_is_asked_about_before_it_is_believed) {
    const auto order = world.place(5);
    const auto name = to_string(name_of(*world.pay(5, order, PayWay::cashier, 1)));
    const std::string wrong = R"(,"transaction":"T1","amount":1201,"currency":"CNY")";
    EXPECT_EQ(receive(events(event_of("E1", name, "captured", wrong))), CallbackResult::taken);
    EXPECT_EQ(outcome("E1"), "doubtful");
    const std::string huge = R"(,"transaction":"T2","amount":9200000000000000000,"currency":"CNY")";
    EXPECT_EQ(receive(events(event_of("E3", "nobody", "captured", huge))), CallbackResult::taken);
    EXPECT_EQ(outcome("E3"), "nonsense");
    EXPECT_EQ(world.state(order), OrderState::reserved);
    EXPECT_TRUE(world.money(order).refunds.empty());
    EXPECT_EQ(receive(events(event_of("E2", name))), CallbackResult::taken);
    EXPECT_EQ(world.state(order), OrderState::completed);
}

TEST_F(CallbacksTest, another_amount_of_a_parked_payment_has_to_come_again) {
    const auto order = world.place(5);
    const auto payment = world.pay(5, order, PayWay::cashier, 1);
    world.decide(world.shard(),
                 domain::ParkPayment{payment->id, domain::PaymentReason::bank_silent});
    const std::string wrong = R"(,"transaction":"T1","amount":1201,"currency":"CNY")";
    const auto event = events(event_of("E1", to_string(name_of(*payment)), "captured", wrong));
    EXPECT_EQ(receive(event), CallbackResult::not_now);
    world.decide(world.shard(), domain::ResumePayment{payment->id, domain::PersonId(1)});
    EXPECT_EQ(receive(event), CallbackResult::taken);
    EXPECT_EQ(outcome("E1"), "doubtful");
}

TEST_F(CallbacksTest, the_order_of_events_does_not_matter) {
    const auto order = world.place(5);
    const auto name = to_string(name_of(*world.pay(5, order, PayWay::cashier, 1)));
    EXPECT_EQ(receive(events(event_of("E2", name, "closed", ""))), CallbackResult::taken);
    EXPECT_EQ(world.state(order), OrderState::reserved);
    EXPECT_EQ(receive(events(event_of("E1", name))), CallbackResult::taken);
    EXPECT_EQ(world.state(order), OrderState::completed);
    EXPECT_EQ(receive(events(event_of("E3", name, "failed", ""))), CallbackResult::taken);
    EXPECT_EQ(outcome("E3"), "payment_final");
    EXPECT_EQ(world.state(order), OrderState::completed);
}

TEST_F(CallbacksTest, nonsense_is_stored_and_changes_nothing) {
    EXPECT_EQ(receive("no JSON"), CallbackResult::malformed);
    EXPECT_EQ(receive(events(R"({"event":"E1","kind":"gift"})")), CallbackResult::taken);
    EXPECT_EQ(outcome("E1"), "nonsense");
}

TEST_F(CallbacksTest, a_refund_that_the_bank_tells_of_is_completed) {
    const auto order = world.place(5);
    const auto name = to_string(name_of(*world.pay(5, order, PayWay::cashier, 1)));
    receive(events(event_of("E1", name)));
    world.decide(world.shard(), domain::RequestRefund{domain::PersonId(5), order, {}});
    const auto refund = world.money(order).refunds.at(0);
    EXPECT_EQ(
        receive(events(R"({"event":"E2","kind":"refund","refund":")" + to_string(name_of(refund)) +
                       R"(","status":"completed","transaction":"T5"})")),
        CallbackResult::taken);
    EXPECT_EQ(world.state(order), OrderState::refunded);
}

TEST_F(CallbacksTest, a_bank_that_says_yes_and_no_in_turn_is_not_listened_to_for_ever) {
    const auto order = world.place(5);
    receive(events(event_of("E0", to_string(name_of(*world.pay(5, order, PayWay::cashier, 1))))));
    world.decide(world.shard(), domain::RequestRefund{domain::PersonId(5), order, {}});
    const auto name = to_string(name_of(world.money(order).refunds.at(0)));
    const auto say = [&](const std::string& id, const std::string& status) {
        receive(events(R"({"event":")" + id + R"(","kind":"refund","refund":")" + name +
                       R"(","status":")" + status + R"(","transaction":"T5"})"));
        return outcome(id);
    };
    for (std::uint32_t i = 0; i < kRefusalsPerRefundMax; ++i) {
        EXPECT_EQ(say("Y" + std::to_string(i), "completed"), "accepted");
        EXPECT_EQ(say("N" + std::to_string(i), "refused"), "accepted");
    }
    EXPECT_EQ(say("Y", "completed"), "accepted");
    EXPECT_EQ(say("N", "refused"), "repeated");
    EXPECT_EQ(world.money(order).refunds.at(0).state, domain::RefundState::completed);
}

TEST_F(CallbacksTest, only_so_much_money_of_nobody_waits_for_each_bank) {
    const auto many = [](std::size_t from, std::size_t count) {
        std::string list;
        for (std::size_t i = from; i < from + count; ++i) {
            const std::string number = std::to_string(i);
            list += (list.empty() ? "" : ",") +
                    event_of("E" + number, "nobody", "captured",
                             R"(,"transaction":"T)" + number + R"(","amount":5,"currency":"CNY")");
        }
        return events(list);
    };
    static_assert(kOpenStraysPerBankMax % kEventsPerCallback == 0);
    for (std::size_t i = 0; i < kOpenStraysPerBankMax; i += kEventsPerCallback)
        EXPECT_EQ(receive(many(i, kEventsPerCallback)), CallbackResult::taken);
    const std::string more = many(kOpenStraysPerBankMax, 1);
    EXPECT_EQ(receive(more), CallbackResult::not_now);
    EXPECT_EQ(strays().size(), kOpenStraysPerBankMax);
    EXPECT_EQ(receive(more, 2), CallbackResult::taken) << "another bank has its own room";
    world.banks.books[BankId(1)].faults.away = false;
    world.run(base::Duration::minutes(2));
    EXPECT_EQ(strays().size(), 1U);
    EXPECT_EQ(receive(more), CallbackResult::taken);
}

TEST_F(CallbacksTest, what_cannot_be_stored_has_to_be_told_again) {
    world.writes->stop();
    const auto order = world.place(5);
    const auto name = to_string(name_of(*world.pay(5, order, PayWay::cashier, 1)));
    EXPECT_EQ(receive(events(event_of("E1", name))), CallbackResult::not_now);
    EXPECT_EQ(world.state(order), OrderState::reserved);
}

TEST_F(CallbacksTest, events_are_kept_for_thirty_days) {
    receive(events(R"({"event":"E1","kind":"gift"})"));
    world.run(base::Duration::days(31));
    receive(events(R"({"event":"E2","kind":"gift"})"));
    auto row = world.store->connection().prepare("SELECT count(*) FROM payments_callbacks");
    ASSERT_TRUE(row->step());
    EXPECT_EQ(row->integer(0), 1);
    row->reset();
}

}  // namespace
}  // namespace onsale::payments
