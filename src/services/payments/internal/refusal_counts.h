// RefusalCounts: how often a bank has told of one refund that it is refused. A bank that says
// completed and refused in turn makes a fact each time; after a few it is not listened to. Bounded:
// where there is no room, what was counted first is forgotten. Thread-safe. After a crash counting
// begins again.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>

#include "domain/ids.h"

namespace onsale::payments {

class RefusalCounts {
  public:
    [[nodiscard]] bool is_over(domain::RefundId refund) const;
    void add(domain::RefundId refund);

  private:
    mutable std::mutex mutex_;  // guards the following
    std::map<domain::RefundId, std::uint32_t> counts_;
    std::deque<domain::RefundId> ages_;  // the oldest first
};

}  // namespace onsale::payments
