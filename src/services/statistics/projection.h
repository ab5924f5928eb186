// StatisticsProjection: how many orders, tickets and how much money, by campaign, tier, step of
// time and state, from facts alone. Lives on the projector's executor. What a transaction's facts
// add up to is gathered in memory and written in flush(), so a rush of 100,000 orders is some rows.
// An order counts at the moment of its creation, under the state that it has now.
// INVARIANT: it comes before OrdersProjection, because it reads an order as it was before the fact.
// After a crash: as the projector's cursor says; a rebuild makes identical rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/fact.h"
#include "follow/projection.h"
#include "statistics/counts.h"

namespace onsale::statistics {

class StatisticsProjection : public follow::Projection {
  public:
    [[nodiscard]] std::string_view component() const override;
    [[nodiscard]] std::span<const sql::Migration> migrations() const override;
    [[nodiscard]] std::span<const std::string_view> tables() const override;
    void begin() override;
    follow::FollowResult<void> apply(sql::Connection& connection,
                                     const follow::CommittedBatch& batch, const domain::Fact& fact,
                                     std::uint32_t index) override;
    follow::FollowResult<void> flush(sql::Connection& connection) override;

  private:
    using Done = follow::FollowResult<void>;
    struct KeyHash {
        std::size_t operator()(const CountKey& key) const noexcept;
    };
    using Counts = boost::unordered_flat_map<CountKey, Count, KeyHash>;
    // The sign with which an order is counted.
    enum class Way : std::uint8_t { add, remove };

    Done placed(sql::Connection& connection, const domain::Order& order);
    // The order leaves the state it had and enters another.
    Done changed(sql::Connection& connection, domain::OrderId id, domain::OrderState state);
    void count(const domain::Order& order, base::Timestamp opens_at, domain::OrderState state,
               Way way);
    follow::FollowResult<base::Timestamp> opens_at(sql::Connection& connection,
                                                   domain::CampaignId campaign);

    // Of the transaction that runs; emptied by begin().
    Counts by_step_;
    Counts by_hour_;
    boost::unordered_flat_map<std::uint64_t, base::Timestamp> openings_;
};

}  // namespace onsale::statistics
