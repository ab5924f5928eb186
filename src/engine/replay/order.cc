#include "replay/order.h"

#include <utility>

namespace onsale::replay {
namespace {

using domain::OrderState;

// The state that a fact brings an order to, if it is about this order.
std::optional<OrderState> state_of(const domain::Fact& fact, domain::OrderId order) {
    if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact)) {
        if (placed->order.id == order) return placed->order.state;
    } else if (const auto change = domain::order_change(fact)) {
        if (change->order == order) return change->to;
    }
    return std::nullopt;
}

OrderEndCause cause_of(const domain::Order& order,
                       const std::optional<domain::SessionStatus>& status) {
    switch (order.state) {
        case OrderState::reserved:
        case OrderState::paid:
        case OrderState::completed:
        case OrderState::failed:
        case OrderState::refunding:
            return OrderEndCause::none;
        case OrderState::expired:
            return OrderEndCause::deadline;
        case OrderState::refunded:
        case OrderState::cancelled:
            break;
    }
    const bool by_session = status && status->cancelled && order.changed_at >= status->cancelled_at;
    if (by_session) return OrderEndCause::session_cancelled;
    return order.state == OrderState::cancelled ? OrderEndCause::person : OrderEndCause::none;
}

// Looks for the fact of this time that brings the order to a state.
ReplayResult<void> add_fact(Replayer& replayer, OrderStory& story, base::Timestamp at) {
    const domain::OrderId order = story.order.id;
    std::optional<OrderState> state;
    const auto is_it = [&](const domain::Fact& fact) {
        const auto reached = state_of(fact, order);
        if (reached) state = reached;
        return reached.has_value();
    };
    ONSALE_TRY_ASSIGN(place, replayer.find_fact(domain::shard_of(order), at, is_it));
    if (place) story.facts.push_back({*state, *place, at});
    return {};
}

// Memory has let go of it: the whole shard is read.
ReplayResult<std::optional<OrderStory>> search(Replayer& replayer, domain::OrderId order) {
    OrderStory story;
    story.status.emplace();
    const auto visit = [&](const Step& step) {
        for (const auto& fact : step.decoded.facts) {
            const auto* session = std::get_if<domain::SessionCancelled>(&fact);
            const bool is_found = !story.facts.empty();
            if (session != nullptr && is_found && session->session == story.order.session)
                *story.status = {false, true, session->at};
            const auto* retired = std::get_if<domain::SessionRetired>(&fact);
            if (retired != nullptr && is_found && retired->session == story.order.session)
                return Walk::done;
            const auto state = state_of(fact, order);
            if (!state) continue;
            if (const auto* placed = std::get_if<domain::OrderPlaced>(&fact))
                story.order = placed->order;
            const auto at = time_of(fact).value_or(step.batch.time);
            story.order.state = *state;
            story.order.changed_at = at;
            story.facts.push_back({*state, {step.batch.sequence, step.batch.time}, at});
        }
        return Walk::on;
    };
    ONSALE_TRY(replayer.walk(domain::shard_of(order), 0, visit));
    if (story.facts.empty()) return std::optional<OrderStory>();
    story.cause = cause_of(story.order, story.status);
    return std::optional(std::move(story));
}

}  // namespace

ReplayResult<OrderStory> explain_order(Replayer& replayer, const domain::Order& order,
                                       const std::optional<domain::SessionStatus>& status) {
    OrderStory story{order, {}, cause_of(order, status), status};
    ONSALE_TRY(add_fact(replayer, story, order.created_at));
    if (order.changed_at != order.created_at)
        ONSALE_TRY(add_fact(replayer, story, order.changed_at));
    return story;
}

ReplayResult<std::optional<OrderStory>> explain_order(Replayer& replayer, domain::OrderId order) {
    const domain::ShardId shard = domain::shard_of(order);
    ONSALE_TRY_ASSIGN(last, replayer.last(shard));
    ONSALE_TRY_ASSIGN(past, replayer.at(shard, last.sequence));
    const auto found = past->box_office.find_order(order, last.at);
    if (!found) return search(replayer, order);
    const auto status = past->box_office.status_of(found->session);
    ONSALE_TRY_ASSIGN(story, explain_order(replayer, *found, status));
    return std::optional(std::move(story));
}

}  // namespace onsale::replay
