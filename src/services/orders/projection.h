// OrdersProjection: every order as rows, from facts alone. Lives on the projector's executor. The
// hot tables are appended to in the order of order ids and have no secondary index; a person's list
// of a session is built when the session retires, and until then comes from the engine's memory.
// After a crash: as the projector's cursor says; a rebuild makes identical rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <boost/unordered/unordered_flat_set.hpp>

#include "domain/fact.h"
#include "follow/projection.h"
#include "follow/row_buffer.h"

namespace onsale::orders {

class OrdersProjection : public follow::Projection {
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
    Done placed(sql::Connection& connection, const domain::Order& order, std::uint64_t sequence);

    // Sessions whose first order is recorded in the transaction that runs: spares a statement per
    // order.
    boost::unordered_flat_set<std::uint64_t> started_;
    follow::RowBuffer orders_{"orders_orders", 17};
    follow::RowBuffer lines_{"orders_lines", 6};
};

}  // namespace onsale::orders
