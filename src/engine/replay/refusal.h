// What a refusal rested on: the state of its campaign at the place that its receipt names, and
// whether the rules, asked again there, refuse in the same way. Nothing about other persons leaves
// but counts, times and the number of an order. Made from the journal alone, on the thread of its
// replayer; nothing is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/outcome.h"
#include "replay/replayer.h"

namespace onsale::replay {

// What a receipt says.
struct RefusalQuestion {
    domain::Refusal refusal = domain::Refusal::none;
    domain::ShardId shard;
    domain::SessionId session;
    domain::CampaignId campaign;
    std::uint64_t sequence = 0;
    std::uint64_t ordinal = 0;
    std::uint64_t free = 0;
    base::Timestamp at;
    std::optional<domain::PersonId> person;  // whose orders are counted; nothing: nobody's
};

enum class Agreement : std::uint8_t {
    agrees,   // the rules refuse there, for this reason and with this much free
    differs,  // they do not: the receipt and the journal contradict each other
    unknown,  // the reason lies in what was asked for, which is not kept
};

struct Sale {
    domain::OrderId order;
    Place place;
    base::Timestamp at;
    std::uint32_t tickets = 0;
};
struct PoolStory {
    domain::PoolId pool;
    std::vector<domain::TierId> tiers;  // of the campaign
    domain::StockCount count;
    std::optional<Sale> last_sale;  // of a pool with as little free as the receipt says
};
struct OwnOrder {
    domain::OrderId order;
    domain::CampaignId campaign;
    domain::OrderState state = domain::OrderState::reserved;
    std::uint32_t tickets = 0;
    base::Timestamp created_at;
};
struct OwnUsage {
    std::uint64_t orders = 0;       // live ones of the session
    std::uint64_t tickets = 0;      // of these
    std::vector<OwnOrder> counted;  // these, at most kOwnOrdersMax
};

struct RefusalStory {
    Place place;                     // of the batch
    std::uint64_t facts_before = 0;  // of this batch, decided before the refusal
    Agreement agreement = Agreement::unknown;
    std::optional<domain::Campaign> campaign;  // as it was then
    std::optional<domain::SessionStatus> status;
    std::uint32_t orders_per_person = 0;
    std::uint32_t tickets_per_person = 0;
    std::vector<PoolStory> pools;     // of the campaign
    std::uint64_t orders_before = 0;  // placed in the campaign until then
    std::optional<OwnUsage> own;
};

[[nodiscard]] ReplayResult<RefusalStory> explain_refusal(Replayer& replayer,
                                                         const RefusalQuestion& question);

}  // namespace onsale::replay
