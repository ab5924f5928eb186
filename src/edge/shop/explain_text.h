// Explanations in plain words, in both languages: what a refusal rested on, and why an order is as
// it is. The same sentences serve the API, the pages and the verb. They name orders by number and
// nobody by anything. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "replay/order.h"
#include "replay/refusal.h"

namespace onsale::shop {

// To whom it is told. A person hears what the refusal rested on; how much an organiser has, has
// sold and keeps back is for staff.
enum class Audience : std::uint8_t { person, staff };

// Whether a reason lies in the stock, so that its figures belong to the explanation.
[[nodiscard]] bool is_about_stock(domain::Refusal refusal);

struct Told {
    std::vector<std::string> zh;
    std::vector<std::string> en;
};

[[nodiscard]] Told tell_refusal(const replay::RefusalQuestion& question,
                                const replay::RefusalStory& story, Audience audience);
[[nodiscard]] Told tell_order(const replay::OrderStory& story);

// "2026-11-20 20:00:00.123 +08:00": the time of the sale's place, to the millisecond.
[[nodiscard]] std::string plain_time(base::Timestamp time);

}  // namespace onsale::shop
