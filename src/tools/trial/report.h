// Report: several outcomes with what is needed to judge them: machine, versions, how they came
// about. As JSON for programs, as a table for people, and the ratio of two of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trial/outcome.h"

namespace onsale::trial {

struct Report {
    Machine machine;
    std::string version;
    std::string commit;    // empty: unknown
    std::string command;   // as it was typed
    std::string began_at;  // UTC
    std::vector<Outcome> runs;
    std::uint64_t peak_rate = 0;  // of a search; 0: there was none
};

[[nodiscard]] std::string to_json(const Report& report);
// One run as lines for a terminal.
[[nodiscard]] std::string to_text(const Outcome& outcome);
// All runs of a search, a line each, and its peak.
[[nodiscard]] std::string search_table(const Report& report);
// The figures of the last runs of two reports' JSON beside each other, with ratios. The error is a
// sentence.
[[nodiscard]] base::Result<std::string, std::string> compare(std::string_view a,
                                                             std::string_view b);

}  // namespace onsale::trial
