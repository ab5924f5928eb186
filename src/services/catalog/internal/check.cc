#include "catalog/internal/check.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "catalog/limits.h"
#include "domain/limits.h"

namespace onsale::catalog {
namespace {

using base::Unexpected;
using domain::Session;

Unexpected<FieldError> mistake(std::string field, std::string message) {
    return Unexpected{FieldError{std::move(field), std::move(message)}};
}

std::string place(std::string_view list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "]";
}

Checked<void> check_id(std::uint64_t id, const std::string& field) {
    if (id >= 1 && id <= domain::kIdMax) return {};
    return mistake(field, "must be a whole number from 1 to 9007199254740991");
}

Checked<void> check_name(const Text& name, const std::string& field) {
    for (const auto& [text, language] : {std::pair{&name.zh, ".zh"}, std::pair{&name.en, ".en"}}) {
        if (text->empty()) return mistake(field + language, "must not be empty");
        if (text->size() > kNameBytesMax) return mistake(field + language, "is too long");
    }
    return {};
}

Checked<void> check_short(const Text& text, std::size_t max, const std::string& field) {
    if (text.zh.size() > max) return mistake(field + ".zh", "is too long");
    if (text.en.size() > max) return mistake(field + ".en", "is too long");
    return {};
}

Checked<void> check_description(const Text& text, const std::string& field) {
    return check_short(text, kDescriptionBytesMax, field);
}

Checked<base::Timestamp> check_time(const std::string& text, const std::string& field) {
    const auto time = base::parse_rfc3339(text);
    if (time) return *time;
    return mistake(field, "must be a time with an offset, such as 2026-12-31T20:00:00+08:00");
}

Checked<std::optional<base::Timestamp>> check_optional_time(const std::string& text,
                                                            const std::string& field) {
    if (text.empty()) return std::optional<base::Timestamp>{};
    ONSALE_TRY_ASSIGN(time, check_time(text, field));
    return std::optional(time);
}

Checked<std::uint32_t> check_limit(std::uint64_t limit, std::uint64_t max,
                                   const std::string& field) {
    if (limit <= max) return static_cast<std::uint32_t>(limit);
    return mistake(field, "must be at most " + std::to_string(max));
}

Checked<void> check_size(std::size_t size, std::size_t max, const std::string& field) {
    if (size == 0) return mistake(field, "must not be empty");
    if (size > max) return mistake(field, "has more than " + std::to_string(max) + " entries");
    return {};
}

Checked<domain::Pool> check_pool(const PoolDefinition& pool, const std::string& field) {
    ONSALE_TRY(check_id(pool.id, field + ".id"));
    if (pool.count.has_value() == pool.list.has_value()) {
        return mistake(field + ".count", "either a count or a list of codes is needed");
    }
    const std::string_view kind = pool.count ? "count" : "codes";
    if (!pool.kind.empty() && pool.kind != kind) {
        return mistake(field + ".kind", "must be " + std::string(kind) + " here");
    }
    domain::Pool checked{domain::PoolId(pool.id), domain::PoolKind::count, {}};
    if (pool.list) {
        ONSALE_TRY(check_id(*pool.list, field + ".list"));
        checked.kind = domain::PoolKind::codes;
        checked.additions.push_back({domain::AdditionId(*pool.list), 0, {}});
        return checked;
    }
    if (*pool.count == 0 || *pool.count > domain::kStockPerPoolMax) {
        return mistake(field + ".count",
                       "must be from 1 to " + std::to_string(domain::kStockPerPoolMax));
    }
    checked.additions.push_back({kFirstStock, *pool.count, {}});
    return checked;
}

Checked<TierEntry> check_tier(const TierDefinition& tier, const Session& session,
                              const std::string& field) {
    ONSALE_TRY(check_id(tier.id, field + ".id"));
    ONSALE_TRY(check_name(tier.name, field + ".name"));
    ONSALE_TRY(check_description(tier.description, field + ".description"));
    const bool pool_known =
        std::any_of(session.pools.begin(), session.pools.end(),
                    [&](const domain::Pool& pool) { return pool.id.value() == tier.pool; });
    if (!pool_known) return mistake(field + ".pool", "is not a pool of this session");
    const auto price = parse_price(tier.price);
    if (!price || *price > domain::kPriceMinorMax) {
        return mistake(field + ".price", "must be an amount with at most two decimals");
    }
    const auto currency = parse_currency(tier.currency);
    if (!currency) return mistake(field + ".currency", "must be CNY, USD or EUR");
    if (!session.tiers.empty() && session.tiers.front().price.currency != *currency) {
        return mistake(field + ".currency", "a session has one currency");
    }
    TierEntry entry{{domain::TierId(tier.id), domain::PoolId(tier.pool), {*price, *currency}},
                    tier.name,
                    tier.description,
                    {},
                    {},
                    {}};
    ONSALE_TRY_ASSIGN(from, check_optional_time(tier.valid_from, field + ".valid_from"));
    ONSALE_TRY_ASSIGN(until, check_optional_time(tier.valid_until, field + ".valid_until"));
    if (from && until && *from >= *until) {
        return mistake(field + ".valid_until", "must be after valid_from");
    }
    entry.valid_from = from;
    entry.valid_until = until;
    return entry;
}

Checked<domain::Campaign> check_rules(const CampaignDefinition& campaign, const Session& session,
                                      const std::string& field) {
    domain::Campaign rules;
    rules.id = domain::CampaignId(campaign.id);
    rules.one_per_person = campaign.one_per_person;
    ONSALE_TRY_ASSIGN(opens_at, check_time(campaign.opens_at, field + ".opens_at"));
    ONSALE_TRY_ASSIGN(closes_at, check_time(campaign.closes_at, field + ".closes_at"));
    if (closes_at <= opens_at) return mistake(field + ".closes_at", "must be after opens_at");
    if (closes_at > session.ends_at) {
        return mistake(field + ".closes_at", "must not be after the session's end");
    }
    if (session.sale_ends_at_start && closes_at > session.starts_at) {
        return mistake(field + ".closes_at", "must not be after the session's start");
    }
    rules.opens_at = opens_at;
    rules.closes_at = closes_at;
    ONSALE_TRY_ASSIGN(tickets, check_limit(campaign.tickets_per_order, domain::kTicketsPerOrderMax,
                                           field + ".tickets_per_order"));
    rules.tickets_per_order = tickets;
    const std::uint64_t hold = campaign.hold_minutes.value_or(kHoldMinutesDefault);
    if (hold == 0 || hold > kHoldMinutesMax) {
        return mistake(field + ".hold_minutes",
                       "must be from 1 to " + std::to_string(kHoldMinutesMax));
    }
    rules.hold_time = base::Duration::minutes(static_cast<std::int64_t>(hold));
    ONSALE_TRY(check_size(campaign.tiers.size(), domain::kTiersPerSessionMax, field + ".tiers"));
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < campaign.tiers.size(); ++i) {
        const std::uint64_t id = campaign.tiers[i];
        const auto tier_field = field + "." + place("tiers", i);
        const bool known =
            std::any_of(session.tiers.begin(), session.tiers.end(),
                        [&](const domain::Tier& tier) { return tier.id.value() == id; });
        if (!known) return mistake(tier_field, "is not a tier of this session");
        if (!seen.insert(id).second) return mistake(tier_field, "stands twice");
        rules.tiers.push_back(domain::TierId(id));
    }
    return rules;
}

Checked<CampaignEntry> check_campaign(const CampaignDefinition& campaign, const Session& session,
                                      const std::string& field) {
    ONSALE_TRY(check_id(campaign.id, field + ".id"));
    ONSALE_TRY(check_name(campaign.name, field + ".name"));
    ONSALE_TRY(check_description(campaign.description, field + ".description"));
    ONSALE_TRY_ASSIGN(rules, check_rules(campaign, session, field));
    CampaignEntry entry{std::move(rules), session.id, {}, campaign.name, campaign.description};
    entry.picture = campaign.picture;
    return entry;
}

Checked<Session> check_session(const TimesAndLimits& given) {
    constexpr std::uint64_t kLimitMax = 1'000'000;
    ONSALE_TRY(check_id(given.id, "session.id"));
    Session session;
    session.id = domain::SessionId(given.id);
    ONSALE_TRY_ASSIGN(starts_at, check_time(given.starts_at, "session.starts_at"));
    ONSALE_TRY_ASSIGN(ends_at, check_time(given.ends_at, "session.ends_at"));
    if (ends_at <= starts_at) return mistake("session.ends_at", "must be after starts_at");
    session.starts_at = starts_at;
    session.ends_at = ends_at;
    ONSALE_TRY_ASSIGN(orders,
                      check_limit(given.orders_per_person, kLimitMax, "session.orders_per_person"));
    ONSALE_TRY_ASSIGN(
        tickets, check_limit(given.tickets_per_person, kLimitMax, "session.tickets_per_person"));
    session.orders_per_person = orders;
    session.tickets_per_person = tickets;
    session.sale_ends_at_start = given.sale_ends_at_start;
    ONSALE_TRY(check_short(given.venue, kVenueBytesMax, "session.venue"));
    ONSALE_TRY(check_description(given.notice, "session.notice"));
    return session;
}

Checked<void> check_sizes(const SessionDefinition& definition) {
    ONSALE_TRY(check_size(definition.pools.size(), domain::kPoolsPerSessionMax, "pools"));
    ONSALE_TRY(check_size(definition.tiers.size(), domain::kTiersPerSessionMax, "tiers"));
    return check_size(definition.campaigns.size(), domain::kCampaignsPerSessionMax, "campaigns");
}

// No id of the list stands twice.
template <class List>
Checked<void> check_unique(const List& list, std::string_view name) {
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!seen.insert(list[i].id).second) return mistake(place(name, i) + ".id", "stands twice");
    }
    return {};
}

