// Directory: everything that is offered, as one immutable snapshot in memory: texts from the
// records, rules from the definition that the box office has accepted. Readers on any thread keep
// the shared pointer as long as they look; a change makes a new directory and swaps it, so nobody
// ever sees half of one. After a crash it is made again from the records.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/time.h"
#include "catalog/definition.h"
#include "domain/offer.h"

namespace onsale::catalog {

using OrganiserId = base::Strong<struct OrganiserTag, std::uint64_t>;
using ShowId = base::Strong<struct ShowTag, std::uint64_t>;

struct TierEntry {
    domain::Tier rules;  // id, pool, price
    Text name;
    Text description;
    std::optional<base::Timestamp> valid_from;
    std::optional<base::Timestamp> valid_until;
};

struct CampaignEntry {
    domain::Campaign rules;  // window, limits, tiers
    domain::SessionId session;
    domain::ShardId shard;
    Text name;
    Text description;
};

struct OrganiserEntry {
    OrganiserId id;
    Text name;
};
struct ShowEntry {
    ShowId id;
    OrganiserId organiser;
    Text name;
    Text description;
};

// A session with everything in it. `definition` is the box office's: additions to its pools stand
// there in the order in which their ordinals run.
struct SessionEntry {
    std::shared_ptr<const domain::Session> definition;
    domain::ShardId shard;
    OrganiserEntry organiser;
    ShowEntry show;
    std::vector<TierEntry> tiers;          // in the order of the definition
    std::vector<CampaignEntry> campaigns;  // likewise

    [[nodiscard]] const TierEntry* find_tier(domain::TierId tier) const;
    [[nodiscard]] const CampaignEntry* find_campaign(domain::CampaignId campaign) const;
    [[nodiscard]] const domain::Pool* find_pool(domain::PoolId pool) const;
};
using SharedSession = std::shared_ptr<const SessionEntry>;

class Directory {
  public:
    Directory() = default;
    // The same sessions with `session` added or exchanged.
    [[nodiscard]] std::shared_ptr<const Directory> with(SharedSession session) const;

    // Pointers are good as long as the directory (or the session's own shared pointer) is held.
    [[nodiscard]] SharedSession find_session(domain::SessionId session) const;
    [[nodiscard]] SharedSession session_of(domain::CampaignId campaign) const;
    [[nodiscard]] const CampaignEntry* find_campaign(domain::CampaignId campaign) const;
    [[nodiscard]] const TierEntry* find_tier(domain::TierId tier) const;

    // Campaigns that are open at `now` (opens_at <= now < closes_at), by opening time, then id.
    [[nodiscard]] std::vector<const CampaignEntry*> current(base::Timestamp now) const;
    // Campaigns that open after `now`, the next one first.
    [[nodiscard]] std::vector<const CampaignEntry*> upcoming(base::Timestamp now) const;
    // All sessions, ascending by id.
    [[nodiscard]] const std::map<domain::SessionId, SharedSession>& sessions() const {
        return sessions_;
    }

  private:
    struct Place {
        const SessionEntry* session = nullptr;
        std::uint32_t index = 0;
    };
    void index(const SharedSession& session);

    std::map<domain::SessionId, SharedSession> sessions_;
    boost::unordered_flat_map<std::uint64_t, Place> campaigns_;
    boost::unordered_flat_map<std::uint64_t, Place> tiers_;
    std::vector<const CampaignEntry*> by_opening_;
};
using SharedDirectory = std::shared_ptr<const Directory>;

}  // namespace onsale::catalog
