// Crowd: many browsers at once, on one thread with epoll and no HTTP library, so that the generator
// costs less than what it measures. Two ways to send: closed loop (each connection sends its next
// request when the last was answered) and open loop (requests are due at their times, whatever the
// server does, and latency counts from when a request was due). Only this machine is ever
// addressed. In an open loop an unknown outcome is sent again with the same key until it is
// answered.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "bench/load.h"
#include "bench/timeline.h"

namespace onsale::bench {

struct CrowdOptions {
    std::uint16_t port = 0;  // of 127.0.0.1
    std::size_t connections = 64;
    std::uint64_t requests = 0;        // how many different ones are sent
    std::int64_t warm_up_us = 0;       // what is due before is counted apart
    std::int64_t duration_us = 0;      // after the warm-up; no new request is sent afterwards
    std::int64_t patience_us = 0;      // how long answers are waited for after that
    std::int64_t rate_per_second = 0;  // 0: closed loop
    std::int64_t give_up_us = 0;   // in an open loop: who could not even be sent for so long goes
                                   // away, and counts as never sent; 0: nobody does
    std::uint32_t impatience = 0;  // in an open loop: how often who is told to come later (503)
                                   // comes back at once
    Timeline* timeline = nullptr;  // of the measured part; may be absent
    // Called about fifty times a second, with the time since the start; false ends the run, with
    // `stop_reason`. May be empty.
    std::function<bool(std::int64_t elapsed_us)> on_tick;
    std::string stop_reason;
    std::function<void()> on_measured;  // the warm-up is over
};

// Of the measured part, but for the first and the last figures.
struct CrowdResult {
    std::int64_t start_us = 0;    // when the first request was due, by the monotonic clock
    std::int64_t elapsed_us = 0;  // to the last answer
    std::int64_t own_cpu_us = 0;
    std::uint64_t sent = 0;
    std::uint64_t sent_late = 0;  // more than a millisecond after they were due
    std::uint64_t sent_again = 0;
    std::uint64_t unanswered = 0;  // still without an answer when patience ended
    std::uint64_t never_sent = 0;
};

inline constexpr std::int64_t kLateUs = 1000;

// Sends and counts. The error is a sentence: it could not even connect, or it was ended.
[[nodiscard]] base::Result<CrowdResult, std::string> run_crowd(const CrowdOptions& options,
                                                               Load& load);

// The port of "http://127.0.0.1:PORT"; nothing for any other address.
[[nodiscard]] std::uint16_t local_port(std::string_view url);

}  // namespace onsale::bench
