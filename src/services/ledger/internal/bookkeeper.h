// Bookkeeper: what one fact does to the rows of the books. One overload per fact that moves money
// or is looked at by reconciliation; all others pass. Lives for one fact, within the projector's
// transaction; nothing to promise after a crash.
#pragma once

#include <cstdint>

#include "domain/fact.h"
#include "ledger/account.h"
#include "sql/database.h"

namespace onsale::ledger {

// Where a fact stands in the journal: the key of its entry.
struct EntryKey {
    domain::ShardId shard;
    std::uint64_t sequence = 0;
    std::uint32_t fact = 0;
};

// What an entry is about; zero: nothing of this kind.
struct Subject {
    base::Timestamp at;
    domain::SessionId session{};
    domain::OrderId order{};
    domain::PaymentId payment{};
    domain::RefundId refund{};
    domain::StrayId stray{};
};

class Bookkeeper {
  public:
    using Done = sql::SqlResult<void>;
    Bookkeeper(sql::Connection& connection, EntryKey key) : connection_(connection), key_(key) {}

    Done operator()(const domain::SessionSetUp& fact) const;
    Done operator()(const domain::OrderMoved& fact) const;
    Done operator()(const domain::PaymentStarted& fact) const;
    Done operator()(const domain::PaymentCaptured& fact) const;
    Done operator()(const domain::PaymentEnded& fact) const;
    Done operator()(const domain::PaymentParked& fact) const;
    Done operator()(const domain::PaymentResumed& fact) const;
    Done operator()(const domain::RefundRequested& fact) const;
    Done operator()(const domain::RefundReviewed& fact) const;
    Done operator()(const domain::RefundCancelled& fact) const;
    Done operator()(const domain::RefundCompleted& fact) const;
    Done operator()(const domain::RefundReopened& fact) const;
    Done operator()(const domain::RefundParked& fact) const;
    Done operator()(const domain::RefundResumed& fact) const;
    Done operator()(const domain::RefundSettled& fact) const;
    Done operator()(const domain::StrayReceived& fact) const;
    Done operator()(const domain::StrayReturned& fact) const;
    Done operator()(const domain::StrayParked& fact) const;
    Done operator()(const domain::StrayResumed& fact) const;
    template <class Fact>
    Done operator()(const Fact&) const {
        return {};
    }

  private:
    Done book(const Subject& subject, const Sides& sides) const;
    Done book_refund_due(domain::RefundId refund, base::Timestamp at) const;

    sql::Connection& connection_;
    EntryKey key_;
};

}  // namespace onsale::ledger
