// What a rehearsal asks of the server on the copy, as staff: what the campaign offers, its window
// opened now, and the stock of its session. Belongs to a verb's thread and blocks it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "cli/server_client.h"

namespace onsale::app {

struct Offer {
    std::uint64_t session = 0;
    std::string name;
    std::vector<std::uint64_t> tiers;  // that are on sale
    std::uint32_t tickets_per_order = 1;
    bool paid = false;  // a tier has a price
};

struct Pool {
    std::uint64_t free = 0;
    std::uint64_t taken = 0;  // held or sold
};
using Pools = std::map<std::uint64_t, Pool>;

class ShadowSite {
  public:
    // The page of a campaign is shown to persons; everything else is staff's.
    ShadowSite(cli::ServerClient& staff, cli::ServerClient& person, std::uint64_t campaign)
        : staff_(staff), person_(person), campaign_(campaign) {}

    [[nodiscard]] base::Result<Offer, std::string> offer();
    [[nodiscard]] base::Result<void, std::string> set_window(base::Timestamp opens_at,
                                                             base::Timestamp closes_at);
    [[nodiscard]] base::Result<Pools, std::string> pools(std::uint64_t session);

  private:
    cli::ServerClient& staff_;
    cli::ServerClient& person_;
    const std::uint64_t campaign_;
};

// What was free at first in the pools from which something was taken.
[[nodiscard]] std::uint64_t offered(const Pools& before, const Pools& after);

}  // namespace onsale::app
