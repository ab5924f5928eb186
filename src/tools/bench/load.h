// Load: what a crowd sends and what it makes of the answers. The crowd decides when; requests are
// numbered from 0 in the order in which they are due. Belongs to the crowd's one thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "bench/response.h"
#include "bench/tally.h"

namespace onsale::bench {

enum class Phase : std::uint8_t { warm_up, measured };

struct Exchange {
    std::uint64_t number = 0;
    Phase phase = Phase::measured;
    std::int64_t due_us = 0;  // of the machine's monotonic clock, as the other times
    std::int64_t sent_us = 0;
    std::int64_t now_us = 0;
};

class Load {
  public:
    virtual ~Load() = default;
    // The bytes of a request, good until the next call. The same number gives the same order.
    virtual std::string_view request(std::uint64_t number) = 0;
    // Counts the answer and says what it was.
    virtual Verdict answered(const Exchange& exchange, const Response& response) = 0;
    // No answer came, or half of one.
    virtual void lost(const Exchange& exchange) = 0;
};

}  // namespace onsale::bench
