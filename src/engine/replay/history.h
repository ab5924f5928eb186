// The history of a session: its stock and orders as of any moment, and the points between which
// they changed. Made from the journal, on the thread of its replayer; nothing is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "replay/replayer.h"

namespace onsale::replay {

struct SessionThen {
    Place place;
    bool known = false;  // false: it was not set up yet
    domain::SessionStatus status;
    std::vector<boxoffice::PoolView> pools;  // none when it is unknown or retired
    OrderCounts orders;                      // zeros then, too
};

// The sum over all pools.
struct HistoryPoint {
    Place place;
    domain::StockCount stock;
    OrderCounts orders;
    [[nodiscard]] bool same_figures(const HistoryPoint& other) const {
        return stock == other.stock && orders == other.orders;
    }
};

struct SessionHistory {
    // From its set-up to its last change, at most kPointsMax, thinned evenly by changes; empty:
    // nothing has happened yet.
    std::vector<HistoryPoint> points;
    Place last;            // of the shard
    bool complete = true;  // false: the points begin at a snapshot, since the start is too far away
};

[[nodiscard]] SessionThen session_then(const Past& past, domain::SessionId session);
[[nodiscard]] ReplayResult<SessionHistory> session_history(Replayer& replayer,
                                                           domain::ShardId shard,
                                                           domain::SessionId session);

}  // namespace onsale::replay
