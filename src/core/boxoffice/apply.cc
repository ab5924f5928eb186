#include <variant>

#include "base/check.h"
#include "base/mutant.h"
#include "boxoffice/internal/memory.h"

namespace onsale::boxoffice {
namespace {

using domain::OrderState;

// One overload per fact. Every check here guards an invariant: a fact that breaks one means a wrong
// decide() or a damaged journal.
struct Apply {
    BoxOffice::Memory& memory;

    SessionState& session(domain::SessionId id) const {
        const auto found = memory.sessions.find(id);
        ONSALE_CHECK(found != memory.sessions.end() && !found->second.status.retired);
        return found->second;
    }

    static PoolState& pool(SessionState& state, domain::PoolId id) {
        const std::size_t index = state.pool_index(id);
        ONSALE_CHECK(index < state.pools.size());
        return state.pools[index];
    }

    static void add(PoolState& pool, const domain::Addition& addition) {
        pool.count.capacity += addition.count;
        pool.count.free += addition.count;
        ONSALE_CHECK(pool.count.balances());
    }

    void operator()(const domain::EpochStarted&) const {}

    void operator()(const domain::SessionSetUp& fact) const {
        SessionState& state = memory.add_session(*fact.session);
        for (std::size_t i = 0; i < state.pools.size(); ++i) {
            for (const auto& addition : state.definition.pools[i].additions)
                add(state.pools[i], addition);
        }
    }

    void operator()(const domain::CampaignChanged& fact) const {
        SessionState& state = session(fact.session);
        auto& campaigns = state.definition.campaigns;
        for (auto& campaign : campaigns) {
            if (campaign.id != fact.campaign->id) continue;
            campaign = *fact.campaign;
            return;
        }
        campaigns.push_back(*fact.campaign);
        memory.add_campaign(state, campaigns.size() - 1);
    }

    void operator()(const domain::SessionChanged& fact) const {
        domain::Session& definition = session(fact.session).definition;
        definition.starts_at = fact.starts_at;
        definition.ends_at = fact.ends_at;
        definition.orders_per_person = fact.orders_per_person;
        definition.tickets_per_person = fact.tickets_per_person;
    }

    void operator()(const domain::TierChanged& fact) const {
        SessionState& state = session(fact.session);
        const std::size_t index = state.tier_index(fact.tier);
        ONSALE_CHECK(index < state.definition.tiers.size());
        domain::Tier& tier = state.definition.tiers[index];
        tier.price = fact.price;
        tier.on_sale = fact.on_sale;
    }

    void operator()(const domain::SessionCancelled& fact) const {
        SessionState& state = session(fact.session);
        ONSALE_CHECK(!state.status.cancelled);
        state.status.cancelled = true;
        state.status.cancelled_at = fact.at;
        memory.find_next_to_end(state, state.first_order);
    }

    void operator()(const domain::StockAdded& fact) const {
        SessionState& state = session(fact.session);
        add(pool(state, fact.pool), fact.addition);
        state.definition.pools[state.pool_index(fact.pool)].additions.push_back(fact.addition);
    }

    void operator()(const domain::StockWithdrawn& fact) const {
        SessionState& state = session(fact.session);
        PoolState& stock = pool(state, fact.pool);
        ONSALE_CHECK(stock.count.free >= fact.count);
        stock.count.free -= fact.count;
        stock.count.withdrawn += fact.count;
        domain::Pool& definition = state.definition.pools[state.pool_index(fact.pool)];
        if (definition.kind == domain::PoolKind::codes) stock.next_ordinal += fact.count;
        const bool forgets = base::kMutant == base::Mutant::withdrawal_forgotten;
        if (fact.withdrawal != domain::WithdrawalId() && !forgets)
            definition.withdrawals.push_back({fact.withdrawal, fact.count});
    }

    void operator()(const domain::OrderPlaced& fact) const {
        const domain::Order& order = fact.order;
        ONSALE_CHECK(order.id == domain::make_order_id(memory.shard, memory.next_order_number));
        ONSALE_CHECK(order.state == OrderState::reserved || order.state == OrderState::completed);
        ++memory.next_order_number;
        SessionState& state = session(order.session);
        for (const auto& line : order.lines) take(state, line, order.state);
        memory.add_order(order);
    }

