#include "audit/internal/fold.h"

#include <fmt/format.h>

#include <algorithm>

#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

Addition addition_from(const records::Addition& record) {
    return {record.id(), record.count(), record.digest()};
}

Campaign campaign_from(const records::Campaign& record) {
    Campaign campaign;
    campaign.id = record.id();
    campaign.opens_at_ms = record.opens_at_ms();
    campaign.closes_at_ms = record.closes_at_ms();
    campaign.hold_time_ms = record.hold_time_ms();
    campaign.one_per_person = record.one_per_person();
    campaign.tickets_per_order = record.tickets_per_order();
    campaign.tiers.assign(record.tiers().begin(), record.tiers().end());
    return campaign;
}

Pool pool_from(const records::Pool& record) {
    Pool pool;
    pool.id = record.id();
    pool.kind = record.kind();
    for (const auto& addition : record.additions()) {
        pool.additions.push_back(addition_from(addition));
        pool.capacity += static_cast<std::int64_t>(addition.count());
    }
    pool.free = pool.capacity;
    return pool;
}

// Changes the session's record, which is what a snapshot holds of it.
template <class Change>
void redefine(Session& session, Change change) {
    records::Session record;
    record.ParseFromString(session.definition);
    change(record);
    session.definition = record.SerializeAsString();
}

}  // namespace

const char* state_name(std::uint32_t state) {
    constexpr const char* kNames[] = {"none", "reserved", "completed", "cancelled", "expired"};
    return state < std::size(kNames) ? kNames[state] : "unknown";
}

std::string Fold::place() const {
    return fmt::format("shard {} sequence {}", shard_, header_.sequence);
}

const Order* Fold::find_order(std::uint64_t id) const {
    const auto found = order_index_.find(id);
    return found == order_index_.end() ? nullptr : &orders_[found->second];
}

const Session* Fold::find_session(std::uint64_t id) const {
    const auto found = session_index_.find(id);
    return found == session_index_.end() ? nullptr : &sessions_[found->second];
}

std::vector<Line> Fold::lines_of(const Order& order) const {
    std::vector<Line> lines{order.line};
    if (order.extra != kNone) {
        const auto& more = extra_lines_[order.extra];
        lines.insert(lines.end(), more.begin(), more.end());
    }
    return lines;
}

std::uint64_t Fold::extra_lines() const {
    std::uint64_t sum = 0;
    for (const auto& lines : extra_lines_) sum += lines.size();
    return sum;
}

Session* Fold::live_session(std::uint64_t id, Clause clause) {
    const auto found = session_index_.find(id);
    if (found == session_index_.end()) {
        report_.breach(clause, fmt::format("{}: session {} is not of this shard", place(), id));
        return nullptr;
    }
    Session& session = sessions_[found->second];
    if (session.retired) {
        report_.breach(Clause::s1,
                       fmt::format("{}: session {} changes after it was retired", place(), id));
        return nullptr;
    }
    return &session;
}

Pool* Fold::find_pool(Session& session, std::uint64_t id) {
    const auto found = std::ranges::find(session.pools, id, &Pool::id);
    return found == session.pools.end() ? nullptr : &*found;
}

void Fold::apply(const BatchHeader& header, const records::Batch& batch) {
    const BatchHeader before = header_;
    header_ = header;
    report_.checked(Clause::d7);
    if (header.time_ms < before.time_ms) {
        report_.breach(Clause::d7,
                       fmt::format("{}: its time {} is before that of its predecessor, {}", place(),
                                   header.time_ms, before.time_ms));
    }
    report_.checked(Clause::d1);
    const bool starts = batch.facts_size() > 0 && batch.facts(0).has_epoch_started();
    if (before.sequence == 0 && !starts) {
        report_.breach(Clause::d1,
                       fmt::format("{}: the first batch does not start an epoch", place()));
    }
    const bool same_owner =
        header.epoch == before.epoch && header.incarnation == before.incarnation;
    if (before.sequence != 0 && !starts && !same_owner) {
        report_.breach(Clause::d1, fmt::format("{}: written in epoch {} while epoch {} was valid",
                                               place(), header.epoch, before.epoch));
    }
    if (before.sequence != 0 && starts && header.epoch <= before.epoch) {
        report_.breach(Clause::d1, fmt::format("{}: epoch {} starts after epoch {}", place(),
                                               header.epoch, before.epoch));
    }
    for (int i = 0; i < batch.facts_size(); ++i) {
        if (i > 0 && batch.facts(i).has_epoch_started()) {
            report_.breach(Clause::d1, fmt::format("{}: an epoch starts inside a batch", place()));
        }
        apply_fact(batch.facts(i));
    }
    for (const auto& refusal : batch.refusals()) {
        std::uint64_t& count = refusals_[{refusal.campaign(), refusal.refusal()}];
        report_.checked(Clause::d7);
        if (refusal.count() < count) {
            report_.breach(
                Clause::d7,
                fmt::format("{}: refusals of campaign {} for reason {} fall from {} to {}", place(),
                            refusal.campaign(), refusal.refusal(), count, refusal.count()));
        }
        count = refusal.count();
    }
    ++report_.batches;
    report_.facts += static_cast<std::uint64_t>(batch.facts_size());
}

