// run_paying(): a site and two banks as processes of their own, and orders that go their whole way.
// Blocks the calling thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "env/files.h"
#include "paying/payers.h"
#include "trial/outcome.h"

namespace onsale::paying {

struct PayingOptions {
    std::string program;  // the binary `onsale`
    std::string below;    // the folder in which everything is made, and removed
    std::uint64_t rate = 2000;
    std::int64_t warm_up_s = 2;
    std::int64_t duration_s = 20;
    std::size_t threads = 64;
    base::Timestamp now;
    std::function<bool()> interrupted;
    std::function<void(const std::string& what)> progress;  // may be empty
};

struct ProcessTime {
    std::string name;
    std::int64_t cpu_us = 0;  // until the last order was completed
};

struct PayingResult {
    PayingOptions options;
    trial::Machine machine;
    PayersResult payers;
    std::uint64_t completed = 0;  // as the site's stock says, warm-up included
    std::uint64_t orders = 0;     // that were due, warm-up included
    std::int64_t all_completed_us =
        0;  // from the first counted order's time to the last completion
    std::vector<ProcessTime> processes;
};

[[nodiscard]] base::Result<PayingResult, std::string> run_paying(const PayingOptions& options,
                                                                 env::Files& files);
[[nodiscard]] std::string to_text(const PayingResult& result);
[[nodiscard]] std::string to_json(const PayingResult& result);

}  // namespace onsale::paying
