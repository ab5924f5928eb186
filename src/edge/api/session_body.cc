#include "api/session_body.h"

#include <utility>

namespace onsale::api {
namespace {

catalog::Text text_of(TextBody text) {
    return {std::move(text.zh), std::move(text.en)};
}
catalog::Text text_of(std::optional<TextBody> text) {
    return text ? text_of(std::move(*text)) : catalog::Text{};
}
std::string or_empty(std::optional<std::string> text) {
    return std::move(text).value_or(std::string());
}

}  // namespace

catalog::SessionDefinition definition_of(NewSessionBody body) {
    catalog::SessionDefinition out;
    out.organiser = {body.organiser.id, text_of(std::move(body.organiser.name))};
    out.show = {body.show.id, text_of(std::move(body.show.name)),
                text_of(std::move(body.show.description))};
    out.session = {body.session.id, std::move(body.session.starts_at),
                   std::move(body.session.ends_at), body.session.orders_per_person.value_or(0),
                   body.session.tickets_per_person.value_or(0)};
    for (auto& pool : body.pools)
        out.pools.push_back({pool.id, or_empty(std::move(pool.kind)), pool.count, pool.list});
    for (auto& tier : body.tiers) {
        out.tiers.push_back(
            {tier.id, text_of(std::move(tier.name)), text_of(std::move(tier.description)),
             tier.pool, or_empty(std::move(tier.price)), or_empty(std::move(tier.currency)),
             or_empty(std::move(tier.valid_from)), or_empty(std::move(tier.valid_until))});
    }
    for (auto& campaign : body.campaigns) {
        out.campaigns.push_back({campaign.id, text_of(std::move(campaign.name)),
                                 text_of(std::move(campaign.description)),
                                 std::move(campaign.opens_at), std::move(campaign.closes_at),
                                 campaign.one_per_person.value_or(false),
                                 campaign.tickets_per_order.value_or(0), campaign.hold_minutes,
                                 std::move(campaign.tiers)});
    }
    return out;
}

}  // namespace onsale::api
