// Sums of orders in the words of the API: from rows of the statistics to bodies. Plain values and
// pure functions, any thread; nothing to promise after a crash.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shop/campaign_body.h"
#include "statistics/reader.h"

namespace onsale::backstage {

// What orders came to, whatever their currencies.
class Sums {
  public:
    // Counts of whole orders, or of tiers, but not both.
    void add(const statistics::Figure& figure);
    [[nodiscard]] std::uint64_t orders() const;
    [[nodiscard]] std::uint64_t orders(domain::OrderState state) const;
    [[nodiscard]] std::uint64_t tickets() const;  // of completed orders, like the amounts
    // In the currency with the largest number of completed orders, CNY without any.
    [[nodiscard]] shop::MoneyBody amount() const;
    // In the other currencies, where there are some.
    [[nodiscard]] std::optional<std::vector<shop::MoneyBody>> other_amounts() const;
    // Refunded of all orders that were ever completed: "0.0125".
    [[nodiscard]] std::string refund_rate() const;

  private:
    struct Amount {
        std::int64_t minor = 0;
        std::int64_t orders = 0;
    };
    [[nodiscard]] base::Currency main_currency() const;
    std::array<statistics::Count, 16> by_state_{};
    std::map<base::Currency, Amount> amounts_;
};

struct StepBody {
    std::string at;
    std::uint64_t orders = 0;
    std::uint64_t tickets = 0;
};
BOOST_DESCRIBE_STRUCT(StepBody, (), (at, orders, tickets))

}  // namespace onsale::backstage
