#include "rush/stored_sale.h"

#include <optional>
#include <utility>
#include <variant>

#include "wire/codec.h"

namespace onsale::rush {
namespace {

using domain::OrderState;

constexpr std::size_t kChunkBytes = std::size_t{4} << 20;

std::string name_of(domain::OrderId order) {
    return "order " + std::to_string(order.value());
}

}  // namespace

base::Result<StoredSale, std::string> StoredSale::read(journal::Reader& reader,
                                                       std::uint16_t shard) {
    StoredSale sale;
    std::uint64_t after = 0;
    std::optional<journal::Hash> previous = journal::Hash{};
    while (true) {
        const auto batches = reader.read(shard, after, previous, kChunkBytes);
        if (!batches) return base::Unexpected{"the journal: " + batches.error().message};
        if (batches->empty()) return sale;
        for (const auto& batch : *batches) {
            if (Problem problem = sale.apply(batch); !problem.empty())
                return base::Unexpected{"at sequence " + std::to_string(batch.sequence) + ": " +
                                        problem};
        }
        after = batches->back().sequence;
        previous = batches->back().hash;
    }
}

StoredSale::Problem StoredSale::apply(const journal::Batch& batch) {
    const auto decoded = wire::decode_batch(batch.body);
    if (!decoded) return decoded.error().message;
    remember_stock(batch.sequence);
    for (const auto& fact : decoded->facts) {
        Problem problem = apply(fact);
        if (problem.empty()) problem = check_stock();
        if (!problem.empty()) return problem;
        remember_stock(batch.sequence);
    }
    return {};
}

void StoredSale::remember_stock(std::uint64_t sequence) {
    auto& known = free_at_[sequence];
    for (const auto& [id, pool] : pools_) known.emplace(id, pool.free);
}

StoredSale::Problem StoredSale::apply(const domain::Fact& fact) {
    if (const auto* it = std::get_if<domain::SessionSetUp>(&fact)) return set_up(*it->session);
    if (const auto* it = std::get_if<domain::OrderPlaced>(&fact)) return place(it->order);
    if (const auto* it = std::get_if<domain::OrderCancelled>(&fact))
        return end(it->order, OrderState::cancelled);
    if (const auto* it = std::get_if<domain::OrderExpired>(&fact))
        return end(it->order, OrderState::expired);
    if (const auto* it = std::get_if<domain::OrderRefunded>(&fact))
        return end(it->order, OrderState::refunded);
    if (const auto* it = std::get_if<domain::SessionChanged>(&fact)) {
        tickets_per_person_ = it->tickets_per_person;
        return {};
    }
    if (const auto* it = std::get_if<domain::StockWithdrawn>(&fact)) {
        Pool& pool = pools_[it->pool.value()];
        pool.free -= static_cast<std::int64_t>(it->count);
        pool.withdrawn += static_cast<std::int64_t>(it->count);
    }
    return {};
}

StoredSale::Problem StoredSale::set_up(const domain::Session& session) {
    tickets_per_person_ = session.tickets_per_person;
    for (const auto& pool : session.pools) {
        for (const auto& addition : pool.additions) {
            pools_[pool.id.value()].capacity += static_cast<std::int64_t>(addition.count);
            pools_[pool.id.value()].free += static_cast<std::int64_t>(addition.count);
        }
    }
    for (const auto& tier : session.tiers) pool_of_tier_[tier.id.value()] = tier.pool.value();
    for (const auto& campaign : session.campaigns) {
        pool_of_campaign_[campaign.id.value()] = pool_of_tier_[campaign.tiers.front().value()];
        if (campaign.one_per_person) one_per_person_.insert(campaign.id.value());
    }
    return {};
}

StoredSale::Problem StoredSale::check_limits(const domain::Order& order) {
    std::uint64_t& tickets = tickets_[order.person.value()];
    tickets += order.quantity();
    if (tickets_per_person_ > 0 && tickets > tickets_per_person_)
        return name_of(order.id) + ": its person has " + std::to_string(tickets) +
               " live tickets, and may have " + std::to_string(tickets_per_person_);
    const std::pair place(order.campaign.value(), order.person.value());
    if (one_per_person_.contains(place.first) && !joined_.insert(place).second)
        return name_of(order.id) + ": its person has one already in this campaign";
    return {};
}

StoredSale::Problem StoredSale::place(const domain::Order& order) {
    if (!orders_.emplace(order.id, order).second) return name_of(order.id) + " is placed twice";
    const Placement placement{order.person.value(), order.idempotency_key};
    if (order.idempotency_key != 0 && !placed_.emplace(placement, order.id).second)
        return name_of(order.id) + ": its person has used its key before";
    for (const auto& line : order.lines) {
        Pool& pool = pools_[pool_of_tier_[line.tier.value()]];
        pool.free -= line.quantity;
        (order.state == OrderState::reserved ? pool.held : pool.sold) += line.quantity;
        for (std::uint64_t i = 0; line.first_ordinal != 0 && i < line.quantity; ++i) {
            if (!codes_.insert(line.first_ordinal + i).second)
                return name_of(order.id) + " has a code that was handed out before";
        }
    }
    return check_limits(order);
}

StoredSale::Problem StoredSale::end(domain::OrderId id, OrderState state) {
    const auto found = orders_.find(id);
    if (found == orders_.end()) return name_of(id) + " ends, and was never placed";
    domain::Order& order = found->second;
    if (!domain::can_follow(order.state, state))
        return name_of(id) + " becomes " + std::string(to_string(state)) + " and was " +
               std::string(to_string(order.state));
    for (const auto& line : order.lines) {
        Pool& pool = pools_[pool_of_tier_[line.tier.value()]];
        const bool was_held = order.state == OrderState::reserved;
        (was_held ? pool.held : pool.sold) -= line.quantity;
        (was_held ? pool.free : pool.withdrawn) += line.quantity;
    }
    tickets_[order.person.value()] -= order.quantity();
    joined_.erase({order.campaign.value(), order.person.value()});
    order.state = state;
    return {};
}

StoredSale::Problem StoredSale::check_stock() const {
    for (const auto& [id, pool] : pools_) {
        const bool negative = pool.free < 0 || pool.held < 0 || pool.sold < 0 || pool.withdrawn < 0;
        if (!negative && pool.free + pool.held + pool.sold + pool.withdrawn == pool.capacity)
            continue;
        return "the stock of pool " + std::to_string(id) + " does not balance";
    }
    return {};
}

StoredSale::Problem StoredSale::compare_orders(const History& history) const {
    for (const auto& [id, seen] : history.orders()) {
        const auto found = orders_.find(domain::OrderId(id));
        const std::string name = "order " + std::to_string(id);
        if (found == orders_.end()) return name + " was seen and is not stored";
        const domain::Order& order = found->second;
        if (order.person.value() != seen.person || order.campaign.value() != seen.campaign ||
            static_cast<std::uint64_t>(order.amount().minor) != seen.amount)
            return name + " is stored as another one than was seen";
        if (to_string(order.state) != seen.state)
            return name + " was last seen as " + seen.state + " and is stored as " +
                   std::string(to_string(order.state));
    }
    for (const auto& [placement, order] : history.placed()) {
        const auto found = placed_.find(placement);
        if (found == placed_.end() || found->second.value() != order)
            return "order " + std::to_string(order) + " is not stored under its key";
    }
    for (const auto& [placement, order] : placed_) {
        if (history.was_refused(placement))
            return name_of(order) + " is stored though it was refused";
        if (!history.orders().contains(order.value()))
            return name_of(order) + " is stored and nobody can see it";
    }
    return {};
}

// The free stock that a refusal names was there at the place in the journal that it names.
StoredSale::Problem StoredSale::compare_receipt(const answers::Receipt& receipt) const {
    using domain::Refusal;
    if (receipt.refusal != Refusal::sold_out && receipt.refusal != Refusal::not_enough_stock)
        return {};
    const auto pool = pool_of_campaign_.find(receipt.campaign.value());
    const auto at = free_at_.find(receipt.sequence);
    if (pool == pool_of_campaign_.end() || at == free_at_.end())
        return "a receipt names sequence " + std::to_string(receipt.sequence) +
               ", which is not in the journal";
    const std::pair known(pool->second, static_cast<std::int64_t>(receipt.free));
    if (at->second.contains(known)) return {};
    return "a receipt says that " + std::to_string(receipt.free) + " were free at sequence " +
           std::to_string(receipt.sequence) + ", which was not so";
}

std::string StoredSale::compare(const History& history) const {
    if (Problem problem = compare_orders(history); !problem.empty()) return problem;
    for (const auto& [id, order] : orders_) {
        if (order.state == OrderState::reserved) return name_of(id) + " has no end";
    }
    for (const auto& receipt : history.receipts()) {
        if (Problem problem = compare_receipt(receipt); !problem.empty()) return problem;
    }
    return {};
}

}  // namespace onsale::rush
