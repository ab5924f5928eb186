// Projection: the rows of one capability, as facts alone make them. Implemented by services and run
// by the projector on its executor. It uses no clock, randomness or autoincrement, so a rebuild
// gives identical rows. After a crash its rows are as the projector's cursor says, because both
// move in one transaction.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "follow/batch_source.h"
#include "sql/database.h"

namespace onsale::follow {

// The error of a component's statement, as the projector understands it: a full disk may pass.
[[nodiscard]] FollowError follow_error(std::string_view component, const sql::SqlError& error);

class Projection {
  public:
    virtual ~Projection() = default;
    [[nodiscard]] virtual std::string_view component() const = 0;  // table prefix
    [[nodiscard]] virtual std::span<const sql::Migration> migrations() const = 0;
    [[nodiscard]] virtual std::span<const std::string_view> tables()
        const = 0;  // emptied by a rebuild
    // Within the projector's transaction. `index` counts the facts of the batch from 0. An error
    // stops the projector; its transaction is rolled back, so a projection keeps nothing in memory
    // that would then be ahead of its rows.
    virtual FollowResult<void> apply(sql::Connection& connection, const CommittedBatch& batch,
                                     const domain::Fact& fact, std::uint32_t index) = 0;
    // A transaction begins: whatever apply() has gathered in memory since the last one began
    // belongs to one that was rolled back, and goes.
    virtual void begin() {}
    // Writes what was gathered, so that many facts become few statements. It comes after the last
    // fact of a transaction, and before every fact that may look at the rows of those before it
    // (see project()). Rows depend on the facts, not on when this was called.
    virtual FollowResult<void> flush(sql::Connection& /*connection*/) { return {}; }

  protected:
    // The result of a statement, with this projection's name in its error.
    template <class T>
    [[nodiscard]] FollowResult<T> told(sql::SqlResult<T> result) const {
        if constexpr (std::is_void_v<T>) {
            if (result) return {};
        } else {
            if (result) return std::move(*result);
        }
        return base::Unexpected{follow_error(component(), result.error())};
    }
};

// Takes batches of one shard through all projections, within the caller's transaction. A new order
// looks at no row of another one, so orders are gathered. Before a fact about an order that is
// still gathered, and before every other fact, flush() makes rows of them. How many facts it were.
FollowResult<std::size_t> project(sql::Connection& connection,
                                  std::span<Projection* const> projections,
                                  std::span<const SharedBatch> batches);

}  // namespace onsale::follow
