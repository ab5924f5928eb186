#include "shop/campaign_body.h"

#include "answers/json_text.h"

namespace onsale::shop {
using namespace answers;
namespace {

constexpr std::string_view kPictures = "/pictures/";

struct Window {
    base::Timestamp from;
    base::Timestamp until;
};

std::string state_within(Window window, bool cancelled, base::Timestamp now) {
    if (cancelled) return "cancelled";
    if (now < window.from) return "upcoming";
    return now < window.until ? "current" : "ended";
}

// What a buyer has to know before buying; who reviews it is nothing to them.
void put_refunds(const domain::Session& session, CampaignBody& body) {
    const domain::RefundPolicy& refunds = session.refunds;
    body.refund_allowed = refunds.allowed;
    if (!refunds.allowed) return;
    body.refund_until = base::to_rfc3339(session.starts_at - refunds.until_before_start);
    body.refund_fee_percent = hundredths_text(refunds.fee_basis_points);
}

}  // namespace

std::string hundredths_text(std::int64_t hundredths) {
    std::string rest = std::to_string(hundredths % 100);
    if (rest.size() == 1) rest.insert(0, 1, '0');
    return std::to_string(hundredths / 100) + "." + rest;
}

TextBody text_body(const catalog::Text& text) {
    return {text.zh, text.en};
}

std::optional<TextBody> optional_text(const catalog::Text& text) {
    if (text.empty()) return std::nullopt;
    return text_body(text);
}

std::optional<std::string> picture_url(const std::string& name) {
    if (name.empty()) return std::nullopt;
    return std::string(kPictures) + name;
}

std::string picture_name(std::string_view given) {
    if (given.starts_with(kPictures)) given.remove_prefix(kPictures.size());
    return std::string(given);
}

std::string state_of(const catalog::CampaignEntry& campaign, base::Timestamp now) {
    return state_within({campaign.rules.opens_at, campaign.rules.closes_at}, campaign.cancelled,
                        now);
}

std::string state_of(const catalog::SessionEntry& session, base::Timestamp now) {
    return state_within({session.definition->starts_at, session.definition->ends_at},
                        session.status.cancelled, now);
}

OrganiserBody organiser_body(const catalog::OrganiserEntry& organiser) {
    return {organiser.id.value(), text_body(organiser.name), optional_text(organiser.description),
            picture_url(organiser.picture)};
}

TierBody tier_body(const catalog::SessionEntry& session, const catalog::TierEntry& tier,
                   const Present& present) {
    TierBody body;
    body.id = tier.rules.id.value();
    body.name = text_body(tier.name);
    body.description = text_body(tier.description);
    body.price = {tier.rules.price.minor,
                  std::string(answers::to_string(tier.rules.price.currency))};
    body.free = present.stock.free_of(session.definition->id, tier.rules.pool).value_or(0);
    body.on_sale = tier.rules.on_sale;
    if (tier.valid_from) body.valid_from = base::to_rfc3339(*tier.valid_from);
    if (tier.valid_until) body.valid_until = base::to_rfc3339(*tier.valid_until);
    return body;
}

CampaignBody campaign_body(const catalog::SessionEntry& session,
                           const catalog::CampaignEntry& campaign, const Present& present) {
    const domain::Session& definition = *session.definition;
    const domain::Campaign& rules = campaign.rules;
    CampaignBody body;
    body.id = rules.id.value();
    body.session = definition.id.value();
    body.name = text_body(campaign.name);
    body.description = text_body(campaign.description);
    body.picture = picture_url(campaign.picture.empty() ? session.show->picture : campaign.picture);
    body.organiser = {session.organiser->id.value(), text_body(session.organiser->name)};
    body.show = {session.show->id.value(), text_body(session.show->name),
                 text_body(session.show->description)};
    body.venue = optional_text(session.shown_venue());
    body.notice = optional_text(session.shown_notice());
    body.starts_at = base::to_rfc3339(definition.starts_at);
    body.ends_at = base::to_rfc3339(definition.ends_at);
    body.session_state = state_of(session, present.now);
    body.opens_at = base::to_rfc3339(rules.opens_at);
    body.closes_at = base::to_rfc3339(rules.closes_at);
    body.state = state_of(campaign, present.now);
    body.cancelled = campaign.cancelled;
    body.one_per_person = rules.one_per_person;
    body.tickets_per_order =
        rules.tickets_per_order != 0 ? rules.tickets_per_order : domain::kTicketsPerOrderMax;
    body.orders_per_person = definition.orders_per_person;
    body.tickets_per_person = definition.tickets_per_person;
    body.hold_minutes = rules.hold_time.count_ms() / base::Duration::minutes(1).count_ms();
    put_refunds(definition, body);
    for (const auto id : rules.tiers) {
        const auto* tier = session.find_tier(id);
        if (tier != nullptr) body.tiers.push_back(tier_body(session, *tier, present));
    }
    return body;
}

}  // namespace onsale::shop
