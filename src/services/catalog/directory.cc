#include "catalog/directory.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace onsale::catalog {
namespace {

template <class Id>
bool by_id(const Id& a, const Id& b) {
    return a->id < b->id;
}

void sort_by_start(std::vector<SharedSession>& sessions) {
    std::sort(sessions.begin(), sessions.end(), [](const SharedSession& a, const SharedSession& b) {
        return std::tie(a->definition->starts_at, a->definition->id) <
               std::tie(b->definition->starts_at, b->definition->id);
    });
}

}  // namespace

const TierEntry* SessionEntry::find_tier(domain::TierId tier) const {
    const auto found = std::find_if(tiers.begin(), tiers.end(),
                                    [&](const TierEntry& entry) { return entry.rules.id == tier; });
    return found == tiers.end() ? nullptr : &*found;
}

const CampaignEntry* SessionEntry::find_campaign(domain::CampaignId campaign) const {
    const auto found =
        std::find_if(campaigns.begin(), campaigns.end(),
                     [&](const CampaignEntry& entry) { return entry.rules.id == campaign; });
    return found == campaigns.end() ? nullptr : &*found;
}

const domain::Pool* SessionEntry::find_pool(domain::PoolId pool) const {
    const auto& pools = definition->pools;
    const auto found = std::find_if(pools.begin(), pools.end(),
                                    [&](const domain::Pool& entry) { return entry.id == pool; });
    return found == pools.end() ? nullptr : &*found;
}

const ShowListing* Listing::find_show(ShowId show) const {
    const auto found =
        std::lower_bound(shows.begin(), shows.end(), show,
                         [](const ShowListing& entry, ShowId id) { return entry.show->id < id; });
    return found != shows.end() && found->show->id == show ? &*found : nullptr;
}

void Directory::put(const SharedSession& session) {
    for (std::uint32_t i = 0; i < session->campaigns.size(); ++i) {
        campaigns_.set(session->campaigns[i].rules.id.value(), {session.get(), i});
    }
    for (std::uint32_t i = 0; i < session->tiers.size(); ++i) {
        tiers_.set(session->tiers[i].rules.id.value(), {session.get(), i});
    }
    if (organisers_.find(session->organiser->id.value()) == nullptr) {
        organisers_.set(session->organiser->id.value(), session->organiser);
    }
    if (shows_.find(session->show->id.value()) == nullptr) {
        shows_.set(session->show->id.value(), session->show);
    }
    sessions_.set(session->definition->id.value(), session);
}

std::shared_ptr<const Directory> Directory::with(const DirectoryChange& change) const {
    auto next = std::make_shared<Directory>();
    next->sessions_ = sessions_;
    next->campaigns_ = campaigns_;
    next->tiers_ = tiers_;
    next->organisers_ = organisers_;
    next->shows_ = shows_;
    next->banners_ = change.banners ? change.banners : banners_;
    for (const auto& organiser : change.organisers)
        next->organisers_.set(organiser->id.value(), organiser);
    for (const auto& show : change.shows) next->shows_.set(show->id.value(), show);
    for (const auto& session : change.sessions) next->put(session);
    return next;
}

std::shared_ptr<const Directory> Directory::with(SharedSession session) const {
    DirectoryChange change;
    change.sessions.push_back(std::move(session));
    return with(change);
}

SharedSession Directory::find_session(domain::SessionId session) const {
    const auto* found = sessions_.find(session.value());
    return found == nullptr ? nullptr : *found;
}

SharedSession Directory::session_of(domain::CampaignId campaign) const {
    const auto* place = campaigns_.find(campaign.value());
    return place == nullptr ? nullptr : find_session(place->session->definition->id);
}

SharedSession Directory::session_of(domain::TierId tier) const {
    const auto* place = tiers_.find(tier.value());
    return place == nullptr ? nullptr : find_session(place->session->definition->id);
}

const CampaignEntry* Directory::find_campaign(domain::CampaignId campaign) const {
    const auto* place = campaigns_.find(campaign.value());
    return place == nullptr ? nullptr : &place->session->campaigns[place->index];
}

const TierEntry* Directory::find_tier(domain::TierId tier) const {
    const auto* place = tiers_.find(tier.value());
    return place == nullptr ? nullptr : &place->session->tiers[place->index];
}

SharedOrganiser Directory::find_organiser(OrganiserId organiser) const {
    const auto* found = organisers_.find(organiser.value());
    return found == nullptr ? nullptr : *found;
}

SharedShow Directory::find_show(ShowId show) const {
    const auto* found = shows_.find(show.value());
    return found == nullptr ? nullptr : *found;
}

std::vector<const CampaignEntry*> Directory::current(base::Timestamp now) const {
    std::vector<const CampaignEntry*> open;
    for (const auto* campaign : listing().by_opening) {
        if (campaign->rules.opens_at > now) break;
        if (now < campaign->rules.closes_at && !campaign->cancelled) open.push_back(campaign);
    }
    return open;
}

std::vector<const CampaignEntry*> Directory::upcoming(base::Timestamp now) const {
    const auto& campaigns = listing().by_opening;
    const auto first =
        std::upper_bound(campaigns.begin(), campaigns.end(), now,
                         [](base::Timestamp at, const auto* c) { return at < c->rules.opens_at; });
    std::vector<const CampaignEntry*> next;
    std::copy_if(first, campaigns.end(), std::back_inserter(next),
                 [](const auto* campaign) { return !campaign->cancelled; });
    return next;
}

const Listing& Directory::listing() const {
    std::call_once(listing_made_, [this] { listing_ = make_listing(); });
    return *listing_;
}

std::unique_ptr<const Listing> Directory::make_listing() const {
    auto listing = std::make_unique<Listing>();
    sessions_.for_each([&](const SharedSession& entry) {
        (entry->removed ? listing->removed : listing->sessions).push_back(entry);
    });
    std::sort(listing->sessions.begin(), listing->sessions.end(),
              [](const auto& a, const auto& b) { return a->definition->id < b->definition->id; });
    organisers_.for_each([&](const SharedOrganiser& o) { listing->organisers.push_back(o); });
    std::sort(listing->organisers.begin(), listing->organisers.end(), by_id<SharedOrganiser>);
    shows_.for_each([&](const SharedShow& show) { listing->shows.push_back({show, {}}); });
    std::sort(listing->shows.begin(), listing->shows.end(),
              [](const auto& a, const auto& b) { return by_id(a.show, b.show); });
    for (const auto& session : listing->sessions) {
        for (const auto& campaign : session->campaigns) listing->by_opening.push_back(&campaign);
        const auto show = std::lower_bound(
            listing->shows.begin(), listing->shows.end(), session->show->id,
            [](const ShowListing& entry, ShowId id) { return entry.show->id < id; });
        show->sessions.push_back(session);  // put() has added every session's show
    }
    for (auto& show : listing->shows) sort_by_start(show.sessions);
    std::sort(listing->by_opening.begin(), listing->by_opening.end(),
              [](const auto* a, const auto* b) {
                  return std::tie(a->rules.opens_at, a->rules.id) <
                         std::tie(b->rules.opens_at, b->rules.id);
              });
    return listing;
}

}  // namespace onsale::catalog
