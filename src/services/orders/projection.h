// OrdersProjection: every order as rows, from facts alone. Lives on the projector's executor. The
// hot tables are appended to in the order of order ids and have no secondary index; a person's list
// of a session is built when the session retires, and until then comes from the engine's memory.
// After a crash: as the projector's cursor says; a rebuild makes identical rows.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

#include <boost/unordered/unordered_flat_set.hpp>

#include "domain/fact.h"
#include "domain/limits.h"
#include "follow/projector.h"

namespace onsale::orders {

class OrdersProjection : public follow::Projection {
  public:
    [[nodiscard]] std::string_view component() const override;
    [[nodiscard]] std::span<const sql::Migration> migrations() const override;
    [[nodiscard]] std::span<const std::string_view> tables() const override;
    follow::FollowResult<void> apply(sql::Connection& connection,
                                     const follow::CommittedBatch& batch, const domain::Fact& fact,
                                     std::uint32_t index) override;

  private:
    using Done = follow::FollowResult<void>;
    struct Place {
        std::uint64_t sequence = 0;
        std::uint32_t index = 0;
        auto operator<=>(const Place&) const = default;
    };
    void notice_repetition(domain::ShardId shard, Place place);
    Done placed(sql::Connection& connection, const domain::Order& order, std::uint64_t sequence);

    // Sessions whose first order is recorded: spares a statement per order. Emptied when facts come
    // again, after a transaction that was rolled back or when everything is made anew.
    boost::unordered_flat_set<std::uint64_t> started_;
    std::array<Place, domain::kShardsMax> last_{};
};

}  // namespace onsale::orders
