// Clause D4: answers that somebody outside kept, against what is stored. A CSV file with a header
// line; its columns key, person, campaign, status, order and code are found by their names, others
// are passed over. Status is HTTP's; 0: no answer came.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/internal/fold.h"
#include "audit/report.h"
#include "base/result.h"

namespace onsale::audit {

struct Answer {
    std::string_view key;
    std::uint64_t person = 0;
    std::uint64_t campaign = 0;
    std::uint32_t status = 0;
    std::uint64_t order = 0;
    bool has_code = false;
};

// The views live as long as `text`. A last line without its end (its writer was stopped) is passed
// over; the error names a line.
[[nodiscard]] base::Result<std::vector<Answer>, std::string> parse_answers(std::string_view text);

using FindOrder = std::function<const Order*(std::uint64_t)>;
// How many orders of this person in this campaign are stored.
using CountOrders = std::function<std::uint64_t(std::uint64_t person, std::uint64_t campaign)>;

void check_answers(const std::vector<Answer>& answers, const FindOrder& find,
                   const CountOrders& count, Report& report);

}  // namespace onsale::audit
