// Runner: plays seeds in processes of their own, so that a failed check of the program under test
// is a failed seed and not the end of the run. Each process takes every n-th seed. The caller's
// thread waits; what a process was doing when it died is known from its last message.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "rush/sale.h"

namespace onsale::seeds {

struct Plan {
    std::uint64_t from = 1;
    std::uint64_t seeds = 1;
    std::uint64_t jobs = 1;
    std::vector<specs::Spec> specs;  // seeds are spread over them

    [[nodiscard]] const specs::Spec& spec_of(std::uint64_t seed) const {
        return specs[seed % specs.size()];
    }
};

// For each seed that has ended, in the order of their ends; false: enough, the rest is not played.
using Ended = std::function<bool(std::uint64_t seed, const rush::SaleResult& result)>;

// The error is a sentence: processes could not be started.
[[nodiscard]] std::string play(const Plan& plan, const Ended& ended);

}  // namespace onsale::seeds
