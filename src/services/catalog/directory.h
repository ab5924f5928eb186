// Directory: everything that is offered, as one immutable snapshot in memory: texts from the
// records, rules from the definition that the box office has accepted. Readers on any thread keep
// the shared pointer as long as they look; a change makes a new directory, which shares what has
// not changed with the old one, and swaps it, so nobody ever sees half of one. After a crash it is
// made again from the records.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "catalog/definition.h"
#include "catalog/shared_table.h"
#include "domain/offer.h"

namespace onsale::catalog {

using OrganiserId = base::Strong<struct OrganiserTag, std::uint64_t>;
using ShowId = base::Strong<struct ShowTag, std::uint64_t>;

// Empty texts and pictures: there is none. `changed_at` of any entry is when an operator last
// changed it, zero if never since it was set up.
struct TierEntry {
    domain::Tier rules;  // id, pool, price
    Text name;
    Text description;
    std::optional<base::Timestamp> valid_from;
    std::optional<base::Timestamp> valid_until;
    base::Timestamp changed_at;
};

struct CampaignEntry {
    domain::Campaign rules;  // window, limits, tiers
    domain::SessionId session;
    domain::ShardId shard;
    Text name;
    Text description;
    std::string picture;  // a name of Pictures
    base::Timestamp changed_at;
    bool cancelled = false;  // as its session
    std::string search;      // what a search looks through, in lower case
};

struct OrganiserEntry {
    OrganiserId id;
    Text name;
    Text description;
    std::string picture;
    base::Timestamp changed_at;
};
using SharedOrganiser = std::shared_ptr<const OrganiserEntry>;
struct ShowEntry {
    ShowId id;
    OrganiserId organiser;
    Text name;
    Text description;
    Text venue;
    Text notice;
    std::string picture;
    base::Timestamp changed_at;
};
using SharedShow = std::shared_ptr<const ShowEntry>;

struct Banner {
    std::string picture;
    Text title;
    std::optional<ShowId> show;
    std::optional<domain::CampaignId> campaign;
    std::optional<base::Timestamp> from;
    std::optional<base::Timestamp> until;
};
using Banners = std::vector<Banner>;

// A session with everything in it. `definition` is the box office's: additions to its pools stand
// there in the order in which their ordinals run.
struct SessionEntry {
    std::shared_ptr<const domain::Session> definition;
    domain::SessionStatus status;
    domain::ShardId shard;
    SharedOrganiser organiser;  // never null, like the show
    SharedShow show;
    Text venue;            // empty: the show's
    Text notice;           // likewise
    Text cancel_reason;    // of a cancelled session
    bool removed = false;  // nothing shows or sells it; its orders still need its texts and stock
    base::Timestamp changed_at;
    std::vector<TierEntry> tiers;          // in the order of the definition
    std::vector<CampaignEntry> campaigns;  // likewise

    [[nodiscard]] const Text& shown_venue() const { return venue.empty() ? show->venue : venue; }
    [[nodiscard]] const Text& shown_notice() const {
        return notice.empty() ? show->notice : notice;
    }
    [[nodiscard]] const TierEntry* find_tier(domain::TierId tier) const;
    [[nodiscard]] const CampaignEntry* find_campaign(domain::CampaignId campaign) const;
    [[nodiscard]] const domain::Pool* find_pool(domain::PoolId pool) const;
};
using SharedSession = std::shared_ptr<const SessionEntry>;

// A show with its sessions, by start, then id.
struct ShowListing {
    SharedShow show;
    std::vector<SharedSession> sessions;
};
// The whole directory in the orders in which pages want it.
struct Listing {
    std::vector<SharedSession> sessions;           // ascending by id, without removed ones
    std::vector<SharedSession> removed;            // in no order that means anything
    std::vector<const CampaignEntry*> by_opening;  // by opening time, then id
    std::vector<ShowListing> shows;                // ascending by id
    std::vector<SharedOrganiser> organisers;       // ascending by id

    [[nodiscard]] const ShowListing* find_show(ShowId show) const;
};

// What becomes different between two directories.
struct DirectoryChange {
    std::vector<SharedSession> sessions;  // added or exchanged
    std::vector<SharedOrganiser> organisers;
    std::vector<SharedShow> shows;
    std::shared_ptr<const Banners> banners;  // null: as they were
};

class Directory {
  public:
    Directory() = default;
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    // The next directory. Organisers and shows of the sessions are added where they are new.
    [[nodiscard]] std::shared_ptr<const Directory> with(const DirectoryChange& change) const;
    [[nodiscard]] std::shared_ptr<const Directory> with(SharedSession session) const;

    // Also what is of a removed session; who sells asks `removed`. Pointers are good as long as the
    // directory (or the session's own shared pointer) is held.
    [[nodiscard]] SharedSession find_session(domain::SessionId session) const;
    [[nodiscard]] SharedSession session_of(domain::CampaignId campaign) const;
    [[nodiscard]] SharedSession session_of(domain::TierId tier) const;
    [[nodiscard]] const CampaignEntry* find_campaign(domain::CampaignId campaign) const;
    [[nodiscard]] const TierEntry* find_tier(domain::TierId tier) const;
    [[nodiscard]] SharedOrganiser find_organiser(OrganiserId organiser) const;
    [[nodiscard]] SharedShow find_show(ShowId show) const;
    [[nodiscard]] const Banners& banners() const { return *banners_; }
    [[nodiscard]] std::size_t session_count() const { return listing().sessions.size(); }

    // Campaigns that are open at `now` (opens_at <= now < closes_at) and not cancelled, by opening
    // time, then id.
    [[nodiscard]] std::vector<const CampaignEntry*> current(base::Timestamp now) const;
    // Campaigns that open after `now` and are not cancelled, the next one first.
    [[nodiscard]] std::vector<const CampaignEntry*> upcoming(base::Timestamp now) const;

    // Made when it is first asked for, which takes time in proportion to the number of sessions.
    [[nodiscard]] const Listing& listing() const;

  private:
    struct Place {
        const SessionEntry* session = nullptr;
        std::uint32_t index = 0;
    };
    void put(const SharedSession& session);
    [[nodiscard]] std::unique_ptr<const Listing> make_listing() const;

    // INVARIANT: a place points into a session of the same directory: whoever exchanges a session
    // exchanges the places of all its campaigns and tiers.
    SharedTable<SharedSession> sessions_;
    SharedTable<Place> campaigns_;
    SharedTable<Place> tiers_;
    SharedTable<SharedOrganiser> organisers_;
    SharedTable<SharedShow> shows_;
    std::shared_ptr<const Banners> banners_ = std::make_shared<const Banners>();

    mutable std::once_flag listing_made_;
    mutable std::unique_ptr<const Listing> listing_;
};
using SharedDirectory = std::shared_ptr<const Directory>;

}  // namespace onsale::catalog
