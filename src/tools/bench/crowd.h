// Crowd: many buyers at once, on one thread with epoll and no HTTP library, so that the generator
// costs less than what it measures. Two ways to send: closed loop (each connection sends its next
// order when the last was answered) and fixed rate (orders are due at their times, whatever the
// server does, and latency counts from when an order was due). Only this machine is ever addressed.
// At a fixed rate an unknown outcome is sent again with the same key until it is answered.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "base/result.h"
#include "bench/people.h"
#include "bench/record.h"
#include "bench/tally.h"

namespace onsale::bench {

struct CrowdOptions {
    std::uint16_t port = 0;  // of 127.0.0.1
    std::size_t connections = 64;
    std::uint64_t campaign = 0;        // for the record
    std::uint64_t requests = 0;        // how many different orders are sent
    std::int64_t duration_us = 0;      // no new order is sent afterwards
    std::int64_t patience_us = 0;      // how long answers are waited for after that
    std::int64_t rate_per_second = 0;  // 0: closed loop
};

struct CrowdResult {
    std::int64_t elapsed_us = 0;  // from the first order to the last answer
    std::int64_t own_cpu_us = 0;
    std::uint64_t unanswered = 0;  // still without an answer when patience ended
    std::uint64_t sent_again = 0;
    std::uint64_t never_sent = 0;
};

// Sends and counts. The error is a sentence: it could not even connect, or the record could not be
// written.
[[nodiscard]] base::Result<CrowdResult, std::string> run_crowd(const CrowdOptions& options,
                                                               const PeopleRequests& people,
                                                               Tally& tally, Record* record);

// The port of "http://127.0.0.1:PORT"; nothing for any other address.
[[nodiscard]] std::uint16_t local_port(std::string_view url);

}  // namespace onsale::bench
