#include "notices/letter.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace onsale::notices {
namespace {

using accounts::Language;
using domain::RefundCause;

constexpr auto kPlaceOffset = base::Duration::hours(8);  // the shows take place in China

std::string_view sign_of(base::Currency currency) {
    switch (currency) {
        case base::Currency::cny:
            return "¥";
        case base::Currency::usd:
            return "$";
        case base::Currency::eur:
            return "€";
    }
    return {};
}

std::string text_of(base::Money money) {
    const std::string fraction = std::to_string(money.minor % 100);
    return std::string(sign_of(money.currency)) + std::to_string(money.minor / 100) + "." +
           std::string(fraction.size() < 2 ? 1 : 0, '0') + fraction;
}

std::string text_of(base::Timestamp time) {
    const std::time_t seconds = (time + kPlaceOffset).unix_ms() / 1000;
    std::tm parts{};
    if (gmtime_r(&seconds, &parts) == nullptr) return base::to_rfc3339(time);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d (UTC+8)",
                  parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                  parts.tm_min);
    return text.data();
}

std::string one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return text;
}

const std::string& either(const std::string& wanted, const std::string& other) {
    return wanted.empty() ? other : wanted;
}

// The parts of a letter that its kind decides.
struct Words {
    std::string subject;
    std::string news;
};

std::string kept_zh(const Notice& notice) {
    return notice.fee.is_zero() ? "" : ",手续费 " + text_of(notice.fee);
}

std::string kept_en(const Notice& notice) {
    return notice.fee.is_zero() ? "" : ", with a fee of " + text_of(notice.fee);
}

std::string why_zh(RefundCause cause) {
    if (cause == RefundCause::late) return "您的付款在订单结束之后才到账";
    if (cause == RefundCause::duplicate) return "您为这个订单重复付款";
    return "到账的金额与订单不符";
}

std::string why_en(RefundCause cause) {
    if (cause == RefundCause::late) return "Your payment came after the order had ended";
    if (cause == RefundCause::duplicate) return "You have paid twice for this order";
    return "The amount that was paid is not that of the order";
}

Words words_zh(const Notice& notice, const Circumstances& around) {
    const std::string amount = text_of(notice.amount);
    switch (notice.kind) {
        case NoticeKind::order_completed:
            return {"购票成功", "您的订单已付款并出票,共 " + amount + "。"};
        case NoticeKind::refund_requested:
            return {"已收到退款申请",
                    "我们已收到您的退款申请,正在审核:预计退回 " + amount + kept_zh(notice) + "。"};
        case NoticeKind::refund_approved:
            return {"退款已批准", "您的退款已批准,将原路退回 " + amount + kept_zh(notice) + "。"};
        case NoticeKind::refund_rejected:
            return {"退款申请未通过", "您的退款申请未通过,订单和门票仍然有效。" +
                                          (around.reason.empty() ? "" : "\n原因:" + around.reason)};
        case NoticeKind::refund_completed:
            return {"退款已完成", amount + " 已退还给您。"};
        case NoticeKind::money_returned:
            return {"付款将退回", why_zh(notice.cause) + "," + amount + " 将全额原路退回。"};
        case NoticeKind::session_cancelled:
            return {"场次已取消",
                    "很抱歉,您购票的场次已取消,门票已作废。" +
                        (notice.refund.value() == 0 ? std::string()
                                                    : amount + " 将全额原路退回,您无需操作。")};
    }
    return {};
}

Words words_en(const Notice& notice, const Circumstances& around) {
    const std::string amount = text_of(notice.amount);
    switch (notice.kind) {
        case NoticeKind::order_completed:
            return {"Your tickets",
                    "Your order is paid (" + amount + ") and your tickets are ready."};
        case NoticeKind::refund_requested:
            return {"Your refund request",
                    "We have your request for a refund and are looking at it: " + amount +
                        " would go back" + kept_en(notice) + "."};
        case NoticeKind::refund_approved:
            return {"Refund approved", "Your refund is approved: " + amount +
                                           " goes back the way it came" + kept_en(notice) + "."};
        case NoticeKind::refund_rejected:
            return {"Refund not granted",
                    "Your request for a refund was not granted; your order and tickets stay good." +
                        (around.reason.empty() ? "" : "\nReason: " + around.reason)};
        case NoticeKind::refund_completed:
            return {"Refund completed", amount + " has been given back to you."};
        case NoticeKind::money_returned:
            return {"Your payment goes back",
                    why_en(notice.cause) + ": " + amount + " goes back in full, the way it came."};
        case NoticeKind::session_cancelled:
            return {"Session cancelled",
                    "We are sorry: the session that you have tickets for is cancelled, and the "
                    "tickets are void." +
                        (notice.refund.value() == 0
                             ? std::string()
                             : " " + amount + " goes back in full; you need not do anything.")};
    }
    return {};
}

std::string link_of(const Notice& notice, const Circumstances& around) {
    if (around.address.empty()) return {};
    return around.address + "/orders/" + std::to_string(notice.order.value());
}

Letter letter_zh(const Notice& notice, const Circumstances& around) {
    const Words words = words_zh(notice, around);
    const std::string& site = either(around.site.zh, around.site.en);
    const std::string link = link_of(notice, around);
    Letter letter;
    letter.subject = "【" + site + "】" + words.subject;
    if (!around.nickname.empty()) letter.text = around.nickname + ",您好:\n\n";
    letter.text += words.news + "\n\n演出:" + either(around.show.zh, around.show.en) +
                   "\n时间:" + text_of(around.starts_at) +
                   "\n订单号:" + std::to_string(notice.order.value()) + "\n";
    if (!link.empty()) letter.text += "查看订单:" + link + "\n";
    letter.text += "\n" + site + "\n(系统邮件,请勿回复)\n";
    return letter;
}

Letter letter_en(const Notice& notice, const Circumstances& around) {
    const Words words = words_en(notice, around);
    const std::string& site = either(around.site.en, around.site.zh);
    const std::string link = link_of(notice, around);
    Letter letter;
    letter.subject = "[" + site + "] " + words.subject;
    if (!around.nickname.empty()) letter.text = "Dear " + around.nickname + ",\n\n";
    letter.text += words.news + "\n\nShow: " + either(around.show.en, around.show.zh) +
                   "\nTime: " + text_of(around.starts_at) +
                   "\nOrder: " + std::to_string(notice.order.value()) + "\n";
    if (!link.empty()) letter.text += "Your order: " + link + "\n";
    letter.text += "\n" + site + "\n(Please do not reply to this mail.)\n";
    return letter;
}

}  // namespace

Letter write_letter(const Notice& notice, const Circumstances& circumstances,
                    std::optional<Language> language) {
    Letter letter;
    if (language != Language::en) letter = letter_zh(notice, circumstances);
    if (language != Language::zh) {
        Letter english = letter_en(notice, circumstances);
        letter.subject += (letter.subject.empty() ? "" : " ") + english.subject;
        letter.text += (letter.text.empty() ? "" : "\n----\n\n") + english.text;
    }
    letter.subject = one_line(std::move(letter.subject));
    return letter;
}

}  // namespace onsale::notices
