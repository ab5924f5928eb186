// The naive twin's rules of orders.
#include <algorithm>
#include <utility>

#include "boxoffice/testing/naive_rules.h"

namespace onsale::boxoffice::testing {

using domain::OrderState;
using domain::OutcomeKind;
using domain::Refusal;

void Naive::operator()(const domain::PlaceOrder& command) {
    out.campaign = command.campaign;
    const Sale* sale = std::as_const(office).sale_of(command.campaign);
    if (sale == nullptr) return refuse(Refusal::campaign_unknown);
    out.session = sale->definition.id;
    const domain::Campaign& campaign =
        *std::ranges::find(sale->definition.campaigns, command.campaign, &domain::Campaign::id);
    if (know_already(command, *sale, campaign)) return;
    if (now < campaign.opens_at) return refuse(Refusal::not_open_yet, {.at = campaign.opens_at});
    if (now >= campaign.closes_at)
        return refuse(Refusal::campaign_ended, {.at = campaign.closes_at});
    const domain::WantedLines lines =
        command.lines.empty() ? choose(*sale, campaign) : command.lines;
    if (lines.empty()) return refuse(Refusal::tier_not_on_sale, {.tier = campaign.tiers.at(0)});
    if (!check_wish(lines, *sale, campaign) || !check_limits(command, *sale, lines) ||
        !check_stock(*sale, lines))
        return;
    place(command, *sale, lines);
}

bool Naive::know_already(const domain::PlaceOrder& command, const Sale& sale,
                         const domain::Campaign& campaign) {
    if (sale.status.retired) {
        refuse(Refusal::session_closed);
        return true;
    }
    for (const auto& order : office.orders_) {
        const bool same_key = order.idempotency_key == command.idempotency_key;
        if (command.idempotency_key == 0 || order.person != command.person || !same_key) continue;
        out.kind = OutcomeKind::repeated;
        out.order = office.view(order, now);
        if (order.body_hash != command.body_hash) refuse(Refusal::key_reused);
        return true;
    }
    if (sale.status.cancelled) {
        refuse(Refusal::session_cancelled, {.at = sale.status.cancelled_at});
        return true;
    }
    if (!campaign.one_per_person) return false;
    for (const auto& order : office.orders_) {
        if (order.person != command.person || order.campaign != campaign.id) continue;
        if (!domain::is_live(order.state)) continue;
        out.kind = OutcomeKind::already_joined;
        out.order = office.view(order, now);
        return true;
    }
    return false;
}

// The first tier on sale that has a ticket, else the first on sale, else none.
domain::WantedLines Naive::choose(const Sale& sale, const domain::Campaign& campaign) const {
    domain::WantedLines lines;
    std::optional<domain::TierId> chosen;
    for (const auto id : campaign.tiers) {
        const auto& tier = *std::ranges::find(sale.definition.tiers, id, &domain::Tier::id);
        if (!tier.on_sale) continue;
        if (!chosen) chosen = id;
        if (office.count(sale, NaiveBoxOffice::pool_of(sale.definition, id)).free == 0) continue;
        chosen = id;
        break;
    }
    if (chosen) lines.push_back({*chosen, 1});
    return lines;
}

bool Naive::check_wish(const domain::WantedLines& lines, const Sale& sale,
                       const domain::Campaign& campaign) {
    const std::uint64_t limit =
        campaign.tickets_per_order == 0 ? domain::kTicketsPerOrderMax : campaign.tickets_per_order;
    std::uint64_t tickets = 0;
    for (const auto& line : lines) {
        const auto is_this = [&](const domain::WantedLine& other) {
            return other.tier == line.tier;
        };
        tickets += line.quantity;
        if (std::ranges::find(campaign.tiers, line.tier) == campaign.tiers.end()) {
            refuse(Refusal::tier_unknown, {.tier = line.tier});
        } else if (!std::ranges::find(sale.definition.tiers, line.tier, &domain::Tier::id)
                        ->on_sale) {
            refuse(Refusal::tier_not_on_sale, {.tier = line.tier});
        } else if (line.quantity == 0) {
            refuse(Refusal::quantity_invalid, {.tier = line.tier});
        } else if (std::count_if(lines.begin(), lines.end(), is_this) > 1) {
            refuse(Refusal::tier_repeated, {.tier = line.tier});
        } else if (tickets > limit) {
            refuse(Refusal::over_tickets_per_order, {.limit = limit});
        } else {
            continue;
        }
        return false;
    }
    return true;
}

bool Naive::check_limits(const domain::PlaceOrder& command, const Sale& sale,
                         const domain::WantedLines& lines) {
    std::uint64_t orders = 0;
    std::uint64_t tickets = 0;
    for (const auto& order : office.orders_) {
        if (order.person != command.person || order.session != sale.definition.id) continue;
        if (!domain::is_live(order.state)) continue;
        orders += 1;
        tickets += order.quantity();
    }
    std::uint64_t wanted = 0;
    for (const auto& line : lines) wanted += line.quantity;
    const std::uint64_t orders_max = sale.definition.orders_per_person;
    const std::uint64_t tickets_max = sale.definition.tickets_per_person;
    if (orders_max != 0 && orders + 1 > orders_max) {
        refuse(Refusal::over_orders_per_person, {.limit = orders_max, .used = orders});
        return false;
    }
    if (tickets_max != 0 && tickets + wanted > tickets_max) {
        refuse(Refusal::over_tickets_per_person, {.limit = tickets_max, .used = tickets});
        return false;
    }
    return true;
}

bool Naive::check_stock(const Sale& sale, const domain::WantedLines& lines) {
    for (const auto& line : lines) {
        const std::size_t pool = NaiveBoxOffice::pool_of(sale.definition, line.tier);
        std::uint64_t wanted = 0;
        for (const auto& other : lines) {
            if (NaiveBoxOffice::pool_of(sale.definition, other.tier) == pool)
                wanted += other.quantity;
        }
        const std::uint64_t free = office.count(sale, pool).free;
        if (wanted <= free) continue;
        refuse(free == 0 ? Refusal::sold_out : Refusal::not_enough_stock,
               {.tier = line.tier, .free = free});
        return false;
    }
    return true;
}

// Codes are numbered through: what has ever been sold or withdrawn of the pool comes before.
void Naive::place(const domain::PlaceOrder& command, const Sale& sale,
                  const domain::WantedLines& lines) {
    domain::Order order;
    order.id = domain::make_order_id(office.shard_, ++office.placed_);
    order.person = command.person;
    order.session = sale.definition.id;
    order.campaign = command.campaign;
    order.created_at = now;
    order.changed_at = now;
    order.idempotency_key = command.idempotency_key;
    order.body_hash = command.body_hash;
    for (const auto& line : lines) {
        const auto& tier = *std::ranges::find(sale.definition.tiers, line.tier, &domain::Tier::id);
        order.lines.push_back({line.tier, line.quantity, tier.price, 0});
    }
    order.state = order.amount().minor == 0 ? OrderState::completed : OrderState::reserved;
    if (order.state == OrderState::reserved) {
        const auto& campaigns = sale.definition.campaigns;
        order.deadline =
            now + std::ranges::find(campaigns, command.campaign, &domain::Campaign::id)->hold_time;
    }
    std::vector<std::uint64_t> gone;  // codes, by pool
    for (std::size_t i = 0; i < sale.definition.pools.size(); ++i) {
        const auto stock = office.count(sale, i);
        gone.push_back(stock.sold + stock.withdrawn);
    }
    for (auto& line : order.lines) {
        const std::size_t pool = NaiveBoxOffice::pool_of(sale.definition, line.tier);
        const bool has_codes = sale.definition.pools[pool].kind == domain::PoolKind::codes;
        if (order.state != OrderState::completed || !has_codes) continue;
        line.first_ordinal = gone[pool] + 1;
        gone[pool] += line.quantity;
    }
    office.orders_.push_back(order);
    out.order = order;
    done();
}

domain::Order* Naive::own_order(domain::PersonId person, domain::OrderId id) {
    for (auto& order : office.orders_) {
        if (order.id != id || order.person != person) continue;
        out.session = order.session;
        out.campaign = order.campaign;
        out.order = office.view(order, now);
        return &order;
    }
    refuse(Refusal::order_unknown);
    return nullptr;
}

void Naive::write_end(domain::Order& order) const {
    const OrderState end = office.view(order, now).state;
    if (end == order.state) return;
    order.state = end;
    order.changed_at = now;
}

void Naive::operator()(const domain::CancelOrder& command) {
    domain::Order* order = own_order(command.person, command.order);
    if (order == nullptr) return;
    if (out.order.state == OrderState::cancelled) {
        out.kind = OutcomeKind::repeated;
        return;
    }
    if (out.order.state != OrderState::reserved) return refuse(Refusal::order_not_cancellable);
    order->state = OrderState::cancelled;
    order->changed_at = now;
    out.order = *order;
    done();
}

void Naive::operator()(const domain::HideOrder& command) {
    domain::Order* order = own_order(command.person, command.order);
    if (order == nullptr) return;
    if (order->hidden) {
        out.kind = OutcomeKind::repeated;
        return;
    }
    if (out.order.state == OrderState::reserved) return refuse(Refusal::order_not_final);
    write_end(*order);
    order->hidden = true;
    out.order.hidden = true;
    done();
}

void Naive::operator()(const domain::ExpireDue& command) {
    nothing_to_do();
    while (out.count < command.orders_max) {
        domain::Order* first = nullptr;
        for (auto& order : office.orders_) {
            if (order.state != OrderState::reserved || order.deadline > now) continue;
            if (first == nullptr || order.deadline < first->deadline) first = &order;
        }
        if (first == nullptr) return;
        write_end(*first);
        ++out.count;
        done();
    }
}

void Naive::operator()(const domain::EndCancelled& command) {
    nothing_to_do();
    std::vector<domain::Order*> due;
    for (auto& order : office.orders_) {
        const bool is_due =
            domain::is_live(order.state) && office.sale_of(order.session)->status.cancelled;
        if (is_due) due.push_back(&order);
    }
    std::ranges::stable_sort(due, {}, &domain::Order::session);
    if (due.size() > command.orders_max) due.resize(command.orders_max);
    for (domain::Order* order : due) write_end(*order);
    out.count = due.size();
    if (out.count > 0) done();
}

}  // namespace onsale::boxoffice::testing
