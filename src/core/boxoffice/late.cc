#include "boxoffice/internal/late.h"

#include <algorithm>
#include <vector>

namespace onsale::boxoffice {
namespace {

using domain::OrderState;

// Lines are chosen against the stock that is free now, less what the lines before have taken. An
// order whose end nobody has written down yet still holds its own.
class Choice {
  public:
    Choice(const domain::Order& order, const StoredOrder& stored)
        : order_(order), session_(*stored.campaign->session), campaign_(*stored.campaign) {
        for (const auto& pool : session_.pools) free_.push_back(pool.count.free);
        if (!domain::holds_stock(stored.state)) return;
        for (const auto& line : order.lines) free_[pool_of(line.tier)] += line.quantity;
    }

    // The same lines; nothing if one of them is not free.
    std::optional<LateLines> same() {
        LateLines chosen;
        for (const auto& line : order_.lines)
            if (!take(line, line.tier, chosen)) return std::nullopt;
        return chosen;
    }

    // For each line its own tier, else the cheapest of the campaign that costs at least as much.
    std::optional<LateLines> better() {
        LateLines chosen;
        for (const auto& line : order_.lines) {
            if (take(line, line.tier, chosen)) continue;
            const auto tier = cheapest_above(line, chosen);
            if (!tier || !take(line, *tier, chosen)) return std::nullopt;
            chosen.replaced = true;
        }
        return chosen;
    }

  private:
    std::size_t pool_of(domain::TierId tier) const {
        return session_.pool_of_tier[session_.tier_index(tier)];
    }

    bool take(const domain::OrderLine& line, domain::TierId tier, LateLines& chosen) {
        std::uint64_t& free = free_[pool_of(tier)];
        const bool stands_twice = std::ranges::any_of(
            chosen.lines, [&](const domain::OrderLine& other) { return other.tier == tier; });
        if (free < line.quantity || stands_twice) return false;
        free -= line.quantity;
        chosen.lines.push_back({tier, line.quantity, line.unit_price, 0});
        return true;
    }

    // Of tiers that no other line has or was given.
    std::optional<domain::TierId> cheapest_above(const domain::OrderLine& line,
                                                 const LateLines& chosen) const {
        const auto is_taken = [](const domain::OrderLines& lines, domain::TierId tier) {
            return std::ranges::any_of(
                lines, [&](const domain::OrderLine& other) { return other.tier == tier; });
        };
        const domain::Tier* found = nullptr;
        for (const auto id : session_.campaign(campaign_).tiers) {
            const domain::Tier& tier = session_.definition.tiers[session_.tier_index(id)];
            const bool fits =
                tier.on_sale && !is_taken(order_.lines, id) && !is_taken(chosen.lines, id) &&
                tier.price.currency == line.unit_price.currency &&
                tier.price.minor >= line.unit_price.minor && free_[pool_of(id)] >= line.quantity;
            if (fits && (found == nullptr || tier.price < found->price)) found = &tier;
        }
        if (found == nullptr) return std::nullopt;
        return found->id;
    }

    const domain::Order& order_;
    const SessionState& session_;
    const CampaignState& campaign_;
    std::vector<std::uint64_t> free_;  // by pool
};

// The limits per person, once more: the person may have bought something else meanwhile.
bool limits_allow(const domain::Order& order, const StoredOrder& stored) {
    const SessionState& session = *stored.campaign->session;
    const domain::Session& definition = session.definition;
    const auto found = session.usage.find(order.person);
    Usage usage = found == session.usage.end() ? Usage{} : found->second;
    const bool counts_itself = domain::is_live(stored.state);
    if (counts_itself) {
        usage.orders -= 1;
        usage.tickets -= order.quantity();
    }
    if (definition.orders_per_person != 0 && usage.orders >= definition.orders_per_person)
        return false;
    if (definition.tickets_per_person != 0 &&
        usage.tickets + order.quantity() > definition.tickets_per_person)
        return false;
    const auto joined = stored.campaign->joined.find(order.person);
    return joined == stored.campaign->joined.end() || joined->second == order.id;
}

}  // namespace

std::optional<LateLines> late_lines(const domain::Order& order, const StoredOrder& stored,
                                    base::Timestamp now) {
    const SessionState& session = *stored.campaign->session;
    const domain::Session& definition = session.definition;
    const base::Timestamp until =
        definition.sale_ends_at_start ? definition.starts_at : definition.ends_at;
    const bool may_live_again =
        order.state == OrderState::expired || order.state == OrderState::cancelled;
    if (definition.late_payment == domain::LatePayment::refund || session.status.cancelled ||
        now >= until || !may_live_again || !limits_allow(order, stored))
        return std::nullopt;
    if (auto lines = Choice(order, stored).same()) return lines;
    if (definition.late_payment != domain::LatePayment::same_or_better) return std::nullopt;
    return Choice(order, stored).better();
}

}  // namespace onsale::boxoffice
