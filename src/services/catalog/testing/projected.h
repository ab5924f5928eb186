// For tests: applies facts to one projection as the projector would, batch by batch, on a file of
// its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "follow/projection.h"
#include "records/testing/scratch.h"

namespace onsale::catalog {

template <class Projection>
class Projected {
  public:
    explicit Projected(records::Scratch& scratch, const std::string& file = "projections.sqlite")
        : store_(scratch.open(file)), lists_(scratch.open(file, sql::Access::read_only)) {
        ONSALE_CHECK(
            sql::migrate(store_->connection(), projection_->component(), projection_->migrations())
                .has_value());
    }

    // One batch of shard 0, committed when all its facts could be digested.
    bool apply(std::vector<domain::Fact> facts) {
        batch_.facts = std::move(facts);
        ++batch_.sequence;
        batch_.time = base::Timestamp::from_unix_ms(static_cast<std::int64_t>(batch_.sequence));
        return transact(true);
    }
    // The last batch again in a transaction that is rolled back.
    bool apply_in_vain(std::vector<domain::Fact> facts) {
        batch_.facts = std::move(facts);
        ++batch_.sequence;
        const bool done = transact(false);
        --batch_.sequence;
        return done;
    }

    [[nodiscard]] records::Store& lists() { return *lists_; }
    [[nodiscard]] std::int64_t number(const std::string& sql) {
        auto row = store_->connection().prepare(sql);
        ONSALE_CHECK(row.has_value() && *row->step());
        return row->integer(0);
    }

  private:
    bool transact(bool commit) {
        auto transaction = sql::Transaction::begin(store_->connection());
        ONSALE_CHECK(transaction.has_value());
        follow::Projection* const all[] = {projection_.get()};
        const follow::SharedBatch batches[] = {
            std::make_shared<const follow::CommittedBatch>(batch_)};
        if (!follow::project(store_->connection(), all, batches)) return false;
        return !commit || transaction->commit().has_value();
    }

    std::unique_ptr<Projection> projection_ = std::make_unique<Projection>();
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<records::Store> lists_;
    follow::CommittedBatch batch_;
};

}  // namespace onsale::catalog