Checked<void> check_lists_unique(const std::vector<PoolDefinition>& pools) {
    std::set<std::uint64_t> seen;
    for (std::size_t i = 0; i < pools.size(); ++i) {
        if (pools[i].list && !seen.insert(*pools[i].list).second) {
            return mistake(place("pools", i) + ".list", "stands twice");
        }
    }
    return {};
}

}  // namespace

std::optional<std::int64_t> parse_price(std::string_view text) {
    if (text.empty()) return 0;
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    std::string digits(whole);
    if (point != std::string_view::npos) {
        const auto decimals = text.substr(point + 1);
        if (decimals.empty() || decimals.size() > 2) return std::nullopt;
        digits.append(decimals).append(2 - decimals.size(), '0');
    } else {
        digits.append("00");
    }
    const bool plain = !whole.empty() && std::all_of(digits.begin(), digits.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    if (!plain) return std::nullopt;
    std::int64_t minor = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), minor);
    if (read.ec != std::errc{}) return std::nullopt;
    return minor;
}

std::optional<base::Currency> parse_currency(std::string_view text) {
    if (text.empty() || text == "CNY") return base::Currency::cny;
    if (text == "USD") return base::Currency::usd;
    if (text == "EUR") return base::Currency::eur;
    return std::nullopt;
}

