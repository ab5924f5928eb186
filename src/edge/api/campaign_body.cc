#include "api/campaign_body.h"

#include <algorithm>

#include "api/json_text.h"

namespace onsale::api {
namespace {

TextBody text_body(const catalog::Text& text) {
    return {text.zh, text.en};
}

TierBody tier_body(const catalog::TierEntry& tier, std::uint64_t free) {
    TierBody body;
    body.id = tier.rules.id.value();
    body.name = text_body(tier.name);
    body.description = text_body(tier.description);
    body.price = {tier.rules.price.minor, std::string(to_string(tier.rules.price.currency))};
    body.free = free;
    if (tier.valid_from) body.valid_from = base::to_rfc3339(*tier.valid_from);
    if (tier.valid_until) body.valid_until = base::to_rfc3339(*tier.valid_until);
    return body;
}

std::string state_of(const domain::Campaign& rules, base::Timestamp now) {
    if (now < rules.opens_at) return "upcoming";
    return now < rules.closes_at ? "current" : "ended";
}

}  // namespace

CampaignBody campaign_body(const catalog::SessionEntry& session,
                           const catalog::CampaignEntry& campaign,
                           const std::vector<stock::TierFree>& free, base::Timestamp now) {
    const domain::Session& definition = *session.definition;
    const domain::Campaign& rules = campaign.rules;
    CampaignBody body;
    body.id = rules.id.value();
    body.session = definition.id.value();
    body.name = text_body(campaign.name);
    body.description = text_body(campaign.description);
    body.organiser = {session.organiser.id.value(), text_body(session.organiser.name)};
    body.show = {session.show.id.value(), text_body(session.show.name),
                 text_body(session.show.description)};
    body.starts_at = base::to_rfc3339(definition.starts_at);
    body.ends_at = base::to_rfc3339(definition.ends_at);
    body.opens_at = base::to_rfc3339(rules.opens_at);
    body.closes_at = base::to_rfc3339(rules.closes_at);
    body.state = state_of(rules, now);
    body.one_per_person = rules.one_per_person;
    body.tickets_per_order =
        rules.tickets_per_order != 0 ? rules.tickets_per_order : domain::kTicketsPerOrderMax;
    body.orders_per_person = definition.orders_per_person;
    body.tickets_per_person = definition.tickets_per_person;
    body.hold_minutes = rules.hold_time.count_ms() / base::Duration::minutes(1).count_ms();
    for (const auto id : rules.tiers) {
        const auto* tier = session.find_tier(id);
        if (tier == nullptr) continue;
        const auto found = std::ranges::find(free, id, &stock::TierFree::tier);
        body.tiers.push_back(tier_body(*tier, found == free.end() ? 0 : found->free));
    }
    return body;
}

}  // namespace onsale::api