void Fold::apply_fact(const records::Fact& fact) {
    using records::Fact;
    switch (fact.kind_case()) {
        case Fact::kEpochStarted:
            return started(fact.epoch_started().epoch(), fact.epoch_started().incarnation());
        case Fact::kSessionSetUp:
            return set_up(fact.session_set_up().session());
        case Fact::kCampaignChanged:
            return change_campaign(fact.campaign_changed().session(),
                                   fact.campaign_changed().campaign());
        case Fact::kStockAdded:
            return add_stock(fact.stock_added());
        case Fact::kStockWithdrawn:
            return withdraw(fact.stock_withdrawn());
        case Fact::kOrderPlaced:
            return place_order(fact.order_placed().order());
        case Fact::kOrderCancelled:
            return end_order(fact.order_cancelled().order(), fact.order_cancelled().at_ms(),
                             kCancelled);
        case Fact::kOrderExpired:
            return end_order(fact.order_expired().order(), fact.order_expired().at_ms(), kExpired);
        case Fact::kOrderHidden:
            return hide_order(fact.order_hidden().order());
        case Fact::kSessionRetired:
            return retire(fact.session_retired());
        case Fact::KIND_NOT_SET:
            break;
    }
    report_.breach(Clause::d2,
                   fmt::format("{}: a fact of a kind that this program does not know", place()));
}

void Fold::started(std::uint64_t epoch, std::uint64_t incarnation) {
    epoch_since_ms_ = header_.time_ms;
    if (epoch != header_.epoch || incarnation != header_.incarnation) {
        report_.breach(Clause::d1, fmt::format("{}: the fact starts epoch {}, the batch carries {}",
                                               place(), epoch, header_.epoch));
    }
}

void Fold::set_up(const records::Session& record) {
    const auto index = static_cast<std::uint32_t>(sessions_.size());
    if (!session_index_.emplace(record.id(), index).second) {
        report_.breach(Clause::s4,
                       fmt::format("{}: session {} is set up a second time", place(), record.id()));
        return;
    }
    Session session;
    session.id = record.id();
    session.orders_per_person = record.orders_per_person();
    session.tickets_per_person = record.tickets_per_person();
    session.definition = record.SerializeAsString();
    for (const auto& pool : record.pools()) session.pools.push_back(pool_from(pool));
    for (const auto& campaign : record.campaigns())
        session.campaigns.push_back(campaign_from(campaign));
    for (const auto& tier : record.tiers()) {
        const auto pool = std::ranges::find(session.pools, tier.pool(), &Pool::id);
        if (pool == session.pools.end()) {
            report_.breach(
                Clause::t1,
                fmt::format("{}: tier {} sells from pool {}, which session {} does not have",
                            place(), tier.id(), tier.pool(), record.id()));
            continue;
        }
        const auto at = static_cast<std::size_t>(pool - session.pools.begin());
        session.tiers.push_back({tier.id(), at, tier.price().minor(), tier.price().currency()});
    }
    sessions_.push_back(std::move(session));
}

void Fold::change_campaign(std::uint64_t session_id, const records::Campaign& record) {
    Session* session = live_session(session_id, Clause::s1);
    if (session == nullptr) return;
    const auto found = std::ranges::find(session->campaigns, record.id(), &Campaign::id);
    const auto at = found - session->campaigns.begin();
    if (found == session->campaigns.end()) {
        session->campaigns.push_back(campaign_from(record));
    } else {
        *found = campaign_from(record);
    }
    redefine(*session, [&](records::Session& definition) {
        const bool known = at < definition.campaigns_size();
        *(known ? definition.mutable_campaigns(static_cast<int>(at)) : definition.add_campaigns()) =
            record;
    });
}

void Fold::add_stock(const records::StockAdded& record) {
    Session* session = live_session(record.session(), Clause::t1);
    Pool* pool = session == nullptr ? nullptr : find_pool(*session, record.pool());
    if (pool == nullptr) {
        report_.breach(Clause::t1,
                       fmt::format("{}: stock for pool {} of session {}, which is not there",
                                   place(), record.pool(), record.session()));
        return;
    }
    if (std::ranges::count(pool->additions, record.addition().id(), &Addition::id) != 0) {
        report_.breach(Clause::s4,
                       fmt::format("{}: addition {} enters pool {} of session {} a second time",
                                   place(), record.addition().id(), pool->id, session->id));
    }
    pool->additions.push_back(addition_from(record.addition()));
    const auto count = static_cast<std::int64_t>(record.addition().count());
    pool->capacity += count;
    pool->free += count;
    check_pool(*session, *pool);
    const auto at = static_cast<int>(pool - session->pools.data());
    redefine(*session, [&](records::Session& definition) {
        *definition.mutable_pools(at)->add_additions() = record.addition();
    });
}

