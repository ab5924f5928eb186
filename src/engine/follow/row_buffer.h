// RowBuffer: new rows of one table, gathered in memory and inserted many to a statement, which
// costs less than half of one statement for each. All columns are integers. Belongs to a
// projection, which clears it when a transaction begins and writes it when it is flushed; what it
// holds when the process dies is made again from the journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "sql/database.h"

namespace onsale::follow {

class RowBuffer {
  public:
    RowBuffer(std::string_view table, std::size_t columns);

    // A value for each column, in the table's order.
    template <class... Integers>
    void add(Integers... values) {
        ONSALE_CHECK(sizeof...(values) == columns_);
        values_.insert(values_.end(), {std::int64_t{values}...});
    }
    void clear() { values_.clear(); }
    // In the order in which they were added; empty afterwards, also after an error.
    sql::SqlResult<void> write(sql::Connection& connection);

  private:
    sql::SqlResult<void> write_some(sql::Connection& connection, const std::string& insert,
                                    std::size_t values, std::size_t end);

    std::size_t columns_;
    std::string insert_many_;
    std::string insert_one_;
    std::vector<std::int64_t> values_;  // row after row
    std::size_t written_ = 0;           // of values_
};

}  // namespace onsale::follow
