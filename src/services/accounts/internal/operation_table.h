// OperationTable: the rows of operation records. Belongs to the records store's executor.
#pragma once

#include <vector>

#include "accounts/internal/operation_queue.h"
#include "accounts/internal/person_table.h"
#include "accounts/operations.h"
#include "crypto/crypto.h"
#include "sql/database.h"

namespace onsale::accounts {

class OperationTable {
  public:
    OperationTable(PersonTable& people, const crypto::Key& site_key)
        : people_(people), site_key_(site_key) {}

    // One transaction; also removes a slice of what is older than kOperationsKept.
    sql::SqlResult<void> write(sql::Connection& connection,
                               const std::vector<WaitingOperation>& operations,
                               base::Timestamp now) const;
    // Newest first.
    sql::SqlResult<OperationPage> list(sql::Connection& connection,
                                       const OperationQuery& query) const;

  private:
    // What seals the personal part of somebody's records; nothing for who is erased.
    sql::SqlResult<std::optional<PersonSeal>> seal_of(domain::PersonId person) const;
    sql::SqlResult<OperationRecord> opened(sql::Connection& connection,
                                           const sql::Statement& row) const;

    PersonTable& people_;
    const crypto::Key& site_key_;
};

}  // namespace onsale::accounts