void Fold::withdraw(const records::StockWithdrawn& record) {
    Session* session = live_session(record.session(), Clause::t1);
    Pool* pool = session == nullptr ? nullptr : find_pool(*session, record.pool());
    if (pool == nullptr) {
        report_.breach(
            Clause::t1,
            fmt::format("{}: stock withdrawn from pool {} of session {}, which is not there",
                        place(), record.pool(), record.session()));
        return;
    }
    const auto count = static_cast<std::int64_t>(record.count());
    pool->free -= count;
    pool->withdrawn += count;
    if (pool->kind == kPoolOfCodes) pool->next_ordinal += record.count();
    check_pool(*session, *pool);
}

void Fold::check_pool(const Session& session, const Pool& pool) {
    report_.checked(Clause::t1);
    report_.checked(Clause::t3);
    if (!pool.balances()) {
        report_.breach(
            Clause::t1,
            fmt::format(
                "{}: pool {} of session {}: {} free + {} held + {} sold + {} withdrawn is not {}",
                place(), pool.id, session.id, pool.free, pool.held, pool.sold, pool.withdrawn,
                pool.capacity));
    }
    if (pool.free < 0 || pool.held < 0) {
        report_.breach(Clause::t3, fmt::format("{}: pool {} of session {}: {} free, {} held",
                                               place(), pool.id, session.id, pool.free, pool.held));
    }
}

void Fold::retire(const records::SessionRetired& record) {
    Session* session = live_session(record.session(), Clause::t5);
    if (session == nullptr) return;
    report_.checked(Clause::t5);
    if (session->reserved != 0) {
        report_.breach(Clause::t5,
                       fmt::format("{}: session {} is retired with {} orders that are not final",
                                   place(), session->id, session->reserved));
    }
    const bool same = record.orders() == session->orders.size() &&
                      record.completed() == session->completed &&
                      record.tickets() == session->tickets;
    if (!same) {
        report_.breach(
            Clause::t5,
            fmt::format("{}: session {} is retired with {} orders, {} completed, {} tickets; there "
                        "are {}, {}, {}",
                        place(), session->id, record.orders(), record.completed(), record.tickets(),
                        session->orders.size(), session->completed, session->tickets));
    }
    session->retired = true;
    // Memory lets go of the session's keys, so a person may use one again.
    for (const std::uint32_t index : session->orders)
        keys_.erase({orders_[index].person, orders_[index].key});
}

void Fold::finish(std::int64_t grace_ms) {
    for (std::uint32_t i = 0; i < sessions_.size(); ++i) recount(sessions_[i], i);
    // A shard that has just started again has not had its turn to end what is overdue.
    const std::int64_t due_ms = header_.time_ms - grace_ms;
    const bool had_time = epoch_since_ms_ <= due_ms;
    for (const Order& order : orders_) {
        if (order.state != kReserved) continue;
        report_.checked(Clause::t4);
        if (had_time && order.deadline_ms < due_ms) {
            report_.breach(Clause::t4,
                           fmt::format("{}: order {} still holds stock {} ms after its deadline",
                                       place(), order.id, header_.time_ms - order.deadline_ms));
        }
    }
}

// The pools once more from the orders alone, in another way than the steps did.
void Fold::recount(const Session& session, std::uint32_t index) {
    std::vector<Pool> counted(session.pools.size());
    for (const std::uint32_t at : session.orders) {
        const Order& order = orders_[at];
        if (order.session != index || (order.state != kReserved && order.state != kCompleted))
            continue;
        for (const Line& line : lines_of(order)) {
            const auto tier = std::ranges::find(session.tiers, line.tier, &Tier::id);
            if (tier == session.tiers.end()) continue;
            Pool& pool = counted[tier->pool];
            (order.state == kReserved ? pool.held : pool.sold) += line.quantity;
        }
    }
    for (std::size_t i = 0; i < counted.size(); ++i) {
        const Pool& pool = session.pools[i];
        report_.checked(Clause::t1);
        if (pool.held != counted[i].held || pool.sold != counted[i].sold) {
            report_.breach(Clause::t1, fmt::format("shard {}: pool {} of session {}: {} held and "
                                                   "{} sold by its orders, {} and {} step by step",
                                                   shard_, pool.id, session.id, counted[i].held,
                                                   counted[i].sold, pool.held, pool.sold));
        }
        if (pool.kind != kPoolOfCodes) continue;
        report_.checked(Clause::c1);
        if (static_cast<std::int64_t>(pool.next_ordinal) - 1 != pool.sold + pool.withdrawn) {
            report_.breach(Clause::c1,
                           fmt::format("shard {}: pool {} of session {}: codes up to {} are gone, "
                                       "for {} tickets and {} withdrawn",
                                       shard_, pool.id, session.id, pool.next_ordinal - 1,
                                       pool.sold, pool.withdrawn));
        }
    }
}

}  // namespace onsale::audit
