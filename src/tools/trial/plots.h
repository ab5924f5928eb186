// Plots: the pictures of a report: latency by second, sell-through over time, and of a search the
// rate against latency. Files by name; the caller writes them.
#pragma once

#include <string>
#include <vector>

#include "trial/report.h"

namespace onsale::trial {

struct Plot {
    std::string name;  // latency, sales, rate
    std::string svg;
};

// Of the last run, and of all runs where there is more than one.
[[nodiscard]] std::vector<Plot> plots_of(const Report& report);

}  // namespace onsale::trial
