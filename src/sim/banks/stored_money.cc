#include "banks/stored_money.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "wire/codec.h"

namespace onsale::banks {
namespace {

using domain::OrderState;

constexpr std::size_t kChunkBytes = std::size_t{4} << 20;

std::string name_of(domain::OrderId order) {
    return "order " + std::to_string(order.value());
}

}  // namespace

// One fact at a time. What does not speak of the session is passed.
struct StoredMoney::Fold {
    StoredMoney& money;

    Entry* find(domain::OrderId order) const {
        const auto found = money.entries_.find(order);
        return found == money.entries_.end() ? nullptr : &found->second;
    }
    domain::Payment* find(domain::PaymentId payment) const {
        Entry* entry = find(domain::order_of(payment));
        if (entry == nullptr || domain::index_of(payment) >= entry->payments.size()) return nullptr;
        return &entry->payments[domain::index_of(payment)];
    }
    domain::Refund* find(domain::RefundId refund) const {
        Entry* entry = find(domain::order_of(refund));
        if (entry == nullptr || domain::index_of(refund) >= entry->refunds.size()) return nullptr;
        return &entry->refunds[domain::index_of(refund)];
    }

    template <class Other>
    Problem operator()(const Other& /*fact*/) const {
        return {};
    }

    Problem operator()(const domain::SessionSetUp& fact) const {
        const domain::Session& session = *fact.session;
        if (session.id != money.session_) return {};
        money.policy_ = session.refunds;
        for (const auto& pool : session.pools) {
            Pool& known = money.pools_[pool.id.value()];
            known.has_codes = pool.kind == domain::PoolKind::codes;
            for (const auto& addition : pool.additions)
                known.capacity += static_cast<std::int64_t>(addition.count);
            known.free = known.capacity;
        }
        for (const auto& tier : session.tiers)
            money.pool_of_tier_[tier.id.value()] = tier.pool.value();
        return {};
    }
    Problem operator()(const domain::SessionCancelled& fact) const {
        money.cancelled_ = money.cancelled_ || fact.session == money.session_;
        return {};
    }

    Problem operator()(const domain::OrderPlaced& fact) const {
        if (fact.order.session != money.session_) return {};
        const auto placed = money.entries_.try_emplace(fact.order.id);
        if (!placed.second) return name_of(fact.order.id) + " is placed twice";
        placed.first->second.order = fact.order;
        move_lines(fact.order, &Pool::free, &Pool::held);
        return {};
    }
    Problem operator()(const domain::OrderCancelled& fact) const {
        return move(fact.order, OrderState::cancelled);
    }
    Problem operator()(const domain::OrderExpired& fact) const {
        return move(fact.order, OrderState::expired);
    }
    Problem operator()(const domain::OrderMoved& fact) const {
        Entry* entry = find(fact.order);
        if (entry == nullptr) return {};
        const bool sells =
            fact.to == OrderState::completed && entry->order.state == OrderState::paid;
        for (std::size_t i = 0; sells && i < entry->order.lines.size(); ++i) {
            const auto& line = entry->order.lines[i];
            const std::uint64_t pool = money.pool_of_tier_[line.tier.value()];
            if (!money.pools_[pool].has_codes) continue;
            for (std::uint64_t k = 0; k < line.quantity; ++k) {
                if (!money.codes_.emplace(pool, fact.first_ordinals[i] + k).second)
                    return name_of(fact.order) + " gets a code that somebody has had";
            }
        }
        return move(fact.order, fact.to);
    }
    Problem operator()(const domain::LatePaymentAccepted& fact) const {
        Entry* entry = find(fact.order);
        if (entry == nullptr) return {};
        const auto before = entry->order.amount();
        entry->order.lines = fact.lines;
        entry->revived = true;
        if (entry->order.amount() != before)
            return name_of(fact.order) + " costs something else when it is accepted late";
        move_lines(entry->order, &Pool::free, &Pool::held);
        entry->order.state = OrderState::paid;
        return {};
    }

    void move_lines(const domain::Order& order, std::int64_t Pool::*from,
                    std::int64_t Pool::*to) const {
        for (const auto& line : order.lines) {
            Pool& pool = money.pools_[money.pool_of_tier_[line.tier.value()]];
            pool.*from -= line.quantity;
            pool.*to += line.quantity;
        }
    }
    // What was sold goes back to the shelf, unless somebody has seen its code or nothing is sold
    // any more.
    void take_back(const domain::Order& order) const {
        for (const auto& line : order.lines) {
            Pool& pool = money.pools_[money.pool_of_tier_[line.tier.value()]];
            pool.sold -= line.quantity;
            (pool.has_codes || money.cancelled_ ? pool.withdrawn : pool.free) += line.quantity;
        }
    }

