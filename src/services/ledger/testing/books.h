// For tests: orders and the books on a file of their own, fed as the projector does it. Belongs to
// the test's thread; the file goes with its folder.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/projection.h"
#include "ledger/reader.h"
#include "orders/projection.h"
#include "records/testing/scratch.h"

namespace onsale::ledger {

class Books {
  public:
    Books(records::Scratch& scratch, const std::string& file) : store_(scratch.open(file)) {
        ONSALE_CHECK(connection().execute("PRAGMA synchronous = OFF").has_value());
        for (follow::Projection* projection : all_)
            ONSALE_CHECK(
                sql::migrate(connection(), projection->component(), projection->migrations())
                    .has_value());
    }
    sql::Connection& connection() { return store_->connection(); }

    bool apply(const std::vector<std::vector<domain::Fact>>& groups) {
        std::vector<follow::SharedBatch> batches;
        for (const auto& facts : groups) {
            auto batch = std::make_shared<follow::CommittedBatch>();
            batch->sequence = ++sequence_;
            batch->facts = facts;
            batches.push_back(std::move(batch));
        }
        auto transaction = sql::Transaction::begin(connection());
        ONSALE_CHECK(transaction.has_value());
        return follow::project(connection(), all_, batches) && transaction->commit();
    }
    std::map<Account, std::int64_t> sums() {
        std::map<Account, std::int64_t> sums;
        const auto balances = read_balances(connection()).value();
        for (const auto& balance : balances)
            if (balance.balance() != 0) sums[balance.account] = balance.balance();
        return sums;
    }
    std::vector<BookedSide> entries(EntryQuery query = {}) {
        std::vector<BookedSide> all;
        while (true) {
            const auto page = read_entries(connection(), query).value();
            if (page.empty()) return all;
            all.insert(all.end(), page.begin(), page.end());
            query.before = page.back().key;
        }
    }

  private:
    orders::OrdersProjection orders_;
    LedgerProjection ledger_;
    follow::Projection* const all_[2] = {&orders_, &ledger_};
    std::unique_ptr<records::Store> store_;
    std::uint64_t sequence_ = 0;
};

}  // namespace onsale::ledger
