#include <algorithm>

#include "base/check.h"
#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {

using domain::OrderId;
using domain::OrderState;

std::size_t SessionState::tier_index(domain::TierId tier) const {
    const auto found = std::find_if(definition.tiers.begin(), definition.tiers.end(),
                                    [&](const auto& t) { return t.id == tier; });
    return static_cast<std::size_t>(found - definition.tiers.begin());
}

std::size_t SessionState::pool_index(domain::PoolId pool) const {
    const auto found = std::find_if(definition.pools.begin(), definition.pools.end(),
                                    [&](const auto& p) { return p.id == pool; });
    return static_cast<std::size_t>(found - definition.pools.begin());
}

const SessionState* BoxOffice::Memory::find_session(domain::SessionId session) const {
    const auto found = sessions.find(session);
    return found == sessions.end() ? nullptr : &found->second;
}

const CampaignState* BoxOffice::Memory::find_campaign(domain::CampaignId campaign) const {
    const auto found = campaigns.find(campaign);
    return found == campaigns.end() ? nullptr : found->second;
}

const StoredOrder* BoxOffice::Memory::find_order(OrderId order) const {
    if (domain::shard_of(order) != shard) return nullptr;
    return orders.find(domain::number_of(order));
}

const StoredLine& BoxOffice::Memory::line(OrderId id, const StoredOrder& stored,
                                          std::size_t index) const {
    if (index == 0) return stored.line;
    return orders.extra_lines.find(domain::number_of(id))->second[index - 1];
}

domain::Order BoxOffice::Memory::record(OrderId id, const StoredOrder& stored) const {
    const SessionState& session = *stored.campaign->session;
    domain::Order order;
    order.id = id;
    order.person = stored.person;
    order.session = session.definition.id;
    order.campaign = session.campaign(*stored.campaign).id;
    order.state = stored.state;
    order.hidden = stored.hidden;
    order.created_at = stored.created_at;
    order.deadline = stored.deadline;
    order.changed_at = stored.changed_at;
    order.idempotency_key = stored.idempotency_key;
    order.body_hash = stored.body_hash;
    for (std::size_t i = 0; i < stored.lines; ++i) {
        const StoredLine& from = line(id, stored, i);
        order.lines.push_back({session.definition.tiers[from.tier_index].id,
                               from.quantity,
                               {from.unit_price_minor, stored.currency},
                               from.first_ordinal});
    }
    return order;
}

std::optional<OrderEnd> BoxOffice::Memory::end_of(OrderId id, const StoredOrder& stored,
                                                  base::Timestamp now) const {
    const domain::SessionStatus& session = stored.campaign->session->status;
    if (stored.state == OrderState::completed && session.cancelled) {
        const bool was_free = payment_of(id) == nullptr;
        return OrderEnd{was_free ? OrderState::refunded : OrderState::refunding,
                        session.cancelled_at};
    }
    if (stored.state != OrderState::reserved) return std::nullopt;
    if (session.cancelled && session.cancelled_at < stored.deadline)
        return OrderEnd{OrderState::cancelled, session.cancelled_at};
    if (now < stored.deadline) return std::nullopt;
    return OrderEnd{OrderState::expired, stored.deadline};
}

domain::Order BoxOffice::Memory::view(OrderId id, const StoredOrder& stored,
                                      base::Timestamp now) const {
    domain::Order order = record(id, stored);
    if (const auto end = end_of(id, stored, now)) {
        order.state = end->state;
        order.changed_at = end->at;
    }
    return order;
}

void BoxOffice::Memory::find_next_to_end(SessionState& session, std::uint64_t number) {
    if (session.orders_to_end() == 0) {
        session.next_to_end = 0;
        ending.erase(session.definition.id);
        return;
    }
    const auto is_wanted = [&](std::uint64_t found) {
        const StoredOrder& order = *orders.find(found);
        return order.campaign->session == &session &&
               has_to_end(domain::make_order_id(shard, found), order);
    };
    number = orders.next(number);
    while (!is_wanted(number)) number = orders.next(number + 1);
    session.next_to_end = number;
    ending.insert(session.definition.id);
}

bool BoxOffice::Memory::has_to_end(OrderId id, const StoredOrder& stored) const {
    if (stored.state == OrderState::reserved || stored.state == OrderState::completed) return true;
    if (stored.state != OrderState::refunding) return false;
    return find_money(id)->has_review;
}

SessionState& BoxOffice::Memory::add_session(const domain::Session& definition) {
    const auto [place, added] = sessions.try_emplace(definition.id);
    ONSALE_CHECK(added);
    SessionState& session = place->second;
    session.definition = definition;
    session.pools.resize(definition.pools.size());
    for (const auto& tier : definition.tiers)
        session.pool_of_tier.push_back(session.pool_index(tier.pool));
    for (std::size_t i = 0; i < definition.campaigns.size(); ++i) add_campaign(session, i);
    return session;
}

void BoxOffice::Memory::add_campaign(SessionState& session, std::size_t index) {
    auto state = std::make_unique<CampaignState>();
    state->session = &session;
    state->index = index;
    const bool added =
        campaigns.emplace(session.definition.campaigns[index].id, state.get()).second;
    ONSALE_CHECK(added);
    session.campaigns.push_back(std::move(state));
}

