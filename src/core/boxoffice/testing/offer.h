// A small offer for tests: session 7 with a pool of codes (1), a pool of numbers (2), a free tier
// (11, codes), a priced tier (12, numbers), a second priced tier on the same pool (13), and
// campaigns 1001 (free, one per person), 1002 (priced, up to 4 a time) and 1003 (both kinds).
#pragma once

#include <memory>

#include "boxoffice/box_office.h"
#include "domain/command.h"

namespace onsale::boxoffice::testing {

inline constexpr std::int64_t kOpens = 1000;
inline constexpr std::int64_t kCloses = 100'000;
inline constexpr std::int64_t kHold = 500;

inline base::Timestamp at(std::int64_t ms) {
    return base::Timestamp::from_unix_ms(ms);
}

inline domain::Campaign campaign(std::uint64_t id, bool one_per_person,
                                 std::uint32_t tickets_per_order,
                                 std::vector<domain::TierId> tiers) {
    return {domain::CampaignId(id),
            at(kOpens),
            at(kCloses),
            base::Duration::milliseconds(kHold),
            one_per_person,
            tickets_per_order,
            std::move(tiers)};
}

inline domain::Session offer(std::uint64_t codes, std::uint64_t numbers) {
    using domain::TierId;
    domain::Session session;
    session.id = domain::SessionId(7);
    session.starts_at = at(200'000);
    session.ends_at = at(300'000);
    session.orders_per_person = 3;
    session.tickets_per_person = 5;
    session.pools.push_back(
        {domain::PoolId(1), domain::PoolKind::codes, {{domain::AdditionId(5001), codes, {}}}});
    session.pools.push_back(
        {domain::PoolId(2), domain::PoolKind::count, {{domain::AdditionId(1), numbers, {}}}});
    session.tiers.push_back({TierId(11), domain::PoolId(1), {0, base::Currency::cny}});
    session.tiers.push_back({TierId(12), domain::PoolId(2), {8000, base::Currency::cny}});
    session.tiers.push_back({TierId(13), domain::PoolId(2), {12000, base::Currency::cny}});
    session.campaigns.push_back(campaign(1001, true, 1, {TierId(11)}));
    session.campaigns.push_back(campaign(1002, false, 4, {TierId(12), TierId(13)}));
    session.campaigns.push_back(campaign(1003, false, 0, {TierId(11), TierId(12)}));
    return session;
}

inline domain::Command set_up(const domain::Session& session) {
    return domain::SetUpSession{std::make_shared<domain::Session>(session)};
}

// Decides and applies; every step is checked against the recount.
class Counter {
  public:
    explicit Counter(domain::ShardId shard = domain::ShardId(3)) : box_office(shard) {}

    const domain::Outcome& run(const domain::Command& command, std::int64_t now_ms) {
        box_office.decide(command, at(now_ms), decision);
        for (const auto& fact : decision.facts) {
            box_office.apply(fact);
            facts.push_back(fact);
        }
        return decision.outcome;
    }

    BoxOffice box_office;
    Decision decision;
    std::vector<domain::Fact> facts;
};

}  // namespace onsale::boxoffice::testing
