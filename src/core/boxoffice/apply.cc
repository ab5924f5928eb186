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
        ONSALE_CHECK(found != memory.sessions.end() && !found->second.retired);
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
        if (state.definition.pools[state.pool_index(fact.pool)].kind == domain::PoolKind::codes)
            stock.next_ordinal += fact.count;
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

    // A reserved order ends without a ticket: stock and limits are given back.
    void end(domain::OrderId id, OrderState state, base::Timestamp at) const {
        StoredOrder* stored = memory.orders.find(domain::number_of(id));
        ONSALE_CHECK(stored != nullptr && domain::shard_of(id) == memory.shard &&
                     domain::can_follow(stored->state, state));
        SessionState& owner = *stored->campaign->session;
        const bool forgets =
            base::kMutant == base::Mutant::expiry_forgets_stock && state == OrderState::expired;
        for (std::size_t i = 0; i < stored->lines && !forgets; ++i) {
            const StoredLine& line = memory.line(id, *stored, i);
            domain::StockCount& count = owner.pools[owner.pool_of_tier[line.tier_index]].count;
            ONSALE_CHECK(count.held >= line.quantity);
            count.held -= line.quantity;
            count.free += line.quantity;
        }
        memory.release_limits(id, *stored);
        memory.deadlines.erase({stored->deadline, id});
        stored->state = state;
        stored->changed_at = at;
        --owner.reserved;
    }

    void operator()(const domain::OrderHidden& fact) const {
        StoredOrder* stored = memory.orders.find(domain::number_of(fact.order));
        ONSALE_CHECK(stored != nullptr && domain::is_final(stored->state));
        stored->hidden = true;
    }

    void operator()(const domain::SessionRetired& fact) const {
        SessionState& state = session(fact.session);
        ONSALE_CHECK(state.reserved == 0 && state.orders == fact.orders &&
                     state.completed == fact.completed && state.tickets == fact.tickets);
        memory.forget_orders(state);
        state.retired = true;
    }
};

}  // namespace

void BoxOffice::apply(const domain::Fact& fact) noexcept {
    std::visit(Apply{*memory_}, fact);
}

}  // namespace onsale::boxoffice
