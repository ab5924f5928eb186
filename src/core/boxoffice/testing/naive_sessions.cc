// The naive twin's rules of sessions and stock.
#include <algorithm>
#include <set>
#include <utility>

#include "boxoffice/testing/naive_rules.h"

namespace onsale::boxoffice::testing {

using domain::OrderState;
using domain::Refusal;

namespace {

template <class List>
bool ids_are_good(const List& list) {
    std::set<std::uint64_t> ids;
    for (const auto& item : list) ids.insert(item.id.value());
    return ids.size() == list.size() &&
           (ids.empty() || (*ids.begin() > 0 && *ids.rbegin() <= domain::kIdMax));
}

bool price_is_good(const domain::Session& session, base::Money price) {
    return price.minor >= 0 && price.minor <= domain::kPriceMinorMax &&
           price.currency == session.tiers.at(0).price.currency;
}

bool campaign_is_good(const domain::Session& session, const domain::Campaign& campaign) {
    const auto latest = session.sale_ends_at_start ? session.starts_at : session.ends_at;
    std::set<domain::TierId> offered;
    for (const auto& tier : session.tiers) offered.insert(tier.id);
    std::set<domain::TierId> sold;
    for (const auto tier : campaign.tiers) {
        if (!offered.contains(tier)) return false;
        sold.insert(tier);
    }
    return campaign.id.value() > 0 && campaign.id.value() <= domain::kIdMax && !sold.empty() &&
           sold.size() == campaign.tiers.size() && campaign.opens_at < campaign.closes_at &&
           campaign.closes_at <= latest && campaign.hold_time > base::Duration() &&
           campaign.hold_time <= base::Duration::days(30) &&
           campaign.tickets_per_order <= domain::kTicketsPerOrderMax;
}

bool pool_is_good(const domain::Pool& pool) {
    std::uint64_t stock = 0;
    for (const auto& addition : pool.additions) {
        if (addition.count < 1 || addition.count > domain::kStockPerPoolMax) return false;
        stock += addition.count;
    }
    return ids_are_good(pool.additions) && stock <= domain::kStockPerPoolMax &&
           pool.additions.size() <= domain::kAdditionsPerPoolMax;
}

bool session_is_good(const domain::Session& session) {
    if (session.id.value() < 1 || session.id.value() > domain::kIdMax) return false;
    if (session.starts_at > session.ends_at) return false;
    if (session.pools.empty() || session.pools.size() > domain::kPoolsPerSessionMax) return false;
    if (session.tiers.empty() || session.tiers.size() > domain::kTiersPerSessionMax) return false;
    if (session.campaigns.size() > domain::kCampaignsPerSessionMax) return false;
    if (!ids_are_good(session.pools) || !ids_are_good(session.tiers) ||
        !ids_are_good(session.campaigns))
        return false;
    for (const auto& pool : session.pools) {
        if (!pool_is_good(pool)) return false;
    }
    for (const auto& tier : session.tiers) {
        const bool has_pool =
            std::ranges::find(session.pools, tier.pool, &domain::Pool::id) != session.pools.end();
        if (!has_pool || !price_is_good(session, tier.price)) return false;
    }
    return std::ranges::all_of(session.campaigns, [&](const auto& campaign) {
        return campaign_is_good(session, campaign);
    });
}

}  // namespace

void Naive::operator()(const domain::SetUpSession& command) {
    const domain::Session& wanted = *command.session;
    out.session = wanted.id;
    if (const Sale* known = office.sale_of(wanted.id)) {
        if (known->definition == wanted) return nothing_to_do();
        return refuse(Refusal::definition_conflict);
    }
    const bool has_withdrawals =
        std::ranges::any_of(wanted.pools, [](const auto& p) { return !p.withdrawals.empty(); });
    if (has_withdrawals || !session_is_good(wanted)) return refuse(Refusal::definition_invalid);
    for (const auto& campaign : wanted.campaigns) {
        if (std::as_const(office).sale_of(campaign.id) != nullptr)
            return refuse(Refusal::definition_conflict);
    }
    office.sales_.push_back({wanted, {}, std::vector<std::uint64_t>(wanted.pools.size(), 0)});
    done();
}

void Naive::operator()(const domain::ChangeCampaign& command) {
    Sale* sale = running_sale(command.session);
    if (sale == nullptr) return;
    const domain::Campaign& wanted = *command.campaign;
    out.campaign = wanted.id;
    auto& campaigns = sale->definition.campaigns;
    if (!campaign_is_good(sale->definition, wanted)) return refuse(Refusal::definition_invalid);
    const Sale* owner = std::as_const(office).sale_of(wanted.id);
    if (owner == nullptr) {
        if (campaigns.size() == domain::kCampaignsPerSessionMax)
            return refuse(Refusal::definition_invalid);
        campaigns.push_back(wanted);
        return done();
    }
    if (owner != sale) return refuse(Refusal::definition_conflict);
    auto& current = *std::ranges::find(campaigns, wanted.id, &domain::Campaign::id);
    if (current == wanted) return nothing_to_do();
    const bool has_orders = std::ranges::find(office.orders_, command.session,
                                              &domain::Order::session) != office.orders_.end();
    if (has_orders && current.one_per_person != wanted.one_per_person)
        return refuse(Refusal::definition_conflict);
    current = wanted;
    done();
}

void Naive::operator()(const domain::ChangeSession& command) {
    Sale* sale = running_sale(command.session);
    if (sale == nullptr) return;
    domain::Session changed = sale->definition;
    changed.starts_at = command.starts_at;
    changed.ends_at = command.ends_at;
    changed.orders_per_person = command.orders_per_person;
    changed.tickets_per_person = command.tickets_per_person;
    if (changed == sale->definition) return nothing_to_do();
    if (!session_is_good(changed)) return refuse(Refusal::definition_invalid);
    sale->definition = changed;
    done();
}

void Naive::operator()(const domain::ChangeTier& command) {
    Sale* sale = running_sale(command.session);
    if (sale == nullptr) return;
    for (auto& tier : sale->definition.tiers) {
        if (tier.id != command.tier) continue;
        if (!price_is_good(sale->definition, command.price))
            return refuse(Refusal::definition_invalid, {.tier = command.tier});
        if (tier.price == command.price && tier.on_sale == command.on_sale) return nothing_to_do();
        tier.price = command.price;
        tier.on_sale = command.on_sale;
        return done();
    }
    refuse(Refusal::tier_unknown, {.tier = command.tier});
}

void Naive::operator()(const domain::CancelSession& command) {
    Sale* sale = open_sale(command.session);
    if (sale == nullptr) return;
    if (sale->status.cancelled) return nothing_to_do();
    if (now >= sale->definition.starts_at)
        return refuse(Refusal::session_started, {.at = sale->definition.starts_at});
    sale->status.cancelled = true;
    sale->status.cancelled_at = now;
    done();
}

void Naive::operator()(const domain::RemoveSession& command) {
    Sale* sale = open_sale(command.session);
    if (sale == nullptr) return;
    if (sale->status.cancelled) return nothing_to_do();
    auto opens = base::Timestamp::never();
    for (const auto& campaign : sale->definition.campaigns)
        opens = std::min(opens, campaign.opens_at);
    const std::uint64_t live = office.orders_in(*sale, OrderState::reserved) +
                               office.orders_in(*sale, OrderState::completed);
    if (opens <= now || live != 0)
        return refuse(Refusal::session_not_removable, {.used = live, .at = opens});
    sale->status.cancelled = true;
    sale->status.cancelled_at = now;
    done();
}

void Naive::operator()(const domain::AddStock& command) {
    Sale* sale = running_sale(command.session);
    if (sale == nullptr) return;
    const std::size_t pool = find_pool(*sale, command.pool);
    if (pool == sale->definition.pools.size()) return;
    domain::Pool changed = sale->definition.pools[pool];
    for (const auto& addition : changed.additions) {
        if (addition.id != command.addition.id) continue;
        if (addition == command.addition) return nothing_to_do();
        return refuse(Refusal::definition_conflict);
    }
    changed.additions.push_back(command.addition);
    if (!pool_is_good(changed)) return refuse(Refusal::definition_invalid);
    sale->definition.pools[pool] = changed;
    done();
}

void Naive::operator()(const domain::WithdrawStock& command) {
    Sale* sale = open_sale(command.session);
    if (sale == nullptr) return;
    const std::size_t pool = find_pool(*sale, command.pool);
    if (pool == sale->definition.pools.size()) return;
    auto& known = sale->definition.pools[pool].withdrawals;
    const bool has_id = command.withdrawal != domain::WithdrawalId();
    for (const auto& withdrawal : known) {
        if (!has_id || withdrawal.id != command.withdrawal) continue;
        if (withdrawal.count == command.count) return nothing_to_do();
        return refuse(Refusal::definition_conflict);
    }
    if (has_id && (command.withdrawal.value() > domain::kIdMax ||
                   known.size() == domain::kWithdrawalsPerPoolMax))
        return refuse(Refusal::definition_invalid);
    const std::uint64_t free = office.count(*sale, pool).free;
    if (command.count == 0 || command.count > free)
        return refuse(Refusal::stock_not_free, {.free = free});
    sale->withdrawn[pool] += command.count;
    if (has_id) known.push_back({command.withdrawal, command.count});
    done();
}

void Naive::operator()(const domain::RetireSession& command) {
    Sale* sale = open_sale(command.session);
    if (sale == nullptr) return;
    if (now < sale->definition.ends_at)
        return refuse(Refusal::session_not_ended, {.at = sale->definition.ends_at});
    std::uint64_t unfinished = office.orders_in(*sale, OrderState::reserved);
    if (sale->status.cancelled) unfinished += office.orders_in(*sale, OrderState::completed);
    if (unfinished != 0) return refuse(Refusal::orders_not_final, {.used = unfinished});
    std::erase_if(office.orders_,
                  [&](const auto& order) { return order.session == command.session; });
    sale->status.retired = true;
    done();
}

domain::Outcome NaiveBoxOffice::run(const domain::Command& command, base::Timestamp now) {
    Naive naive{*this, now, {}};
    std::visit(naive, command);
    return naive.out;
}

}  // namespace onsale::boxoffice::testing