    Problem move(domain::OrderId id, OrderState to) const {
        Entry* entry = find(id);
        if (entry == nullptr) return {};
        const OrderState from = entry->order.state;
        if (!domain::can_follow(from, to))
            return name_of(id) + " becomes " + std::string(to_string(to)) + " and was " +
                   std::string(to_string(from));
        if (from == OrderState::paid && to == OrderState::completed)
            move_lines(entry->order, &Pool::held, &Pool::sold);
        else if (domain::holds_stock(from) && !domain::is_live(to))
            move_lines(entry->order, &Pool::held, &Pool::free);
        else if (to == OrderState::refunded)
            take_back(entry->order);
        entry->order.state = to;
        return {};
    }

    Problem operator()(const domain::PaymentStarted& fact) const {
        Entry* entry = find(domain::order_of(fact.payment.id));
        if (entry != nullptr) entry->payments.push_back(fact.payment);
        return {};
    }
    Problem operator()(const domain::PaymentCaptured& fact) const {
        domain::Payment* payment = find(fact.payment);
        if (payment == nullptr) return {};
        if (payment->state == domain::PaymentState::captured)
            return "payment " + std::to_string(fact.payment.value()) + " is captured twice";
        payment->state = domain::PaymentState::captured;
        payment->captured = fact.amount;
        payment->transaction = fact.transaction;
        payment->use = fact.use;
        return {};
    }
    Problem operator()(const domain::PaymentEnded& fact) const {
        if (domain::Payment* payment = find(fact.payment)) payment->state = fact.state;
        return {};
    }
    Problem operator()(const domain::RefundRequested& fact) const {
        Entry* entry = find(domain::order_of(fact.refund.id));
        if (entry == nullptr) return {};
        if (find(fact.refund.payment) == nullptr ||
            find(fact.refund.payment)->state != domain::PaymentState::captured)
            return name_of(entry->order.id) + ": a refund of what was never taken";
        entry->refunds.push_back(fact.refund);
        return {};
    }
    Problem operator()(const domain::RefundReviewed& fact) const {
        if (domain::Refund* refund = find(fact.refund)) refund->state = fact.state;
        return {};
    }
    Problem operator()(const domain::RefundCancelled& fact) const {
        if (domain::Refund* refund = find(fact.refund))
            refund->state = domain::RefundState::cancelled;
        return {};
    }
    Problem operator()(const domain::RefundCompleted& fact) const {
        domain::Refund* refund = find(fact.refund);
        if (refund == nullptr) return {};
        if (refund->state == domain::RefundState::completed)
            return "refund " + std::to_string(fact.refund.value()) + " is completed twice";
        refund->state = domain::RefundState::completed;
        refund->transaction = fact.transaction;
        return {};
    }
    Problem operator()(const domain::RefundReopened& fact) const {
        if (domain::Refund* refund = find(fact.refund))
            refund->state = domain::RefundState::approved;
        return {};
    }
    Problem operator()(const domain::StrayReceived& fact) const {
        if (!money.strays_.emplace(fact.stray.transaction, fact.stray).second)
            return "transaction " + fact.stray.transaction + " is received twice";
        return {};
    }
    Problem operator()(const domain::StrayReturned& fact) const {
        for (auto& [transaction, stray] : money.strays_)
            if (stray.id == fact.stray) stray.state = domain::StrayState::returned;
        return {};
    }
};

StoredMoney::Problem StoredMoney::check_stock() const {
    for (const auto& [id, pool] : pools_) {
        const bool negative = pool.free < 0 || pool.held < 0 || pool.sold < 0 || pool.withdrawn < 0;
        if (!negative && pool.free + pool.held + pool.sold + pool.withdrawn == pool.capacity)
            continue;
        return "the stock of pool " + std::to_string(id) + " does not balance";
    }
    return {};
}

StoredMoney::Problem StoredMoney::fold_shard(journal::Reader& reader, std::uint16_t shard) {
    std::uint64_t after = 0;
    std::optional<journal::Hash> previous = journal::Hash{};
    while (true) {
        const auto batches = reader.read(shard, after, previous, kChunkBytes);
        if (!batches) return "the journal: " + batches.error().message;
        if (batches->empty()) return {};
        for (const auto& batch : *batches) {
            const auto decoded = wire::decode_batch(batch.body);
            if (!decoded) return decoded.error().message;
            for (const auto& fact : decoded->facts) {
                Problem problem = std::visit(Fold{*this}, fact);
                if (problem.empty()) problem = check_stock();
                if (!problem.empty())
                    return "at sequence " + std::to_string(batch.sequence) + ": " + problem;
            }
        }
        after = batches->back().sequence;
        previous = batches->back().hash;
    }
}

base::Result<StoredMoney, std::string> StoredMoney::read(journal::Reader& reader,
                                                         std::uint16_t shards,
                                                         domain::SessionId session) {
    StoredMoney money;
    money.session_ = session;
    for (std::uint16_t shard = 0; shard < shards; ++shard) {
        if (Problem problem = money.fold_shard(reader, shard); !problem.empty())
            return base::Unexpected{"shard " + std::to_string(shard) + " " + problem};
    }
    return money;
}

}  // namespace onsale::banks
