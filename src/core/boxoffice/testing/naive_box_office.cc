// The reads of the naive twin, and its counting. The rules of its commands: naive_orders.cc,
// naive_sessions.cc.
#include "boxoffice/testing/naive_box_office.h"

#include <algorithm>

namespace onsale::boxoffice::testing {

using domain::OrderState;

std::size_t NaiveBoxOffice::pool_of(const domain::Session& session, domain::TierId tier) {
    std::size_t at = 0;
    for (const auto& known : session.tiers) {
        if (known.id != tier) continue;
        while (session.pools[at].id != known.pool) ++at;
    }
    return at;
}

const NaiveBoxOffice::Sale* NaiveBoxOffice::sale_of(domain::SessionId id) const {
    for (const auto& sale : sales_) {
        if (sale.definition.id == id) return &sale;
    }
    return nullptr;
}

NaiveBoxOffice::Sale* NaiveBoxOffice::sale_of(domain::SessionId id) {
    for (auto& sale : sales_) {
        if (sale.definition.id == id) return &sale;
    }
    return nullptr;
}

const NaiveBoxOffice::Sale* NaiveBoxOffice::sale_of(domain::CampaignId id) const {
    for (const auto& sale : sales_) {
        for (const auto& campaign : sale.definition.campaigns) {
            if (campaign.id == id) return &sale;
        }
    }
    return nullptr;
}

domain::StockCount NaiveBoxOffice::count(const Sale& sale, std::size_t pool) const {
    domain::StockCount stock;
    for (const auto& addition : sale.definition.pools[pool].additions)
        stock.capacity += addition.count;
    stock.withdrawn = sale.withdrawn[pool];
    for (const auto& order : orders_) {
        if (order.session != sale.definition.id) continue;
        for (const auto& line : order.lines) {
            if (pool_of(sale.definition, line.tier) != pool) continue;
            if (order.state == OrderState::reserved) stock.held += line.quantity;
            if (order.state == OrderState::completed) stock.sold += line.quantity;
            if (order.state == OrderState::refunded) stock.withdrawn += line.quantity;
        }
    }
    stock.free = stock.capacity - stock.held - stock.sold - stock.withdrawn;
    return stock;
}

std::uint64_t NaiveBoxOffice::orders_in(const Sale& sale, OrderState state) const {
    std::uint64_t found = 0;
    for (const auto& order : orders_)
        found += order.session == sale.definition.id && order.state == state ? 1U : 0U;
    return found;
}

// An order ends at its deadline or when its session is cancelled, whichever comes first, and not
// when somebody comes round to write it down.
domain::Order NaiveBoxOffice::view(domain::Order order, base::Timestamp now) const {
    const Sale& sale = *sale_of(order.session);
    const bool is_cancelled = sale.status.cancelled;
    if (order.state == OrderState::completed && is_cancelled) {
        order.state = OrderState::refunded;
        order.changed_at = sale.status.cancelled_at;
    }
    if (order.state != OrderState::reserved) return order;
    if (is_cancelled && sale.status.cancelled_at < order.deadline) {
        order.state = OrderState::cancelled;
        order.changed_at = sale.status.cancelled_at;
    } else if (order.deadline <= now) {
        order.state = OrderState::expired;
        order.changed_at = order.deadline;
    }
    return order;
}

std::vector<PoolView> NaiveBoxOffice::stock() const {
    std::vector<PoolView> pools;
    for (const auto& sale : sales_) {
        if (sale.status.retired) continue;
        for (std::size_t i = 0; i < sale.definition.pools.size(); ++i) {
            const auto& pool = sale.definition.pools[i];
            pools.push_back({sale.definition.id, pool.id, pool.kind, count(sale, i)});
        }
    }
    std::ranges::stable_sort(pools, {}, &PoolView::session);
    return pools;
}

std::optional<domain::Order> NaiveBoxOffice::find_order(domain::OrderId id,
                                                        base::Timestamp now) const {
    for (const auto& order : orders_) {
        if (order.id == id) return view(order, now);
    }
    return std::nullopt;
}

std::vector<domain::Order> NaiveBoxOffice::orders_of(domain::PersonId person,
                                                     base::Timestamp now) const {
    std::vector<domain::Order> found;
    for (const auto& order : orders_) {
        if (order.person == person && !order.hidden) found.push_back(view(order, now));
    }
    std::ranges::reverse(found);
    return found;
}

std::optional<domain::Order> NaiveBoxOffice::joined(domain::CampaignId campaign,
                                                    domain::PersonId person,
                                                    base::Timestamp now) const {
    const Sale* sale = sale_of(campaign);
    if (sale == nullptr) return std::nullopt;
    const auto& campaigns = sale->definition.campaigns;
    if (!std::ranges::find(campaigns, campaign, &domain::Campaign::id)->one_per_person)
        return std::nullopt;
    for (const auto& order : orders_) {
        const auto seen = view(order, now);
        if (order.campaign == campaign && order.person == person && domain::is_live(seen.state))
            return seen;
    }
    return std::nullopt;
}

const domain::Session* NaiveBoxOffice::find_session(domain::SessionId id) const {
    const Sale* sale = sale_of(id);
    return sale == nullptr ? nullptr : &sale->definition;
}

std::optional<domain::SessionStatus> NaiveBoxOffice::status_of(domain::SessionId id) const {
    const Sale* sale = sale_of(id);
    if (sale == nullptr) return std::nullopt;
    return sale->status;
}

base::Timestamp NaiveBoxOffice::next_deadline() const {
    auto next = base::Timestamp::never();
    for (const auto& order : orders_) {
        if (order.state == OrderState::reserved) next = std::min(next, order.deadline);
    }
    return next;
}

bool NaiveBoxOffice::has_orders_to_end() const {
    return std::ranges::any_of(orders_, [this](const auto& order) {
        return domain::is_live(order.state) && sale_of(order.session)->status.cancelled;
    });
}

std::vector<domain::SessionId> NaiveBoxOffice::ready_to_retire(base::Timestamp ended_before) const {
    std::vector<domain::SessionId> ready;
    for (const auto& sale : sales_) {
        const std::uint64_t unfinished =
            orders_in(sale, OrderState::reserved) +
            (sale.status.cancelled ? orders_in(sale, OrderState::completed) : 0);
        if (!sale.status.retired && sale.definition.ends_at < ended_before && unfinished == 0)
            ready.push_back(sale.definition.id);
    }
    std::ranges::sort(ready);
    return ready;
}

}  // namespace onsale::boxoffice::testing
