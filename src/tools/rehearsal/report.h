// The report of a rehearsal: report.html, one page that needs nothing else, and report.json with
// the same figures. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rehearsal/figures.h"
#include "rehearsal/plan.h"

namespace onsale::rehearsal {

enum class Verdict : std::uint8_t { good, bad };
struct Check {
    std::string what;
    Verdict verdict = Verdict::bad;
    std::string detail;
};

struct Circumstances {
    std::string campaign_name;
    std::uint64_t campaign = 0;
    std::string made_at;  // RFC 3339
    std::string version;
    std::uint64_t free_before = 0;        // tickets, of all tiers that were ordered
    bool paid = false;                    // orders end as reserved: nobody paid in the rehearsal
    bool beside_the_real_server = false;  // which ran, and came first
    double server_cpu_s = 0;
    Audience audience;
};

struct Report {
    Circumstances circumstances;
    std::vector<Check> checks;
};

[[nodiscard]] std::string to_html(const Report& report, const Figures& figures);
[[nodiscard]] std::string to_json(const Report& report, const Figures& figures);

// Of a hundred; 0 of nothing.
[[nodiscard]] double percent(std::uint64_t part, std::uint64_t all);

}  // namespace onsale::rehearsal
