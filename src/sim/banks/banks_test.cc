#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "banks/bank.h"
#include "banks/wire.h"

namespace onsale::banks {
namespace {

constexpr std::int64_t kNow = 1000;
constexpr std::int64_t kPrice = 1200;

Wish deduction(const std::string& reference, const std::string& authorisation) {
    Wish wish;
    wish.reference = reference;
    wish.authorisation = authorisation;
    wish.order = "7";
    wish.amount = kPrice;
    wish.takes = kPrice;
    wish.now = kNow;
    return wish;
}

class BooksTest : public ::testing::Test {
  protected:
    std::string authorise() {
        Wish wish = deduction("", "");
        wish.customer = 5;
        wish.now = kNow + 60;
        return books_.authorise(wish);
    }
    Books books_{"T"};
};

TEST_F(BooksTest, take_an_authorisation_once_and_answer_a_name_always_the_same) {
    const std::string id = authorise();
    EXPECT_EQ(books_.held(), kPrice);
    const Payment first = books_.deduct(deduction("P1-1", id));
    EXPECT_EQ(first.state, FlowState::captured);
    EXPECT_EQ(books_.deduct(deduction("P1-1", id)).transaction, first.transaction);
    EXPECT_EQ(books_.deduct(deduction("P1-2", id)).reason, "authorisation_used");
    EXPECT_EQ(books_.held(), 0);
    EXPECT_EQ(books_.broken(), "");
}

TEST_F(BooksTest, take_nothing_for_a_name_that_was_closed) {
    const std::string id = authorise();
    EXPECT_EQ(books_.close("P1-1", id).state, FlowState::closed);
    EXPECT_EQ(books_.held(), 0);
    EXPECT_EQ(books_.deduct(deduction("P1-1", id)).state, FlowState::failed);
    EXPECT_EQ(books_.pay(deduction("P1-1", "")).state, FlowState::closed);
    EXPECT_EQ(books_.broken(), "");
}

TEST_F(BooksTest, let_go_of_what_nobody_has_used_in_time) {
    const std::string id = authorise();
    books_.expire(kNow + 61);
    EXPECT_EQ(books_.held(), 0);
    EXPECT_EQ(books_.deduct(deduction("P1-1", id)).reason, "authorisation_expired");
}

TEST_F(BooksTest, give_back_at_most_what_was_taken) {
    Wish wish = deduction("P1-1", "");
    wish.customer = 5;
    books_.pay(wish);
    EXPECT_EQ(books_.refund({"R1-1", "P1-1", "", kPrice, true}).state, RefundState::accepted);
    EXPECT_EQ(books_.broken(), "");
    // What is only accepted as yet counts.
    EXPECT_EQ(books_.refund({"R2-1", "P1-1", "", 1, false}).state, RefundState::refused);
    EXPECT_NE(books_.broken(), "");
    EXPECT_EQ(books_.complete_refunds(), std::vector<std::string>{"R1-1"});
    EXPECT_EQ(books_.query("P1-1").returned, kPrice);
}

TEST_F(BooksTest, refuse_a_refund_under_its_name_for_good) {
    Wish wish = deduction("P1-1", "");
    wish.customer = 5;
    books_.pay(wish);
    RefundWish first{"R1-1", "P1-1", "", kPrice, false, true};
    EXPECT_EQ(books_.refund(first).state, RefundState::refused);
    first.refuses = false;
    EXPECT_EQ(books_.refund(first).state, RefundState::refused);
    EXPECT_EQ(books_.refund({"R1.1-1", "P1-1", "", kPrice}).state, RefundState::completed);
    EXPECT_EQ(books_.broken(), "");
}

TEST_F(BooksTest, give_back_what_is_nobodys_by_its_transaction) {
    const Payment payment = books_.pay_unasked(9, 50);
    EXPECT_EQ(books_.refund({"U1-1", "", payment.transaction, 50, false}).state,
              RefundState::completed);
    EXPECT_EQ(books_.broken(), "");
}

TEST(BankWire, reads_items_and_links) {
    const auto items = read_items(
        R"({"items":[{"reference":"P1-1","token":"t","order":"7","amount":1200,"currency":"CNY"}]})");
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].wish.reference, "P1-1");
    EXPECT_EQ(items[0].wish.amount, kPrice);
    auto fields = fields_of("https://b/cashier?title=%E5%BC%80&amount=1200&key=");
    EXPECT_EQ(fields["title"], "开");
    EXPECT_EQ(fields["amount"], "1200");
    EXPECT_EQ(fields["key"], "");
    EXPECT_EQ(question_of("/merchant/v1/refunds"), Question::refunds);
    EXPECT_EQ(question_of("/merchant/v1/other"), Question::none);
}

TEST(BankWire, says_what_was_taken) {
    Payment payment;
    payment.state = FlowState::captured;
    payment.amount = kPrice;
    payment.transaction = "T-1";
    EXPECT_EQ(write_answers({write_answer("P1-1", payment)}),
              R"({"items":[{"reference":"P1-1","status":"captured","transaction":"T-1",)"
              R"("amount":1200,"currency":"CNY"}]})");
}

}  // namespace
}  // namespace onsale::banks