    static void take(SessionState& state, const domain::OrderLine& line, OrderState order_state) {
        const std::size_t index = state.pool_of_tier[state.tier_index(line.tier)];
        PoolState& stock = state.pools[index];
        ONSALE_CHECK(stock.count.free >= line.quantity);
        stock.count.free -= line.quantity;
        if (order_state == OrderState::reserved) {
            stock.count.held += line.quantity;
            return;
        }
        stock.count.sold += line.quantity;
        if (state.definition.pools[index].kind == domain::PoolKind::codes) {
            ONSALE_CHECK(line.first_ordinal == stock.next_ordinal);
            stock.next_ordinal += line.quantity;
        }
    }

    void operator()(const domain::OrderCancelled& fact) const {
        end(fact.order, OrderState::cancelled, fact.at);
    }
    void operator()(const domain::OrderExpired& fact) const {
        end(fact.order, OrderState::expired, fact.at);
    }

    void operator()(const domain::OrderRefunded& fact) const {
        end(fact.order, OrderState::refunded, fact.at);
    }

    // A live order ends: limits are given back. What it held is free again; what it had bought is
    // withdrawn, since its codes have been seen.
    void end(domain::OrderId id, OrderState state, base::Timestamp at) const {
        StoredOrder* stored = memory.orders.find(domain::number_of(id));
        ONSALE_CHECK(stored != nullptr && domain::shard_of(id) == memory.shard &&
                     domain::can_follow(stored->state, state));
        SessionState& owner = *stored->campaign->session;
        ONSALE_CHECK(state != OrderState::refunded || owner.status.cancelled);
        const std::uint64_t tickets = give_back(owner, id, *stored, state);
        const bool keeps = base::kMutant == base::Mutant::cancel_keeps_limit;
        if (!keeps || state != OrderState::cancelled) memory.release_limits(id, *stored);
        if (stored->state == OrderState::reserved) {
            memory.deadlines.erase({stored->deadline, id});
            --owner.reserved;
        } else {
            --owner.completed;
            owner.tickets -= tickets;
        }
        stored->state = state;
        stored->changed_at = at;
        if (owner.status.cancelled && owner.next_to_end == domain::number_of(id))
            memory.find_next_to_end(owner, owner.next_to_end);
    }

    // Returns how many tickets the order was for.
    std::uint64_t give_back(SessionState& owner, domain::OrderId id, const StoredOrder& stored,
                            OrderState state) const {
        const bool forgets =
            base::kMutant == base::Mutant::expiry_forgets_stock && state == OrderState::expired;
        std::uint64_t tickets = 0;
        for (std::size_t i = 0; i < stored.lines; ++i) {
            const StoredLine& line = memory.line(id, stored, i);
            tickets += line.quantity;
            if (forgets) continue;
            domain::StockCount& count = owner.pools[owner.pool_of_tier[line.tier_index]].count;
            const bool was_reserved = stored.state == OrderState::reserved;
            std::uint64_t& from = was_reserved ? count.held : count.sold;
            ONSALE_CHECK(from >= line.quantity);
            from -= line.quantity;
            (was_reserved ? count.free : count.withdrawn) += line.quantity;
        }
        return tickets;
    }

    void operator()(const domain::OrderHidden& fact) const {
        StoredOrder* stored = memory.orders.find(domain::number_of(fact.order));
        ONSALE_CHECK(stored != nullptr && domain::is_final(stored->state));
        stored->hidden = true;
    }

    void operator()(const domain::SessionRetired& fact) const {
        SessionState& state = session(fact.session);
        ONSALE_CHECK(state.reserved == 0 && !memory.ending.contains(fact.session) &&
                     state.orders == fact.orders && state.completed == fact.completed &&
                     state.tickets == fact.tickets);
        memory.forget_orders(state);
        state.status.retired = true;
    }
};

}  // namespace

void BoxOffice::apply(const domain::Fact& fact) noexcept {
    std::visit(Apply{*memory_}, fact);
}

}  // namespace onsale::boxoffice
