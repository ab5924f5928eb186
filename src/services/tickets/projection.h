// TicketsProjection: one row per ticket of a completed order, from facts alone: where its code
// stands, never the code. Lives on the projector's executor; rows are appended in the order of
// ticket ids and never touched. After a crash: as the projector's cursor says; a rebuild makes
// identical rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/fact.h"
#include "follow/projection.h"
#include "follow/row_buffer.h"

namespace onsale::tickets {

class TicketsProjection : public follow::Projection {
  public:
    [[nodiscard]] std::string_view component() const override;
    [[nodiscard]] std::span<const sql::Migration> migrations() const override;
    [[nodiscard]] std::span<const std::string_view> tables() const override;
    follow::FollowResult<void> apply(sql::Connection& connection,
                                     const follow::CommittedBatch& batch, const domain::Fact& fact,
                                     std::uint32_t index) override;
    void begin() override;
    follow::FollowResult<void> flush(sql::Connection& connection) override;

  private:
    using Done = follow::FollowResult<void>;
    using Additions = std::vector<domain::Addition>;
    Done placed(sql::Connection& connection, const domain::Order& order);
    follow::FollowResult<const Additions*> additions_of(sql::Connection& connection,
                                                        const domain::OrderLine& line);

    // The additions behind a tier, read from the rows when first needed; forgotten whenever stock
    // is added, so that a transaction that was rolled back leaves nothing behind.
    boost::unordered_flat_map<std::uint64_t, Additions> additions_of_tiers_;
    follow::RowBuffer tickets_{"tickets_tickets", 6};
};

}  // namespace onsale::tickets
