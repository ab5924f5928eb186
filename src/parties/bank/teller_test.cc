#include "bank/testing/world.h"

namespace onsale::bank {
namespace {

using Tellers = testing::BankWorld;

TEST_F(Tellers, logins_are_not_good_elsewhere) {
    const std::string customer = log_in("ada");
    const std::string teller = log_in_teller();
    EXPECT_EQ(get("/api/v1/me", teller).code(), "login_invalid");
    EXPECT_EQ(get("/api/v1/teller/books", customer).code(), "login_invalid");
    EXPECT_EQ(get("/api/v1/teller/books", "").code(), "login_required");
    EXPECT_EQ(post("/api/v1/customers/logins", LoginBody{"ada", "wrong password"}).code(),
              "wrong_credentials");
    EXPECT_EQ(post("/api/v1/customers/logins", LoginBody{"nobody", "wrong password"}).code(),
              "wrong_credentials");
}

TEST_F(Tellers, ten_wrong_passwords_close_the_name_for_their_address) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(log_in_from("203.0.113.7", "ada", "wrong one"), 401);
    EXPECT_EQ(log_in_from("203.0.113.7", "ada", "wrong one"), 429);
    EXPECT_EQ(log_in_from("203.0.113.7", "ada", "correct horse"), 429);
    EXPECT_EQ(log_in_from("203.0.113.7", "bob", "correct horse"), 200);
    EXPECT_EQ(log_in_from("203.0.113.8", "ada", "correct horse"), 200);
}

TEST_F(Tellers, another_password_ends_the_logins_of_the_same_second) {
    const std::string teller = log_in_teller();
    const std::string login = log_in("ada");
    const auto ada = get("/api/v1/me", login).as<CustomerBody>();
    const std::string path = "/api/v1/teller/customers/" + std::to_string(ada.customer);
    EXPECT_EQ(call(http::Method::patch, path, R"({"password":"another one"})", teller).status, 200);
    EXPECT_EQ(get("/api/v1/me", login).code(), "login_invalid");
    const auto now = post("/api/v1/customers/logins", LoginBody{"ada", "another one"});
    EXPECT_EQ(get("/api/v1/me", now.as<LoggedInBody>().token).status, 200);
}

TEST_F(Tellers, customers_are_added_changed_and_deleted_at_zero) {
    const std::string teller = log_in_teller();
    const auto made = post("/api/v1/teller/customers", NewCustomerBody{"eve", "a password"}, teller)
                          .as<CustomerBody>();
    const std::string path = "/api/v1/teller/customers/" + std::to_string(made.customer);
    EXPECT_EQ(post("/api/v1/teller/customers", NewCustomerBody{"eve", "a password"}, teller).code(),
              "name_taken");
    const CashBody cash{"deposit", 500, "desk 1", "key-1"};
    EXPECT_EQ(post(path + "/cash", cash, teller).as<CustomerBody>().available, 500);
    EXPECT_EQ(post(path + "/cash", cash, teller).as<CustomerBody>().available, 500);
    EXPECT_EQ(call(http::Method::del, path, {}, teller).code(), "balance_left");
    const auto login =
        post("/api/v1/customers/logins", LoginBody{"eve", "a password"}).as<LoggedInBody>().token;
    EXPECT_EQ(
        call(http::Method::patch, path, R"({"disabled":true})", teller).as<CustomerBody>().state,
        "disabled");
    EXPECT_NE(get("/api/v1/me", login).status, 200);
    EXPECT_EQ(
        call(http::Method::patch, path, R"({"disabled":false,"password":"another one"})", teller)
            .status,
        200);
    EXPECT_EQ(post("/api/v1/customers/logins", LoginBody{"eve", "a password"}).status, 401);
    EXPECT_EQ(post("/api/v1/customers/logins", LoginBody{"eve", "another one"}).status, 200);
    const CashBody out{"withdrawal", 500, "", "key-2"};
    EXPECT_EQ(post(path + "/cash", out, teller).as<CustomerBody>().available, 0);
    EXPECT_EQ(call(http::Method::del, path, {}, teller).as<CustomerBody>().state, "deleted");
    const auto operations = get("/api/v1/teller/operations", teller).as<OperationsBody>();
    EXPECT_EQ(operations.items[0].what, "delete_customer");
    EXPECT_EQ(operations.items[0].teller_name, "teller");
}

TEST_F(Tellers, transactions_and_statistics_match_the_books) {
    const std::string login = log_in("ada");
    ASSERT_EQ(deduct("P1", grant(login, "7", 1200).token, "7", 1000).status, "captured");
    const std::string teller = log_in_teller();
    const auto of = [&](const std::string& query) {
        return get("/api/v1/teller/transactions" + query, teller).as<TransactionsBody>().items;
    };
    EXPECT_EQ(of("").size(), 4U);
    EXPECT_EQ(of("?kind=deduction&merchant=onsale&order=7").size(), 1U);
    EXPECT_EQ(of("?reference=P1")[0].amount, 1000);
    EXPECT_EQ(of("?to=2020-01-01").size(), 0U);
    EXPECT_EQ(get("/api/v1/teller/transactions?kind=nonsense", teller).status, 400);
    const auto csv = get("/api/v1/teller/transactions.csv?kind=deposit", teller);
    EXPECT_NE(csv.body.find(",deposit,"), std::string::npos);
    std::int64_t deducted = 0;
    const auto statistics = get("/api/v1/teller/statistics", teller).as<StatisticsBody>();
    for (const auto& day : statistics.days) {
        if (day.kind == "deduction") deducted += day.amount;
    }
    const auto all = get("/api/v1/teller/books", teller).as<BooksBody>();
    EXPECT_EQ(deducted, all.captured);
    EXPECT_EQ(all.merchants, 1000);
    EXPECT_TRUE(all.broken.empty());
    const auto merchants = get("/api/v1/teller/merchants", teller).as<MerchantStatesBody>();
    ASSERT_EQ(merchants.items.size(), 1U);
    EXPECT_EQ(merchants.items[0].balance, 1000);
}

TEST_F(Tellers, statements_authorisations_and_ways_back) {
    const std::string login = log_in("ada");
    NewAuthorisationBody wanted{"onsale", "7", 100, "CNY", 5, {}};
    wanted.return_to = "https://elsewhere.example/";
    EXPECT_EQ(post("/api/v1/me/authorisations", wanted, login).code(), "return_refused");
    wanted.return_to = merchant_.site() + ".elsewhere.example/";
    EXPECT_EQ(post("/api/v1/me/authorisations", wanted, login).code(), "return_refused");
    wanted.return_to = merchant_.site() + "/orders/7/pay";
    const auto granted = post("/api/v1/me/authorisations", wanted, login).as<GrantedBody>();
    EXPECT_EQ(granted.return_url, *wanted.return_to + "#token=" + granted.token + "&bank=7");
    const std::string path = "/api/v1/me/authorisations/" + granted.authorisation.authorisation;
    EXPECT_EQ(call(http::Method::del, path, {}, log_in("bob")).code(), "not_found");
    EXPECT_EQ(call(http::Method::del, path, {}, login).as<AuthorisationBody>().state, "revoked");
    EXPECT_EQ(get("/api/v1/me/authorisations", login).as<AuthorisationsBody>().items.size(), 1U);
    const auto page = get("/api/v1/me/statement?max=2", login).as<StatementBody>();
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[0].kind, "release");
    ASSERT_TRUE(page.next);
    const auto rest =
        get("/api/v1/me/statement?before=" + std::to_string(*page.next), login).as<StatementBody>();
    EXPECT_EQ(rest.items.size(), 1U);
}

