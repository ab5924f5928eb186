#include "shop/explain_text.h"

#include <initializer_list>
#include <string_view>
#include <utility>

#include "answers/error.h"
#include "answers/json_text.h"

namespace onsale::shop {
namespace {

using domain::OrderState;
using domain::Refusal;

// A pair of templates; each {} is the next of the values.
std::string fill(std::string_view text, std::initializer_list<std::string> values) {
    std::string out;
    auto value = values.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "{}" && value != values.end()) {
            out += *value++;
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

void say(Told& told, std::string_view zh, std::string_view en,
         std::initializer_list<std::string> values = {}) {
    told.zh.push_back(fill(zh, values));
    told.en.push_back(fill(en, values));
}

std::string text_of(std::uint64_t number) {
    return std::to_string(number);
}

template <class Tag>
std::string text_of(base::Strong<Tag, std::uint64_t> id) {
    return std::to_string(id.value());
}

std::string gap(base::Timestamp from, base::Timestamp to) {
    return std::to_string((to - from).count_ms());
}

std::string money_text(base::Money money) {
    const std::string minor = std::to_string(money.minor % 100);
    return std::to_string(money.minor / 100) + "." + (minor.size() < 2 ? "0" : "") + minor + " " +
           std::string(answers::to_string(money.currency));
}

void say_count(Told& told, const replay::PoolStory& pool, Audience audience) {
    const auto& count = pool.count;
    if (audience == Audience::person)
        return say(told, "当时库存 {}:可售 {}、预占 {}。", "Stock {} then: {} free, {} held.",
                   {text_of(pool.pool), text_of(count.free), text_of(count.held)});
    say(told, "当时库存 {}:共 {} 张,可售 {}、预占 {}、已售 {}、撤回 {}。",
        "Stock {} then had {} tickets: {} free, {} held, {} sold, {} withdrawn.",
        {text_of(pool.pool), text_of(count.capacity), text_of(count.free), text_of(count.held),
         text_of(count.sold), text_of(count.withdrawn)});
}

void say_stock(Told& told, const replay::RefusalQuestion& question,
               const replay::RefusalStory& story, Audience audience) {
    for (const auto& pool : story.pools) {
        say_count(told, pool, audience);
        if (!pool.last_sale) continue;
        const auto& sale = *pool.last_sale;
        say(told, "在您之前,最后一次取得票的是订单 #{}(日志第 {} 批,{}),比您的请求早 {} 毫秒判定。",
            "Before you, the last ticket went to order #{} at position {} ({}), {} ms before your "
            "request was decided.",
            {text_of(sale.order), text_of(sale.place.sequence), plain_time(sale.at),
             gap(sale.at, question.at)});
    }
    std::uint64_t held = 0;
    for (const auto& pool : story.pools) held += pool.count.held;
    if (held == 0) return;
    say(told, "其中 {} 张由待支付的订单预占;逾期未支付的会重新可售。",
        "{} of them were held by orders that were not paid yet; what is not paid in time is free "
        "again.",
        {text_of(held)});
}

void say_window(Told& told, const replay::RefusalQuestion& question,
                const replay::RefusalStory& story) {
    if (!story.campaign) return;
    const auto& campaign = *story.campaign;
    if (question.refusal == Refusal::not_open_yet) {
        say(told, "活动于 {} 开始,您的请求早到了 {} 毫秒。",
            "The campaign opened at {}; your request was {} ms early.",
            {plain_time(campaign.opens_at), gap(question.at, campaign.opens_at)});
    } else {
        say(told, "活动于 {} 结束,您的请求晚了 {} 毫秒。",
            "The campaign closed at {}; your request was {} ms late.",
            {plain_time(campaign.closes_at), gap(campaign.closes_at, question.at)});
    }
}

void say_limit(Told& told, const replay::RefusalQuestion& question,
               const replay::RefusalStory& story) {
    const bool of_orders = question.refusal == Refusal::over_orders_per_person;
    if (of_orders) {
        say(told, "该场次每人最多 {} 个有效订单。",
            "One person may have {} live orders of this session.",
            {text_of(std::uint64_t{story.orders_per_person})});
    } else {
        say(told, "该场次每人最多 {} 张票。", "One person may have {} tickets of this session.",
            {text_of(std::uint64_t{story.tickets_per_person})});
    }
    if (!story.own) return;
    say(told,
        "当时计入的有效订单有 {} 个,共 {} 张票:", "{} live orders counted then, with {} tickets:",
        {text_of(story.own->orders), text_of(story.own->tickets)});
    for (const auto& order : story.own->counted) {
        say(told, "· 订单 #{}:{} 张,{}", "· order #{}: {} tickets, {}",
            {text_of(order.order), text_of(std::uint64_t{order.tickets}),
             plain_time(order.created_at)});
    }
}

void say_reason(Told& told, const replay::RefusalQuestion& question,
                const replay::RefusalStory& story, Audience audience) {
    switch (question.refusal) {
        case Refusal::sold_out:
        case Refusal::not_enough_stock:
            return say_stock(told, question, story, audience);
        case Refusal::not_open_yet:
        case Refusal::campaign_ended:
            return say_window(told, question, story);
        case Refusal::over_orders_per_person:
        case Refusal::over_tickets_per_person:
            return say_limit(told, question, story);
        case Refusal::session_cancelled:
            if (story.status && story.status->cancelled)
                say(told, "场次已于 {} 取消。", "The session had been cancelled at {}.",
                    {plain_time(story.status->cancelled_at)});
            return;
        case Refusal::tier_unknown:
        case Refusal::tier_repeated:
        case Refusal::quantity_invalid:
        case Refusal::over_tickets_per_order:
        case Refusal::tier_not_on_sale:
            return say(told, "这取决于请求的内容,与余票无关。",
                       "That lay in what was asked for; it had nothing to do with the stock.");
        case Refusal::none:
        case Refusal::campaign_unknown:
        case Refusal::session_unknown:
        case Refusal::session_closed:
        case Refusal::key_reused:
        case Refusal::order_unknown:
        case Refusal::order_not_cancellable:
        case Refusal::order_not_final:
        case Refusal::definition_conflict:
        case Refusal::definition_invalid:
        case Refusal::pool_unknown:
        case Refusal::stock_not_free:
        case Refusal::session_not_ended:
        case Refusal::orders_not_final:
        case Refusal::session_started:
        case Refusal::session_not_removable:
        case Refusal::order_not_payable:
        case Refusal::authorisation_too_small:
        case Refusal::authorisation_expired:
        case Refusal::payments_exhausted:
        case Refusal::payment_unknown:
        case Refusal::payment_final:
        case Refusal::step_not_wanted:
        case Refusal::not_parked:
        case Refusal::refund_not_allowed:
        case Refusal::refund_too_late:
        case Refusal::refund_nothing_paid:
        case Refusal::order_not_refundable:
        case Refusal::refund_unknown:
        case Refusal::refund_not_pending:
        case Refusal::refund_same_reviewer:
        case Refusal::stray_unknown:
        case Refusal::refund_not_refused:
            return;
    }
}

void say_agreement(Told& told, replay::Agreement agreement) {
    switch (agreement) {
        case replay::Agreement::agrees:
            return say(told, "已重放日志到该位置核对:同样的规则得出同样的结果。",
                       "Checked by replaying the journal to this place: the same rules decide the "
                       "same there.");
        case replay::Agreement::differs:
            return say(told, "重放日志得出的结果与凭证不一致,请将此凭证交给运营方。",
                       "A replay of the journal to this place decides otherwise. Please give this "
                       "receipt to the operator.");
        case replay::Agreement::unknown:
            return say(told, "请求的内容不在日志中,因此这里只能说明当时的状态。",
                       "What was asked for is not in the journal, so only the state of that moment "
                       "can be told.");
    }
}

std::string_view zh_of(OrderState state) {
    switch (state) {
        case OrderState::reserved:
            return "下单并预占库存";
        case OrderState::completed:
            return "下单并完成";
        case OrderState::cancelled:
            return "取消";
        case OrderState::expired:
            return "过期";
        case OrderState::refunded:
            return "已退款";
        case OrderState::paid:
            return "支付";
        case OrderState::failed:
            return "支付失败";
        case OrderState::refunding:
            return "申请退款";
    }
    return "";
}

std::string_view en_of(OrderState state) {
    switch (state) {
        case OrderState::reserved:
            return "placed, its stock held";
        case OrderState::completed:
            return "placed and completed";
        case OrderState::cancelled:
            return "cancelled";
        case OrderState::expired:
            return "expired";
        case OrderState::refunded:
            return "refunded";
        case OrderState::paid:
            return "paid";
        case OrderState::failed:
            return "failed: its money did not come";
        case OrderState::refunding:
            return "its money is to go back";
    }
    return "";
}

void say_facts(Told& told, const replay::OrderStory& story) {
    for (const auto& fact : story.facts) {
        const std::string time = plain_time(fact.at);
        const std::string sequence = text_of(fact.place.sequence);
        told.zh.push_back(
            fill("{}:{}(日志第 {} 批)。", {time, std::string(zh_of(fact.state)), sequence}));
        told.en.push_back(fill("{}: {} (position {} of the journal).",
                               {time, std::string(en_of(fact.state)), sequence}));
    }
}

void say_cause(Told& told, const replay::OrderStory& story) {
    switch (story.cause) {
        case replay::OrderEndCause::none:
            if (story.order.state == OrderState::reserved)
                say(told, "订单待支付,库存保留至 {}。",
                    "The order is not paid yet; its stock is held until {}.",
                    {plain_time(story.order.deadline)});
            return;
        case replay::OrderEndCause::person:
            return say(told, "订单由购票人取消,库存已释放。",
                       "Its buyer cancelled it; its stock is free again.");
        case replay::OrderEndCause::deadline:
            return say(told, "订单未在 {} 前支付,因此过期,库存已释放。",
                       "It was not paid by {}, so it expired; its stock is free again.",
                       {plain_time(story.order.deadline)});
        case replay::OrderEndCause::session_cancelled:
            return say(told, "场次被取消,订单随之终止。",
                       "The session was cancelled, and the order ended with it.");
    }
}

}  // namespace

std::string plain_time(base::Timestamp time) {
    std::string text = base::to_rfc3339(time + base::Duration::hours(8));
    text.replace(text.find('T'), 1, " ");
    text.replace(text.size() - 1, 1, " +08:00");
    return text;
}

bool is_about_stock(Refusal refusal) {
    return refusal == Refusal::sold_out || refusal == Refusal::not_enough_stock;
}

Told tell_refusal(const replay::RefusalQuestion& question, const replay::RefusalStory& story,
                  Audience audience) {
    const auto& entry = answers::entry_of(answers::code_of(question.refusal));
    const std::string time = plain_time(question.at);
    Told told;
    told.zh.push_back(time + " 判定:" + std::string(entry.message_zh));
    told.en.push_back("Decided at " + time + ": " + std::string(entry.message_en));
    say_reason(told, question, story, audience);
    if (question.ordinal > 0 && audience == Audience::staff)
        say(told, "在此之前该活动共有 {} 个订单;这是该活动第 {} 次因此拒绝。",
            "{} orders of the campaign had been placed by then; this was its refusal number {} for "
            "this reason.",
            {text_of(story.orders_before), text_of(question.ordinal)});
    say(told, "依据:分片 {} 的日志第 {} 批,其中前 {} 条记录之后。",
        "It rests on the journal of shard {}, position {}, behind the first {} facts there.",
        {text_of(std::uint64_t{question.shard.value()}), text_of(story.place.sequence),
         text_of(story.facts_before)});
    say_agreement(told, story.agreement);
    return told;
}

Told tell_order(const replay::OrderStory& story) {
    Told told;
    say(told, "订单 #{}:{} 张,共 {}。", "Order #{}: {} tickets, {}.",
        {text_of(story.order.id), text_of(std::uint64_t{story.order.quantity()}),
         money_text(story.order.amount())});
    for (const auto& line : story.order.lines) {
        say(told, "· 票种 {}:{} 张,单价 {}。", "· tier {}: {} tickets at {} each.",
            {text_of(line.tier), text_of(std::uint64_t{line.quantity}),
             money_text(line.unit_price)});
        if (line.first_ordinal != 0)
            say(told, "  券码序号自 {} 起。", "  its codes begin with the {}. of the pool.",
                {text_of(line.first_ordinal)});
    }
    say_facts(told, story);
    say_cause(told, story);
    return told;
}

}  // namespace onsale::shop
