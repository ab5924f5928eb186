// StockProjection: the stock of every pool and each change of it, as rows, from facts alone. Lives
// on the projector's executor. A change row is never touched again, and adding the changes up gives
// the pool's row. After a crash: as the projector's cursor says; a rebuild makes identical rows.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/fact.h"
#include "follow/projection.h"
#include "follow/row_buffer.h"

namespace onsale::stock {

enum class ChangeKind : std::uint8_t {
    added = 1,      // capacity and free rise
    withdrawn = 2,  // free to withdrawn
    held = 3,       // free to held: an order was reserved
    sold = 4,       // free to sold: an order that needed no payment
    cancelled = 5,  // held to free
    expired = 6,    // held to free
    refunded = 7,   // sold to withdrawn: what somebody has had is never stock again
    paid_for = 8,   // held to sold
    failed = 9,     // held to free: the money did not come
    returned = 10,  // sold to free: refunded, and it had no code that somebody has seen
};
[[nodiscard]] std::string_view to_string(ChangeKind kind);
// What `quantity` of this kind does to a pool. The one place where the meaning of a change stands.
void add_to(domain::StockCount& count, ChangeKind kind, std::uint64_t quantity);

class StockProjection : public follow::Projection {
  public:
    [[nodiscard]] std::string_view component() const override;
    [[nodiscard]] std::span<const sql::Migration> migrations() const override;
    [[nodiscard]] std::span<const std::string_view> tables() const override;
    follow::FollowResult<void> apply(sql::Connection& connection,
                                     const follow::CommittedBatch& batch, const domain::Fact& fact,
                                     std::uint32_t index) override;
    void begin() override;
    follow::FollowResult<void> flush(sql::Connection& connection) override;

    // A fact's place in the journal, handed along while it is applied.
    struct Place;
    struct Change;
    // What the changes since the last flush do to a pool's row.
    struct Steps {
        std::int64_t capacity = 0;
        std::int64_t free = 0;
        std::int64_t held = 0;
        std::int64_t sold = 0;
        std::int64_t withdrawn = 0;
    };

  private:
    using Done = follow::FollowResult<void>;
    using PoolKey = std::pair<domain::SessionId, domain::PoolId>;

    void note(const Change& change);

    Done set_up(sql::Connection& connection, const Place& place, const domain::Session& session);
    Done placed(sql::Connection& connection, const Place& place, const domain::Order& order);
    Done ended(sql::Connection& connection, const Place& place, domain::OrderId order,
               ChangeKind kind);
    Done moved(sql::Connection& connection, const Place& place, const domain::OrderMoved& fact);
    Done accepted(sql::Connection& connection, const Place& place,
                  const domain::LatePaymentAccepted& fact);
    // Whether what was sold of this pool may be sold again: nobody has seen a code of it.
    follow::FollowResult<bool> may_return(sql::Connection& connection, const Change& held);
    follow::FollowResult<std::uint64_t> pool_of(sql::Connection& connection, domain::TierId tier);

    // Tier to pool; it never changes once a session is set up, and tiers are unique over the site.
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> pools_of_tiers_;
    std::map<PoolKey, Steps> steps_of_pools_;
    follow::RowBuffer changes_{"stock_changes", 9};
    follow::RowBuffer held_{"stock_held", 5};
};

}  // namespace onsale::stock
