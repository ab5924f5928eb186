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

    void operator()(const domain::EpochStarted& fact) const {
        memory.incarnation = fact.incarnation;
    }

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
        StoredOrder& stored = order(id);
        ONSALE_CHECK(domain::can_follow(stored.state, state));
        SessionState& owner = *stored.campaign->session;
        const bool straight = stored.state == OrderState::completed;  // not by way of refunding
        ONSALE_CHECK(!straight || owner.status.cancelled);
        give_back(owner, id, stored, state);
        const bool keeps = base::kMutant == base::Mutant::cancel_keeps_limit;
        if (!keeps || state != OrderState::cancelled) memory.release_limits(id, stored);
        memory.move(id, stored, state, at);
    }

    StoredOrder& order(domain::OrderId id) const {
        StoredOrder* stored = memory.orders.find(domain::number_of(id));
        ONSALE_CHECK(stored != nullptr && domain::shard_of(id) == memory.shard);
        return *stored;
    }

    static PoolState& pool_of(SessionState& owner, const StoredLine& line) {
        return owner.pools[owner.pool_of_tier[line.tier_index]];
    }
    static bool has_codes(const SessionState& owner, const StoredLine& line) {
        return owner.definition.pools[owner.pool_of_tier[line.tier_index]].kind ==
               domain::PoolKind::codes;
    }

    // What was held is free again. What was sold is too, unless somebody has seen its code or
    // nothing of the session is sold any more.
    void give_back(SessionState& owner, domain::OrderId id, const StoredOrder& stored,
                   OrderState state) const {
        const bool forgets =
            base::kMutant == base::Mutant::expiry_forgets_stock && state == OrderState::expired;
        if (forgets) return;
        for (std::size_t i = 0; i < stored.lines; ++i) {
            const StoredLine& line = memory.line(id, stored, i);
            domain::StockCount& count = pool_of(owner, line).count;
            const bool was_held = domain::holds_stock(stored.state);
            const bool frees = was_held || (!owner.status.cancelled && !has_codes(owner, line));
            const bool takes_held = base::kMutant == base::Mutant::refund_takes_another_hold &&
                                    count.held >= line.quantity;
            std::uint64_t& from = was_held || takes_held ? count.held : count.sold;
            ONSALE_CHECK(from >= line.quantity);
            from -= line.quantity;
            (frees ? count.free : count.withdrawn) += line.quantity;
        }
    }

    void operator()(const domain::OrderMoved& fact) const {
        StoredOrder& stored = order(fact.order);
        ONSALE_CHECK(domain::can_follow(stored.state, fact.to));
        switch (fact.to) {
            case OrderState::paid:
            case OrderState::refunding:
                return memory.move(fact.order, stored, fact.to, fact.at);
            case OrderState::completed:
                if (stored.state == OrderState::paid) sell(fact, stored);
                return memory.move(fact.order, stored, fact.to, fact.at);
            case OrderState::failed:
            case OrderState::refunded:
                return end(fact.order, fact.to, fact.at);
            case OrderState::reserved:
            case OrderState::cancelled:
            case OrderState::expired:
                ONSALE_CHECK(false);
        }
    }

    // What was held is sold; lines of codes get their ordinals.
    void sell(const domain::OrderMoved& fact, StoredOrder& stored) const {
        SessionState& owner = *stored.campaign->session;
        ONSALE_CHECK(fact.first_ordinals.size() == stored.lines);
        domain::OrderLines lines = memory.record(fact.order, stored).lines;
        for (std::size_t i = 0; i < stored.lines; ++i) {
            const StoredLine& line = memory.line(fact.order, stored, i);
            PoolState& pool = pool_of(owner, line);
            ONSALE_CHECK(pool.count.held >= line.quantity);
            pool.count.held -= line.quantity;
            pool.count.sold += line.quantity;
            lines[i].first_ordinal = fact.first_ordinals[i];
            if (!has_codes(owner, line)) continue;
            ONSALE_CHECK(fact.first_ordinals[i] == pool.next_ordinal);
            pool.next_ordinal += line.quantity;
        }
        memory.set_lines(fact.order, stored, lines);
    }

    void operator()(const domain::LatePaymentAccepted& fact) const {
        StoredOrder& stored = order(fact.order);
        ONSALE_CHECK(domain::can_follow(stored.state, OrderState::paid) &&
                     stored.state != OrderState::reserved);
        SessionState& owner = *stored.campaign->session;
        for (const auto& line : fact.lines) take(owner, line, OrderState::reserved);
        stored.hidden = false;  // it is worth something again
        memory.set_lines(fact.order, stored, fact.lines);
        memory.take_limits(fact.order, stored);
        memory.money_of(fact.order).replaced = fact.replaced;
        memory.move(fact.order, stored, OrderState::paid, fact.at);
    }

    void operator()(const domain::TermsChanged& fact) const {
        domain::Session& definition = session(fact.session).definition;
        definition.refunds = fact.refunds;
        definition.late_payment = fact.late_payment;
    }

    void operator()(const domain::PaymentStarted& fact) const {
        const domain::OrderId id = domain::order_of(fact.payment.id);
        order(id);
        Money& money = memory.money_of(id);
        ONSALE_CHECK(domain::index_of(fact.payment.id) == money.payments.size() &&
                     domain::is_open(fact.payment.state));
        money.payments.push_back(fact.payment);
        memory.count_open(fact.payment.id);
    }

    domain::Payment& payment(domain::PaymentId id) const {
        const domain::Payment* found = memory.find_payment(id);
        ONSALE_CHECK(found != nullptr);
        return memory.money_of(domain::order_of(id)).payments[domain::index_of(id)];
    }

    void operator()(const domain::PaymentStepTried& fact) const {
        domain::Payment& tried = payment(fact.payment);
        ONSALE_CHECK(domain::is_open(tried.state));
        ++tried.tries;
        tried.changed_at = fact.at;
    }

    void operator()(const domain::PaymentCaptured& fact) const {
        domain::Payment& captured = payment(fact.payment);
        ONSALE_CHECK(captured.state != domain::PaymentState::captured);
        captured.state = domain::PaymentState::captured;
        captured.captured = fact.amount;
        captured.transaction = fact.transaction;
        captured.use = fact.use;
        captured.parked = false;
        captured.reason = domain::PaymentReason::none;
        captured.changed_at = fact.at;
        memory.count_open(fact.payment);
    }

    void operator()(const domain::PaymentEnded& fact) const {
        domain::Payment& ended = payment(fact.payment);
        ONSALE_CHECK(domain::is_open(ended.state) && !domain::is_open(fact.state));
        ended.state = fact.state;
        ended.reason = fact.reason;
        ended.parked = false;
        ended.changed_at = fact.at;
        memory.count_open(fact.payment);
    }

    void operator()(const domain::PaymentParked& fact) const {
        domain::Payment& parked = payment(fact.payment);
        parked.parked = true;
        parked.reason = fact.reason;
        parked.changed_at = fact.at;
    }

    void operator()(const domain::PaymentResumed& fact) const {
        domain::Payment& resumed = payment(fact.payment);
        resumed.parked = false;
        resumed.tries = 0;
        resumed.reason = domain::PaymentReason::none;
        resumed.changed_at = fact.at;
    }

    domain::Refund& refund(domain::RefundId id) const {
        ONSALE_CHECK(memory.find_refund(id) != nullptr);
        return memory.money_of(domain::order_of(id)).refunds[domain::index_of(id)];
    }

    void operator()(const domain::RefundRequested& fact) const {
        const domain::OrderId id = domain::order_of(fact.refund.id);
        order(id);
        Money& money = memory.money_of(id);
        ONSALE_CHECK(domain::index_of(fact.refund.id) == money.refunds.size() &&
                     payment(fact.refund.payment).state == domain::PaymentState::captured);
        money.refunds.push_back(fact.refund);
        memory.count_open(fact.refund.id);
    }

    void operator()(const domain::RefundReviewed& fact) const {
        domain::Refund& reviewed = refund(fact.refund);
        ONSALE_CHECK(reviewed.state == domain::RefundState::requested);
        const bool is_first = reviewed.first_reviewer == domain::PersonId();
        (is_first ? reviewed.first_reviewer : reviewed.second_reviewer) = fact.by;
        set_state(reviewed, fact.state, fact.at);
    }

    void set_state(domain::Refund& changed, domain::RefundState state, base::Timestamp at) const {
        changed.state = state;
        changed.changed_at = at;
        memory.count_open(changed.id);
    }

    void operator()(const domain::RefundCancelled& fact) const {
        domain::Refund& cancelled = refund(fact.refund);
        ONSALE_CHECK(cancelled.state == domain::RefundState::requested);
        set_state(cancelled, domain::RefundState::cancelled, fact.at);
    }

    void operator()(const domain::RefundTried& fact) const {
        domain::Refund& tried = refund(fact.refund);
        ONSALE_CHECK(tried.state == domain::RefundState::approved);
        ++tried.tries;
        tried.changed_at = fact.at;
    }

    void operator()(const domain::RefundCompleted& fact) const {
        domain::Refund& completed = refund(fact.refund);
        ONSALE_CHECK(completed.state == domain::RefundState::approved);
        completed.transaction = fact.transaction;
        completed.parked = false;
        completed.refused = false;
        completed.given_before = false;
        completed.first_settler = {};
        set_state(completed, domain::RefundState::completed, fact.at);
    }

    void operator()(const domain::RefundReopened& fact) const {
        domain::Refund& reopened = refund(fact.refund);
        ONSALE_CHECK(reopened.state == domain::RefundState::completed);
        reopened.parked = true;
        reopened.refused = fact.refused;
        set_state(reopened, domain::RefundState::approved, fact.at);
    }

    void operator()(const domain::RefundParked& fact) const {
        domain::Refund& parked = refund(fact.refund);
        parked.parked = true;
        parked.refused = parked.refused || fact.refused;
        parked.given_before = parked.given_before || fact.given_before;
        parked.changed_at = fact.at;
    }

    void operator()(const domain::RefundResumed& fact) const {
        domain::Refund& resumed = refund(fact.refund);
        begin_round(resumed);
        resumed.given_before = false;
        resumed.first_settler = {};
        resumed.changed_at = fact.at;
    }

    // A name that the bank has refused is used up.
    template <class Flow>
    static void begin_round(Flow& flow) {
        if (flow.refused) ++flow.round;
        flow.refused = false;
        flow.parked = false;
        flow.tries = 0;
    }

    void operator()(const domain::RefundSettled& fact) const {
        domain::Refund& settled = refund(fact.refund);
        ONSALE_CHECK(settled.state == domain::RefundState::approved && settled.refused);
        if (!fact.completed) {
            settled.first_settler = fact.by;
            settled.changed_at = fact.at;
            return;
        }
        settled.second_settler = fact.by;
        settled.parked = false;
        set_state(settled, domain::RefundState::completed, fact.at);
    }

    void operator()(const domain::StrayReceived& fact) const {
        const domain::Stray& stray = fact.stray;
        ONSALE_CHECK(memory.strays.emplace(stray.id, stray).second);
        memory.stray_of_transaction.emplace(std::pair(stray.bank, stray.transaction), stray.id);
    }

    domain::Stray& stray(domain::StrayId id) const {
        const auto found = memory.strays.find(id);
        ONSALE_CHECK(found != memory.strays.end());
        return found->second;
    }

    void operator()(const domain::StrayTried& fact) const {
        ++stray(fact.stray).tries;
        stray(fact.stray).changed_at = fact.at;
    }
    void operator()(const domain::StrayReturned& fact) const {
        domain::Stray& returned = stray(fact.stray);
        ONSALE_CHECK(returned.state == domain::StrayState::received);
        returned.state = domain::StrayState::returned;
        returned.parked = false;
        returned.refused = false;
        returned.changed_at = fact.at;
    }
    void operator()(const domain::StrayParked& fact) const {
        domain::Stray& parked = stray(fact.stray);
        parked.parked = true;
        parked.refused = parked.refused || fact.refused;
        parked.changed_at = fact.at;
    }
    void operator()(const domain::StrayResumed& fact) const {
        domain::Stray& resumed = stray(fact.stray);
        begin_round(resumed);
        resumed.changed_at = fact.at;
    }

    void operator()(const domain::OrderHidden& fact) const {
        StoredOrder* stored = memory.orders.find(domain::number_of(fact.order));
        ONSALE_CHECK(stored != nullptr && domain::is_final(stored->state));
        stored->hidden = true;
    }

    void operator()(const domain::SessionRetired& fact) const {
        SessionState& state = session(fact.session);
        ONSALE_CHECK(state.is_settled() && !memory.ending.contains(fact.session) &&
                     state.orders == fact.orders &&
                     state.count(OrderState::completed) == fact.completed &&
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
