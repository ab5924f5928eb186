// What became of an order: its facts with their places in the journal, and why it is as it is. Made
// from the journal, on the thread of its replayer; nothing is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "replay/replayer.h"

namespace onsale::replay {

struct OrderFact {
    domain::OrderState state = domain::OrderState::reserved;  // that it brought about
    Place place;
    base::Timestamp at;
};

enum class OrderEndCause : std::uint8_t { none, person, deadline, session_cancelled };

struct OrderStory {
    domain::Order order;           // as it is now; its codes by their ordinals
    std::vector<OrderFact> facts;  // in order; an end that is not written down yet is missing
    OrderEndCause cause = OrderEndCause::none;
    std::optional<domain::SessionStatus> status;
};

// Of an order that is known already, from memory or rows.
[[nodiscard]] ReplayResult<OrderStory> explain_order(
    Replayer& replayer, const domain::Order& order,
    const std::optional<domain::SessionStatus>& status);

// Finds the order first, in the journal alone; nothing if there is none. Reads the whole shard when
// its session is retired.
[[nodiscard]] ReplayResult<std::optional<OrderStory>> explain_order(Replayer& replayer,
                                                                    domain::OrderId order);

}  // namespace onsale::replay