TEST_F(Tellers, faults_make_answers_wrong_though_it_was_done) {
    const std::string login = log_in("ada");
    const auto first = grant(login, "7", 100);
    const auto second = grant(login, "8", 100);
    FaultsBody faults;
    faults.wrong_amount_every = 1;
    faults.refuse_every = 2;
    set_faults(faults);
    EXPECT_EQ(deduct("P1", first.token, "7", 100).amount, 101);
    EXPECT_EQ(deduct("P2", second.token, "8", 100).reason, "insufficient");
    faults = {};
    faults.error_every = 1;
    set_faults(faults);
    const std::string query = http::to_json(QueriesBody{{{"P1"}}});
    EXPECT_EQ(signed_call(http::Method::post, "/merchant/v1/queries", query).status, 500);
    faults = {};
    faults.bad_json_every = 1;
    set_faults(faults);
    const auto half = signed_call(http::Method::post, "/merchant/v1/queries", query);
    EXPECT_EQ(half.status, 200);
    EXPECT_FALSE(http::parse_body<PaymentAnswersBody>(half.body));
    faults = {};
    faults.down = true;
    set_faults(faults);
    EXPECT_EQ(signed_call(http::Method::post, "/merchant/v1/queries", query).status, 503);
    set_faults({});
    const auto now = ask<PaymentAnswersBody>("/merchant/v1/queries", QueriesBody{{{"P1"}, {"P2"}}});
    EXPECT_EQ(now.items[0].amount, 100);
    EXPECT_EQ(now.items[1].status, "failed");
}

