#include "notices/letter.h"

#include <gtest/gtest.h>

namespace onsale::notices {
namespace {

using accounts::Language;

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

class LetterTest : public testing::Test {
  protected:
    LetterTest() {
        around_.site = {"开售", "Onsale"};
        around_.address = "https://tickets.example";
        around_.show = {"新年音乐会", "New Year concert"};
        around_.starts_at = *base::parse_rfc3339("2026-12-31T20:00:00+08:00");
        around_.nickname = "安娜";
        notice_.order = domain::OrderId(4711);
        notice_.amount = {90'005, base::Currency::cny};
        notice_.fee = {0, base::Currency::cny};
    }
    Letter of(NoticeKind kind, Language language = Language::en) {
        notice_.kind = kind;
        return write_letter(notice_, around_, language);
    }
    Notice notice_;
    Circumstances around_;
};

TEST_F(LetterTest, says_what_when_how_much_and_where) {
    const auto zh = of(NoticeKind::order_completed, Language::zh);
    EXPECT_EQ(zh.subject, "【开售】购票成功");
    EXPECT_EQ(zh.text,
              "安娜,您好:\n\n您的订单已付款并出票,共 ¥900.05。\n\n演出:新年音乐会\n"
              "时间:2026-12-31 20:00 (UTC+8)\n订单号:4711\n"
              "查看订单:https://tickets.example/orders/4711\n\n开售\n(系统邮件,请勿回复)\n");
    const auto en = of(NoticeKind::order_completed);
    EXPECT_EQ(en.subject, "[Onsale] Your tickets");
    EXPECT_TRUE(holds(en.text, "Dear 安娜,\n\nYour order is paid (¥900.05)")) << en.text;
    EXPECT_TRUE(holds(en.text, "Your order: https://tickets.example/orders/4711\n"));
}

TEST_F(LetterTest, without_an_address_of_the_site_there_is_no_link) {
    around_.address.clear();
    EXPECT_FALSE(holds(of(NoticeKind::order_completed).text, "Your order:"));
}

TEST_F(LetterTest, both_languages_where_none_is_known) {
    notice_.kind = NoticeKind::refund_completed;
    const auto both = write_letter(notice_, around_, std::nullopt);
    EXPECT_EQ(both.subject, "【开售】退款已完成 [Onsale] Refund completed");
    EXPECT_LT(both.text.find("¥900.05 已退还给您"), both.text.find("¥900.05 has been given back"));
}

TEST_F(LetterTest, a_rejection_has_its_reason) {
    around_.reason = "已出票";
    EXPECT_TRUE(holds(of(NoticeKind::refund_rejected).text, "Reason: 已出票"));
    around_.reason.clear();
    EXPECT_FALSE(holds(of(NoticeKind::refund_rejected).text, "Reason"));
}

TEST_F(LetterTest, a_fee_is_told_where_it_is_kept) {
    EXPECT_FALSE(holds(of(NoticeKind::refund_approved).text, "fee"));
    notice_.fee.minor = 1000;
    EXPECT_TRUE(holds(of(NoticeKind::refund_approved).text, "with a fee of ¥10.00"));
    EXPECT_TRUE(holds(of(NoticeKind::refund_requested, Language::zh).text, "手续费 ¥10.00"));
}

TEST_F(LetterTest, money_that_goes_back_says_why) {
    notice_.cause = domain::RefundCause::late;
    EXPECT_TRUE(holds(of(NoticeKind::money_returned).text, "after the order had ended"));
    notice_.cause = domain::RefundCause::duplicate;
    EXPECT_TRUE(holds(of(NoticeKind::money_returned).text, "paid twice"));
    notice_.cause = domain::RefundCause::mismatch;
    EXPECT_TRUE(holds(of(NoticeKind::money_returned).text, "not that of the order"));
}

TEST_F(LetterTest, a_free_order_of_a_cancelled_session_speaks_of_no_money) {
    EXPECT_FALSE(holds(of(NoticeKind::session_cancelled).text, "¥"));
    notice_.refund = domain::RefundId(4711 << 5);
    EXPECT_TRUE(holds(of(NoticeKind::session_cancelled).text, "¥900.05 goes back in full"));
}

TEST_F(LetterTest, every_kind_has_words_in_both_languages) {
    for (int number = 1; number <= 7; ++number) {
        for (const auto language : {Language::zh, Language::en}) {
            const auto letter = of(static_cast<NoticeKind>(number), language);
            EXPECT_GT(letter.subject.size(), std::string("[Onsale] ").size()) << number;
            EXPECT_FALSE(holds(letter.text, "\n\n\n")) << letter.text;
        }
    }
}

TEST_F(LetterTest, no_line_break_reaches_the_subject) {
    around_.site.en = "On\r\nBcc: sale";
    EXPECT_EQ(of(NoticeKind::order_completed).subject, "[On  Bcc: sale] Your tickets");
}

}  // namespace
}  // namespace onsale::notices
