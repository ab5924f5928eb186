// Tally: how many orders of each session are in each state, as recorded; kept up fact by fact while
// a journal is replayed, because a box office counts only what its rules need. Belongs to one
// replay on one thread. INVARIANT: equal to counting the orders of the box office again.
#pragma once

#include <array>
#include <cstdint>
#include <map>

#include "boxoffice/box_office.h"
#include "domain/fact.h"
#include "domain/order.h"

namespace onsale::replay {

struct OrderCounts {
    std::uint64_t reserved = 0;
    std::uint64_t completed = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t expired = 0;
    std::uint64_t refunded = 0;
    std::uint64_t paid = 0;
    std::uint64_t failed = 0;
    std::uint64_t refunding = 0;
    bool operator==(const OrderCounts&) const = default;
};

class Tally {
  public:
    // Counts what a box office holds: where a replay begins.
    void start_from(const boxoffice::BoxOffice& box_office);
    // To be called for each fact before the box office applies it.
    void note(const domain::Fact& fact, const boxoffice::BoxOffice& before);
    // Zeros for a session that has no orders in memory: unknown, new or retired.
    [[nodiscard]] OrderCounts of(domain::SessionId session) const;

  private:
    std::map<domain::SessionId, OrderCounts> sessions_;
};

}  // namespace onsale::replay
