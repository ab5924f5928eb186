#include <algorithm>
#include <map>
#include <string>

#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {

using domain::OrderState;

void BoxOffice::save(domain::ImageSink& sink) const {
    sink.header(memory_->shard, memory_->next_order_number);
    for (const auto& [id, session] : memory_->sessions)
        sink.session(session.definition, session.status);
    for (const auto& [id, session] : memory_->sessions) {
        if (session.status.retired) continue;
        std::map<domain::PoolId, const PoolState*> ascending;
        for (std::size_t i = 0; i < session.pools.size(); ++i)
            ascending[session.definition.pools[i].id] = &session.pools[i];
        for (const auto& [pool, state] : ascending)
            sink.stock({id, pool, state->count, state->next_ordinal});
    }
    const OrderTable& orders = memory_->orders;
    for (std::uint64_t number = orders.next(1); number != 0; number = orders.next(number + 1)) {
        const auto id = domain::make_order_id(memory_->shard, number);
        sink.order(memory_->record(id, *orders.find(number)));
    }
}

Loader::Loader() = default;
Loader::~Loader() = default;

void Loader::header(domain::ShardId shard, std::uint64_t next_order_number) {
    if (loaded_) broken_ = true;
    loaded_.emplace(shard);
    loaded_->memory_->next_order_number = next_order_number;
}

void Loader::session(const domain::Session& session, const domain::SessionStatus& status) {
    broken_ = broken_ || !loaded_ || !definition_is_valid(session) ||
              loaded_->memory_->find_session(session.id) != nullptr;
    if (broken_) return;
    for (const auto& campaign : session.campaigns)
        broken_ = broken_ || loaded_->memory_->find_campaign(campaign.id) != nullptr;
    if (!broken_) loaded_->memory_->add_session(session).status = status;
}

void Loader::stock(const domain::StockImage& stock) {
    if (broken_ || !loaded_) return;
    const auto session = loaded_->memory_->sessions.find(stock.session);
    if (session == loaded_->memory_->sessions.end()) {
        broken_ = true;
        return;
    }
    const std::size_t index = session->second.pool_index(stock.pool);
    broken_ = index == session->second.pools.size() || !stock.count.balances();
    if (!broken_) session->second.pools[index] = {stock.count, stock.next_ordinal};
}

void Loader::order(const domain::Order& order) {
    if (broken_ || !loaded_) return;
    const BoxOffice::Memory& memory = *loaded_->memory_;
    const CampaignState* campaign = memory.find_campaign(order.campaign);
    const std::uint64_t number = domain::number_of(order.id);
    broken_ = campaign == nullptr || campaign->session->definition.id != order.session ||
              campaign->session->status.retired || domain::shard_of(order.id) != memory.shard ||
              number == 0 || number >= memory.next_order_number ||
              memory.orders.find(number) != nullptr || order.lines.empty();
    for (const auto& line : order.lines) {
        broken_ = broken_ || campaign->session->tier_index(line.tier) ==
                                 campaign->session->definition.tiers.size();
    }
    if (!broken_) loaded_->memory_->add_order(order);
}

std::optional<BoxOffice> Loader::finish() {
    if (broken_ || !loaded_) return std::nullopt;
    for (auto& [id, session] : loaded_->memory_->sessions) {
        if (session.status.cancelled && !session.status.retired)
            loaded_->memory_->find_next_to_end(session, session.first_order);
    }
    if (!loaded_->broken_invariant().empty()) return std::nullopt;
    return std::move(loaded_);
}

