// Orders: placing, ending, hiding; and the rules that each of these facts has to obey.
#include <fmt/format.h>

#include <algorithm>

#include "audit/internal/fold.h"
#include "wire/records.pb.h"

namespace onsale::audit {
namespace {

const Campaign* find_campaign(const Session& session, std::uint64_t id) {
    const auto found = std::ranges::find(session.campaigns, id, &Campaign::id);
    return found == session.campaigns.end() ? nullptr : &*found;
}

std::uint64_t quantity_of(const records::Order& record) {
    std::uint64_t sum = 0;
    for (const auto& line : record.lines()) sum += line.quantity();
    return sum;
}

bool is_free(const records::Order& record) {
    return std::ranges::all_of(record.lines(),
                               [](const auto& line) { return line.unit_price_minor() == 0; });
}

Line line_from(const records::OrderLine& record) {
    return {record.tier(), record.first_ordinal(), record.unit_price_minor(), record.quantity(),
            record.currency()};
}

}  // namespace

// Orders of a shard are numbered 1, 2, 3, …: a number that comes again would be one order with two
// effects.
bool Fold::check_number(std::uint64_t id) {
    report_.checked(Clause::s4);
    const bool own = (id & ((std::uint64_t{1} << kShardBits) - 1)) == shard_;
    const std::uint64_t number = id >> kShardBits;
    if (!own || number != next_number_) {
        report_.breach(Clause::s4, fmt::format("{}: order {} (number {}) where number {} was due",
                                               place(), id, number, next_number_));
    }
    if (order_index_.contains(id)) return false;
    next_number_ = std::max(next_number_, number + 1);
    return true;
}

void Fold::check_moment(std::int64_t at_ms, Subject subject, std::uint64_t id) {
    constexpr const char* kNames[] = {"order", "session", "payment", "refund", "stray"};
    report_.checked(Clause::d7);
    if (at_ms < moment_ms_ || at_ms > header_.time_ms) {
        report_.breach(Clause::d7,
                       fmt::format("{}: {} {} changes at {}, not between {} and the batch's {}",
                                   place(), kNames[static_cast<std::size_t>(subject)], id, at_ms,
                                   moment_ms_, header_.time_ms));
    }
    moment_ms_ = std::max(moment_ms_, at_ms);
}

void Fold::check_times(const records::Order& record, const Campaign* campaign) {
    check_moment(record.created_at_ms(), Subject::order, record.id());
    if (campaign == nullptr) return;
    report_.checked(Clause::d7);
    if (record.state() == kReserved &&
        record.deadline_ms() < record.created_at_ms() + campaign->hold_time_ms) {
        report_.breach(
            Clause::d7,
            fmt::format("{}: order {} is held for {} ms, {} were promised", place(), record.id(),
                        record.deadline_ms() - record.created_at_ms(), campaign->hold_time_ms));
    }
}

void Fold::check_rules(const records::Order& record, const Session& session) {
    const Campaign* campaign = find_campaign(session, record.campaign());
    check_times(record, campaign);
    report_.checked(Clause::s1);
    const std::uint32_t expected = is_free(record) ? kCompleted : kReserved;
    if (record.state() != expected) {
        report_.breach(Clause::s1,
                       fmt::format("{}: order {} begins as {}, not as {}", place(), record.id(),
                                   state_name(record.state()), state_name(expected)));
    }
    report_.checked(Clause::t6);
    if (campaign == nullptr) {
        report_.breach(Clause::t6,
                       fmt::format("{}: order {} of campaign {}, which session {} does not have",
                                   place(), record.id(), record.campaign(), session.id));
        return;
    }
    if (record.created_at_ms() < campaign->opens_at_ms ||
        record.created_at_ms() >= campaign->closes_at_ms) {
        report_.breach(Clause::t6,
                       fmt::format("{}: order {} at {} is outside of campaign {}", place(),
                                   record.id(), record.created_at_ms(), campaign->id));
    }
    const std::uint64_t limit =
        campaign->tickets_per_order == 0 ? kTicketsPerOrderMax : campaign->tickets_per_order;
    if (quantity_of(record) > limit) {
        report_.breach(Clause::t6,
                       fmt::format("{}: order {} has {} tickets, campaign {} allows {}", place(),
                                   record.id(), quantity_of(record), campaign->id, limit));
    }
    if (session.cancelled) {
        report_.breach(Clause::t6,
                       fmt::format("{}: order {} is placed in session {}, which is cancelled",
                                   place(), record.id(), session.id));
    }
    for (const auto& line : record.lines()) {
        if (std::ranges::count(campaign->tiers, line.tier()) == 0) {
            report_.breach(Clause::t6,
                           fmt::format("{}: order {} buys tier {}, which campaign {} does not sell",
                                       place(), record.id(), line.tier(), campaign->id));
        }
    }
}

void Fold::take_line(Session& session, const records::Order& record, int index) {
    const auto& line = record.lines(index);
    const auto tier = std::ranges::find(session.tiers, line.tier(), &Tier::id);
    report_.checked(Clause::t8);
    if (tier == session.tiers.end()) {
        report_.breach(
            Clause::t1,
            fmt::format("{}: order {} takes stock of tier {}, which session {} does not have",
                        place(), record.id(), line.tier(), session.id));
        return;
    }
    if (line.unit_price_minor() != tier->price_minor || line.currency() != tier->currency) {
        report_.breach(
            Clause::t8,
            fmt::format(
                "{}: order {} pays {} (currency {}) for tier {}, whose price is {} (currency {})",
                place(), record.id(), line.unit_price_minor(), line.currency(), tier->id,
                tier->price_minor, tier->currency));
    }
    report_.checked(Clause::t6);
    if (!tier->on_sale) {
        report_.breach(Clause::t6, fmt::format("{}: order {} buys tier {}, which is not on sale",
                                               place(), record.id(), tier->id));
    }
    Pool& pool = session.pools[tier->pool];
    const auto quantity = static_cast<std::int64_t>(line.quantity());
    pool.free -= quantity;
    (record.state() == kReserved ? pool.held : pool.sold) += quantity;
    check_pool(session, pool);
    if (pool.kind != kPoolOfCodes) return;
    report_.checked(Clause::c1);
    const std::uint64_t due = record.state() == kCompleted ? pool.next_ordinal : 0;
    if (line.first_ordinal() != due) {
        report_.breach(
            Clause::c1,
            fmt::format("{}: order {} ({}) gets code {} of pool {} of session {}, due was {}",
                        place(), record.id(), state_name(record.state()), line.first_ordinal(),
                        pool.id, session.id, due));
    }
    if (record.state() == kCompleted) pool.next_ordinal += line.quantity();
}

void Fold::check_person(const Order& order, const Session& session, const Campaign* campaign) {
    Usage& usage = usage_[{order.person, session.id}];
    ++usage.orders;
    for (const Line& line : lines_of(order)) usage.tickets += line.quantity;
    report_.checked(Clause::t6);
    if (session.orders_per_person != 0 && usage.orders > session.orders_per_person) {
        report_.breach(Clause::t6, fmt::format("{}: order {} is the live order number {} of person "
                                               "{} in session {}, allowed are {}",
                                               place(), order.id, usage.orders, order.person,
                                               session.id, session.orders_per_person));
    }
    if (session.tickets_per_person != 0 && usage.tickets > session.tickets_per_person) {
        report_.breach(
            Clause::t6,
            fmt::format("{}: order {} gives person {} {} tickets in session {}, allowed are {}",
                        place(), order.id, order.person, usage.tickets, session.id,
                        session.tickets_per_person));
    }
    report_.checked(Clause::s4);
    const std::uint32_t live = ++joined_[{order.person, order.campaign}];
    if (campaign != nullptr && campaign->one_per_person && live > 1) {
        report_.breach(Clause::s4,
                       fmt::format("{}: order {} is live order number {} of person {} in campaign "
                                   "{}, which allows one",
                                   place(), order.id, live, order.person, order.campaign));
    }
    if (order.key == 0) return;
    const auto [bound, fresh] = keys_.emplace(Pair{order.person, order.key}, order.id);
    if (!fresh && bound->second != order.id) {
        report_.breach(Clause::s4,
                       fmt::format("{}: order {} has the key of order {} of the same person {}",
                                   place(), order.id, bound->second, order.person));
    }
}

void Fold::place_order(const records::Order& record) {
    if (!check_number(record.id())) return;
    Session* session = live_session(record.session(), Clause::t1);
    if (session == nullptr || record.lines_size() == 0) {
        report_.breach(Clause::t1, fmt::format("{}: order {} takes no stock that is there", place(),
                                               record.id()));
        return;
    }
    check_rules(record, *session);
    for (int i = 0; i < record.lines_size(); ++i) take_line(*session, record, i);

    Order order{record.id(),
                record.person(),
                record.campaign(),
                record.idempotency_key(),
                record.body_hash(),
                record.created_at_ms(),
                record.deadline_ms(),
                record.changed_at_ms(),
                line_from(record.lines(0)),
                static_cast<std::uint32_t>(session - sessions_.data()),
                kNone,
                static_cast<std::uint8_t>(record.state()),
                record.hidden()};
    if (record.lines_size() > 1) {
        order.extra = static_cast<std::uint32_t>(extra_lines_.size());
        auto& more = extra_lines_.emplace_back();
        for (int i = 1; i < record.lines_size(); ++i) more.push_back(line_from(record.lines(i)));
    }
    const auto index = static_cast<std::uint32_t>(orders_.size());
    order_index_.emplace(order.id, index);
    session->orders.push_back(index);
    if (order.state < kStates) ++session->in_state[order.state];
    if (order.state == kCompleted) {
        session->tickets += quantity_of(record);
        session->issued += quantity_of(record);
        report_.tickets += quantity_of(record);
    }
    ++report_.orders;
    orders_.push_back(order);
    check_person(order, *session, find_campaign(*session, order.campaign));
}

// A live order ends: what it held is free again. What it had is, too, unless somebody has seen its
// code or nothing of the session is sold any more.
void Fold::release(const Order& order) {
    Session& session = sessions_[order.session];
    Usage& usage = usage_[{order.person, session.id}];
    --usage.orders;
    --joined_[{order.person, order.campaign}];
    const bool held = holds_stock(order.state);
    for (const Line& line : lines_of(order)) {
        usage.tickets -= line.quantity;
        if (!held) session.tickets -= line.quantity;
        const auto tier = std::ranges::find(session.tiers, line.tier, &Tier::id);
        if (tier == session.tiers.end()) continue;
        Pool& pool = session.pools[tier->pool];
        const bool frees = held || (!session.cancelled && pool.kind != kPoolOfCodes);
        (held ? pool.held : pool.sold) -= line.quantity;
        (frees ? pool.free : pool.withdrawn) += line.quantity;
        check_pool(session, pool);
    }
}

void Fold::set_state(Order& order, std::uint32_t to, std::int64_t at_ms) {
    Session& session = sessions_[order.session];
    if (order.state < kStates) --session.in_state[order.state];
    if (to < kStates) ++session.in_state[to];
    order.state = static_cast<std::uint8_t>(to);
    order.changed_at_ms = at_ms;
}

void Fold::end_order(std::uint64_t id, std::int64_t at_ms, std::uint32_t state) {
    check_moment(at_ms, Subject::order, id);
    report_.checked(Clause::s1);
    report_.checked(Clause::t4);
    const auto found = order_index_.find(id);
    if (found == order_index_.end()) {
        report_.breach(Clause::t4, fmt::format("{}: order {} is {}, but was never placed", place(),
                                               id, state_name(state)));
        return;
    }
    Order& order = orders_[found->second];
    if (order.state != (state == kRefunded ? kCompleted : kReserved)) {
        report_.breach(Clause::s1, fmt::format("{}: order {} goes from {} to {}", place(), id,
                                               state_name(order.state), state_name(state)));
        report_.breach(Clause::t4,
                       fmt::format("{}: the hold of order {} ends a second time", place(), id));
        return;
    }
    check_end(order, at_ms, state);
    if (state == kRefunded && find_money(id) != nullptr && find_money(id)->paying() != nullptr) {
        report_.breach(Clause::s6, fmt::format("{}: order {} was paid for, and is refunded without "
                                               "a refund",
                                               place(), id));
    }
    release(order);
    set_state(order, state, at_ms);
}

// An order ends by what came first: its deadline, or the cancellation of its session.
void Fold::check_end(const Order& order, std::int64_t at_ms, std::uint32_t state) {
    const Session& session = sessions_[order.session];
    const bool with_session = session.cancelled && session.cancelled_at_ms < order.deadline_ms;
    if (state == kRefunded && !session.cancelled) {
        report_.breach(Clause::s1,
                       fmt::format("{}: order {} is refunded, but session {} is not cancelled",
                                   place(), order.id, session.id));
    }
    if (state == kExpired && at_ms < order.deadline_ms) {
        report_.breach(Clause::d7, fmt::format("{}: order {} expires {} ms before its deadline",
                                               place(), order.id, order.deadline_ms - at_ms));
    }
    if (state == kExpired && with_session) {
        report_.breach(Clause::s1,
                       fmt::format("{}: order {} expires, but session {} was cancelled before",
                                   place(), order.id, session.id));
    }
    if (state == kCancelled && !with_session && at_ms >= order.deadline_ms) {
        report_.breach(Clause::s1, fmt::format("{}: order {} is cancelled {} ms after its deadline",
                                               place(), order.id, at_ms - order.deadline_ms));
    }
}

void Fold::hide_order(std::uint64_t id) {
    report_.checked(Clause::s1);
    const auto found = order_index_.find(id);
    const std::uint32_t state =
        found == order_index_.end() ? kReserved : orders_[found->second].state;
    if (state == kReserved || state == kPaid || state == kRefunding) {
        report_.breach(
            Clause::s1,
            fmt::format("{}: order {} is hidden, but it is not a final order of this shard",
                        place(), id));
        return;
    }
    orders_[found->second].hidden = true;
}

}  // namespace onsale::audit
