// StockReader: the operator's view of stock, from the projection's rows. Any thread may call it;
// SQL runs on the "lists" store (read only). What it says is as old as the projection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/unique_function.h"
#include "domain/offer.h"
#include "records/store.h"
#include "stock/projection.h"

namespace onsale::stock {

struct PoolRow {
    domain::PoolId pool;
    domain::PoolKind kind = domain::PoolKind::count;
    domain::StockCount count;
};

// A place among the changes of a session: batch and index within it. Ascending as things happened.
struct ChangeCursor {
    std::uint64_t sequence = 0;
    std::uint64_t index = 0;
    auto operator<=>(const ChangeCursor&) const = default;
};
// "812-3"; for clients, who hand it back unread.
[[nodiscard]] std::string to_text(ChangeCursor cursor);
[[nodiscard]] std::optional<ChangeCursor> parse_cursor(std::string_view text);

struct ChangeRow {
    ChangeCursor cursor;
    base::Timestamp at;
    domain::PoolId pool;
    ChangeKind kind = ChangeKind::added;
    std::uint64_t quantity = 0;
    domain::OrderId order;  // 0 where no order is behind it
};

inline constexpr std::size_t kChangesPerPageMax = 1000;

class StockReader {
  public:
    explicit StockReader(records::Store& lists) : lists_(lists) {}

    // Ascending by pool; empty for a session that is not known (yet).
    using Pools = records::StoreResult<std::vector<PoolRow>>;
    void pools(domain::SessionId session, env::Executor& home,
               base::UniqueFunction<void(Pools)> reply);

    // Changes after `after` (a default cursor: from the first), the oldest first, at most `max`.
    using Changes = records::StoreResult<std::vector<ChangeRow>>;
    void changes(domain::SessionId session, ChangeCursor after, std::size_t max,
                 env::Executor& home, base::UniqueFunction<void(Changes)> reply);

  private:
    records::Store& lists_;
};

}  // namespace onsale::stock
