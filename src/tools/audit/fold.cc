#include "audit/internal/fold.h"

#include <fmt/format.h>

#include <algorithm>

#include "wire/records.pb.h"

namespace onsale::audit {
const char* state_name(std::uint32_t state) {
    constexpr const char* kNames[] = {"none",     "reserved", "completed", "cancelled", "expired",
                                      "refunded", "paid",     "failed",    "refunding"};
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
        case Fact::kSessionChanged:
            return change_session(fact.session_changed());
        case Fact::kTierChanged:
            return change_tier(fact.tier_changed());
        case Fact::kSessionCancelled:
            return cancel_session(fact.session_cancelled());
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
        case Fact::kOrderRefunded:
            return end_order(fact.order_refunded().order(), fact.order_refunded().at_ms(),
                             kRefunded);
        case Fact::kOrderHidden:
            return hide_order(fact.order_hidden().order());
        case Fact::kSessionRetired:
            return retire(fact.session_retired());
        case Fact::kTermsChanged:
            return change_terms(fact.terms_changed());
        case Fact::kOrderMoved:
            return move_order(fact.order_moved());
        case Fact::kLatePaymentAccepted:
            return accept_late(fact.late_payment_accepted());
        case Fact::kPaymentStarted:
        case Fact::kPaymentStepTried:
        case Fact::kPaymentCaptured:
        case Fact::kPaymentEnded:
        case Fact::kPaymentParked:
        case Fact::kPaymentResumed:
            return apply_payment_fact(fact);
        case Fact::kRefundRequested:
        case Fact::kRefundReviewed:
        case Fact::kRefundCancelled:
        case Fact::kRefundTried:
        case Fact::kRefundCompleted:
        case Fact::kRefundReopened:
        case Fact::kRefundParked:
        case Fact::kRefundResumed:
        case Fact::kRefundSettled:
            return apply_refund_fact(fact);
        case Fact::kStrayReceived:
        case Fact::kStrayTried:
        case Fact::kStrayReturned:
        case Fact::kStrayParked:
        case Fact::kStrayResumed:
            return apply_stray_fact(fact);
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

void Fold::finish(std::int64_t grace_ms) {
    for (std::uint32_t i = 0; i < sessions_.size(); ++i) recount(sessions_[i], i);
    // A shard that has just started again has not had its turn to end what is overdue.
    const std::int64_t due_ms = header_.time_ms - grace_ms;
    const bool had_time = epoch_since_ms_ <= due_ms;
    for (const Order& order : orders_) {
        const Session& session = sessions_[order.session];
        const bool is_live = order.state == kReserved || order.state == kCompleted;
        if (is_live && session.cancelled) {
            report_.checked(Clause::t4);
            if (had_time && session.cancelled_at_ms < due_ms) {
                report_.breach(Clause::t4,
                               fmt::format("{}: order {} is still {}, {} ms after session {} was "
                                           "cancelled",
                                           place(), order.id, state_name(order.state),
                                           header_.time_ms - session.cancelled_at_ms, session.id));
            }
        }
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
        const bool is_live = holds_stock(order.state) || has_tickets(order.state);
        if (order.session != index || !is_live) continue;
        for (const Line& line : lines_of(order)) {
            const auto tier = std::ranges::find(session.tiers, line.tier, &Tier::id);
            if (tier == session.tiers.end()) continue;
            Pool& pool = counted[tier->pool];
            (holds_stock(order.state) ? pool.held : pool.sold) += line.quantity;
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
