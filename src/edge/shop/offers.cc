#include "shop/offers.h"

#include <algorithm>
#include <charconv>

#include "answers/json_text.h"
#include "catalog/search.h"

namespace onsale::shop {
using namespace answers;
using namespace gate;
namespace {

bool is_wanted(const catalog::SessionEntry& session, const catalog::CampaignEntry& campaign,
               const OfferQuery& query) {
    if (query.organiser != 0 && session.organiser->id.value() != query.organiser) return false;
    return query.text.empty() || campaign.search.find(query.text) != std::string::npos;
}

bool is_wanted(const catalog::Directory& directory, const catalog::ShowListing& show,
               const OfferQuery& query) {
    if (query.organiser != 0 && show.show->organiser.value() != query.organiser) return false;
    if (query.text.empty()) return true;
    const auto organiser = directory.find_organiser(show.show->organiser);
    if (catalog::search_text(*show.show, organiser.get()).find(query.text) != std::string::npos)
        return true;
    return std::ranges::any_of(show.sessions, [&](const auto& session) {
        return std::ranges::any_of(session->campaigns, [&](const auto& campaign) {
            return campaign.search.find(query.text) != std::string::npos;
        });
    });
}

OfferState offer_state(const catalog::ShowListing& show, base::Timestamp now) {
    OfferState state = OfferState::all;
    for (const auto& session : show.sessions) {
        for (const auto& campaign : session->campaigns) {
            if (campaign.cancelled || now >= campaign.rules.closes_at) continue;
            if (now >= campaign.rules.opens_at) return OfferState::current;
            state = OfferState::upcoming;
        }
    }
    return state;
}

std::string place_text(const catalog::CampaignEntry& campaign) {
    return std::to_string(campaign.rules.opens_at.unix_ms()) + "-" +
           std::to_string(campaign.rules.id.value());
}

}  // namespace

std::string OfferQuery::key(std::string_view list) const {
    std::string key(list);
    key += '?';
    key += std::to_string(static_cast<unsigned>(state));
    for (const auto number : {organiser, limit}) {
        key += '&';
        append_number(key, number);
    }
    return key + "&" + after + "&" + text;
}

std::optional<OfferQuery> offer_query(Call& call) {
    OfferQuery query;
    query.text = catalog::fold(call.request.query_value("query").value_or(std::string()));
    if (query.text.size() > kQueryBytesMax) {
        call.fail_field("query", "is longer than 100 bytes");
        return std::nullopt;
    }
    const auto organiser = number_query(call, {"organiser", 0, 1, domain::kIdMax});
    if (!organiser) return std::nullopt;
    const auto limit = number_query(call, {"limit", kOffersPerPage, 1, kOffersPerPageMax});
    if (!limit) return std::nullopt;
    query.organiser = *organiser;
    query.limit = *limit;
    query.after = call.request.query_value("after").value_or(std::string());
    return query;
}

std::optional<std::pair<std::int64_t, std::uint64_t>> parse_place(std::string_view after) {
    std::int64_t opens_at = 0;
    const char* last = after.data() + after.size();
    const auto [end, error] = std::from_chars(after.data(), last, opens_at);
    if (error != std::errc{} || end == last || *end != '-') return std::nullopt;
    const auto id = parse_id({end + 1, static_cast<std::size_t>(last - end - 1)});
    if (!id) return std::nullopt;
    return std::pair(opens_at, *id);
}

Present present_of(const Api& api) {
    return {api.context.clock.wall_now(), api.context.live_stock};
}

CampaignPageBody campaign_page(const Api& api, const OfferQuery& query) {
    const auto present = present_of(api);
    const auto directory = api.context.catalog.directory();
    const auto after = parse_place(query.after);
    CampaignPageBody page;
    const catalog::CampaignEntry* last = nullptr;
    for (const auto* campaign : query.state == OfferState::upcoming
                                    ? directory->upcoming(present.now)
                                    : directory->current(present.now)) {
        const std::pair place(campaign->rules.opens_at.unix_ms(), campaign->rules.id.value());
        if (after && place <= *after) continue;
        const auto session = directory->find_session(campaign->session);
        if (!session || !is_wanted(*session, *campaign, query)) continue;
        if (page.campaigns.size() == query.limit) {
            page.next = place_text(*last);
            break;
        }
        page.campaigns.push_back(campaign_body(*session, *campaign, present));
        last = campaign;
    }
    return page;
}

ShowSummaryBody show_summary(const catalog::Directory& directory, const catalog::ShowListing& show,
                             base::Timestamp now) {
    ShowSummaryBody body;
    body.id = show.show->id.value();
    body.name = text_body(show.show->name);
    body.description = text_body(show.show->description);
    body.venue = optional_text(show.show->venue);
    body.picture = picture_url(show.show->picture);
    body.organiser.id = show.show->organiser.value();
    if (const auto organiser = directory.find_organiser(show.show->organiser))
        body.organiser.name = text_body(organiser->name);
    const auto state = offer_state(show, now);
    body.state =
        state == OfferState::all ? "none" : (state == OfferState::current ? "on_sale" : "upcoming");
    std::optional<base::Money> price;
    for (const auto& session : show.sessions) {
        if (session->status.cancelled || now >= session->definition->ends_at) continue;
        ++body.sessions;
        if (!body.starts_at) body.starts_at = base::to_rfc3339(session->definition->starts_at);
        for (const auto& tier : session->tiers) {
            const base::Money& asked = tier.rules.price;
            // Amounts of different currencies are not compared: the first session's counts.
            if (!price || (asked.currency == price->currency && asked.minor < price->minor))
                price = asked;
        }
    }
    if (price) body.price_from = {price->minor, std::string(answers::to_string(price->currency))};
    return body;
}

ShowPageBody show_page(const Api& api, const OfferQuery& query) {
    const auto now = api.context.clock.wall_now();
    const auto directory = api.context.catalog.directory();
    const auto after = parse_id(query.after).value_or(0);
    ShowPageBody page;
    for (const auto& show : directory->listing().shows) {
        if (show.show->id.value() <= after) continue;
        if (query.state != OfferState::all && offer_state(show, now) != query.state) continue;
        if (!is_wanted(*directory, show, query)) continue;
        if (page.shows.size() == query.limit) {
            page.next = page.shows.back().id;
            break;
        }
        page.shows.push_back(show_summary(*directory, show, now));
    }
    return page;
}

bool answer_from_shelf(Call& call) {
    const auto ready = call.api.shelves.of(call.home()).find(call.request);
    if (ready == nullptr) return false;
    call.responder.send(http::answer_from(*ready, call.request));
    return true;
}

}  // namespace onsale::shop
