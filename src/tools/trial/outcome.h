// Outcome: what one run of a plan gave. Plain values, everything in microseconds and counts; of the
// measured part only. Written to and read from JSON, of which docs/formats has no page: it is a
// result, and nothing depends on its form but `compare`.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/crowd.h"
#include "bench/histogram.h"
#include "bench/thread_times.h"
#include "bench/timeline.h"
#include "trial/scenario.h"

namespace onsale::trial {

struct Outcome {
    Plan plan;
    std::uint64_t due = 0;
    bench::CrowdResult crowd;
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;
    std::uint64_t reads = 0;
    std::uint64_t unchanged = 0;  // of the reads, answered by 304
    std::vector<std::pair<std::string, std::uint64_t>> refusals;
    std::uint64_t people = 0;
    std::uint64_t cold_tokens =
        0;  // orders that were their person's first, so that the token was new
    std::size_t streams_opened = 0;
    std::size_t streams_ended = 0;
    std::uint64_t events = 0;
    bench::Histogram latency;  // of orders; of reads where there are no orders
    bench::Histogram read_latency;
    bench::Histogram accepted_latency;
    bench::Histogram refused_latency;
    bench::Timeline timeline;
    bench::ThreadTimes server_cpu_us;
};

// Orders that were accepted, or in a scenario without sales the answers that are right there, as
// parts of a million of what was due.
[[nodiscard]] std::uint64_t good_per_million(const Outcome& outcome);
[[nodiscard]] std::uint64_t late_per_million(const Outcome& outcome);
// 99.9 % good, at most 0.1 % sent late, and p99 of orders and of reads within kHeldP99Us: the rate
// was held. A queue that grows in many connections is late in nothing but its answers.
inline constexpr std::uint64_t kHeldP99Us = 100'000;
[[nodiscard]] bool is_held(const Outcome& outcome);

// What was due and never answered or never sent has waited as long as it was waited for. Which kind
// it was is not known: it counts as an order where there are orders, and as a read where there are.
void count_unanswered(Outcome& outcome, std::uint64_t patience_us);

struct Machine {
    std::string processor;
    std::uint32_t cores = 0;
    std::uint64_t memory_mib = 0;
    std::string kernel;
    std::string file_system;  // of the data folder
    double load = 0;          // average of the last minute, before the run
};
[[nodiscard]] Machine describe_machine(const std::string& data_folder);

// The commit of the working tree that the current folder belongs to; empty where there is none.
[[nodiscard]] std::string current_commit();

}  // namespace onsale::trial
