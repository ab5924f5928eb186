// What organisers are told of payments and refunds.
#include <gtest/gtest.h>

#include "webhooks/testing/fixture.h"

namespace onsale::webhooks {
namespace {

// A session with a price, and a hook that is told of its money.
class MoneyTest : public WebhooksTest {
  protected:
    MoneyTest() {
        auto definition = catalog::open_now(1);
        definition.tiers[0].price = "12.50";
        definition.terms.refund_allowed = true;
        ONSALE_CHECK(site_.set_up(definition).kind == catalog::ChangeKind::accepted);
        const auto entry = site_.catalog->directory()->find_session(domain::SessionId(1));
        shard_ = entry->shard;
        campaign_ = entry->campaigns[0].rules.id;
        EventSet money;
        for (const auto kind :
             {EventKind::payment_completed, EventKind::payment_failed, EventKind::refund_requested,
              EventKind::refund_approved, EventKind::refund_rejected, EventKind::refund_completed})
            money.add(kind);
        add(entry->organiser->id.value(), money);
    }
    domain::Outcome decide(domain::Command command) {
        return site_.decide(shard_, std::move(command)).outcome;
    }
    domain::Payment start(domain::OrderId order) {
        domain::StartPayment command;
        command.person = kPerson;
        command.order = order;
        command.bank = kBank;
        return *decide(command).payment;
    }
    static domain::ReportPayment report(const domain::Payment& payment, domain::BankWord word) {
        domain::ReportPayment command;
        command.payment = payment.id;
        command.incarnation = payment.incarnation;
        command.bank = kBank;
        command.word = word;
        if (word == domain::BankWord::captured) {
            command.amount = payment.amount;
            command.transaction = "T" + std::to_string(payment.id.value());
        } else {
            command.reason = domain::PaymentReason::insufficient;
        }
        return command;
    }
    domain::OrderId reserve() {
        return decide(domain::PlaceOrder{kPerson, campaign_, {}, 0, 0}).order.id;
    }
    domain::Refund ask_back(domain::OrderId order) {
        domain::RequestRefund command;
        command.person = kPerson;
        command.order = order;
        return *decide(command).refund;
    }
    void complete(const domain::Refund& refund) {
        decide(domain::TryRefund{refund.id});
        domain::ReportRefund command;
        command.refund = refund.id;
        command.incarnation = refund.incarnation;
        command.bank = kBank;
        command.completed = true;
        command.transaction = "R1";
        decide(command);
    }
    // What was told, as soon as there are so many events.
    std::string told(std::size_t events) {
        catch_up();
        std::string all;
        for (std::size_t count = 1; count_of(all, "\"type\"") < events; ++count)
            all += other_end_.calls(count)[count - 1].body;
        return all;
    }

    static constexpr domain::PersonId kPerson{5};
    static constexpr domain::BankId kBank{3};
    domain::ShardId shard_;
    domain::CampaignId campaign_;
};

TEST_F(MoneyTest, payments_are_told_with_what_came_and_what_it_is_for) {
    const auto order = reserve();
    decide(report(start(order), domain::BankWord::failed));
    decide(report(start(order), domain::BankWord::captured));
    const std::string all = told(2);
    EXPECT_EQ(count_of(all, R"("type":"payment.failed")"), 1U) << all;
    EXPECT_EQ(count_of(all, R"("bank":3,"way":"cashier","state":"failed",)"
                            R"("amount":{"minor":1250,"currency":"CNY"},)"
                            R"("reason":"insufficient"})"),
              1U)
        << all;
    EXPECT_EQ(count_of(all, R"("type":"payment.completed")"), 1U) << all;
    EXPECT_EQ(count_of(all, R"("bank":3,"way":"cashier","state":"captured",)"
                            R"("amount":{"minor":1250,"currency":"CNY"},"use":"order"})"),
              1U)
        << all;
    EXPECT_EQ(count_of(all, R"("order":{"id":)" + std::to_string(order.value())), 2U) << all;
}

TEST_F(MoneyTest, a_refund_is_told_as_it_was_then) {
    const auto order = reserve();
    decide(report(start(order), domain::BankWord::captured));
    const auto refund = ask_back(order);
    decide(domain::ReviewRefund{refund.id, domain::PersonId(9), true});
    complete(refund);
    const std::string all = told(4);
    EXPECT_EQ(count_of(all, R"("cause":"buyer",)"), 3U) << all;
    for (const std::string state : {"requested", "approved", "completed"}) {
        EXPECT_EQ(count_of(all, R"("type":"refund.)" + state + '"'), 1U) << all;
        EXPECT_EQ(count_of(all, R"("state":")" + state +
                                    R"(","amount":{"minor":1125,"currency":"CNY"},)"
                                    R"("fee":{"minor":125,"currency":"CNY"}})"),
                  1U)
            << all;
    }
}

TEST_F(MoneyTest, a_rejection_and_money_that_came_late) {
    const auto order = reserve();
    decide(report(start(order), domain::BankWord::captured));
    decide(domain::ReviewRefund{ask_back(order).id, domain::PersonId(9), false});
    const auto ended = reserve();
    const auto late = start(ended);
    decide(domain::CancelOrder{kPerson, ended});
    decide(report(late, domain::BankWord::captured));
    const std::string all = told(5);
    EXPECT_EQ(count_of(all, R"("type":"refund.rejected")"), 1U) << all;
    EXPECT_EQ(count_of(all, R"("use":"late")"), 1U) << all;
    EXPECT_EQ(count_of(all, R"("cause":"late","state":"approved",)"
                            R"("amount":{"minor":1250,"currency":"CNY"},)"
                            R"("fee":{"minor":0,"currency":"CNY"}})"),
              1U)
        << all;
}

}  // namespace
}  // namespace onsale::webhooks
