#include "catalog/directory.h"

#include <algorithm>
#include <tuple>

namespace onsale::catalog {

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

void Directory::index(const SharedSession& session) {
    for (std::uint32_t i = 0; i < session->campaigns.size(); ++i) {
        campaigns_[session->campaigns[i].rules.id.value()] = {session.get(), i};
        by_opening_.push_back(&session->campaigns[i]);
    }
    for (std::uint32_t i = 0; i < session->tiers.size(); ++i) {
        tiers_[session->tiers[i].rules.id.value()] = {session.get(), i};
    }
}

std::shared_ptr<const Directory> Directory::with(SharedSession session) const {
    auto next = std::make_shared<Directory>();
    next->sessions_ = sessions_;
    next->sessions_[session->definition->id] = std::move(session);
    for (const auto& [id, entry] : next->sessions_) next->index(entry);
    std::sort(next->by_opening_.begin(), next->by_opening_.end(), [](const auto* a, const auto* b) {
        return std::tie(a->rules.opens_at, a->rules.id) < std::tie(b->rules.opens_at, b->rules.id);
    });
    return next;
}

SharedSession Directory::find_session(domain::SessionId session) const {
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? nullptr : found->second;
}

SharedSession Directory::session_of(domain::CampaignId campaign) const {
    const auto* entry = find_campaign(campaign);
    return entry == nullptr ? nullptr : find_session(entry->session);
}

const CampaignEntry* Directory::find_campaign(domain::CampaignId campaign) const {
    const auto found = campaigns_.find(campaign.value());
    if (found == campaigns_.end()) return nullptr;
    return &found->second.session->campaigns[found->second.index];
}

const TierEntry* Directory::find_tier(domain::TierId tier) const {
    const auto found = tiers_.find(tier.value());
    if (found == tiers_.end()) return nullptr;
    return &found->second.session->tiers[found->second.index];
}

std::vector<const CampaignEntry*> Directory::current(base::Timestamp now) const {
    std::vector<const CampaignEntry*> open;
    for (const auto* campaign : by_opening_) {
        if (campaign->rules.opens_at > now) break;
        if (now < campaign->rules.closes_at) open.push_back(campaign);
    }
    return open;
}

std::vector<const CampaignEntry*> Directory::upcoming(base::Timestamp now) const {
    const auto first =
        std::upper_bound(by_opening_.begin(), by_opening_.end(), now,
                         [](base::Timestamp at, const auto* c) { return at < c->rules.opens_at; });
    return {first, by_opening_.end()};
}

}  // namespace onsale::catalog
