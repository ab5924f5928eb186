#include <algorithm>

#include "bank/testing/world.h"

namespace onsale::bank {
namespace {

using Merchants = testing::BankWorld;

TEST_F(Merchants, a_granted_amount_is_deducted_queried_and_refunded) {
    const std::string login = log_in("ada");
    const auto granted = grant(login, "7", 1200);
    EXPECT_EQ(granted.bank, 7U);
    const auto paid = deduct("P1", granted.token, "7", 1200);
    EXPECT_EQ(paid.status, "captured");
    EXPECT_EQ(paid.amount, 1200);
    EXPECT_EQ(deduct("P1", granted.token, "7", 1200).transaction, paid.transaction);

    const QueriesBody asked{{{"P1"}, {"P2"}}};
    const auto known = ask<PaymentAnswersBody>("/merchant/v1/queries", asked);
    EXPECT_EQ(known.items[0].status, "captured");
    EXPECT_EQ(known.items[1].status, "unknown");

    RefundItem back{"R1", "P1", {}, 200, "CNY"};
    const auto refunds = ask<RefundAnswersBody>("/merchant/v1/refunds", RefundsBody{{back, back}});
    EXPECT_EQ(refunds.items[0].status, "completed");
    EXPECT_EQ(refunds.items[1].transaction, refunds.items[0].transaction);
    RefundItem too_much{"R2", {}, paid.transaction, 1001, "CNY"};
    EXPECT_EQ(
        ask<RefundAnswersBody>("/merchant/v1/refunds", RefundsBody{{too_much}}).items[0].reason,
        "over_captured");
    const auto events = merchant_.wait_for_events(1);
    EXPECT_EQ(events[0].kind, "refund");
    EXPECT_EQ(events[0].refund, "R1");
    EXPECT_EQ(books().merchants, 1000);
}

TEST_F(Merchants, a_forged_token_is_unknown) {
    auto granted = grant(log_in("ada"), "7", 1200);
    granted.token.back() = granted.token.back() == 'A' ? 'E' : 'A';
    EXPECT_EQ(deduct("P1", granted.token, "7", 1200).reason, "authorisation_unknown");
    EXPECT_EQ(deduct("P2", "nonsense", "7", 1200).reason, "authorisation_unknown");
}

TEST_F(Merchants, closing_releases_and_refuses_what_comes_later) {
    const std::string login = log_in("ada");
    const auto granted = grant(login, "7", 1200);
    const ClosuresBody close{{{"P1", granted.token}, {"P2", {}}}};
    const auto closed = ask<PaymentAnswersBody>("/merchant/v1/closures", close);
    EXPECT_EQ(closed.items[0].status, "closed");
    EXPECT_EQ(closed.items[1].status, "closed");
    EXPECT_EQ(deduct("P1", granted.token, "7", 1200).reason, "closed");
    EXPECT_EQ(get("/api/v1/me", login).as<CustomerBody>().available, 100000);
    EXPECT_EQ(post("/api/v1/cashier/bills/payments", link("P2", 100), login).code(), "not_open");
}

TEST_F(Merchants, requests_without_a_right_signature_are_refused) {
    const std::string body = http::to_json(QueriesBody{{{"P1"}}});
    EXPECT_EQ(call(http::Method::post, "/merchant/v1/queries", body).status, 401);
    const auto right = credentials_.to_bank.back();
    credentials_.to_bank.back().secret[0] ^= std::byte{1};
    EXPECT_EQ(signed_call(http::Method::post, "/merchant/v1/queries", body).code(),
              "signature_refused");
    credentials_.to_bank.back() = right;
    EXPECT_EQ(signed_call(http::Method::post, "/merchant/v1/queries", body).status, 200);
    EXPECT_EQ(signed_call(http::Method::post, "/merchant/v1/queries", "{\"items\":[]}").status,
              400);
}

TEST_F(Merchants, parallel_deductions_never_take_more_than_there_is) {
    // Bob has 500: five of eight grants of 100 fit, and a batch cannot take them twice.
    const std::string login = log_in("bob");
    std::vector<DeductionItem> items;
    std::size_t granted = 0;
    for (int i = 0; i < 8; ++i) {
        NewAuthorisationBody wanted{"onsale", "7", 100, "CNY", {}, {}};
        const auto answer = post("/api/v1/me/authorisations", wanted, login);
        if (answer.status != 201) {
            EXPECT_EQ(answer.code(), "insufficient_funds");
            continue;
        }
        ++granted;
        const std::string token = answer.as<GrantedBody>().token;
        for (int j = 0; j < 2; ++j) {
            const std::string name = "P" + std::to_string(i * 2 + j);
            items.push_back({name, token, "7", 100, "CNY"});
        }
    }
    EXPECT_EQ(granted, 5U);
    const auto answers = ask<PaymentAnswersBody>("/merchant/v1/deductions", DeductionsBody{items});
    EXPECT_EQ(std::ranges::count(answers.items, "captured", &PaymentAnswer::status), 5);
    EXPECT_EQ(books().captured, 500);
}

TEST_F(Merchants, the_day_file_and_statements_say_what_happened) {
    const std::string login = log_in("ada");
    ASSERT_EQ(deduct("P1", grant(login, "7", 1200).token, "7", 1200).status, "captured");
    const std::string day = base::to_rfc3339(environment_->clock().wall_now()).substr(0, 10);
    const auto file = signed_call(http::Method::get, "/merchant/v1/days/" + day + ".csv", "");
    EXPECT_NE(file.body.find("payment,P1,T"), std::string::npos) << file.body;
    EXPECT_TRUE(file.body.ends_with("total,1,1200,0\n")) << file.body;

    const auto consent =
        post("/api/v1/me/consents", NewConsentBody{"onsale"}, login).as<ConsentedBody>();
    const StatementsQueryBody query{consent.token, {}, {}};
    const auto lines = ask<BillLinesBody>("/merchant/v1/statements", query);
    ASSERT_EQ(lines.items.size(), 1U);
    EXPECT_EQ(lines.items[0].amount, 1200);
    const std::string path = "/api/v1/me/consents/" + std::to_string(consent.consent.consent);
    EXPECT_EQ(call(http::Method::del, path, {}, login).status, 200);
    EXPECT_EQ(
        signed_call(http::Method::post, "/merchant/v1/statements", http::to_json(query)).status,
        404);
}

TEST_F(Merchants, heartbeats_are_signed_and_end_at_a_stop) {
    const auto first = merchant_.wait_for_heartbeat([](const auto& beat) { return beat.serving; });
    EXPECT_EQ(first.kind, "bank");
    EXPECT_EQ(first.party, 7U);
    EXPECT_EQ(first.url, "http://127.0.0.1:" + std::to_string(port_));
    stop_bank();
    const auto last = merchant_.wait_for_heartbeat([](const auto& beat) { return !beat.serving; });
    EXPECT_EQ(last.instance, first.instance);
}

TEST_F(Merchants, new_keys_are_taken_without_a_restart) {
    merchant_.wait_for_heartbeat([](const auto&) { return true; });
    write_credentials("12abcdef");
    // Now only a heartbeat that is signed with the new key counts.
    merchant_.wait_for_heartbeat([](const auto& beat) { return beat.serving; });
    const auto granted = grant(log_in("ada"), "7", 1200);
    EXPECT_EQ(deduct("P1", granted.token, "7", 1200).status, "captured");
}

}  // namespace
}  // namespace onsale::bank
