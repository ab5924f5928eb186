#include "backstage/internal/session_body.h"

#include <utility>

namespace onsale::backstage {
using namespace shop;
namespace {

std::string or_empty(std::optional<std::string> text) {
    return std::move(text).value_or(std::string());
}
std::string picture_of(const std::optional<std::string>& given) {
    return given ? picture_name(*given) : std::string();
}

}  // namespace

catalog::Text text_of(TextBody text) {
    return {std::move(text.zh), std::move(text.en)};
}
catalog::Text text_of(std::optional<TextBody> text) {
    return text ? text_of(std::move(*text)) : catalog::Text{};
}

catalog::CampaignDefinition definition_of(NewCampaignBody body) {
    return {body.id,
            text_of(std::move(body.name)),
            text_of(std::move(body.description)),
            std::move(body.opens_at),
            std::move(body.closes_at),
            body.one_per_person.value_or(false),
            body.tickets_per_order.value_or(0),
            body.hold_minutes,
            std::move(body.tiers),
            picture_of(body.picture)};
}

catalog::SessionDefinition definition_of(NewSessionBody body) {
    catalog::SessionDefinition out;
    out.terms = terms_of(body.session);
    out.organiser = {body.organiser.id, text_of(std::move(body.organiser.name)),
                     text_of(std::move(body.organiser.description)),
                     picture_of(body.organiser.picture)};
    out.show = {body.show.id,
                text_of(std::move(body.show.name)),
                text_of(std::move(body.show.description)),
                text_of(std::move(body.show.venue)),
                text_of(std::move(body.show.notice)),
                picture_of(body.show.picture)};
    out.session = {body.session.id,
                   std::move(body.session.starts_at),
                   std::move(body.session.ends_at),
                   body.session.orders_per_person.value_or(0),
                   body.session.tickets_per_person.value_or(0),
                   text_of(std::move(body.session.venue)),
                   text_of(std::move(body.session.notice)),
                   body.session.sale_ends_at_start.value_or(false)};
    for (auto& pool : body.pools)
        out.pools.push_back({pool.id, or_empty(std::move(pool.kind)), pool.count, pool.list});
    for (auto& tier : body.tiers) {
        out.tiers.push_back(
            {tier.id, text_of(std::move(tier.name)), text_of(std::move(tier.description)),
             tier.pool, or_empty(std::move(tier.price)), or_empty(std::move(tier.currency)),
             or_empty(std::move(tier.valid_from)), or_empty(std::move(tier.valid_until))});
    }
    for (auto& campaign : body.campaigns)
        out.campaigns.push_back(definition_of(std::move(campaign)));
    return out;
}

}  // namespace onsale::backstage
