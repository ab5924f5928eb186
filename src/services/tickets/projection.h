// TicketsProjection: one row per ticket of a completed order, from facts alone: where its code
// stands, never the code. An order that is paid for first leaves its lines here, for the fact that
// completes it does not repeat them. Lives on the projector's executor; rows are only appended.
// After a crash: as the projector's cursor says; a rebuild makes identical rows.
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
    // The part of an order that its tickets follow from.
    struct Lines {
        domain::OrderId order;
        domain::SessionId session;
        domain::OrderLines lines;
    };
    Done placed(sql::Connection& connection, const domain::Order& order);
    Done moved(sql::Connection& connection, const domain::OrderMoved& fact);
    void accepted(const domain::LatePaymentAccepted& fact);
    Done completed(sql::Connection& connection, const Lines& order);
    static sql::SqlResult<Lines> read_lines(sql::Connection& connection, domain::OrderId order);
    follow::FollowResult<const Additions*> additions_of(sql::Connection& connection,
                                                        const domain::OrderLine& line);

    // The additions behind a tier, read from the rows when first needed; forgotten whenever stock
    // is added, so that a transaction that was rolled back leaves nothing behind.
    boost::unordered_flat_map<std::uint64_t, Additions> additions_of_tiers_;
    follow::RowBuffer tickets_{"tickets_tickets", 6};
    follow::RowBuffer lines_{"tickets_lines", 4};
};

}  // namespace onsale::tickets
