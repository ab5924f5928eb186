// LedgerProjection: the books, from facts alone: every entry with its sides, the balance of each
// account, what each organiser is owed for each session, and the flows of money as reconciliation
// looks at them. Lives on the projector's executor. Entries are only appended.
// INVARIANT: the sides of every entry add up to zero, so the sum of all balances is zero at every
// position; a fact whose entry does not balance stops the projector.
// INVARIANT: it comes after OrdersProjection: it asks its rows whose session an order is of.
// After a crash: as the projector's cursor says; a rebuild makes identical rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "domain/fact.h"
#include "follow/projection.h"

namespace onsale::ledger {

class LedgerProjection : public follow::Projection {
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
    bool checked_ = false;  // in the transaction that runs
};

}  // namespace onsale::ledger