void BoxOffice::Memory::add_order(const domain::Order& order) {
    ONSALE_CHECK(domain::shard_of(order.id) == shard && !order.lines.empty());
    const auto campaign = campaigns.find(order.campaign);
    ONSALE_CHECK(campaign != campaigns.end() &&
                 campaign->second->session->definition.id == order.session);
    SessionState& session = *campaign->second->session;
    const std::uint64_t number = domain::number_of(order.id);

    StoredOrder& stored = orders.insert(number);
    stored.person = order.person;
    stored.campaign = campaign->second;
    stored.created_at = order.created_at;
    stored.deadline = order.deadline;
    stored.changed_at = order.changed_at;
    stored.idempotency_key = order.idempotency_key;
    stored.body_hash = order.body_hash;
    stored.state = order.state;
    stored.hidden = order.hidden;
    set_lines(order.id, stored, order.lines);

    OrderId& newest = newest_of_person[order.person];
    stored.previous_of_person = newest;
    newest = order.id;
    if (order.idempotency_key != 0)
        keys.insert_or_assign(PersonKey{order.person, order.idempotency_key}, order.id);
    ++session.orders;
    if (session.first_order == 0) session.first_order = number;
    ++session.in_state[static_cast<std::size_t>(order.state)];
    if (order.state == OrderState::reserved) deadlines.emplace(order.deadline, order.id);
    if (domain::has_tickets(order.state)) session.tickets += order.quantity();
    if (domain::is_live(order.state)) take_limits(order.id, stored);
}

void BoxOffice::Memory::set_lines(OrderId id, StoredOrder& stored,
                                  const domain::OrderLines& lines) {
    const SessionState& session = *stored.campaign->session;
    stored.currency = lines[0].unit_price.currency;
    stored.lines = static_cast<std::uint8_t>(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& from = lines[i];
        const std::size_t tier = session.tier_index(from.tier);
        ONSALE_CHECK(tier < session.definition.tiers.size());
        const StoredLine line{static_cast<std::uint32_t>(tier), from.quantity,
                              from.unit_price.minor, from.first_ordinal};
        if (i == 0) stored.line = line;
        if (i > 0) orders.extra_lines[domain::number_of(id)][i - 1] = line;
    }
}

std::uint32_t BoxOffice::Memory::quantity(OrderId id, const StoredOrder& stored) const {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < stored.lines; ++i) sum += line(id, stored, i).quantity;
    return sum;
}

void BoxOffice::Memory::take_limits(OrderId id, const StoredOrder& stored) {
    SessionState& session = *stored.campaign->session;
    Usage& usage = session.usage[stored.person];
    usage.orders += 1;
    usage.tickets += quantity(id, stored);
    if (session.campaign(*stored.campaign).one_per_person)
        stored.campaign->joined.insert_or_assign(stored.person, id);
}

void BoxOffice::Memory::move(OrderId id, StoredOrder& stored, OrderState to, base::Timestamp at) {
    SessionState& session = *stored.campaign->session;
    const OrderState from = stored.state;
    --session.in_state[static_cast<std::size_t>(from)];
    ++session.in_state[static_cast<std::size_t>(to)];
    if (from == OrderState::reserved) deadlines.erase({stored.deadline, id});
    if (!domain::has_tickets(from) && domain::has_tickets(to))
        session.tickets += quantity(id, stored);
    if (domain::has_tickets(from) && !domain::has_tickets(to))
        session.tickets -= quantity(id, stored);
    stored.state = to;
    stored.changed_at = at;
    if (!session.status.cancelled) return;
    const std::uint64_t number = domain::number_of(id);
    const bool is_first = session.next_to_end == 0 || number <= session.next_to_end;
    if (is_first) find_next_to_end(session, number);
}

void BoxOffice::Memory::release_limits(OrderId id, const StoredOrder& stored) {
    SessionState& session = *stored.campaign->session;
    const std::uint32_t tickets = quantity(id, stored);
    const auto usage = session.usage.find(stored.person);
    ONSALE_CHECK(usage != session.usage.end() && usage->second.orders >= 1 &&
                 usage->second.tickets >= tickets);
    usage->second.orders -= 1;
    usage->second.tickets -= tickets;
    if (usage->second.orders == 0) session.usage.erase(usage);
    const auto joined = stored.campaign->joined.find(stored.person);
    if (joined != stored.campaign->joined.end() && joined->second == id)
        stored.campaign->joined.erase(joined);
}

void BoxOffice::Memory::forget_orders(SessionState& session) {
    // A person's chain may run through the retired orders, so all chains are made again. That is
    // linear in the orders of the shard; sessions are retired when their shard has nothing better
    // to do.
    newest_of_person.clear();
    for (std::uint64_t number = orders.next(1); number != 0; number = orders.next(number + 1)) {
        StoredOrder& stored = *orders.find(number);
        if (stored.campaign->session == &session) {
            if (stored.idempotency_key != 0)
                keys.erase(PersonKey{stored.person, stored.idempotency_key});
            orders.erase(number);
            money.erase(number);
            continue;
        }
        OrderId& newest = newest_of_person[stored.person];
        stored.previous_of_person = newest;
        newest = domain::make_order_id(shard, number);
    }
    session.usage = {};
    for (auto& campaign : session.campaigns) campaign->joined = {};
}

}  // namespace onsale::boxoffice