namespace {

// What the orders of a session say about its stock and limits, counted from nothing.
struct Recount {
    std::map<std::size_t, domain::StockCount> pools;  // held and sold only
    std::map<domain::PersonId, Usage> usage;
    std::map<std::pair<std::size_t, domain::PersonId>, std::uint64_t>
        joined;  // campaign index, person → live orders
    std::uint64_t orders = 0;
    std::uint64_t reserved = 0;
    std::uint64_t live = 0;
};

void count_order(const BoxOffice::Memory& memory, domain::OrderId id, const StoredOrder& stored,
                 Recount& recount) {
    const SessionState& session = *stored.campaign->session;
    ++recount.orders;
    if (stored.state == OrderState::reserved) ++recount.reserved;
    if (!domain::is_live(stored.state)) return;
    ++recount.live;
    recount.usage[stored.person].orders += 1;
    if (session.campaign(*stored.campaign).one_per_person)
        ++recount.joined[{stored.campaign->index, stored.person}];
    for (std::size_t i = 0; i < stored.lines; ++i) {
        const StoredLine& line = memory.line(id, stored, i);
        recount.usage[stored.person].tickets += line.quantity;
        auto& pool = recount.pools[session.pool_of_tier[line.tier_index]];
        (stored.state == OrderState::reserved ? pool.held : pool.sold) += line.quantity;
    }
}

// Limits per person are judged when an order is placed (the auditor does): they may have been
// lowered since.
std::string check_session(const SessionState& session, const Recount& recount) {
    const std::string name = "session " + std::to_string(session.definition.id.value());
    if (session.status.retired)
        return recount.orders == 0 ? "" : name + ": retired, but has orders in memory";
    for (std::size_t i = 0; i < session.pools.size(); ++i) {
        const PoolState& pool = session.pools[i];
        const auto counted = recount.pools.find(i);
        const domain::StockCount orders =
            counted == recount.pools.end() ? domain::StockCount{} : counted->second;
        const std::string place =
            name + " pool " + std::to_string(session.definition.pools[i].id.value());
        if (!pool.count.balances())
            return place + ": free + held + sold + withdrawn differs from capacity";
        if (pool.count.held != orders.held)
            return place + ": held differs from its reserved orders";
        if (pool.count.sold != orders.sold)
            return place + ": sold differs from its completed orders";
        const bool codes = session.definition.pools[i].kind == domain::PoolKind::codes;
        if (codes && pool.next_ordinal - 1 != pool.count.sold + pool.count.withdrawn)
            return place + ": codes do not add up";
    }
    if (session.live_orders() != recount.live)
        return name + ": its live orders are counted wrongly";
    if (session.usage.size() != recount.usage.size())
        return name + ": limits count persons without live orders";
    for (const auto& [person, usage] : recount.usage) {
        const auto found = session.usage.find(person);
        const bool same = found != session.usage.end() && found->second.orders == usage.orders &&
                          found->second.tickets == usage.tickets;
        if (!same)
            return name + ": limits of person " + std::to_string(person.value()) +
                   " differ from their orders";
    }
    for (const auto& [key, orders] : recount.joined) {
        if (orders > 1)
            return name + ": person " + std::to_string(key.second.value()) +
                   " joined a campaign twice";
    }
    return "";
}

}  // namespace

std::string BoxOffice::broken_invariant() const {
    const BoxOffice::Memory& memory = *memory_;
    std::map<domain::SessionId, Recount> recounts;
    std::uint64_t reserved = 0;
    for (std::uint64_t number = memory.orders.next(1); number != 0;
         number = memory.orders.next(number + 1)) {
        const StoredOrder& stored = *memory.orders.find(number);
        const auto id = domain::make_order_id(memory.shard, number);
        if (number >= memory.next_order_number)
            return "an order has a number that was not given out yet";
        count_order(memory, id, stored, recounts[stored.campaign->session->definition.id]);
        if (stored.state == OrderState::reserved) ++reserved;
        const bool due = memory.deadlines.contains({stored.deadline, id});
        if (due != (stored.state == OrderState::reserved))
            return "order " + std::to_string(id.value()) + ": its deadline is not kept";
    }
    if (reserved != memory.deadlines.size()) return "there are deadlines without reserved orders";
    for (const auto& [id, session] : memory.sessions) {
        std::string broken = check_session(session, recounts[id]);
        if (!broken.empty()) return broken;
        const bool to_end =
            session.status.cancelled && !session.status.retired && recounts[id].live > 0;
        if (to_end != memory.ending.contains(id))
            return "session " + std::to_string(id.value()) + ": its orders are forgotten";
    }
    return "";
}

}  // namespace onsale::boxoffice
