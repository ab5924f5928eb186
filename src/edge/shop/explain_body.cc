#include "shop/explain_body.h"

#include <utility>

#include "answers/error.h"
#include "answers/json_text.h"

namespace onsale::shop {
namespace {

SentencesBody sentences_of(Told told) {
    return {std::move(told.zh), std::move(told.en)};
}

PositionBody position_body(domain::ShardId shard, const replay::Place& place) {
    return {shard.value(), place.sequence, base::to_rfc3339(place.at)};
}

MoneyBody money_body(base::Money money) {
    return {money.minor, std::string(answers::to_string(money.currency))};
}

std::string agreement_word(replay::Agreement agreement) {
    switch (agreement) {
        case replay::Agreement::agrees:
            return "agrees";
        case replay::Agreement::differs:
            return "differs";
        case replay::Agreement::unknown:
            return "unknown";
    }
    return {};
}

std::string cause_word(replay::OrderEndCause cause) {
    switch (cause) {
        case replay::OrderEndCause::none:
            return "none";
        case replay::OrderEndCause::person:
            return "person";
        case replay::OrderEndCause::deadline:
            return "deadline";
        case replay::OrderEndCause::session_cancelled:
            return "session_cancelled";
    }
    return {};
}

PoolThenBody pool_body(const replay::PoolStory& pool, const replay::RefusalQuestion& question,
                       Audience audience) {
    const auto& count = pool.count;
    PoolThenBody body;
    body.pool = pool.pool.value();
    body.free = count.free;
    body.held = count.held;
    if (audience == Audience::staff) {
        body.capacity = count.capacity;
        body.sold = count.sold;
        body.withdrawn = count.withdrawn;
    }
    for (const auto tier : pool.tiers) body.tiers.push_back(tier.value());
    if (!pool.last_sale) return body;
    const auto& sale = *pool.last_sale;
    const auto before = question.at - sale.at;
    body.last_sale =
        LastSaleBody{sale.order.value(), sale.tickets, position_body(question.shard, sale.place),
                     base::to_rfc3339(sale.at),
                     before.count_ms() < 0 ? 0 : static_cast<std::uint64_t>(before.count_ms())};
    return body;
}

CountedBody counted_body(const replay::RefusalStory& story) {
    CountedBody body{story.own->orders,
                     story.own->tickets,
                     story.orders_per_person,
                     story.tickets_per_person,
                     {}};
    for (const auto& order : story.own->counted)
        body.list.push_back({order.order.value(), order.campaign.value(),
                             std::string(to_string(order.state)), order.tickets,
                             base::to_rfc3339(order.created_at)});
    return body;
}

}  // namespace

ExplanationBody explanation_body(const replay::RefusalQuestion& question,
                                 const replay::RefusalStory& story, Audience audience) {
    const bool to_staff = audience == Audience::staff;
    RefusalThenBody body;
    body.reason = domain::to_string(question.refusal);
    body.session = question.session.value();
    body.campaign = question.campaign.value();
    body.position = position_body(question.shard, story.place);
    body.facts_before = story.facts_before;
    body.decided_at = base::to_rfc3339(question.at);
    body.free = question.free;
    if (to_staff) body.ordinal = question.ordinal;
    body.agreement = agreement_word(story.agreement);
    if (story.campaign) {
        body.opens_at = base::to_rfc3339(story.campaign->opens_at);
        body.closes_at = base::to_rfc3339(story.campaign->closes_at);
    }
    if (to_staff) body.orders_before = story.orders_before;
    if (to_staff || is_about_stock(question.refusal))
        for (const auto& pool : story.pools)
            body.pools.push_back(pool_body(pool, question, audience));
    if (story.own) body.counted = counted_body(story);
    return {sentences_of(tell_refusal(question, story, audience)), std::move(body), std::nullopt};
}

ExplanationBody explanation_body(const replay::OrderStory& story) {
    const domain::Order& order = story.order;
    OrderToldBody body;
    body.order = order.id.value();
    body.session = order.session.value();
    body.campaign = order.campaign.value();
    body.state = to_string(order.state);
    body.cause = cause_word(story.cause);
    body.amount = money_body(order.amount());
    for (const auto& line : order.lines) {
        ExplainedLineBody told{line.tier.value(), line.quantity, money_body(line.unit_price), {}};
        if (line.first_ordinal != 0) told.first_ordinal = line.first_ordinal;
        body.lines.push_back(std::move(told));
    }
    for (const auto& fact : story.facts)
        body.facts.push_back({std::string(to_string(fact.state)),
                              position_body(domain::shard_of(order.id), fact.place),
                              base::to_rfc3339(fact.at)});
    return {sentences_of(tell_order(story)), std::nullopt, std::move(body)};
}

}  // namespace onsale::shop
