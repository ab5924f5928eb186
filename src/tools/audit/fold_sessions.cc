// Sessions: what is offered, how it changes, and its end; and the stock behind it.
#include <fmt/format.h>

#include <algorithm>

#include "audit/internal/fold.h"
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
    session.starts_at_ms = record.starts_at_ms();
    session.organiser = record.organiser();
    session.fee_basis_points = record.refunds().fee_basis_points();
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
        session.tiers.push_back(
            {tier.id(), at, tier.price().minor(), tier.price().currency(), !tier.off_sale()});
    }
    sessions_.push_back(std::move(session));
}

void Fold::change_campaign(std::uint64_t session_id, const records::Campaign& record) {
    Session* session = session_on_offer(session_id);
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

void Fold::change_session(const records::SessionChanged& record) {
    Session* session = session_on_offer(record.session());
    if (session == nullptr) return;
    session->starts_at_ms = record.starts_at_ms();
    session->orders_per_person = record.orders_per_person();
    session->tickets_per_person = record.tickets_per_person();
    redefine(*session, [&](records::Session& definition) {
        definition.set_starts_at_ms(record.starts_at_ms());
        definition.set_ends_at_ms(record.ends_at_ms());
        definition.set_orders_per_person(record.orders_per_person());
        definition.set_tickets_per_person(record.tickets_per_person());
    });
}

void Fold::change_tier(const records::TierChanged& record) {
    Session* session = session_on_offer(record.session());
    if (session == nullptr) return;
    const auto tier = std::ranges::find(session->tiers, record.tier(), &Tier::id);
    if (tier == session->tiers.end()) {
        report_.breach(Clause::t8,
                       fmt::format("{}: tier {} changes, which session {} does not have", place(),
                                   record.tier(), session->id));
        return;
    }
    tier->price_minor = record.price().minor();
    tier->currency = record.price().currency();
    tier->on_sale = !record.off_sale();
    const auto at = static_cast<int>(tier - session->tiers.begin());
    redefine(*session, [&](records::Session& definition) {
        *definition.mutable_tiers(at)->mutable_price() = record.price();
        definition.mutable_tiers(at)->set_off_sale(record.off_sale());
    });
}

// Refunds that were asked for before keep their terms.
void Fold::change_terms(const records::TermsChanged& record) {
    Session* session = session_on_offer(record.session());
    if (session == nullptr) return;
    session->fee_basis_points = record.refunds().fee_basis_points();
    redefine(*session, [&](records::Session& definition) {
        *definition.mutable_refunds() = record.refunds();
        // A policy of nothing is left out of a session's record.
        if (record.refunds().ByteSizeLong() == 0) definition.clear_refunds();
        definition.set_late_payment(record.late_payment());
    });
}

void Fold::cancel_session(const records::SessionCancelled& record) {
    Session* session = session_on_offer(record.session());
    if (session == nullptr) return;
    check_moment(record.at_ms(), Subject::session, record.session());
    report_.checked(Clause::s1);
    if (record.at_ms() >= session->starts_at_ms) {
        report_.breach(Clause::s1,
                       fmt::format("{}: session {} is cancelled {} ms after its start", place(),
                                   session->id, record.at_ms() - session->starts_at_ms));
    }
    session->cancelled = true;
    session->cancelled_at_ms = record.at_ms();
}

// A session whose rules may still change.
Session* Fold::session_on_offer(std::uint64_t id) {
    Session* session = live_session(id, Clause::s1);
    if (session == nullptr || !session->cancelled) return session;
    report_.breach(Clause::s1,
                   fmt::format("{}: session {} changes after it was cancelled", place(), id));
    return nullptr;
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
    if (record.withdrawal() == 0) return;
    report_.checked(Clause::s4);
    if (std::ranges::count(pool->withdrawals, record.withdrawal()) != 0) {
        report_.breach(Clause::s4,
                       fmt::format("{}: withdrawal {} leaves pool {} of session {} a second time",
                                   place(), record.withdrawal(), pool->id, session->id));
    }
    pool->withdrawals.push_back(record.withdrawal());
    const auto at = static_cast<int>(pool - session->pools.data());
    redefine(*session, [&](records::Session& definition) {
        auto& withdrawal = *definition.mutable_pools(at)->add_withdrawals();
        withdrawal.set_id(record.withdrawal());
        withdrawal.set_count(record.count());
    });
}

void Fold::retire(const records::SessionRetired& record) {
    Session* session = live_session(record.session(), Clause::t5);
    if (session == nullptr) return;
    report_.checked(Clause::t5);
    const auto& in_state = session->in_state;
    const std::uint64_t completed = in_state[kCompleted];
    const std::uint64_t unfinished = in_state[kReserved] + in_state[kPaid] + in_state[kRefunding] +
                                     (session->cancelled ? completed : 0);
    if (unfinished != 0) {
        report_.breach(Clause::t5,
                       fmt::format("{}: session {} is retired with {} orders that are not final",
                                   place(), session->id, unfinished));
    }
    const bool same = record.orders() == session->orders.size() &&
                      record.completed() == completed && record.tickets() == session->tickets;
    if (!same) {
        report_.breach(
            Clause::t5,
            fmt::format("{}: session {} is retired with {} orders, {} completed, {} tickets; there "
                        "are {}, {}, {}",
                        place(), session->id, record.orders(), record.completed(), record.tickets(),
                        session->orders.size(), completed, session->tickets));
    }
    session->retired = true;
    // Memory lets go of the session's keys, so a person may use one again.
    for (const std::uint32_t index : session->orders)
        keys_.erase({orders_[index].person, orders_[index].key});
}

}  // namespace onsale::audit
