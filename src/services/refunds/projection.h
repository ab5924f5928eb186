// MoneyProjection: every payment and refund as rows, from facts alone. One projection for both,
// since a refund's row takes its person and session from its payment's. Lives on the projector's
// executor, behind the projection of orders, whose rows say whose an order is. After a crash: as
// the projector's cursor says; a rebuild makes identical rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "domain/fact.h"
#include "follow/projection.h"

namespace onsale::refunds {

class MoneyProjection : public follow::Projection {
  public:
    [[nodiscard]] std::string_view component() const override;
    [[nodiscard]] std::span<const sql::Migration> migrations() const override;
    [[nodiscard]] std::span<const std::string_view> tables() const override;
    follow::FollowResult<void> apply(sql::Connection& connection,
                                     const follow::CommittedBatch& batch, const domain::Fact& fact,
                                     std::uint32_t index) override;
};

}  // namespace onsale::refunds