Checked<OrganiserEntry> check_organiser(const OrganiserDefinition& organiser) {
    ONSALE_TRY(check_id(organiser.id, "organiser.id"));
    ONSALE_TRY(check_name(organiser.name, "organiser.name"));
    ONSALE_TRY(check_description(organiser.description, "organiser.description"));
    return OrganiserEntry{
        OrganiserId(organiser.id), organiser.name, organiser.description, organiser.picture, {}};
}

Checked<ShowEntry> check_show(const ShowDefinition& show, OrganiserId organiser) {
    ONSALE_TRY(check_id(show.id, "show.id"));
    ONSALE_TRY(check_name(show.name, "show.name"));
    ONSALE_TRY(check_description(show.description, "show.description"));
    ONSALE_TRY(check_short(show.venue, kVenueBytesMax, "show.venue"));
    ONSALE_TRY(check_description(show.notice, "show.notice"));
    return ShowEntry{ShowId(show.id), organiser,   show.name,    show.description,
                     show.venue,      show.notice, show.picture, {}};
}

Checked<CampaignEntry> check_campaign(const CampaignDefinition& campaign,
                                      const domain::Session& session) {
    return check_campaign(campaign, session, "campaign");
}

Checked<TierEntry> check_tier(const TierDefinition& tier, const domain::Session& session) {
    return check_tier(tier, session, "tier");
}

