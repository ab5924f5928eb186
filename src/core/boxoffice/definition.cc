#include <algorithm>
#include <set>

#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {
namespace {

using domain::kIdMax;

constexpr auto kHoldTimeMax = base::Duration::days(30);
constexpr auto kRefundNoticeMax = base::Duration::days(3650);

bool id_is_valid(std::uint64_t id) {
    return id >= 1 && id <= kIdMax;
}

// Every id of the list is valid and none stands twice.
template <class List>
bool ids_are_valid(const List& list) {
    std::set<std::uint64_t> seen;
    return std::all_of(list.begin(), list.end(), [&](const auto& item) {
        return id_is_valid(item.id.value()) && seen.insert(item.id.value()).second;
    });
}

bool pool_is_valid(const domain::Pool& pool) {
    std::uint64_t stock = 0;
    for (const auto& addition : pool.additions) {
        if (addition.count == 0 || addition.count > domain::kStockPerPoolMax) return false;
        stock += addition.count;
    }
    return ids_are_valid(pool.additions) && ids_are_valid(pool.withdrawals) &&
           pool.additions.size() <= domain::kAdditionsPerPoolMax &&
           pool.withdrawals.size() <= domain::kWithdrawalsPerPoolMax &&
           stock <= domain::kStockPerPoolMax;
}

bool tier_is_valid(const domain::Tier& tier, const domain::Session& session) {
    const bool pool_known = std::any_of(session.pools.begin(), session.pools.end(),
                                        [&](const auto& pool) { return pool.id == tier.pool; });
    return pool_known && price_is_valid(tier.price, session);
}

bool terms_are_valid(const domain::Session& session) {
    const domain::RefundPolicy& refunds = session.refunds;
    return refunds.until_before_start >= base::Duration{} &&
           refunds.until_before_start <= kRefundNoticeMax &&
           refunds.fee_basis_points <= domain::kBasisPoints &&
           refunds.second_review_from_minor >= 0;
}

}  // namespace

bool price_is_valid(base::Money price, const domain::Session& session) {
    return price.minor >= 0 && price.minor <= domain::kPriceMinorMax &&
           price.currency == session.tiers.front().price.currency;
}

bool campaign_fits(const domain::Campaign& campaign, const domain::Session& session) {
    return campaign.closes_at <= (session.sale_ends_at_start ? session.starts_at : session.ends_at);
}

bool campaigns_fit(const domain::Session& session) {
    return std::all_of(session.campaigns.begin(), session.campaigns.end(),
                       [&](const auto& campaign) { return campaign_fits(campaign, session); });
}

bool campaign_is_valid(const domain::Campaign& campaign, const domain::Session& session) {
    if (!id_is_valid(campaign.id.value()) || campaign.opens_at >= campaign.closes_at) return false;
    if (campaign.hold_time <= base::Duration{} || campaign.hold_time > kHoldTimeMax) return false;
    if (campaign.tickets_per_order > domain::kTicketsPerOrderMax || campaign.tiers.empty())
        return false;
    const std::set<domain::TierId> tiers(campaign.tiers.begin(), campaign.tiers.end());
    return tiers.size() == campaign.tiers.size() &&
           std::all_of(tiers.begin(), tiers.end(), [&](domain::TierId id) {
               return std::any_of(session.tiers.begin(), session.tiers.end(),
                                  [&](const auto& tier) { return tier.id == id; });
           });
}

bool definition_is_valid(const domain::Session& session) {
    if (!id_is_valid(session.id.value()) || session.starts_at > session.ends_at) return false;
    if (session.pools.empty() || session.tiers.empty() || !terms_are_valid(session)) return false;
    if (session.pools.size() > domain::kPoolsPerSessionMax ||
        session.tiers.size() > domain::kTiersPerSessionMax ||
        session.campaigns.size() > domain::kCampaignsPerSessionMax) {
        return false;
    }
    if (!ids_are_valid(session.pools) || !ids_are_valid(session.tiers) ||
        !ids_are_valid(session.campaigns))
        return false;
    return std::all_of(session.pools.begin(), session.pools.end(), pool_is_valid) &&
           std::all_of(session.tiers.begin(), session.tiers.end(),
                       [&](const auto& tier) { return tier_is_valid(tier, session); }) &&
           std::all_of(session.campaigns.begin(), session.campaigns.end(),
                       [&](const auto& campaign) { return campaign_is_valid(campaign, session); });
}

}  // namespace onsale::boxoffice
