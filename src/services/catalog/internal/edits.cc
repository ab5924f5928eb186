// Edits of what is offered already. An edit is the present values with the new ones put in, checked
// as if they came in a definition; what no rule reads becomes texts of the change, the rest its
// command.
#include <algorithm>
#include <utility>

#include "catalog/internal/changes.h"

namespace onsale::catalog {
namespace {

std::string time_text(const std::optional<base::Timestamp>& time) {
    return time ? base::to_rfc3339(*time) : std::string();
}

// "12.50", as parse_price() reads it.
std::string price_text(std::int64_t minor) {
    std::string cents = std::to_string(minor % 100);
    if (cents.size() == 1) cents.insert(0, 1, '0');
    return std::to_string(minor / 100) + "." + cents;
}

std::string currency_text(base::Currency currency) {
    switch (currency) {
        case base::Currency::cny:
            return "CNY";
        case base::Currency::usd:
            return "USD";
        case base::Currency::eur:
            return "EUR";
    }
    return {};
}

TierDefinition definition_of(const TierEntry& tier) {
    return {tier.rules.id.value(),
            tier.name,
            tier.description,
            tier.rules.pool.value(),
            price_text(tier.rules.price.minor),
            currency_text(tier.rules.price.currency),
            time_text(tier.valid_from),
            time_text(tier.valid_until)};
}

CampaignDefinition definition_of(const CampaignEntry& campaign) {
    const domain::Campaign& rules = campaign.rules;
    CampaignDefinition definition;
    definition.id = rules.id.value();
    definition.name = campaign.name;
    definition.description = campaign.description;
    definition.picture = campaign.picture;
    definition.opens_at = base::to_rfc3339(rules.opens_at);
    definition.closes_at = base::to_rfc3339(rules.closes_at);
    definition.one_per_person = rules.one_per_person;
    definition.tickets_per_order = rules.tickets_per_order;
    definition.hold_minutes = static_cast<std::uint64_t>(rules.hold_time.count_ms() /
                                                         base::Duration::minutes(1).count_ms());
    for (const auto tier : rules.tiers) definition.tiers.push_back(tier.value());
    return definition;
}

TimesAndLimits times_of(const SessionEntry& session) {
    const domain::Session& definition = *session.definition;
    return {definition.id.value(),
            base::to_rfc3339(definition.starts_at),
            base::to_rfc3339(definition.ends_at),
            definition.orders_per_person,
            definition.tickets_per_person,
            session.venue,
            session.notice,
            definition.sale_ends_at_start};
}

template <class T, class U>
void put_in(T& value, const std::optional<U>& edited) {
    if (edited) value = *edited;
}

// The field of a whole definition as the field of an edit: "session.ends_at" is "ends_at" here.
std::optional<ChangeResult> mistaken(const FieldError& error) {
    return at_field(ChangeKind::invalid, error.field.substr(error.field.find('.') + 1),
                    error.message);
}

// Every campaign must still fit into the session's times.
std::optional<ChangeResult> campaign_left_out(const domain::Session& session,
                                              const domain::Session& times) {
    const bool at_start = times.sale_ends_at_start;
    const auto last = at_start ? times.starts_at : times.ends_at;
    const bool fits = std::all_of(session.campaigns.begin(), session.campaigns.end(),
                                  [&](const auto& c) { return c.closes_at <= last; });
    if (fits) return std::nullopt;
    return at_field(ChangeKind::invalid, at_start ? "starts_at" : "ends_at",
                    "a campaign of this session closes later");
}

template <class List>
auto find_entry(List& list, std::uint64_t id) {
    return std::find_if(list.begin(), list.end(),
                        [&](const auto& entry) { return entry.rules.id.value() == id; });
}

}  // namespace

std::optional<ChangeResult> Changes::unknown_picture(const std::string& name,
                                                     std::string field) const {
    if (name.empty() || parts_.pictures->knows(name)) return std::nullopt;
    return at_field(ChangeKind::invalid, std::move(field), "is not a picture of this site");
}

std::optional<ChangeResult> Changes::unknown_picture(const SessionEntry& entry) const {
    auto mistake = unknown_picture(entry.organiser->picture, "organiser.picture");
    if (!mistake) mistake = unknown_picture(entry.show->picture, "show.picture");
    for (std::size_t i = 0; !mistake && i < entry.campaigns.size(); ++i) {
        mistake = unknown_picture(entry.campaigns[i].picture,
                                  "campaigns[" + std::to_string(i) + "].picture");
    }
    return mistake;
}

void Changes::edit(sql::Connection& connection, const SessionEdit& edit, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->reply = std::move(reply);
    const Begun begun = prepare(*change, edit);
    begin(connection, std::move(change), begun);
}

std::optional<ChangeResult> Changes::prepare(Change& change, const SessionEdit& edit) const {
    const auto shown = directory()->find_session(domain::SessionId(edit.id));
    if (shown == nullptr || shown->removed) return refused(domain::Refusal::session_unknown);
    auto times = times_of(*shown);
    put_in(times.starts_at, edit.starts_at);
    put_in(times.ends_at, edit.ends_at);
    put_in(times.orders_per_person, edit.orders_per_person);
    put_in(times.tickets_per_person, edit.tickets_per_person);
    put_in(times.venue, edit.venue);
    put_in(times.notice, edit.notice);
    const auto checked = check_times(times);
    if (!checked) return mistaken(checked.error());
    if (auto mistake = campaign_left_out(*shown->definition, *checked)) return mistake;
    change.intent.session = checked->id;
    change.commanded =
        edit.starts_at || edit.ends_at || edit.orders_per_person || edit.tickets_per_person;
    change.intent.fact =
        domain::SessionChanged{checked->id, checked->starts_at, checked->ends_at,
                               checked->orders_per_person, checked->tickets_per_person};
    change.entry = *shown;
    change.entry->venue = times.venue;
    change.entry->notice = times.notice;
    change.entry->changed_at = parts_.clock.wall_now();
    change.intent.texts = texts_of(*change.entry);
    return std::nullopt;
}

void Changes::edit(sql::Connection& connection, const TermsEdit& edit, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->reply = std::move(reply);
    const Begun begun = prepare(*change, edit);
    begin(connection, std::move(change), begun);
}

std::optional<ChangeResult> Changes::prepare(Change& change, const TermsEdit& edit) const {
    const auto shown = directory()->find_session(domain::SessionId(edit.id));
    if (shown == nullptr || shown->removed) return refused(domain::Refusal::session_unknown);
    const domain::Session& definition = *shown->definition;
    const auto checked = check_terms(edit.terms, {definition.refunds, definition.late_payment});
    if (!checked) return mistaken(checked.error());
    change.intent.session = definition.id;
    change.intent.fact =
        domain::TermsChanged{definition.id, checked->refunds, checked->late_payment};
    change.entry = *shown;
    change.entry->changed_at = parts_.clock.wall_now();
    change.intent.texts = texts_of(*change.entry);
    return std::nullopt;
}

void Changes::edit(sql::Connection& connection, const TierEdit& edit, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->reply = std::move(reply);
    const Begun begun = prepare(*change, edit);
    begin(connection, std::move(change), begun);
}

std::optional<ChangeResult> Changes::prepare(Change& change, const TierEdit& edit) const {
    const auto shown = directory()->session_of(domain::TierId(edit.id));
    if (shown == nullptr || shown->removed) return refused(domain::Refusal::tier_unknown);
    change.entry = *shown;
    auto& tier = *find_entry(change.entry->tiers, edit.id);
    auto definition = definition_of(tier);
    put_in(definition.name, edit.name);
    put_in(definition.description, edit.description);
    put_in(definition.price, edit.price);
    put_in(definition.valid_from, edit.valid_from);
    put_in(definition.valid_until, edit.valid_until);
    auto checked = check_tier(definition, *shown->definition);
    if (!checked) return mistaken(checked.error());
    checked->rules.on_sale = edit.on_sale.value_or(tier.rules.on_sale);
    checked->changed_at = parts_.clock.wall_now();
    change.intent.session = shown->definition->id;
    change.commanded = edit.price || edit.on_sale;
    change.intent.fact = domain::TierChanged{change.intent.session, checked->rules.id,
                                             checked->rules.price, checked->rules.on_sale};
    tier = std::move(*checked);
    change.intent.texts = texts_of(tier);
    return std::nullopt;
}

void Changes::edit(sql::Connection& connection, const CampaignEdit& edit, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->reply = std::move(reply);
    const Begun begun = prepare(*change, edit);
    begin(connection, std::move(change), begun);
}

std::optional<ChangeResult> Changes::prepare(Change& change, const CampaignEdit& edit) const {
    const auto shown = directory()->session_of(domain::CampaignId(edit.id));
    if (shown == nullptr || shown->removed) return refused(domain::Refusal::campaign_unknown);
    change.entry = *shown;
    auto& campaign = *find_entry(change.entry->campaigns, edit.id);
    auto definition = definition_of(campaign);
    put_in(definition.name, edit.name);
    put_in(definition.description, edit.description);
    put_in(definition.picture, edit.picture);
    put_in(definition.opens_at, edit.opens_at);
    put_in(definition.closes_at, edit.closes_at);
    put_in(definition.one_per_person, edit.one_per_person);
    put_in(definition.tickets_per_order, edit.tickets_per_order);
    put_in(definition.hold_minutes, edit.hold_minutes);
    put_in(definition.tiers, edit.tiers);
    auto checked = check_campaign(definition, *shown->definition);
    if (!checked) return mistaken(checked.error());
    if (auto mistake = unknown_picture(definition.picture, "picture")) return mistake;
    checked->changed_at = parts_.clock.wall_now();
    change.intent.session = shown->definition->id;
    change.commanded = edit.opens_at || edit.closes_at || edit.one_per_person ||
                       edit.tickets_per_order || edit.hold_minutes || edit.tiers;
    change.intent.fact = domain::CampaignChanged{
        change.intent.session, std::make_shared<const domain::Campaign>(checked->rules)};
    campaign = std::move(*checked);
    change.intent.texts = texts_of(campaign);
    return std::nullopt;
}

void Changes::add_campaign(sql::Connection& connection, const AddCampaignRequest& request,
                           ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->reply = std::move(reply);
    const auto begun = prepare_campaign(connection, *change, request);
    begin(connection, std::move(change), begun);
}

Changes::Begun Changes::prepare_campaign(sql::Connection& connection, Change& change,
                                         const AddCampaignRequest& request) const {
    using Ends = std::optional<ChangeResult>;
    const auto shown = directory()->find_session(request.session);
    if (shown == nullptr || shown->removed) return Ends(refused(domain::Refusal::session_unknown));
    auto checked = check_campaign(request.campaign, *shown->definition);
    if (!checked) return mistaken(checked.error());
    if (auto mistake = unknown_picture(checked->picture, "picture")) return mistake;
    const auto* there = shown->find_campaign(checked->rules.id);
    if (there != nullptr && there->rules == checked->rules &&
        texts_of(*there).values == texts_of(*checked).values) {
        return Ends(result_of(ChangeKind::unchanged, request.session));
    }
    ONSALE_TRY_ASSIGN(taken, has_campaign(connection, checked->rules.id));
    if (taken) return Ends(at_field(ChangeKind::conflict, "id", "another campaign has this id"));
    if (shown->campaigns.size() >= domain::kCampaignsPerSessionMax) {
        return Ends(at_field(ChangeKind::invalid, "id", "the session has too many campaigns"));
    }
    change.intent.session = request.session;
    change.intent.fact = domain::CampaignChanged{
        request.session, std::make_shared<const domain::Campaign>(checked->rules)};
    change.entry = *shown;
    change.entry->campaigns.push_back(std::move(*checked));
    return Ends{};
}

void Changes::cancel(sql::Connection& connection, domain::SessionId session, const Text& reason,
                     ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->intent.session = session;
    change->reply = std::move(reply);
    const Begun begun =
        prepare_end(*change, {TextRow::reason, session.value(), {reason.zh, reason.en}});
    if (change->entry) change->entry->cancel_reason = reason;
    begin(connection, std::move(change), begun);
}

void Changes::remove(sql::Connection& connection, domain::SessionId session, ChangeReply reply) {
    auto change = std::make_shared<Change>();
    change->intent.session = session;
    change->reply = std::move(reply);
    const Begun begun = prepare_end(*change, {TextRow::removal, session.value(), {}});
    begin(connection, std::move(change), begun);
}

std::optional<ChangeResult> Changes::prepare_end(Change& change, RowTexts texts) const {
    const auto shown = directory()->find_session(change.intent.session);
    if (shown == nullptr || shown->removed) return refused(domain::Refusal::session_unknown);
    const auto now = parts_.clock.wall_now();
    change.intent.fact = domain::SessionCancelled{change.intent.session, now};
    change.intent.texts = std::move(texts);
    change.entry = *shown;
    change.entry->changed_at = now;
    return std::nullopt;
}

}  // namespace onsale::catalog
