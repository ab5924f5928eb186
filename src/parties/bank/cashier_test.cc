#include "bank/testing/world.h"

namespace onsale::bank {
namespace {

using Cashier = testing::BankWorld;

TEST_F(Cashier, a_bill_is_opened_paid_and_told) {
    const auto bill = link("P1", 700);
    EXPECT_EQ(post("/api/v1/cashier/bills", bill).as<BillBody>().state, "open");
    const QueriesBody asked{{{"P1"}}};
    EXPECT_EQ(ask<PaymentAnswersBody>("/merchant/v1/queries", asked).items[0].status, "open");
    EXPECT_EQ(post("/api/v1/cashier/bills/payments", bill).code(), "login_required");
    const std::string login = log_in("ada");
    const auto paid = post("/api/v1/cashier/bills/payments", bill, login).as<BillBody>();
    EXPECT_EQ(paid.state, "captured");
    const auto events = merchant_.wait_for_events(1);
    EXPECT_EQ(events[0].reference, "P1");
    EXPECT_EQ(events[0].status, "captured");
    EXPECT_EQ(events[0].amount, 700);
    EXPECT_EQ(events[0].order, "77");
    EXPECT_EQ(events[0].transaction, paid.transaction);
    EXPECT_EQ(get("/api/v1/me", login).as<CustomerBody>().available, 99300);
}

TEST_F(Cashier, a_link_that_was_changed_is_refused) {
    auto bill = link("P1", 700);
    bill.amount = 7;
    EXPECT_EQ(post("/api/v1/cashier/bills", bill).code(), "link_invalid");
    bill = link("P1", 700);
    bill.return_to = "https://elsewhere.example/";
    EXPECT_EQ(post("/api/v1/cashier/bills", bill).code(), "link_invalid");
}

TEST_F(Cashier, a_bill_that_is_given_up_fails) {
    const auto bill = link("P1", 700);
    EXPECT_EQ(post("/api/v1/cashier/bills/abandonments", bill).as<BillBody>().state, "failed");
    EXPECT_EQ(merchant_.wait_for_events(1)[0].status, "failed");
    EXPECT_EQ(post("/api/v1/cashier/bills/payments", bill, log_in("ada")).code(), "not_open");
}

TEST_F(Cashier, too_little_money_leaves_the_bill_open) {
    const auto bill = link("P1", 501);
    EXPECT_EQ(post("/api/v1/cashier/bills/payments", bill, log_in("bob")).code(),
              "insufficient_funds");
    EXPECT_EQ(post("/api/v1/cashier/bills/payments", bill, log_in("ada")).status, 200);
}

TEST_F(Cashier, callbacks_survive_a_restart) {
    merchant_.answer_callbacks_with(503);
    ASSERT_EQ(post("/api/v1/cashier/bills/payments", link("P1", 700), log_in("ada")).status, 200);
    merchant_.wait_for_events(1);
    stop_bank();
    const std::size_t before = merchant_.event_count();
    merchant_.answer_callbacks_with(200);
    start_bank();
    const auto events = merchant_.wait_for_events(before + 1);
    EXPECT_EQ(events.back().event, events.front().event);
}

TEST_F(Cashier, a_lost_callback_is_never_sent_but_the_query_knows) {
    FaultsBody faults;
    faults.callbacks_lost_percent = 100;
    set_faults(faults);
    ASSERT_EQ(post("/api/v1/cashier/bills/payments", link("P1", 700), log_in("ada")).status, 200);
    const std::string teller = log_in_teller();
    CallbacksBody list;
    while (list.items.empty() || list.items[0].state == "waiting") {
        list = get("/api/v1/teller/callbacks", teller).as<CallbacksBody>();
    }
    EXPECT_EQ(list.items[0].state, "lost");
    EXPECT_EQ(merchant_.event_count(), 0U);
    const QueriesBody asked{{{"P1"}}};
    EXPECT_EQ(ask<PaymentAnswersBody>("/merchant/v1/queries", asked).items[0].status, "captured");
    const std::string path = "/api/v1/teller/callbacks/" + list.items[0].event + "/send";
    EXPECT_EQ(call(http::Method::post, path, {}, teller).status, 200);
    EXPECT_EQ(merchant_.wait_for_events(1)[0].event, list.items[0].event);
}

TEST_F(Cashier, repeated_callbacks_come_as_often_as_asked) {
    FaultsBody faults;
    faults.callbacks_repeated_percent = 100;
    faults.callbacks_repeats = 50;
    set_faults(faults);
    ASSERT_EQ(post("/api/v1/cashier/bills/payments", link("P1", 700), log_in("ada")).status, 200);
    const auto events = merchant_.wait_for_events(51);
    EXPECT_EQ(events.back().event, events.front().event);
}

}  // namespace
}  // namespace onsale::bank
