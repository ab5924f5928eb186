#include "payments/bank_client.h"

#include <gtest/gtest.h>

#include "payments/internal/bank_messages.h"

namespace onsale::payments {
namespace {

const FlowName kFirst{FlowKind::payment, 8192, 1};
const FlowName kSecond{FlowKind::payment, 8193, 1};
const FlowName kBack{FlowKind::refund, 8192, 2};
const FlowName kStray{FlowKind::stray, 3, 2};
constexpr base::Money kAmount{1200, base::Currency::cny};

BankItem item(const FlowName& name) {
    BankItem made;
    made.name = name;
    made.payment = kFirst;
    made.transaction = "T9";
    made.token = "secret";
    made.order = domain::OrderId(256);
    made.amount = kAmount;
    return made;
}

TEST(BankMessages, are_written_as_published) {
    EXPECT_EQ(write_items(Ask::deduct, {item(kFirst)}),
              R"({"items":[{"reference":"P8192-0000000000000001","token":"secret","order":"256",)"
              R"("amount":1200,"currency":"CNY"}]})");
    EXPECT_EQ(write_items(Ask::query, {item(kFirst), item(kSecond)}),
              R"({"items":[{"reference":"P8192-0000000000000001"},)"
              R"({"reference":"P8193-0000000000000001"}]})");
    EXPECT_EQ(write_items(Ask::close, {item(kFirst)}),
              R"({"items":[{"reference":"P8192-0000000000000001","token":"secret"}]})");
    EXPECT_EQ(write_items(Ask::refund, {item(kBack), item(kStray)}),
              R"({"items":[{"refund":"R8192-0000000000000002",)"
              R"("reference":"P8192-0000000000000001","amount":1200,"currency":"CNY",)"
              R"("refunded_before":0},)"
              R"({"refund":"U3-0000000000000002","transaction":"T9","amount":1200,)"
              R"("currency":"CNY","refunded_before":0}]})");
    EXPECT_EQ(write_items(Ask::query_refund, {item(kBack)}),
              R"({"items":[{"refund":"R8192-0000000000000002"}]})");
}

std::vector<BankAnswer> read(std::string_view body) {
    return read_answers(Ask::query, body, {item(kFirst), item(kSecond)});
}

TEST(BankMessages, answers_are_found_by_their_names) {
    const auto answers =
        read(R"({"items":[{"reference":"P8193-0000000000000001","status":"open","more":1},)"
             R"({"reference":"P8192-0000000000000001","status":"captured","transaction":"T1",)"
             R"("amount":7,"currency":"CNY"}]})");
    EXPECT_EQ(answers[0].status, BankStatus::captured);
    EXPECT_EQ(answers[0].amount, (base::Money{7, base::Currency::cny})) << "as the bank says";
    EXPECT_EQ(answers[0].transaction, "T1");
    EXPECT_EQ(answers[1].status, BankStatus::open);
}

TEST(BankMessages, whatever_makes_no_sense_is_nonsense) {
    const std::string name = R"({"items":[{"reference":"P8192-0000000000000001",)";
    for (const auto& body : std::vector<std::string>{
             "", "null", "[]", "{", "\xff", R"({"items":{}})", R"({"items":[1,null,[]]})",
             R"({"items":[{"status":"open"}]})", name + R"("status":"paid"}]})",
             name + R"("status":7}]})", name + R"("status":"captured"}]})",
             name + R"("status":"captured","transaction":"T1","amount":0,"currency":"CNY"}]})",
             name + R"("status":"captured","transaction":"T1","amount":-5,"currency":"CNY"}]})",
             name + R"("status":"captured","transaction":"T1","amount":1.5,"currency":"CNY"}]})",
             name + R"("status":"captured","transaction":"T1","amount":5,"currency":"ZZZ"}]})",
             name + R"("status":"captured","transaction":"","amount":5,"currency":"CNY"}]})",
             name + R"("status":"captured","transaction":")" + std::string(65, 'x') +
                 R"(","amount":5,"currency":"CNY"}]})",
             name + R"("status":"open"},{"reference":"P8192-0000000000000001","status":"open"}]})",
             std::string(100'000, '[')}) {
        const auto answers = read(body);
        ASSERT_EQ(answers.size(), 2U);
        EXPECT_EQ(answers[0].status, BankStatus::nonsense) << body.substr(0, 200);
    }
}

TEST(BankMessages, words_of_refunds_and_payments_are_not_mixed) {
    const auto answers = read_answers(
        Ask::refund, R"({"items":[{"refund":"R8192-0000000000000002","status":"captured"}]})",
        {item(kBack)});
    EXPECT_EQ(answers[0].status, BankStatus::nonsense);
    EXPECT_EQ(read(R"({"items":[{"reference":"P8192-0000000000000001","status":"completed"}]})")[0]
                  .status,
              BankStatus::nonsense);
}

TEST(BankMessages, events_are_read_one_by_one) {
    const auto events = read_events(
        R"({"events":[{"event":"E1","kind":"payment","reference":"P8192-0000000000000001",)"
        R"("status":"captured","transaction":"T1","order":"256","amount":1200,"currency":"CNY"},)"
        R"({"event":"E2","kind":"refund","refund":"R8192-0000000000000002","status":"completed"},)"
        R"({"event":"E3","kind":"gift","status":"captured"},)"
        R"({"event":"E4","kind":"payment","reference":"what","status":"captured",)"
        R"("transaction":"T2","amount":5,"currency":"CNY"}]})");
    ASSERT_TRUE(events);
    ASSERT_EQ(events->size(), 4U);
    EXPECT_EQ((*events)[0].name, kFirst);
    EXPECT_EQ((*events)[0].amount, kAmount);
    EXPECT_EQ((*events)[1].name, kBack);
    EXPECT_EQ((*events)[2].status, BankStatus::nonsense);
    EXPECT_FALSE((*events)[3].name);
    EXPECT_EQ((*events)[3].status, BankStatus::captured) << "money for nobody we know";
}

TEST(BankMessages, a_callback_of_another_shape_is_refused_as_a_whole) {
    std::string many = R"({"events":[)";
    for (int i = 0; i < 101; ++i) many += (i == 0 ? "" : ",") + std::string(R"({"event":"E"})");
    for (const auto& body : std::vector<std::string>{"", "[]", R"({"events":[]})", many + "]}",
                                                     R"({"events":[{}]})", R"({"events":[7]})"})
        EXPECT_FALSE(read_events(body)) << body.substr(0, 100);
}

}  // namespace
}  // namespace onsale::payments