Checked<domain::Session> check_times(const TimesAndLimits& times) {
    return check_session(times);
}

Checked<Banners> check_banners(const std::vector<BannerDefinition>& banners) {
    if (banners.size() > kBannersMax) {
        return mistake("banners", "has more than " + std::to_string(kBannersMax) + " entries");
    }
    Banners checked;
    for (std::size_t i = 0; i < banners.size(); ++i) {
        const auto& given = banners[i];
        const auto field = place("banners", i);
        Banner banner;
        ONSALE_TRY(check_name(given.title, field + ".title"));
        banner.picture = given.picture;
        banner.title = given.title;
        if (given.show && given.campaign)
            return mistake(field + ".campaign", "is given beside a show");
        if (given.show) banner.show = ShowId(*given.show);
        if (given.campaign) banner.campaign = domain::CampaignId(*given.campaign);
        ONSALE_TRY_ASSIGN(from, check_optional_time(given.from, field + ".from"));
        ONSALE_TRY_ASSIGN(until, check_optional_time(given.until, field + ".until"));
        if (from && until && *from >= *until)
            return mistake(field + ".until", "must be after from");
        banner.from = from;
        banner.until = until;
        checked.push_back(std::move(banner));
    }
    return checked;
}

Checked<SessionEntry> check_definition(const SessionDefinition& definition) {
    ONSALE_TRY_ASSIGN(organiser, check_organiser(definition.organiser));
    ONSALE_TRY_ASSIGN(show, check_show(definition.show, organiser.id));
    ONSALE_TRY(check_sizes(definition));
    ONSALE_TRY_ASSIGN(session, check_session(definition.session));
    ONSALE_TRY_ASSIGN(terms, check_terms(definition.terms, {}));
    session.refunds = terms.refunds;
    session.late_payment = terms.late_payment;
    session.organiser = domain::OrganiserId(organiser.id.value());
    ONSALE_TRY(check_unique(definition.pools, "pools"));
    ONSALE_TRY(check_lists_unique(definition.pools));
    ONSALE_TRY(check_unique(definition.tiers, "tiers"));
    ONSALE_TRY(check_unique(definition.campaigns, "campaigns"));
    SessionEntry entry;
    entry.organiser = std::make_shared<const OrganiserEntry>(std::move(organiser));
    entry.show = std::make_shared<const ShowEntry>(std::move(show));
    entry.venue = definition.session.venue;
    entry.notice = definition.session.notice;
    for (std::size_t i = 0; i < definition.pools.size(); ++i) {
        ONSALE_TRY_ASSIGN(pool, check_pool(definition.pools[i], place("pools", i)));
        session.pools.push_back(std::move(pool));
    }
    for (std::size_t i = 0; i < definition.tiers.size(); ++i) {
        ONSALE_TRY_ASSIGN(tier, check_tier(definition.tiers[i], session, place("tiers", i)));
        session.tiers.push_back(tier.rules);
        entry.tiers.push_back(std::move(tier));
    }
    for (std::size_t i = 0; i < definition.campaigns.size(); ++i) {
        ONSALE_TRY_ASSIGN(campaign,
                          check_campaign(definition.campaigns[i], session, place("campaigns", i)));
        session.campaigns.push_back(campaign.rules);
        entry.campaigns.push_back(std::move(campaign));
    }
    entry.definition = std::make_shared<const Session>(std::move(session));
    return entry;
}

}  // namespace onsale::catalog
