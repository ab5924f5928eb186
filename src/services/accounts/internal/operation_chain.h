// OperationChain: what makes a changed or missing operation record show. Each row's hash covers the
// row and the hash of the row before it, and one row holds both ends of the chain, so that nothing
// can be taken off either. What is sealed goes in by its digest, because it is removed when its
// person is erased. Belongs to one write of the records store's executor; stored with its
// transaction. Layout: docs/formats/operations.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accounts/operations.h"
#include "crypto/crypto.h"
#include "sql/database.h"

namespace onsale::accounts {

class OperationChain {
  public:
    static sql::SqlResult<OperationChain> load(sql::Connection& connection);
    [[nodiscard]] sql::SqlResult<void> store(sql::Connection& connection) const;

    struct Link {
        std::uint64_t id = 0;
        crypto::Digest sealed_digest{};
        crypto::Digest hash{};
    };
    // The next row.
    [[nodiscard]] Link append(base::Timestamp at, const Operation& operation,
                              std::string_view sealed);
    // Removes the oldest rows, as long as they are older than `before` and no more than `max`. The
    // chain then begins behind them.
    sql::SqlResult<void> prune(sql::Connection& connection, base::Timestamp before,
                               std::size_t max);

  private:
    std::uint64_t removed_ = 0;  // rows up to here are gone, or older than the chain
    std::string removed_hash_;
    std::uint64_t newest_ = 0;
    std::string newest_hash_;
};

}  // namespace onsale::accounts
