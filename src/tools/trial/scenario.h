// Scenario: what a trial sends, and how much of it. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "trial/stage.h"

namespace onsale::trial {

enum class Scenario : std::uint8_t {
    rush,       // orders of one campaign with codes
    sessions,   // orders spread over many sessions, and so over shards
    sold_out,   // orders of a campaign with nothing left
    catalogue,  // reads as browsers make them
    mixed,      // orders and reads, and listeners to live updates
};
[[nodiscard]] std::string_view to_string(Scenario scenario);

struct Plan {
    Scenario scenario = Scenario::rush;
    std::uint64_t rate = 10'000;  // requests a second
    // Each connection sends its next request when the last was answered; the rate then only says
    // how many are prepared. For throughput: latencies of a closed loop hide what was not sent.
    bool closed = false;
    std::int64_t warm_up_s = 1;
    std::int64_t duration_s = 5;
    std::size_t connections = 256;
    std::size_t listeners = 0;
    std::uint64_t sessions = 1;
    std::optional<std::uint64_t> stock;  // of each session; else more than is asked for
};

// A plan with the scenario's own defaults.
[[nodiscard]] Plan plan_of(Scenario scenario);

// How many requests of the plan are due, and how many of them are orders.
[[nodiscard]] std::uint64_t requests_of(const Plan& plan);
[[nodiscard]] std::uint64_t orders_of(const Plan& plan);
[[nodiscard]] Offer offer_of(const Plan& plan);

inline constexpr std::uint64_t kMixedOrdersOfTen = 4;

}  // namespace onsale::trial
