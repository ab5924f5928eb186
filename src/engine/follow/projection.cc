#include "follow/projection.h"

#include <optional>
#include <string>

namespace onsale::follow {
namespace {

FollowResult<void> flush_all(sql::Connection& connection,
                             std::span<Projection* const> projections) {
    for (auto* projection : projections) ONSALE_TRY(projection->flush(connection));
    return {};
}

// The order whose rows a fact looks at. Nothing: it may look at any row.
struct OrderInRows {
    using Order = std::optional<domain::OrderId>;
    Order operator()(const domain::OrderCancelled& fact) const { return fact.order; }
    Order operator()(const domain::OrderExpired& fact) const { return fact.order; }
    Order operator()(const domain::OrderRefunded& fact) const { return fact.order; }
    Order operator()(const domain::OrderHidden& fact) const { return fact.order; }
    template <class Fact>
    Order operator()(const Fact&) const {
        return {};
    }
};

// What has been gathered since the last flush. Order ids of a shard ascend, so the first of them
// says of which orders the rows may be missing.
class Gathered {
  public:
    [[nodiscard]] bool must_be_rows_before(const domain::Fact& fact) const {
        if (nothing_ || std::holds_alternative<domain::OrderPlaced>(fact)) return false;
        const auto order = std::visit(OrderInRows{}, fact);
        return !order || (first_order_ && *order >= *first_order_);
    }
    void add(const domain::Fact& fact) {
        nothing_ = false;
        const auto* placed = std::get_if<domain::OrderPlaced>(&fact);
        if (placed != nullptr && !first_order_) first_order_ = placed->order.id;
    }
    void clear() { *this = {}; }

  private:
    bool nothing_ = true;
    std::optional<domain::OrderId> first_order_;
};

}  // namespace

FollowError follow_error(std::string_view component, const sql::SqlError& error) {
    const bool passing =
        error.code == sql::ErrorCode::disk_full || error.code == sql::ErrorCode::busy;
    const bool damaged = error.code == sql::ErrorCode::corrupt;
    return {std::string(component) + ": " + error.message + (damaged ? "; run onsale rebuild" : ""),
            passing};
}

FollowResult<std::size_t> project(sql::Connection& connection,
                                  std::span<Projection* const> projections,
                                  std::span<const SharedBatch> batches) {
    for (auto* projection : projections) projection->begin();
    std::size_t facts = 0;
    Gathered gathered;
    for (const auto& batch : batches) {
        std::uint32_t index = 0;
        for (const auto& fact : batch->facts) {
            if (gathered.must_be_rows_before(fact)) {
                ONSALE_TRY(flush_all(connection, projections));
                gathered.clear();
            }
            for (auto* projection : projections)
                ONSALE_TRY(projection->apply(connection, *batch, fact, index));
            gathered.add(fact);
            ++index;
        }
        facts += batch->facts.size();
    }
    ONSALE_TRY(flush_all(connection, projections));
    return facts;
}

}  // namespace onsale::follow