TEST_F(Tellers, faults_that_are_not_named_are_off) {
    const std::string teller = log_in_teller();
    const auto put = [&](const std::string& body) {
        return call(http::Method::put, "/api/v1/teller/faults", body, teller);
    };
    EXPECT_EQ(put(R"({"down":true,"slow_ms":5})").as<FaultsBody>().slow_ms, 5U);
    const auto now = put(R"({"error_every":3})").as<FaultsBody>();
    EXPECT_FALSE(now.down);
    EXPECT_EQ(now.seed, 1U);
    EXPECT_EQ(now.error_every, 3U);
    EXPECT_EQ(put(R"({"callbacks_lost_percent":101})").status, 400);
    EXPECT_EQ(put(R"({"no_such_fault":1})").status, 400);
}

TEST_F(Tellers, a_lost_reply_was_done_all_the_same) {
    const auto granted = grant(log_in("ada"), "7", 100);
    FaultsBody faults;
    faults.lose_reply_every = 1;
    set_faults(faults);
    const DeductionsBody body{{{"P1", granted.token, "7", 100, "CNY"}}};
    EXPECT_EQ(
        signed_call(http::Method::post, "/merchant/v1/deductions", http::to_json(body)).status, 0);
    set_faults({});
    EXPECT_EQ(deduct("P1", granted.token, "7", 100).status, "captured");
    EXPECT_EQ(books().captured, 100);
}

TEST_F(Tellers, refunds_may_be_accepted_first_and_refused_in_the_end) {
    ASSERT_EQ(deduct("P1", grant(log_in("ada"), "7", 100).token, "7", 100).status, "captured");
    FaultsBody faults;
    faults.refunds_accepted_percent = 100;
    faults.refunds_refused_percent = 100;
    set_faults(faults);
    const RefundsBody body{{{"R1", "P1", {}, 100, "CNY"}}};
    EXPECT_EQ(ask<RefundAnswersBody>("/merchant/v1/refunds", body).items[0].status, "accepted");
    const auto events = merchant_.wait_for_events(1);
    EXPECT_EQ(events[0].status, "refused");
    const RefundQueriesBody query{{{"R1"}}};
    EXPECT_EQ(ask<RefundAnswersBody>("/merchant/v1/refund-queries", query).items[0].status,
              "refused");
    EXPECT_EQ(books().refunded, 0);
}

TEST_F(Tellers, the_data_folder_has_one_owner) {
    BankOptions second = options();
    second.port = 0;
    EXPECT_FALSE(Bank::start(second, *environment_));
    second.folder = folder_ + "/elsewhere";
    second.beside = true;
    EXPECT_FALSE(Bank::start(second, *environment_)) << "there is nobody to work beside";
}

TEST_F(Tellers, a_process_beside_the_owner_works_on_the_same_books) {
    const auto first = merchant_.wait_for_heartbeat([](const auto& beat) { return beat.serving; });
    BankOptions second = options();
    second.port = 0;
    second.beside = true;
    auto beside = Bank::start(second, *environment_);
    ASSERT_TRUE(beside) << beside.error();
    const auto other = merchant_.wait_for_heartbeat(
        [&](const auto& beat) { return beat.instance != first.instance; });
    EXPECT_EQ(other.url, (*beside)->url());
    const std::uint16_t owner_port = port_;
    const std::string login = log_in("ada");
    const auto granted = grant(login, "7", 1200);
    port_ = (*beside)->port();
    const auto paid = deduct("P1", granted.token, "7", 1200);
    EXPECT_EQ(paid.status, "captured");
    EXPECT_EQ(get("/api/v1/me", login).as<CustomerBody>().available, 98800);
    port_ = owner_port;
    EXPECT_EQ(deduct("P1", granted.token, "7", 1200).transaction, paid.transaction);
    // The owner stops; the other one goes on.
    stop_bank();
    port_ = (*beside)->port();
    EXPECT_EQ(get("/api/v1/me", login).as<CustomerBody>().available, 98800);
    const RefundsBody back{{{"R1", "P1", {}, 200, "CNY"}}};
    EXPECT_EQ(ask<RefundAnswersBody>("/merchant/v1/refunds", back).items[0].status, "completed");
    EXPECT_EQ(merchant_.wait_for_events(1)[0].refund, "R1");
    EXPECT_EQ(books().merchants, 1000);
}

TEST_F(Tellers, whether_the_process_is_alive_can_be_asked) {
    EXPECT_EQ(get("/healthz", "").status, 200);
}

}  // namespace
}  // namespace onsale::bank
