// The crowd of a rehearsal: plays a plan against a server on this machine, on one thread with
// epoll. Every step is due at its time whatever the server does, and waits count from then. Each
// request has a connection of its own from its actor's address. Blocks until everything was
// answered or given up.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/record.h"
#include "rehearsal/figures.h"
#include "rehearsal/plan.h"

namespace onsale::rehearsal {

struct Stage {
    std::uint16_t port = 0;  // of 127.0.0.1
    std::uint64_t campaign = 0;
    std::vector<std::uint64_t> tiers;
    std::function<std::string(std::uint64_t person)> token;
    std::function<bool()> stop;  // asked now and then; true ends it early
    std::function<void(const Figures& figures, std::int64_t now_us)> progress;  // each second
};

enum class Ended : std::uint8_t { complete, stopped };

// How long answers are waited for, one by one and after the last step.
inline constexpr std::int64_t kPatienceUs = 15'000'000;

// The time zero of the plan is now. Every answer is written to `record`. The error is a sentence.
[[nodiscard]] base::Result<Ended, std::string> play(const Plan& plan, const Stage& stage,
                                                    bench::Record& record, Figures& figures);

}  // namespace onsale::rehearsal
